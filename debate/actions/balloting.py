"""A reader takes a side, before reading and after."""

from django.utils import timezone

from debate.actions.lateness import find_late
from debate.actions.swinging import counting_swing
from debate.actions.writing import writing
from debate.models import Ballot, Essay, HasRead, Motion, Side, User
from debate.models.ballots import BallotQuerySet


class Locked(ValueError):
    """The ballot before reading cannot change once the one after is given."""


def take_turn(reader: User) -> None:
    """Hold the reader's row, so that two ballots of one person at one moment come one after the other."""
    User.objects.select_for_update().only("pk").get(pk=reader.pk)


def given_by(reader: User, motion: Motion, essay: Essay | None) -> BallotQuerySet:
    mine = Ballot.objects.by(reader)
    return mine.on_essay(essay) if essay else mine.on_motion(motion)


def refuse_if_locked(phase: str, given: BallotQuerySet) -> None:
    if phase == Ballot.Phase.BEFORE and given.filter(phase=Ballot.Phase.AFTER).exists():
        raise Locked


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
        given = given_by(reader, motion, essay)
        refuse_if_locked(phase, given)
        ballot = given.filter(phase=phase).first() or Ballot(user=reader, motion=motion, essay=essay, phase=phase)
        if ballot._state.adding or ballot.side_id != (side and side.pk):
            with counting_swing([reader.pk]):
                give(ballot, side, revealed=revealed)
    return ballot


def give(ballot: Ballot, side: Side | None, *, revealed: bool) -> None:
    """Store the ballot as it is said now: one before reading may be late, one after tells that they have read."""
    ballot.side, ballot.changed_at = side, timezone.now()
    ballot.save()
    if ballot.phase == Ballot.Phase.BEFORE:
        find_late(ballot, revealed=revealed)
    else:
        HasRead.objects.get_or_create(user_id=ballot.user_id, motion_id=ballot.motion_id, essay_id=ballot.essay_id)


def withdraw_ballot(*, reader: User, motion: Motion, essay: Essay | None, phase: str) -> None:
    """Take a ballot back. Raises Locked for a ballot before reading that has one after it."""
    with writing():
        take_turn(reader)
        given = given_by(reader, motion, essay)
        refuse_if_locked(phase, given)
        with counting_swing([reader.pk]):
            given.filter(phase=phase).delete()
