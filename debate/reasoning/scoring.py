"""How good forecasts were, once it is known what happened.

An outcome is True or 1 where it was yes, False or 0 where it was no. Instants are aware datetimes, or numbers of any
one unit; a forecast is (user, probability, start, end), its end None while it stands. What stood before the opening or
beyond the scheduled close counts only as far as it lies between the two.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable
from itertools import accumulate
from math import exp, fsum, inf, isfinite, lgamma, log, log2
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from debate.reasoning.spans import Floats, Instant, Span, Stood, Told, User, stood

Weighed: TypeAlias = tuple[Hashable, float, float, float]

FEWEST_COVERED = 30
"""A sum of coverage below which a ranking score is drawn towards nought."""
EXACT = 2**60
"""Logarithms are added up as whole numbers of 1/EXACT, so that what is added and taken away leaves nothing behind."""


def chance_of(p: float, outcome: float) -> float:
    """The probability given to what happened. Raises ValueError on an unknown outcome, or where p is none in [0, 1]."""
    if outcome not in (0, 1):
        raise ValueError("an outcome is yes (True or 1) or no (False or 0)")
    if not 0 <= p <= 1:
        raise ValueError("a probability lies between 0 and 1")
    return p if outcome else 1 - p


def open_chance_of(p: float, outcome: float) -> float:
    """The same where a logarithm is taken: p lies strictly between 0 and 1."""
    chance = chance_of(p, outcome)
    if p in (0, 1):
        raise ValueError("a probability whose logarithm is taken lies strictly between 0 and 1")
    return chance


def brier(p: float, outcome: float) -> float:
    """(p − o)², in [0, 1]; 0 is best (G. W. Brier, 1950, Monthly Weather Review 78:1-3, for one of two outcomes)."""
    chance_of(p, outcome)
    return (p - outcome) ** 2


def log_score(p: float, outcome: float) -> float:
    """The natural logarithm of the probability given to what happened; 0 is best (I. J. Good, 1952, JRSS B 14:107-114).

    Raises ValueError unless 0 < p < 1.
    """
    return log(open_chance_of(p, outcome))


def baseline(p: float, outcome: float) -> float:
    """100·(1 + log₂ of the probability given to what happened): 0 for one half, 100 at best, as Metaculus defines it.

    Raises ValueError unless 0 < p < 1.
    """
    return 100 * (1 + log2(open_chance_of(p, outcome)))


class Scored(NamedTuple):
    """What one forecaster reached on one prediction.

    `brier` and `log` are means over the time their forecasts stood; `baseline` and `peer` add up over that time as a
    share of the time from opening to scheduled close, and `coverage` is that share, in (0, 1].
    """

    brier: float
    log: float
    baseline: float
    peer: float
    coverage: float


def as_chances(forecasts: Iterable[Told[User]], outcome: float, span: Span) -> Stood[User]:
    """Forecasts as the probabilities they gave to what happened."""
    chance_of(0.5, outcome)
    return stood(((user, open_chance_of(p, outcome), start, end) for user, p, start, end in forecasts), span)


def peer(
    forecasts: Iterable[Told[User]], outcome: float, opened: Instant, scheduled_close: Instant
) -> dict[User, float]:
    """For each user Σ 100·N/(N−1)·ln(p/GM)·Δt/T over the time their forecasts stood, as Metaculus defines it.

    GM is the geometric mean of the probabilities that all N then standing give to what happened, the user's own
    included; T is the time from opening to scheduled close. A lone forecaster gets 0; at every instant the scores of
    all then standing add up to 0. One sweep over the instants at which a forecast starts or ends.

    Raises ValueError where p is not strictly between 0 and 1, an outcome is unknown, an instant is no number or of
    another kind than the others, a forecast ends before it starts, two of one user overlap, or there is no time.
    """
    chances = as_chances(forecasts, outcome, Span(opened, scheduled_close))
    return chances.by_user(peer_of_each(chances))


def peer_of_each(chances: Stood[User]) -> Floats:
    """What each forecast adds to its user's peer score.

    With L the sum of all N logarithms then standing, N/(N−1)·ln(p/GM) = (N·ln p − L)/(N−1). So two integrals over
    time, of N/(N−1) and of L/(N−1) where N > 1, taken at a forecast's start and end, give its score.
    """
    logs, count = np.log(chances.values), chances.values.size
    moments = np.concatenate([chances.starts, chances.ends])
    order = np.argsort(moments, kind="stable")
    standing = np.cumsum(np.repeat([1, -1], count)[order])[:-1]
    together = exact_sums(np.concatenate([logs, -logs])[order])[:-1]
    weights = np.where(standing > 1, np.diff(moments[order]) / np.maximum(standing - 1, 1), 0)
    own, others = (integral(weights * each, order) for each in (standing, together))
    return 100 * (logs * (own[count:] - own[:count]) - (others[count:] - others[:count]))


def integral(steps: Floats, order: NDArray[np.intp]) -> Floats:
    """The sums of the steps between moments in their order, each moment's at its own place."""
    reached = np.zeros(order.size)
    reached[order[1:]] = np.cumsum(steps)
    return reached


