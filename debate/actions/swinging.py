"""Keep count of how many readers moved from which side to which, in the transaction that moves them; and recount."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from django.db.models import Count, F, Value

from debate.actions.recounting import BATCH, Difference
from debate.actions.writing import writing
from debate.models import Ballot, Motion, SwingCount

PAIR = ("motion", "essay", "user__kind", "side", "after")


class Cell(NamedTuple):
    """What one row counts: pairs on a motion or an essay, of guests or members, from one side to one; by keys."""

    motion: int
    essay: int | None
    kind: str
    before: int | None
    after: int | None

    @property
    def in_order(self) -> tuple[str, ...]:
        """Everybody moves cells in this order, so that nobody waits in a ring."""
        return tuple(f"{part or '':>20}" for part in self)

    def __str__(self) -> str:
        place = f"essay {self.essay}" if self.essay else "the motion"
        return f"{self.kind}s on {place} from {self.before or 'undecided'} to {self.after or 'undecided'}:"


@contextmanager
def counting_swing(readers: Collection[int]) -> Iterator[None]:
    """Whatever is done within to the ballots of these readers, or to the readers, moves the counts with it.

    Their rows are locked already and stay so until the transaction ends: nobody else moves their pairs.
    """
    before = cells_of(readers)
    yield
    changes = cells_of(readers)
    changes.subtract(before)
    move(changes)


def cells_of(readers: Collection[int]) -> Counter[Cell]:
    """The cells in which these readers count now. One query."""
    pairs = Ballot.objects.paired().filter(user__in=readers)
    return Counter(Cell(*pair) for pair in pairs.values_list(*PAIR))


def move(changes: Mapping[Cell, int]) -> None:
    for cell in sorted(filter(changes.get, changes), key=lambda cell: cell.in_order):
        add(cell, changes[cell])


def add(cell: Cell, readers: int) -> None:
    """So many more (or fewer) in this cell. It is never less than 0: where too few were counted, a recount tells."""
    rows = SwingCount.objects.filter(**cell._asdict(), readers__gte=-readers)
    if not rows.update(readers=F("readers") + readers) and readers > 0:
        keys = {name if name == "kind" else f"{name}_id": value for name, value in cell._asdict().items()}
        SwingCount.objects.bulk_create([SwingCount(**keys)], ignore_conflicts=True)
        rows.update(readers=F("readers") + readers)


# Recounting.


def stored_and_counted(motion: Motion) -> tuple[Counter[Cell], Counter[Cell]]:
    """In one statement, so that a ballot given meanwhile is in both or in neither."""
    pairs = Ballot.objects.paired().filter(motion=motion).order_by()
    counted = pairs.values_list(Value(True), *PAIR).annotate(readers=Count("pk"))
    stored = SwingCount.objects.of_motion(motion).order_by()
    told: tuple[Counter[Cell], Counter[Cell]] = (Counter(), Counter())
    for made, *cell, readers in counted.union(stored.values_list(Value(False), *Cell._fields, "readers"), all=True):
        told[bool(made)][Cell(*cell)] = readers
    return told


def wrong_swing_of(motion: Motion) -> Difference | None:
    stored, counted = stored_and_counted(motion)
    wrong = sorted((cell for cell in stored | counted if stored[cell] != counted[cell]), key=lambda cell: cell.in_order)
    held, made = ({str(cell): told[cell] for cell in wrong} for told in (stored, counted))
    return Difference("swing of motion", motion.pk, held, made) if wrong else None


def wrong_swing() -> Iterator[Difference]:
    """Motions whose counts of who moved, on the whole and on each essay, are not what their pairs of ballots make."""
    for motion in Motion.objects.order_by("pk").iterator(BATCH):
        if found := wrong_swing_of(motion):
            yield found


def recount_swing(*, motion: int) -> None:
    """Make the counts of a motion what its pairs make: moved by what they are off, so that nobody has to wait."""
    with writing():
        held = Motion.objects.select_for_update(no_key=True).get(pk=motion)
        stored, counted = stored_and_counted(held)
        counted.subtract(stored)
        move(counted)
