"""What was written when, what it answers, and when it will be judged: on one axis, and in tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from debate.lenses.essays_of import essays_of
from debate.lenses.kept import Kept
from debate.models import CrowdDay, Essay, Motion, Prediction, PredictionCrowd, User
from debate.reasoning.dates import Span

MOST_ESSAYS = 24
MOST_UNDATED = 8
MOST_COMING = 32
MOST_PAST = 12


@dataclass(frozen=True, slots=True)
class Written:
    """An essay, and the visible one that it answers."""

    essay: Essay
    answers: Essay | None


Month = tuple[date, float | None]


@dataclass(frozen=True, slots=True)
class Marked:
    """A prediction, between which days it was made, the crowd's forecast where it shows, and whether it decides.

    `months`: the last day of each month on which the crowd's number changed, with that number, where it shows.
    """

    prediction: Prediction
    made: Span
    crowd: PredictionCrowd | None
    months: Sequence[Month]
    deciding: bool
    state: str

    @property
    def closes(self) -> date:
        return self.prediction.closes_at.date()

    @property
    def made_in_words(self) -> str:
        """Where the day is not known, as the essay that it is taken from is dated."""
        return date_format(self.made.first, "j F Y") if self.made.is_a_day else self.prediction.essay.dated


@dataclass(frozen=True, slots=True)
class Rest:
    """How many of a year are not drawn one by one."""

    year: int
    count: int


@dataclass(frozen=True, slots=True)
class Times:
    """Everything that the page says. `hidden`: some of the crowd's forecasts are not shown."""

    motion: Motion
    today: date
    at: datetime
    dated: Sequence[Written]
    undated: Sequence[Written]
    more_undated: int
    predictions: Sequence[Marked]
    more_essays: Sequence[Rest]
    more_predictions: Sequence[Rest]
    hidden: bool

    @property
    def is_empty(self) -> bool:
        return not (self.dated or self.undated or self.predictions)

    @property
    def shows_crowd(self) -> bool:
        return any(marked.crowd for marked in self.predictions)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which predictions are drawn, and how many of each year are not."""

    drawn: Sequence[Prediction]
    rest: Sequence[Rest]


CHOSEN: Kept[Chosen] = Kept(most=100)


def times_of(
    edition: str, motion: Motion, *, reader: User | None, asked: bool, covered: Callable[[Prediction], bool]
) -> Times:
    """`asked`: whether the reader asked to see all of the motion; `covered`: or, without a row of theirs, just this.

    Three queries; five once an edition.
    """
    now = timezone.now()
    chosen = CHOSEN.get(edition, (motion.pk, now.date()), lambda: chosen_of(motion, now))
    crowds = crowds_of(chosen.drawn, reader, asked=asked, covered=covered)
    months = months_of(crowds)
    essays = essays_of(edition, motion)
    written = [Written(essay, essays.get(essay.responds_to_id or 0)) for essay in essays.values()]
    dated = [one for one in written if one.essay.written_within]
    undated = [one for one in written if not one.essay.written_within]
    return Times(
        motion=motion,
        today=now.date(),
        at=now,
        dated=dated[-MOST_ESSAYS:],
        undated=undated[:MOST_UNDATED],
        more_undated=max(0, len(undated) - MOST_UNDATED),
        predictions=[marked_of(row, motion, crowds, months, now) for row in chosen.drawn],
        more_essays=rest_of(years_of(dated), years_of(dated[-MOST_ESSAYS:])),
        more_predictions=chosen.rest,
        hidden=any(row.pk not in crowds for row in chosen.drawn),
    )


def chosen_of(motion: Motion, now: datetime) -> Chosen:
    """The deciding prediction first, then those that close next and those that closed last, by their closing."""
    rows = Prediction.objects.visible().of_motion(motion)
    deciding = motion.deciding_prediction_id
    coming = list(rows.closing_next(now, deciding).for_timeline()[:MOST_COMING])
    past = list(rows.closed_last(now, deciding).for_timeline()[:MOST_PAST])
    drawn = sorted([*coming, *past], key=lambda row: (row.pk != deciding, row.closes_at, row.pk))
    counts = rows.count_by_year() if len(coming) == MOST_COMING or len(past) == MOST_PAST else {}
    return Chosen(drawn, rest_of(counts, tally(row.closes_at.year for row in drawn)))


def years_of(written: Iterable[Written]) -> dict[int, int]:
    return tally(one.essay.published_on.year for one in written if one.essay.published_on)


def tally(years: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for year in years:
        found[year] = found.get(year, 0) + 1
    return found


def rest_of(all_of: Mapping[int, int], drawn: Mapping[int, int]) -> list[Rest]:
    """What is left of each year."""
    left = ((year, count - drawn.get(year, 0)) for year, count in sorted(all_of.items()))
    return [Rest(year, count) for year, count in left if count > 0]


def marked_of(
    row: Prediction,
    motion: Motion,
    crowds: Mapping[int, PredictionCrowd],
    months: Mapping[int, Sequence[Month]],
    now: datetime,
) -> Marked:
    deciding = row.pk == motion.deciding_prediction_id
    return Marked(row, made_within(row), crowds.get(row.pk), months.get(row.pk, ()), deciding, row.state(now))


def made_within(row: Prediction) -> Span:
    """When a prediction was made: taken from an essay, with that; derived from one, when it first took forecasts."""
    opened = row.opens_at.date()
    essay = row.essay.written_within if row.origin == Prediction.Origin.TAKEN else None
    return essay or Span(opened, opened)


def crowds_of(
    rows: Sequence[Prediction], reader: User | None, *, asked: bool, covered: Callable[[Prediction], bool]
) -> dict[int, PredictionCrowd]:
    """The crowd's numbers that this reader may see: where they asked to, or have given a forecast. Two queries."""
    keys = {row.pk for row in rows if asked or covered(row)}
    if reader is not None and not asked:
        answers = Prediction.objects.keyed([row.pk for row in rows]).with_answers_of(reader).only("pk")
        keys |= {row.pk for row in answers if row.asked or row.my_probability is not None}
    if not keys:
        return {}
    found = {crowd.pk: crowd for crowd in PredictionCrowd.objects.filter(prediction__in=keys)}
    return {key: found.get(key) or PredictionCrowd(prediction_id=key) for key in keys}


def months_of(shown: Iterable[int]) -> dict[int, list[Month]]:
    """How the crowd's number moved, month by month, of the predictions of these keys. One query where there is any."""
    found: dict[int, list[Month]] = {}
    rows = CrowdDay.objects.on_any(shown).last_of_months().in_order()
    for prediction, day, median in rows.values_list("prediction", "day", "median"):
        found.setdefault(prediction, []).append((day, median))
    return found
