"""Many forecasts as one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

EQUAL = 1e-12
NEWEST = 5_000
"""How many of the forecasts that stand make the crowd at most: the newest."""


class Crowd(NamedTuple):
    """What the crowd thinks: probabilities in (0, 1)."""

    median: float
    lower: float
    upper: float
    geometric_mean_odds: float


def recency_weights(count: int) -> NDArray[np.float64]:
    """Weights of `count` forecasts, oldest first: the n-th of N weighs e^(√n − √N); all 1 up to two.

    The recency weighting of Metaculus' community prediction. Raises ValueError on a negative count.
    """
    if count < 0:
        raise ValueError("a count is not negative")
    if count <= 2:
        return np.ones(count)
    weights: NDArray[np.float64] = np.exp(np.sqrt(np.arange(1, count + 1)) - np.sqrt(count))
    return weights


def weighted_quantiles(values: ArrayLike, weights: ArrayLike, qs: Sequence[float]) -> list[float]:
    """For each q the first value whose cumulated weight passes q of the whole; where it meets q, the mean of two.

    Raises ValueError where there is no value, one is not finite, lengths differ, a weight is not finite and positive,
    or a q is outside (0, 1).
    """
    told, weighed = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    sound = told.size and told.shape == weighed.shape and np.isfinite([told, weighed]).all() and weighed.min() > 0
    if not sound or not all(0 < q < 1 for q in qs):
        raise ValueError("a quantile needs values, as many positive weights, and q between 0 and 1")
    order = np.argsort(told, kind="stable")
    ordered, cumulated = told[order], np.cumsum(weighed[order])
    return [reached_at(ordered, cumulated / cumulated[-1], q) for q in qs]


def reached_at(ordered: NDArray[np.float64], shares: NDArray[np.float64], q: float) -> float:
    """The value at which the ascending shares pass q, the mean of it and the next where they meet q."""
    place = int(np.searchsorted(shares, q - EQUAL))
    meets = shares[place] <= q + EQUAL and place + 1 < len(ordered)
    return float((ordered[place] + ordered[place + 1]) / 2 if meets else ordered[place])


def geometric_mean_odds(probabilities: ArrayLike) -> float:
    """The probability whose odds are the geometric mean of the odds given, unweighted.

    Raises ValueError where there is none or one is not strictly between 0 and 1.
    """
    told = within(probabilities)
    return float(1 / (1 + np.exp(-np.mean(np.log(told / (1 - told))))))


def within(probabilities: ArrayLike) -> NDArray[np.float64]:
    """The probabilities, at least one, each strictly between 0 and 1. Raises ValueError otherwise."""
    told = np.asarray(probabilities, dtype=float)
    if not told.size or not np.all((told > 0) & (told < 1)):
        raise ValueError("a crowd needs probabilities strictly between 0 and 1")
    return told


def crowd(probabilities: Sequence[float]) -> Crowd:
    """The crowd of the current forecasts, oldest to newest.

    Recency-weighted median and quartiles, and the unweighted geometric mean of odds.
    Raises ValueError where there is none or one is not strictly between 0 and 1.
    """
    told = within(probabilities)
    median, lower, upper = weighted_quantiles(told, recency_weights(told.size), (0.5, 0.25, 0.75))
    return Crowd(median, lower, upper, geometric_mean_odds(told))
