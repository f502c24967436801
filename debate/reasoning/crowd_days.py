"""The crowd day by day, from what stood when."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import numpy as np

from debate.reasoning.aggregation import NEWEST, Crowd, crowd

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
FOREVER = np.iinfo(np.int64).max


class Stood(NamedTuple):
    """A probability that stood from one instant up to another, or to this day where `end` is None."""

    probability: float
    start: datetime
    end: datetime | None


class DayEnd(NamedTuple):
    """How many forecasts stood at the end of a day, and the crowd that they make; None where none stood."""

    forecasters: int
    crowd: Crowd | None


def day_of(at: datetime) -> date:
    """The day in UTC of an instant. Raises ValueError where the instant does not say its time zone."""
    if at.tzinfo is None:
        raise ValueError("an instant has a time zone")
    return at.astimezone(UTC).date()


def ticks(at: datetime) -> int:
    return (at - EPOCH) // TICK


def days_of(stood: Sequence[Stood], *, newest: int = NEWEST) -> dict[date, DayEnd]:
    """How the crowd stood at the end of each day on which a forecast was made or ended, in order.

    `stood` has the oldest first; of those standing at an end of a day, the `newest` last ones make the crowd.
    Raises ValueError on a probability that is none, and on an instant without a time zone.
    """
    days = {day_of(at) for one in stood for at in (one.start, one.end) if at is not None}
    told = np.array([one.probability for one in stood])
    starts = np.array([ticks(one.start) for one in stood], dtype=np.int64)
    ends = np.array([FOREVER if one.end is None else ticks(one.end) for one in stood], dtype=np.int64)
    found = {}
    for day in sorted(days):
        over = ticks(datetime.combine(day + timedelta(days=1), time(), UTC))
        standing = told[(starts < over) & (ends >= over)].tolist()
        found[day] = DayEnd(len(standing), crowd(standing[-newest:]) if standing else None)
    return found
