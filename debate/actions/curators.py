"""Somebody becomes a curator: may enter the curation room, and write all that curators write."""

import re
import secrets

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from debate.actions.writing import writing
from debate.models import (
    Author,
    Bearing,
    Claim,
    Counterpoint,
    Entailment,
    Essay,
    Motion,
    Passage,
    Prediction,
    Reading,
    Relation,
    Side,
    Stance,
    Tag,
    TaggedClaim,
    User,
)

GROUP = "Curators"
CURATED = (
    *(Motion, Side, Author, Essay, Claim, Tag, TaggedClaim, Stance, Passage),
    *(Relation, Counterpoint, Prediction, Reading, Bearing, Entailment),
)


def curators() -> Group:
    """The group with every permission on what curators write, and none on what readers give."""
    group, _made = Group.objects.get_or_create(name=GROUP)
    nouns = ContentType.objects.get_for_models(*CURATED, for_concrete_models=False).values()
    group.permissions.set(Permission.objects.filter(content_type__in=nouns))
    return group


def member_with(email: str) -> User | None:
    return User.objects.filter(kind=User.Kind.MEMBER, email__iexact=email).first()


def name_from(email: str) -> str:
    """What curators read beside a change of theirs: the address up to the @, made unique. Never shown to readers."""
    name = re.sub(r"[^\w.+-]", "", email.partition("@")[0])[:100] or "curator"
    taken = User.objects.filter(username__iexact=name).exists()
    return f"{name}-{secrets.token_hex(4)}" if taken else name


def make_curator(*, email: str, password: str | None = None, username: str = "") -> User:
    """Make a member a curator, or a new member where nobody has this address; made again, it changes nothing more.

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
        member.groups.add(curators())
        EmailAddress.objects.update_or_create(
            user=member, email=member.email, defaults={"verified": True, "primary": True}
        )
    return member
