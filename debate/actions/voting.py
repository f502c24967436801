"""A reader answers a claim, and takes it back."""

from typing import NamedTuple, cast

from django.utils import timezone

from debate.actions.returning import comes_back, welcome_back
from debate.actions.tallying import COUNTED, groups_of, move, rank
from debate.actions.writing import writing
from debate.models import Claim, ClaimTally, ClaimVote, Reveal, User
from debate.models.counting import Held, held_vote, locked_tally, put_vote, store_tally

WITHDRAWN = ClaimVote.Value.WITHDRAWN


class Vote(NamedTuple):
    """What stands after the act."""

    value: str
    blind_value: str
    tally: ClaimTally


def lock_tally(claim: Claim) -> ClaimTally:
    """The claim's tally, kept from every other voter on it until the transaction ends.

    Raises Claim.DoesNotExist for a claim that was merged meanwhile: it has none any more.
    """
    tally = locked_tally(claim.pk)
    if tally is None:
        Claim.objects.exclude(status=Claim.Status.MERGED).get(pk=claim.pk)
        ClaimTally.objects.get_or_create(claim=claim)
        tally = cast("ClaimTally", locked_tally(claim.pk))
    return tally


def answer(reader: User, tally: ClaimTally, held: Held, value: str, blind_value: str) -> None:
    """Put the vote, and move the tally with it."""
    put_vote(reader=reader.pk, claim=tally.claim_id, value=value, blind_value=blind_value, at=timezone.now())
    move(tally, groups_of(held.kind, returned=held.returned), held.value, value)
    rank(tally)
    store_tally(tally)


def cast_vote(*, reader: User, claim: Claim, value: str, informed: bool) -> Vote:
    """Answer a claim, or change the answer. Said again, it leaves the same state.

    A first answer is blind unless it is `informed` or the reader's rows say that they asked for the results before.
    A guest who comes back is welcomed first. Raises ValueError on an unknown value.
    """
    if value not in COUNTED:
        raise ValueError("a vote is agree, disagree or pass")
    if comes_back(reader):
        welcome_back(guest=reader)
    with writing():
        tally = lock_tally(claim)
        held = held_vote(reader.pk, claim.pk)
        blind_value = held.blind_value
        if not held.value and not informed and not Reveal.objects.by(reader).covering(claim).exists():
            blind_value = value
        if held.value != value:
            answer(reader, tally, held, value, blind_value)
    return Vote(value, blind_value, tally)


def withdraw_vote(*, reader: User, claim: Claim) -> Vote | None:
    """Take the answer back: it counts nowhere, and the blind one stays on record. None where there was none."""
    with writing():
        tally = lock_tally(claim)
        held = held_vote(reader.pk, claim.pk)
        if not held.value:
            return None
        if held.value != WITHDRAWN:
            answer(reader, tally, held, WITHDRAWN, held.blind_value)
    return Vote(WITHDRAWN, held.blind_value, tally)
