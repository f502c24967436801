"""A reader answers a claim, and takes it back."""

from typing import NamedTuple

from django.utils import timezone

from debate.actions.writing import writing
from debate.models import Claim, ClaimTally, ClaimVote, User
from debate.reasoning.tally import contested, wilson

COUNTED = (ClaimVote.Value.AGREE, ClaimVote.Value.DISAGREE, ClaimVote.Value.PASS)


class Vote(NamedTuple):
    """What stands after the act."""

    value: str
    blind_value: str
    tally: ClaimTally


def lock_tally(claim: Claim) -> ClaimTally:
    """The claim's tally, kept from every other voter on it until the transaction ends."""
    tally = ClaimTally.objects.select_for_update().filter(claim=claim).first()
    if tally is None:
        ClaimTally.objects.get_or_create(claim=claim)
        tally = ClaimTally.objects.select_for_update().get(claim=claim)
    return tally


def move(tally: ClaimTally, kind: str, old: str, new: str) -> None:
    """Take one vote of a guest or member from an answer to another; '' and withdrawn count nowhere."""
    for value, step in ((old, -1), (new, 1)):
        if value in COUNTED:
            column = f"{kind}_{value}"
            setattr(tally, column, getattr(tally, column) + step)


def kind_now(reader: User) -> str:
    """Whose votes the reader's count among: a guest may have signed up since the request began."""
    return User.objects.values_list("kind", flat=True).get(pk=reader.pk) if reader.is_guest else reader.kind


def rank(tally: ClaimTally) -> None:
    """Derive what orders by votes sort by. Members only: a guest costs nothing to make."""
    agree, disagree = tally.member_agree, tally.member_disagree
    tally.top = wilson(agree, agree + disagree).lower
    tally.contested = contested(agree, disagree)


def cast_vote(*, reader: User, claim: Claim, value: str, informed: bool) -> Vote:
    """Answer a claim, or change the answer; `informed`: the reader had asked to see the results before.

    Said again, it leaves the same state. Raises ValueError on an unknown value.
    """
    if value not in COUNTED:
        raise ValueError("a vote is agree, disagree or pass")
    blind_value = "" if informed else value
    with writing():
        tally = lock_tally(claim)
        vote = ClaimVote.objects.by(reader).on(claim).first()
        old = vote.value if vote else ""
        if vote is None:
            vote = ClaimVote.objects.create(user=reader, claim=claim, value=value, blind_value=blind_value)
        elif old != value:
            vote.value, vote.changed_at = value, max(timezone.now(), vote.made_at)
            vote.save(update_fields=["value", "changed_at"])
        if old != value:
            move(tally, kind_now(reader), old, value)
            rank(tally)
            tally.save()
    return Vote(vote.value, vote.blind_value, tally)


def withdraw_vote(*, reader: User, claim: Claim) -> Vote | None:
    """Take the answer back: it counts nowhere, and the blind one stays on record. None where there was none."""
    with writing():
        tally = lock_tally(claim)
        vote = ClaimVote.objects.by(reader).on(claim).first()
        if vote is None:
            return None
        if vote.value != ClaimVote.Value.WITHDRAWN:
            move(tally, kind_now(reader), vote.value, "")
            vote.value, vote.changed_at = ClaimVote.Value.WITHDRAWN, max(timezone.now(), vote.made_at)
            vote.save(update_fields=["value", "changed_at"])
            rank(tally)
            tally.save()
    return Vote(vote.value, vote.blind_value, tally)
