"""When something stood, as shares of the time from a prediction's opening to its scheduled close.

Instants are aware datetimes, or numbers of any one unit. What stood before the opening or beyond the scheduled close
counts only as far as it lies between the two.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from math import inf, isnan
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

User = TypeVar("User", bound=Hashable)
Instant: TypeAlias = datetime | float
Told: TypeAlias = tuple[User, float, Instant, Instant | None]
Floats: TypeAlias = NDArray[np.float64]
Row: TypeAlias = tuple[int, float, float, float]


@dataclass(frozen=True)
class Span:
    """The time from opening to scheduled close. Raises ValueError where that is none."""

    opened: Instant
    scheduled_close: Instant

    def __post_init__(self) -> None:
        if not 0 < self.length < inf:
            raise ValueError("a prediction closes after it opens")

    @cached_property
    def length(self) -> float:
        return lapse(self.opened, self.scheduled_close)

    def share(self, at: Instant) -> float:
        """How much of the time has gone by at an instant: below 0 before the opening, above 1 after the close."""
        return lapse(self.opened, at) / self.length


def lapse(since: Instant, until: Instant) -> float:
    """What lies between, in seconds where instants are datetimes. Raises ValueError where that cannot be told."""
    try:
        between: Any = in_utc(until) - in_utc(since)  # type: ignore[operator]
    except TypeError as error:
        raise ValueError("instants are all aware datetimes, or all numbers") from error
    told = float(between.total_seconds() if isinstance(between, timedelta) else between)
    if isnan(told):
        raise ValueError("an instant is a number")
    return told


def in_utc(at: Instant) -> Instant:
    """Python takes datetimes of one zone from each other by their clocks, blind to daylight saving; UTC has none."""
    return at.astimezone(UTC) if isinstance(at, datetime) and at.tzinfo is not None else at


@dataclass(frozen=True)
class Stood(Generic[User]):
    """What stood: whose it was (a place among `users`), its value, from when and until when."""

    users: list[User]
    whose: NDArray[np.intp]
    starts: Floats
    ends: Floats
    values: Floats

    @property
    def times(self) -> Floats:
        return self.ends - self.starts

    def total(self, each: Floats) -> Floats:
        """The sum for each user of what each of theirs has."""
        return np.bincount(self.whose, weights=each, minlength=len(self.users)).astype(float)

    def by_user(self, each: Floats) -> dict[User, float]:
        return dict(zip(self.users, self.total(each).tolist(), strict=True))


def stood(told: Iterable[Told[User]], span: Span) -> Stood[User]:
    """What is told as (user, value, start, end), its end None while it stands.

    Raises ValueError where it ends before it starts, or two of one user overlap.
    """
    places: dict[User, int] = {}
    rows = []
    for user, value, start, end in told:
        begun = span.share(start)
        ended = max(1.0, begun) if end is None else span.share(end)
        rows.append((places.setdefault(user, len(places)), begun, ended, value))
    require_in_turn(rows)
    whose, starts, ends, values = np.array(rows, dtype=float).reshape(-1, 4).T
    return Stood(list(places), whose.astype(np.intp), starts.clip(0, 1), ends.clip(0, 1), values)


def require_in_turn(rows: list[Row]) -> None:
    if any(end < start for _user, start, end, _value in rows):
        raise ValueError("what stood ended after it started")
    for (user, _start, end, _value), (other, start, _end, _other_value) in pairwise(sorted(rows)):
        if user == other and start < end:
            raise ValueError("of one user, one thing stands at a time")
