"""A reader answers a claim, and takes it back."""

from typing import NamedTuple, cast

from django.utils import timezone

from debate.actions.writing import writing
from debate.models import Claim, ClaimTally, ClaimVote, Reveal, User
from debate.models.counting import Held, held_vote, locked_tally, put_vote, store_tally
from debate.reasoning.tally import contested, wilson

COUNTED = (ClaimVote.Value.AGREE, ClaimVote.Value.DISAGREE, ClaimVote.Value.PASS)
WITHDRAWN = ClaimVote.Value.WITHDRAWN


class Vote(NamedTuple):
    """What stands after the act."""

    value: str
    blind_value: str
    tally: ClaimTally


def lock_tally(claim: Claim) -> ClaimTally:
    """The claim's tally, kept from every other voter on it until the transaction ends."""
    tally = locked_tally(claim.pk)
    if tally is None:
        ClaimTally.objects.get_or_create(claim=claim)
        tally = cast("ClaimTally", locked_tally(claim.pk))
    return tally


def move(tally: ClaimTally, kind: str, old: str, new: str) -> None:
    """Take one vote of a guest or member from an answer to another; '' and withdrawn count nowhere."""
    for value, step in ((old, -1), (new, 1)):
        if value in COUNTED:
            column = f"{kind}_{value}"
            setattr(tally, column, getattr(tally, column) + step)


def rank(tally: ClaimTally) -> None:
    """Derive what orders by votes sort by. Members only: a guest costs nothing to make."""
    agree, disagree = tally.member_agree, tally.member_disagree
    tally.top = wilson(agree, agree + disagree).lower
    tally.contested = contested(agree, disagree)


def answer(reader: User, tally: ClaimTally, held: Held, value: str, blind_value: str) -> None:
    """Put the vote, and move the tally with it."""
    put_vote(reader=reader.pk, claim=tally.claim_id, value=value, blind_value=blind_value, at=timezone.now())
    move(tally, held.kind, held.value, value)
    rank(tally)
    store_tally(tally)


def cast_vote(*, reader: User, claim: Claim, value: str, informed: bool) -> Vote:
    """Answer a claim, or change the answer. Said again, it leaves the same state.

    A first answer is blind unless it is `informed` or the reader's rows say that they asked for the results before.
    Raises ValueError on an unknown value.
    """
    if value not in COUNTED:
        raise ValueError("a vote is agree, disagree or pass")
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