def exact_sums(steps: Floats) -> Floats:
    """The running sums, free of what rounding would leave."""
    whole = accumulate(round(step * EXACT) for step in steps.tolist())
    return np.array([total / EXACT for total in whole], dtype=float)


def coverage(forecasts: Iterable[Told[User]], opened: Instant, scheduled_close: Instant) -> dict[User, float]:
    """For each user the share in [0, 1] of the time from opening to scheduled close in which a forecast stood.

    Raises ValueError as `peer` does.
    """
    chances = as_chances(forecasts, True, Span(opened, scheduled_close))
    return chances.by_user(chances.times)


def scores(
    forecasts: Iterable[Told[User]], outcome: float, opened: Instant, scheduled_close: Instant
) -> dict[User, Scored]:
    """All scores of each user of whom a forecast stood for any time. Raises ValueError as `peer` does."""
    chances = as_chances(forecasts, outcome, Span(opened, scheduled_close))
    values, times = chances.values, chances.times
    covered = chances.total(times)
    means = [
        chances.total(times * each) / np.where(covered > 0, covered, 1) for each in ((1 - values) ** 2, np.log(values))
    ]
    sums = [chances.total(each) for each in (times * 100 * (1 + np.log2(values)), peer_of_each(chances))]
    rows = np.array([*means, *sums, covered.clip(0, 1)]).T
    return {user: Scored(*row) for user, row in zip(chances.users, rows.tolist(), strict=True) if row[-1] > 0}


def ranking_score(peers: Iterable[float], coverages: Iterable[float]) -> float:
    """Σ peer / max(30, Σ coverage) over a user's predictions: few of them count for little, as on Metaculus.

    Raises ValueError where there are not as many of both, or one is no number or a coverage below 0.
    """
    told, covered = list(peers), list(coverages)
    if len(told) != len(covered) or not all(map(isfinite, [*told, *covered])) or min(covered, default=0) < 0:
        raise ValueError("each peer score has its coverage, a number that is not negative")
    return fsum(told) / max(FEWEST_COVERED, fsum(covered))


class Bin(NamedTuple):
    """Forecasts from `lower` up to `upper`, and what became of their predictions.

    `forecast` is their mean and `happened` the share that came true, both weighted by how long each stood; `n` counts
    distinct predictions. Of n predictions that come true as often as forecast, the share that does lies between
    `band_lower` and `band_upper` nine times in ten (the 5 % and 95 % quantiles of the binomial).
    """

    lower: float
    upper: float
    n: int
    weight: float
    forecast: float
    happened: float
    band_lower: float
    band_upper: float


def calibration(forecasts: Iterable[Weighed], bins: int = 10) -> list[Bin]:
    """How often what was given so much probability came true: the bins that hold anything, in ascending order.

    Forecasts are (prediction, probability, outcome, weight), the weight being how long it stood, here as a share of its
    prediction's time from opening to scheduled close. Give it only predictions whose scheduled close has passed, those
    that resolved early among them: what resolves early is mostly a yes. A probability on the border of two bins is in
    the upper one.

    Raises ValueError where p is not in [0, 1], an outcome unknown, a weight not finite and positive, or `bins` below 1.
    """
    if bins < 1:
        raise ValueError("there is at least one bin")
    borders = [step / bins for step in range(1, bins)]
    held: dict[int, list[Weighed]] = {}
    for prediction, p, outcome, weight in forecasts:
        chance_of(p, outcome)
        if not 0 < weight < inf:
            raise ValueError("a forecast stood for some time")
        held.setdefault(bisect_right(borders, p), []).append((prediction, p, outcome, weight))
    return [bin_of(rows, place / bins, (place + 1) / bins) for place, rows in sorted(held.items())]


def bin_of(rows: list[Weighed], lower: float, upper: float) -> Bin:
    """Of forecasts as `calibration` takes them, at least one."""
    n = len({prediction for prediction, *_rest in rows})
    weight = fsum(time for *_rest, time in rows)
    forecast = fsum(p * time for _prediction, p, _outcome, time in rows) / weight
    happened = fsum(time for _prediction, _p, outcome, time in rows if outcome) / weight
    low, high = (binomial_quantile(n, forecast, q) / n for q in (0.05, 0.95))
    return Bin(lower, upper, n, weight, forecast, happened, low, high)


def binomial_quantile(n: int, p: float, q: float) -> int:
    """The least k such that of n trials with probability p at most k succeed with probability q or more.

    Raises ValueError unless n ≥ 0, 0 ≤ p ≤ 1 and 0 < q < 1.
    """
    if n < 0 or not 0 <= p <= 1 or not 0 < q < 1:
        raise ValueError("a quantile needs trials, a probability, and q between 0 and 1")
    if p in (0, 1):
        return n * int(p)
    odds, whole = (log(p), log(1 - p)), lgamma(n + 1)
    chances = (exp(whole - lgamma(k + 1) - lgamma(n - k + 1) + k * odds[0] + (n - k) * odds[1]) for k in range(n + 1))
    reached = enumerate(accumulate(chances))
    return next((k for k, cumulated in reached if cumulated >= q - 1e-12), n)
