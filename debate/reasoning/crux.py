"""What divides the readers of two sides most."""

from collections.abc import Hashable, Mapping
from itertools import permutations
from math import sqrt
from typing import Generic, NamedTuple, TypeVar

from debate.reasoning.tally import Z_95, wilson

Who = TypeVar("Who", bound=Hashable)
LEAST = 10


class Counted(NamedTuple):
    """How many agree, and how many disagree; passes do not enter."""

    agree: int
    disagree: int

    @property
    def total(self) -> int:
        return self.agree + self.disagree


class Difference(NamedTuple):
    """One share less another, with its 95 % interval."""

    value: float
    lower: float
    upper: float


class Crux(NamedTuple, Generic[Who]):
    """The two whose shares differ most surely: `side` agrees more than `other`."""

    side: Who
    other: Who
    difference: Difference


def difference(one: Counted, other: Counted, z: float = Z_95) -> Difference:
    """The share that agrees of the one less that of the other, by Newcombe's hybrid score interval.

    Built from the two Wilson intervals (R. G. Newcombe, 1998, Statistics in Medicine 17:873-890, method 10).
    Raises ValueError where one of them has counted nobody.
    """
    first, second = wilson(one.agree, one.total, z), wilson(other.agree, other.total, z)
    if first.value is None or second.value is None:
        raise ValueError("a share needs somebody who agrees or disagrees")
    gap = first.value - second.value
    below = sqrt((first.value - first.lower) ** 2 + (second.upper - second.value) ** 2)
    above = sqrt((first.upper - first.value) ** 2 + (second.value - second.lower) ** 2)
    return Difference(gap, gap - below, gap + above)


def crux(sides: Mapping[Who, Counted], least: int = LEAST) -> Crux[Who] | None:
    """Of sides with at least so many answers, the two that differ most surely; None where there are not two."""
    heard = {side: counted for side, counted in sides.items() if counted.total >= max(1, least)}
    found = [Crux(one, other, difference(heard[one], heard[other])) for one, other in permutations(heard, 2)]
    return max(found, key=lambda pair: pair.difference.lower, default=None)
