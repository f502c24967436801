"""How the sides' support moved, day by day, as the ballots' own times tell it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from typing import NamedTuple

from debate.actions.writing import writing
from debate.models import Ballot, Motion, SupportDay

BATCH = 1_000


class Step(NamedTuple):
    """On that day, a reader comes to stand for a side (None: undecided), or ceases to."""

    day: date
    side: int | None
    by: int


def steps_of(motion: Motion) -> Iterator[Step]:
    """What every ballot on the motion changed; one after reading ends the one before. One query.

    A ballot counts from the day it was last given: what it said before that is not kept.
    """
    before: dict[int, Step] = {}
    after: dict[int, Step] = {}
    rows = Ballot.objects.on_motion(motion).order_by("pk")
    for user, phase, side, at in rows.values_list("user", "phase", "side", "changed_at").iterator(10_000):
        given = after if phase == Ballot.Phase.AFTER else before
        given[user] = Step(at.astimezone(UTC).date(), side, 1)
    yield from after.values()
    for user, step in before.items():
        last = after.get(user)
        if last is None:
            yield step
        elif step.day <= last.day:  # two guests of one reader may have given them the other way round
            yield from (step, Step(last.day, step.side, -1))


def support_of(motion: Motion) -> list[SupportDay]:
    """For each day on which ballots changed something, how many stood for each side that had any by then."""
    by_day: dict[date, Counter[int | None]] = {}
    for step in steps_of(motion):
        by_day.setdefault(step.day, Counter())[step.side] += step.by
    standing: Counter[int | None] = Counter()
    found = []
    for day in sorted(by_day):
        standing.update(by_day[day])
        told = sorted(standing.items(), key=lambda item: item[0] or 0)
        found += [SupportDay(motion=motion, day=day, side_id=side, readers=readers) for side, readers in told]
    return found


def key_of(row: SupportDay) -> tuple[date, int | None]:
    return row.day, row.side_id


def by_key(rows: Iterable[SupportDay]) -> dict[tuple[date, int | None], SupportDay]:
    return {key_of(row): row for row in rows}


def keep_support(motion: Motion) -> int:
    """Make the motion's days what its ballots tell; how many rows that changed. Done twice, it changes nothing.

    Two at once take turns, or both would add the same day; readers who take a side meanwhile do not wait.
    """
    with writing():
        Motion.objects.select_for_update(no_key=True).filter(pk=motion.pk).first()
        counted, stored = by_key(support_of(motion)), by_key(SupportDay.objects.of_motion(motion))
        wrong = [row for key, row in stored.items() if key not in counted or counted[key].readers != row.readers]
        gone = {key_of(row) for row in wrong}
        new = [row for key, row in counted.items() if key not in stored or key in gone]
        SupportDay.objects.filter(pk__in=[row.pk for row in wrong]).delete()
        SupportDay.objects.bulk_create(new, batch_size=BATCH)
    return len(gone | {key_of(row) for row in new})
