"""A member says what to be called, ends what is open elsewhere, or has lost what they sign in with."""

from allauth.mfa.models import Authenticator

from debate.actions.writing import writing
from debate.models import Edition, Session, Suggestion, User
from debate.reasoning.names import plain


def rename(*, member: User, name: str) -> str:
    """Let a member be called so from now on, '' for by no name. Raises ValueError on a name that is not plain."""
    member.display_name = plain(name)
    with writing():
        member.save(update_fields=["display_name"])
        if Suggestion.objects.by(member).accepted().exists():  # pages name them
            Edition.advance()
    return member.display_name


def sign_out_elsewhere(*, member: User, here: str = "") -> None:
    """End every session of the member's but the one of this key."""
    with writing():
        Session.objects.filter(reader=member.pk).exclude(session_key=here).delete()


def forget_ways(*, member: User) -> int:
    """Take a member's passkeys, app and recovery codes away, and end their sessions; how many there were.

    For one who has lost them all: from then on the password alone lets in again.
    """
    with writing():
        forgotten: int = Authenticator.objects.filter(user=member).delete()[0]
        sign_out_elsewhere(member=member)
    return forgotten
