"""How forecasts of a prediction moved, a reader's own and, as far as that shows, the crowd's: drawn, and in tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.drawing.forecasts import MOST_STEPS, PHONE, WIDE, Chart, Line, Step, draw_forecasts
from debate.lenses.results import ForecastPanel
from debate.models import CrowdDay, Forecast, Prediction
from debate.reasoning.calendar import marks_between
from debate.reasoning.dates import counted_until, start_of

MOST_ROWS = 60
DAY = timedelta(days=1)
WRITTEN = {"day": "j M", "month": "M Y", "year": "Y"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when until when is drawn, whether that begins with the opening, and whether it ends now."""

    start: datetime
    end: datetime
    from_opening: bool
    until_now: bool


@dataclass(frozen=True, slots=True)
class Past:
    """`mine` and `days`: the newest first; of the days, at most MOST_ROWS, with how many there are before these.

    `days` is None where the crowd is hidden. `charts`: none where everything happened on one day.
    """

    mine: Sequence[Forecast]
    days: Sequence[CrowdDay] | None
    more_days: int
    stretch: Stretch | None
    charts: dict[str, SafeString]
    is_thinned: bool

    @property
    def is_empty(self) -> bool:
        return not self.mine and not self.days

    @property
    def has_a_ring(self) -> bool:
        """Whether the reader took a forecast back and had none for a while."""
        return any(step.value is None for step in own_steps(self.mine))


def past_of(panel: ForecastPanel) -> Past:
    """One query, of the days on which the crowd's number changed, where the reader may see it."""
    days = list(CrowdDay.objects.on(panel.prediction).in_order()) if panel.crowd is not None else None
    stretch = stretch_of(panel, days or [], timezone.now())
    return Past(
        mine=panel.history,
        days=None if days is None else days[::-1][:MOST_ROWS],
        more_days=max(0, len(days or []) - MOST_ROWS),
        stretch=stretch,
        charts=charts_of(panel, days or [], stretch) if stretch else {},
        is_thinned=max(len(days or []), len(panel.history)) > MOST_STEPS,
    )


def end_of(prediction: Prediction, now: datetime) -> datetime:
    """When the lines end: now, at the close, or with the day before the one on which it was decided."""
    closes, decided = prediction.closes_at, prediction.resolved_on
    return min(now, counted_until(decided, closes) if decided else closes)


def stretch_of(panel: ForecastPanel, days: Sequence[CrowdDay], now: datetime) -> Stretch | None:
    """From the opening on, or from the first forecast where half of the time had passed by then.

    None where there is nothing to draw, or all of it happened on one day.
    """
    begun = [start_of(row.day) for row in days[:1]] + [row.made_at for row in panel.history[-1:]]
    opened, end = panel.prediction.opens_at, end_of(panel.prediction, now)
    if not begun or min(begun).astimezone(UTC).date() >= end.astimezone(UTC).date():
        return None
    from_opening = min(begun) - opened <= end - min(begun)
    return Stretch(min(opened, *begun) if from_opening else min(begun), end, from_opening, end == now)


# The drawing.


def charts_of(panel: ForecastPanel, days: Sequence[CrowdDay], stretch: Stretch) -> dict[str, SafeString]:
    """For a wide window and for a phone. The drawing escapes what it writes."""
    chart = chart_of(panel, days, stretch)
    return {sheet.name: SafeString(draw_forecasts(chart, sheet)) for sheet in (WIDE, PHONE)}


def chart_of(panel: ForecastPanel, days: Sequence[CrowdDay], stretch: Stretch) -> Chart:
    crowd = [step for row in days if (step := step_of(row, stretch)).at <= stretch.end.timestamp()]
    mine = [step for step in own_steps(panel.history) if step.at <= stretch.end.timestamp()]
    resolution = panel.prediction.resolution
    return Chart(
        title=title_of(crowd, mine, stretch),
        start=stretch.start.timestamp(),
        end=stretch.end.timestamp(),
        times=times_of(stretch),
        crowd=Line(_("Crowd %s") % in_percent(crowd), crowd),
        mine=Line(_("You %s") % in_percent(mine), mine),
        outcome=resolution,
        outcome_word=str(panel.prediction.get_resolution_display()) if resolution else "",
    )


def step_of(row: CrowdDay, stretch: Stretch) -> Step:
    """A day's number stands from its end on; today's, or that of the last day, from the end of the stretch."""
    over = start_of(row.day + DAY)
    last = start_of(row.day) < stretch.end < over
    return Step((stretch.end if last else over).timestamp(), row.median, row.lower, row.upper)


def own_steps(history: Sequence[Forecast]) -> list[Step]:
    """The forecasts, oldest first, with a gap after each that ended before the next began."""
    steps: list[Step] = []
    oldest_first = list(reversed(history))
    for forecast, following in zip_longest(oldest_first, oldest_first[1:]):
        steps.append(Step(forecast.made_at.timestamp(), forecast.probability))
        if forecast.ended_at is not None and (following is None or following.made_at > forecast.ended_at):
            steps.append(Step(forecast.ended_at.timestamp(), None))
    return steps


def times_of(stretch: Stretch) -> list[tuple[float, str]]:
    first, last = stretch.start.astimezone(UTC).date(), stretch.end.astimezone(UTC).date()
    marks = marks_between(first, last)
    days = [day for day in marks.days if start_of(day) >= stretch.start]
    return [(start_of(day).timestamp(), date_format(day, WRITTEN[marks.unit])) for day in days]


def in_percent(steps: Sequence[Step]) -> str:
    value = steps[-1].value if steps else None
    return "" if value is None else _("%d%%") % round(value * 100)


def title_of(crowd: Sequence[Step], mine: Sequence[Step], stretch: Stretch) -> str:
    told = {"first": date_format(stretch.start, "j F Y"), "last": date_format(stretch.end, "j F Y")}
    parts = [_("Forecasts from %(first)s to %(last)s.") % told]
    if in_percent(mine):
        parts.append(_("Yours ends at %s.") % in_percent(mine))
    if in_percent(crowd):
        parts.append(_("The crowd’s median ends at %s.") % in_percent(crowd))
    return " ".join([*parts, _("The tables below have the numbers.")])
