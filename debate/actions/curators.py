"""Somebody becomes a curator, moderator or administrator: may enter the curation room, and act there in that role."""

import re
import secrets

from allauth.account.models import EmailAddress

from debate.actions.roles import Role, grant
from debate.actions.writing import writing
from debate.models import User


def member_with(email: str) -> User | None:
    return User.objects.filter(kind=User.Kind.MEMBER, email__iexact=email).first()


def name_from(email: str) -> str:
    """What curators read beside a change of theirs: the address up to the @, made unique. Never shown to readers."""
    name = re.sub(r"[^\w.+-]", "", email.partition("@")[0])[:100] or "curator"
    taken = User.objects.filter(username__iexact=name).exists()
    return f"{name}-{secrets.token_hex(4)}" if taken else name


def make_curator(*, email: str, password: str | None = None, username: str = "", role: Role = Role.CURATOR) -> User:
    """Make a member a curator, or a new member where nobody has this address; made again, it changes nothing more.

    A role besides that of curators is added to those that the member has.

    A password is needed for a new member and leaves the one of a known member alone unless it is given. The address
    counts as confirmed: whoever runs the site vouches for it. Raises ValueError without a password for a new member.
    """
    with writing():
        member = member_with(email)
        if member is None:
            if not password:
                raise ValueError("a new curator needs a password")
            member = User(email=email.lower(), username=username or name_from(email))
        if password:
            member.set_password(password)
        member.is_staff = member.is_active = True
        member.save()
        member.groups.add(grant(role))
        EmailAddress.objects.update_or_create(
            user=member, email=member.email, defaults={"verified": True, "primary": True}
        )
    return member
