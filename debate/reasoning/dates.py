"""Dates that are known to the day, the month, the year, or not at all; and where a day begins."""

from calendar import monthrange
from datetime import UTC, date, datetime, time
from typing import NamedTuple


class Span(NamedTuple):
    """The first and the last day on which something may have been written: one and the same where it is known."""

    first: date
    last: date

    @property
    def is_a_day(self) -> bool:
        return self.first == self.last


def span_of(day: date | None, precision: str) -> Span | None:
    """As wide as what is known: a day, a month (inferred or not), a year; None for an unknown date.

    Raises ValueError on a precision that there is not.
    """
    if precision == "unknown" or day is None:
        return None
    if precision == "day":
        return Span(day, day)
    if precision in {"month", "inferred_month"}:
        return Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    if precision == "year":
        return Span(date(day.year, 1, 1), date(day.year, 12, 31))
    raise ValueError(f"no date is known {precision!r}")


def start_of(day: date) -> datetime:
    """The instant at which a day begins, in UTC, where none is longer than another."""
    return datetime.combine(day, time(), tzinfo=UTC)


def counted_until(resolved_on: date, closes_at: datetime) -> datetime:
    """Until when forecasts count: the scheduled close, or the start of the day on which it was decided, if earlier.

    What is given on that day or later may know already.
    """
    return min(closes_at, start_of(resolved_on))
