"""A reader takes a side, before reading and after."""

from django.db.models import Q
from django.utils import timezone

from debate.actions.writing import writing
from debate.models import Ballot, ClaimVote, Essay, Forecast, Motion, Reveal, Side, User


class Locked(ValueError):
    """The ballot before reading cannot change once the one after is given."""


def has_begun(reader: User, motion: Motion) -> bool:
    """Whether the reader has voted, forecast or asked for results on the motion: a ballot before now comes late."""
    seen = Q(claim__motion=motion) | Q(prediction__motion=motion) | Q(motion=motion)
    return (
        ClaimVote.objects.by(reader).filter(claim__motion=motion).exists()
        or Forecast.objects.by(reader).filter(prediction__motion=motion).exists()
        or Reveal.objects.by(reader).filter(seen).exists()
    )


def take_turn(reader: User) -> None:
    """Hold the reader's row, so that two ballots of one person at one moment come one after the other."""
    User.objects.select_for_update().only("pk").get(pk=reader.pk)


def cast_ballot(
    *, reader: User, motion: Motion, essay: Essay | None, phase: str, side: Side | None, revealed: bool = False
) -> Ballot:
    """Take a side (None: undecided) on a motion, or on it after one essay. Said again, it leaves the same state.

    `revealed`: a guest's cookie shows that they asked for results. Raises ValueError where the side or essay is of
    another motion, and Locked for a ballot before reading that has one after it.
    """
    if (side and side.motion_id != motion.pk) or (essay and essay.motion_id != motion.pk):
        raise ValueError("the side and the essay belong to the motion")
    if phase not in Ballot.Phase.values:
        raise ValueError("a ballot is given before or after reading")
    with writing():
        take_turn(reader)
        mine = Ballot.objects.by(reader)
        given = {ballot.phase: ballot for ballot in (mine.on_essay(essay) if essay else mine.on_motion(motion))}
        if phase == Ballot.Phase.BEFORE and Ballot.Phase.AFTER in given:
            raise Locked
        ballot = given.get(phase) or Ballot(user=reader, motion=motion, essay=essay, phase=phase)
        if ballot._state.adding:
            ballot.late = phase == Ballot.Phase.BEFORE and (revealed or has_begun(reader, motion))
        ballot.side, ballot.changed_at = side, timezone.now()
        ballot.save()
    return ballot


def withdraw_ballot(*, reader: User, motion: Motion, essay: Essay | None, phase: str) -> None:
    """Take a ballot back. Raises Locked for a ballot before reading that has one after it."""
    with writing():
        take_turn(reader)
        mine = Ballot.objects.by(reader)
        given = mine.on_essay(essay) if essay else mine.on_motion(motion)
        if phase == Ballot.Phase.BEFORE and given.filter(phase=Ballot.Phase.AFTER).exists():
            raise Locked
        given.filter(phase=phase).delete()
