"""What became of an author's predictions, and how a curator reads their wording, beside that of others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import NamedTuple

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.drawing.axis import Range
from debate.drawing.tracks import draw_scale, draw_tracks
from debate.lenses.prediction_page import range_in_words
from debate.models import Essay, Prediction, Reading
from debate.reasoning.scoring import brier

FEWEST_JUDGED = 5
"""Predictions that came true or did not, with a reading of the author's wording, below which there is no score."""
MOST = 40
STATES = ("resolved", "due", "open", "upcoming")
HAPPENED = {"yes": True, "no": False}
OWN, OTHER = "own", "other"


class Told(NamedTuple):
    """How one wording is read: whose, the range in words and in numbers, and the lamp of the essay's side."""

    who: str
    value: str
    low: float
    high: float
    lamp: str

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Tracked:
    """A prediction, how the author's wording is read for it (what they wrote last at the end), and how others' is.

    `theirs`: it was taken or derived from an essay of the author.
    """

    prediction: Prediction
    theirs: bool
    own: Sequence[Told]
    others: Sequence[Told]

    @property
    def happened(self) -> bool | None:
        """Whether it came true; None where that is not known, or cannot be."""
        return HAPPENED.get(self.prediction.resolution)

    @property
    def leaned(self) -> str:
        """To which outcome the author's wording, as read, leaned: yes, no, or neither."""
        middle = self.own[-1].middle
        return "neither" if middle == 0.5 else "yes" if middle > 0.5 else "no"

    @property
    def chart(self) -> SafeString:
        """'' where nobody's wording is read. The drawing escapes what it writes."""
        ranges = [Range(label, *told[1:]) for label, read in ((OWN, self.own), (OTHER, self.others)) for told in read]
        title = _("Read as: %s") % ", ".join(f"{told.who} {told.value}" for told in (*self.own, *self.others))
        return SafeString(draw_tracks(ranges, title=title, solid=OWN, happened=self.happened) if ranges else "")


class Counts(NamedTuple):
    """How many predictions there are from the author's essays, by origin, and by how they stand."""

    taken: int
    derived: int
    came_true: int
    did_not: int
    untestable: int
    due: int
    open: int
    upcoming: int


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """`made`: every prediction from their essays. `shown`: these and others for which their wording is read, not all
    where they are many. `brier`: of the middle of each of the `judged` readings; None below the minimum."""

    made: Sequence[Prediction]
    shown: Sequence[Tracked]
    more: int
    judged: int
    brier: float | None

    @property
    def counts(self) -> Counts:
        return counts_of(self.made, timezone.now())

    @property
    def groups(self) -> list[tuple[str, list[Tracked]]]:
        """By how they stand now, those judged first, groups without any left out."""
        now = timezone.now()
        found = ((state, [row for row in self.shown if row.prediction.state(now) == state]) for state in STATES)
        return [(state, rows) for state, rows in found if rows]

    @property
    def scale(self) -> SafeString:
        return SafeString(draw_scale())

    @property
    def fewest(self) -> int:
        return FEWEST_JUDGED


def counts_of(predictions: Sequence[Prediction], now: datetime) -> Counts:
    states = [row.state(now) for row in predictions]
    resolutions = [row.resolution for row in predictions]
    return Counts(
        taken=sum(row.origin == Prediction.Origin.TAKEN for row in predictions),
        derived=sum(row.origin == Prediction.Origin.DERIVED for row in predictions),
        came_true=resolutions.count("yes"),
        did_not=resolutions.count("no"),
        untestable=resolutions.count("ambiguous") + resolutions.count("annulled"),
        due=states.count("due"),
        open=states.count("open"),
        upcoming=states.count("upcoming"),
    )


def track_record(essays: Sequence[Essay], *, along: Iterable[Essay] = ()) -> TrackRecord:
    """Of an author, from their visible essays in the order written; those without a date count as the older ones.

    Three queries; that for authors fetches those of these essays too, and of others that the page names `along`.
    """
    dated_last = sorted(essays, key=lambda essay: bool(essay.published_on))
    order = {essay.pk: place for place, essay in enumerate(dated_last)}
    rows = list(Prediction.objects.visible().concerning(essays).for_list_page())
    predictions = {row.pk: row for row in rows}.values()
    shown = sorted(predictions, key=lambda row: not row.resolution)[:MOST]
    squares = squares_of(rows, order)
    return TrackRecord(
        made=[row for row in predictions if row.essay_id in order],
        shown=tracked(shown, order, [*essays, *along]),
        more=len(predictions) - len(shown),
        judged=len(squares),
        brier=fmean(squares) if len(squares) >= FEWEST_JUDGED else None,
    )


def squares_of(rows: Iterable[Prediction], order: Mapping[int, int]) -> list[float]:
    """For each prediction that came true or did not, the Brier score of the middle of the reading of what its author
    wrote last. `rows`: one for each reading, as concerning() tells them."""
    last: dict[int, float] = {}
    read = [row for row in rows if row.read_essay is not None and row.resolution in HAPPENED]
    for row in sorted(read, key=lambda row: order[row.read_essay or 0]):
        last[row.pk] = brier((row.read_low + row.read_high) / 2, HAPPENED[row.resolution])
    return list(last.values())


def tracked(predictions: Sequence[Prediction], order: Mapping[int, int], along: Iterable[Essay]) -> list[Tracked]:
    """The predictions with how the essays of this order are read for them, and how others are. Two queries, which fetch
    the authors of the essays named `along` too."""
    own: dict[int, list[Reading]] = {}
    others: dict[int, list[Reading]] = {}
    readings = list(Reading.objects.visible().on_any(predictions).of_sided_essays())
    prefetch_related_objects([*along, *(reading.essay for reading in readings)], "authors")
    for reading in readings:
        (own if reading.essay_id in order else others).setdefault(reading.prediction_id, []).append(reading)
    return [
        Tracked(
            row,
            row.essay_id in order,
            [told(one) for one in sorted(own.get(row.pk, ()), key=lambda one: order[one.essay_id])],
            [told(one) for one in sorted(others.get(row.pk, ()), key=lambda one: (-one.low - one.high, one.pk))],
        )
        for row in predictions
    ]


def told(reading: Reading) -> Told:
    essay, value = reading.essay, range_in_words(reading.low, reading.high)
    who = " & ".join(author.short_name for author in essay.authors.all())
    return Told(who, value, reading.low, reading.high, essay.side.colour if essay.side else "neither")
