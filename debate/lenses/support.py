"""How the sides' support moved, from the days that ballots changed something: hidden until a reader asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.drawing.support import Line, draw_support
from debate.models import Motion, Side, SupportDay

MOST_DAYS, MOST_ROWS = 160, 12


@dataclass(frozen=True, slots=True)
class Day:
    """How many readers stood for each of the sides, undecided last, at the end of a day."""

    day: date
    readers: Sequence[int]

    @property
    def all(self) -> int:
        return sum(self.readers)

    def shares(self) -> list[float]:
        return [count / self.all if self.all else 0.0 for count in self.readers]


@dataclass(frozen=True, slots=True)
class Support:
    """`sides`: None for undecided. `days`: the newest first, at most so many; `more` were left out."""

    sides: Sequence[Side | None]
    days: Sequence[Day]
    more: int
    chart: SafeString


def support_of(motion: Motion, sides: Sequence[Side], until: datetime) -> Support | None:
    """None where no ballot has been counted. One query."""
    rows = list(SupportDay.objects.of_motion(motion).in_order())
    if not rows:
        return None
    answers: list[Side | None] = [*sides, None]
    days = days_of(rows, answers)
    shown = days[::-1][:MOST_ROWS]
    return Support(answers, shown, len(days) - len(shown), chart_of(answers, thinned(days), until.date()))


def days_of(rows: Iterable[SupportDay], sides: Sequence[Side | None]) -> list[Day]:
    """A side without a row on a day had nobody by then."""
    keys = [side.pk if side else None for side in sides]
    by_day: dict[date, dict[int | None, int]] = {}
    for row in rows:
        by_day.setdefault(row.day, {})[row.side_id] = row.readers
    return [Day(day, [told.get(key, 0) for key in keys]) for day, told in sorted(by_day.items())]


def thinned(days: Sequence[Day]) -> list[Day]:
    """At most so many, evenly chosen, the last one always among them: a line needs no more."""
    every = -(-len(days) // MOST_DAYS)
    return list(days[::-1][::every][::-1]) if every > 1 else list(days)


def chart_of(sides: Sequence[Side | None], days: Sequence[Day], until: date) -> SafeString:
    """'' where everything happened on one day. The drawing escapes what it writes."""
    if days[0].day >= until:
        return SafeString("")
    told = [*days, Day(until, days[-1].readers)] if days[-1].day < until else list(days)
    shares = [day.shares() for day in told]
    lines = [
        Line(side.short_label if side else _("Undecided"), side.colour if side else "neither", [s[n] for s in shares])
        for n, side in enumerate(sides)
    ]
    ends = date_format(told[0].day, "j F Y"), date_format(told[-1].day, "j F Y")
    title = _("The share of readers' ballots that stand for each side, day by day. The table below has the numbers.")
    return SafeString(draw_support([day.day.toordinal() for day in told], lines, ends=ends, title=title))
