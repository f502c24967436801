"""Who forecasts best: members who asked to be listed, by what their scores add up to; and one of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp

from django.utils import timezone

from debate.keyset import Page, Place, page_of, token_for
from debate.lenses.calibration import Calibration, calibration_of, calibration_of_crowd
from debate.models import FEWEST_SCORED, ForecasterRecord, Listing, Prediction, User

COLUMNS = {
    Listing.RANKED.value: ("-score", "user_id"),
    Listing.EARLY.value: ("-predictions", "user_id"),
}
MOST_AHEAD = 1_000
NEXT = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A forecaster's record. `rank` is None where they have none; who is looked up alone is counted to MOST_AHEAD."""

    record: ForecasterRecord
    rank: int | None = None

    @property
    def score(self) -> float:
        return shown(self.record.score)

    @property
    def covered(self) -> float:
        """The mean share of a prediction's time in which a forecast of theirs stood."""
        return min(1.0, self.record.coverage / self.record.predictions)

    @property
    def times(self) -> float:
        """How many times the probability that the others together gave to what happened theirs was, on the average of
        the time in which both stood."""
        return exp(self.record.peer / self.record.coverage / 100)

    @property
    def is_beyond(self) -> bool:
        return self.rank is not None and self.rank > MOST_AHEAD

    @property
    def is_early(self) -> bool:
        return self.record.predictions < FEWEST_SCORED

    @property
    def fewest(self) -> int:
        return FEWEST_SCORED


@dataclass(frozen=True, slots=True)
class Group:
    """One page of those with a rank, or of those without."""

    name: str
    rows: Sequence[Standing]
    next: str


@dataclass(frozen=True, slots=True)
class Board:
    """`own`: the reader's record, None where nothing of theirs is scored. `coming`: what closes next, on a board on
    which nobody stands."""

    groups: Sequence[Group]
    own: Standing | None
    coming: Sequence[Prediction]
    crowd: Calibration

    @property
    def is_empty(self) -> bool:
        return not any(group.rows for group in self.groups)


def shown(score: float) -> float:
    """As it stands on the page; who shows the same shares a rank. Never −0."""
    return round(score, 1) + 0.0


def board_of(edition: str, *, group: str, place: Place, reader: User | None) -> Board:
    """The group wanted from a place on; both from the top, where none is.

    Two queries for everybody, two for a reader, one while it is empty, and one once an edition and day.
    """
    groups = [page_of_group(name, place) for name in COLUMNS if name == group or not group]
    empty = not group and not any(one.rows for one in groups)
    return Board(groups, own_of(reader), coming() if empty else (), calibration_of_crowd(edition))


def page_of_group(name: str, place: Place) -> Group:
    columns = COLUMNS[name]
    rows = ForecasterRecord.objects.listed_as(name).with_names().with_means("baseline").order_by(*columns)
    if place.values:
        rows = rows.down_from(columns[0].removeprefix("-"), place.values[0])
    page = page_of(rows, columns, name, Place(place.day, place.values[: len(columns)]))
    return with_ranks(page, place) if name == Listing.RANKED else Group(name, list(map(Standing, page.rows)), page.next)


def with_ranks(page: Page[ForecasterRecord], place: Place) -> Group:
    """The page with each one's rank; the token of the next goes on counting where it ends."""
    score, _user, rank, position = place.values or (None, 0, 0, 0)
    rows = list(ranked(page.rows, None if score is None else shown(score), rank, position))
    told = [rows[-1].record.score, rows[-1].record.user_id, rows[-1].rank, position + len(rows)] if page.next else []
    return Group(Listing.RANKED, rows, token_for(Listing.RANKED, place.day, told) if told else "")


def ranked(records: Iterable[ForecasterRecord], score: float | None, rank: int, position: int) -> Iterator[Standing]:
    """Records in the order of their scores; before them came so many, the last with this score and rank."""
    for record in records:
        position += 1
        if shown(record.score) != score:
            score, rank = shown(record.score), position
        yield Standing(record, rank)


def own_of(reader: User | None) -> Standing | None:
    """Two queries at most."""
    record = ForecasterRecord.objects.of(reader).with_means("baseline").first() if reader else None
    return standing_of(record) if record else None


def standing_of(record: ForecasterRecord) -> Standing:
    """With the rank of who has one. One query, which counts a thousand at most."""
    if record.listing != Listing.RANKED:
        return Standing(record)
    ahead = ForecasterRecord.objects.ahead_of(shown(record.score) + 0.05)
    return Standing(record, ahead[:MOST_AHEAD].count() + 1)


def coming() -> list[Prediction]:
    """What is open and closes next."""
    return list(Prediction.objects.visible().open(timezone.now()).for_list_page()[:NEXT])


@dataclass(frozen=True, slots=True)
class Forecaster:
    """What everybody may know of a listed forecaster."""

    standing: Standing
    calibration: Calibration


def forecaster_of(record: ForecasterRecord) -> Forecaster:
    """Two queries."""
    return Forecaster(standing_of(record), calibration_of(record.user))
