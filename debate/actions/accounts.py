"""A reader becomes a member, keeping everything; a member changes their address."""

import secrets
from collections.abc import Iterable
from functools import partial

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError

from debate.actions.holding import Held, while_holding
from debate.actions.revealing import reveal
from debate.actions.swinging import counting_swing
from debate.actions.tallying import KEPT, MEMBERS, groups_of, move, rank
from debate.actions.writing import writing
from debate.models import Ballot, Claim, ClaimTally, ClaimVote, Forecast, Motion, Prediction, TagVote, User


class Taken(ValueError):
    """Somebody has already signed up with this address."""


def sign_up(*, guest: User | None, email: str, password: str) -> User:
    """A new member; the guest, if there is one, becomes it and keeps every vote. Raises Taken on a known address."""
    told = {"username": f"reader-{secrets.token_hex(6)}", "email": email.lower(), "password": make_password(password)}
    try:
        return while_holding([guest] if guest else [], partial(turned, guest, told))
    except IntegrityError as error:
        raise Taken from error


def turned(guest: User | None, told: dict[str, str], held: Held) -> User:
    """The guest's row as a member's, if it is a guest's still, else a new one; with what these columns are told."""
    member = held.readers.get(guest.pk) if guest else None
    if guest and member and member.is_guest:
        count_as_members(member, held)
    else:
        member = User()
    member.kind, member.returned = User.Kind.MEMBER, False
    for column, value in told.items():
        setattr(member, column, value)
    with counting_swing(held.readers):
        member.save()
    return member


def count_as_members(guest: User, held: Held) -> None:
    """Count the guest's votes among the members' from now on."""
    among = groups_of(guest.kind, returned=guest.returned)
    for claim, value in ClaimVote.objects.standing().by(guest).values_list("claim_id", "value"):
        move(held.tallies[claim], among, value, "")
        move(held.tallies[claim], [MEMBERS], "", value)
        rank(held.tallies[claim])
    ClaimTally.objects.bulk_update(held.tallies.values(), KEPT, batch_size=500)


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
