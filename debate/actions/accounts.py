"""A reader becomes a member, keeping everything; a member changes their address."""

import secrets
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError

from debate.actions.merging import COUNTED_IN, lock_tallies
from debate.actions.revealing import reveal
from debate.actions.voting import move, rank
from debate.actions.writing import writing
from debate.models import Ballot, Claim, ClaimTally, ClaimVote, Forecast, Motion, Prediction, TagVote, User


class Taken(ValueError):
    """Somebody has already signed up with this address."""


def sign_up(*, guest: User | None, email: str, password: str) -> User:
    """A new member; the guest, if there is one, becomes it and keeps every vote. Raises Taken on a known address."""
    hashed = make_password(password)
    try:
        with writing():
            member = turned(guest) or User()
            member.kind = User.Kind.MEMBER
            member.username = f"reader-{secrets.token_hex(6)}"
            member.email, member.password = email.lower(), hashed
            member.save()
    except IntegrityError as error:
        raise Taken from error
    return member


def turned(guest: User | None) -> User | None:
    """The guest's row, kept from others, with its votes counted among the members'; None where it is no guest now."""
    if guest is None:
        return None
    voted = ClaimVote.objects.standing().by(guest)
    tallies = lock_tallies(voted.values_list("claim_id", flat=True))
    held = User.objects.select_for_update().filter(pk=guest.pk, kind=User.Kind.GUEST).first()
    if held is None:
        return None
    votes = dict(voted.values_list("claim_id", "value"))
    tallies |= lock_tallies(votes.keys() - tallies.keys())
    for claim, value in votes.items():
        move(tallies[claim], User.Kind.GUEST, value, "")
        move(tallies[claim], User.Kind.MEMBER, "", value)
        rank(tallies[claim])
    ClaimTally.objects.bulk_update([tallies[claim] for claim in votes], COUNTED_IN, batch_size=500)
    return held


def change_address(*, member: User, email: str) -> EmailAddress:
    """Give the member another address at once, not confirmed. Raises Taken on somebody else's."""
    try:
        with writing():
            EmailAddress.objects.filter(user=member).delete()
            member.email = email.lower()
            member.save(update_fields=["email"])
            return EmailAddress.objects.create(user=member, email=member.email, primary=True)
    except IntegrityError as error:
        raise Taken from error


def answers_of(reader: User) -> int:
    """How many answers of the reader stand: votes, forecasts, ballots and proposed tags."""
    return (
        ClaimVote.objects.standing().by(reader).count()
        + Forecast.objects.current().by(reader).count()
        + Ballot.objects.by(reader).count()
        + TagVote.objects.by(reader).count()
    )


def keep_reveals(*, reader: User, things: Iterable[tuple[type[Claim | Prediction | Motion], int]]) -> None:
    """Turn what a cookie says was asked for, by sort and key, into rows of the reader's own."""
    with writing():
        for sort, key in things:
            if thing := sort._base_manager.filter(pk=key).first():
                reveal(reader=reader, thing=thing)
