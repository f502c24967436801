"""Many forecasts as one."""

from collections.abc import Sequence
from itertools import accumulate
from math import exp, log, sqrt
from typing import NamedTuple


class Crowd(NamedTuple):
    """What the crowd thinks: probabilities in (0, 1)."""

    median: float
    lower: float
    upper: float
    geometric_mean_odds: float


def recency_weights(count: int) -> list[float]:
    """Weights of `count` forecasts, oldest first: the n-th of N weighs e^(√n − √N); all 1 up to two.

    The recency weighting of Metaculus' community prediction. Raises ValueError on a negative count.
    """
    if count < 0:
        raise ValueError("a count is not negative")
    if count <= 2:
        return [1.0] * count
    return [exp(sqrt(n) - sqrt(count)) for n in range(1, count + 1)]


def weighted_quantile(values: Sequence[float], weights: Sequence[float], q: float) -> float:
    """The first value at which the cumulated weight passes q of the whole; the mean of two where it meets it.

    Raises ValueError where there is no value, lengths differ, a weight is not positive, or q is outside (0, 1).
    """
    if not values or len(values) != len(weights) or min(weights) <= 0 or not 0 < q < 1:
        raise ValueError("a quantile needs values, as many positive weights, and q between 0 and 1")
    ordered = sorted(zip(values, weights, strict=True))
    cumulated = list(accumulate(weight for _, weight in ordered))
    goal = q * cumulated[-1]
    for index, reached in enumerate(cumulated):
        if abs(reached - goal) <= 1e-12 * cumulated[-1] and index + 1 < len(ordered):
            return (ordered[index][0] + ordered[index + 1][0]) / 2
        if reached > goal:
            return ordered[index][0]
    return ordered[-1][0]


def geometric_mean_odds(probabilities: Sequence[float]) -> float:
    """The probability whose odds are the geometric mean of the odds given, unweighted."""
    mean = sum(log(p / (1 - p)) for p in probabilities) / len(probabilities)
    return 1 / (1 + exp(-mean))


def crowd(probabilities: Sequence[float]) -> Crowd:
    """The crowd of the current forecasts, oldest to newest.

    Recency-weighted median and quartiles, and the unweighted geometric mean of odds.
    Raises ValueError where there is none or one is not strictly between 0 and 1.
    """
    if not probabilities or not all(0 < p < 1 for p in probabilities):
        raise ValueError("a crowd needs probabilities strictly between 0 and 1")
    weights = recency_weights(len(probabilities))
    median, lower, upper = (weighted_quantile(probabilities, weights, q) for q in (0.5, 0.25, 0.75))
    return Crowd(median, lower, upper, geometric_mean_odds(probabilities))
