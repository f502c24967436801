"""Round dates to write below an axis of time."""

from datetime import date
from typing import NamedTuple

STEPS = (
    *(("day", 1), ("day", 2), ("day", 7), ("day", 14)),
    *(("month", 1), ("month", 2), ("month", 6)),
    *(("year", 1), ("year", 2), ("year", 5), ("year", 10), ("year", 50), ("year", 500)),
)


class Marks(NamedTuple):
    """Days that begin a day, month or year, as `unit` says."""

    unit: str
    days: list[date]


def marks_between(first: date, last: date, *, most: int = 6) -> Marks:
    """The finest round dates from the first to the last day that are at most so many.

    Weeks begin on Mondays, halves of a year in January and July.
    Raises ValueError where the last comes before the first.
    """
    if last < first:
        raise ValueError("a stretch of time ends after it begins")
    for unit, step in STEPS:
        days = every(unit, step, first, last)
        if len(days) <= most:
            return Marks(unit, days)
    return Marks("year", [])


def every(unit: str, step: int, first: date, last: date) -> list[date]:
    """All days of the stretch that begin such a step."""
    if unit == "day":
        begin = first.toordinal() + (1 - first.toordinal()) % step
        return [date.fromordinal(number) for number in range(begin, last.toordinal() + 1, step)]
    months = step if unit == "month" else 12 * step
    begin = first.year * 12 + first.month - 1 + (first.day > 1)
    begin += -begin % months
    return [date(n // 12, n % 12 + 1, 1) for n in range(begin, last.year * 12 + last.month, months)]
