"""What a tally of votes says, with how sure it is."""

from math import sqrt
from typing import NamedTuple

Z_95 = 1.959963984540054


class Share(NamedTuple):
    """A share of votes in [0, 1] with its 95 % interval; value is None where nobody voted."""

    value: float | None
    lower: float
    upper: float


def wilson(successes: int, trials: int, z: float = Z_95) -> Share:
    """The Wilson score interval (E. B. Wilson, 1927, JASA 22:209-212).

    Centre and half-width are those of the roots of (p − p̂)² = z²·p(1−p)/n. With no trials the interval is [0, 1].
    Raises ValueError unless 0 <= successes <= trials and z > 0.
    """
    if not 0 <= successes <= trials or z <= 0:
        raise ValueError("successes lie between 0 and trials, and z is positive")
    if trials == 0:
        return Share(None, 0.0, 1.0)
    share = successes / trials
    scale = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / scale
    half = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / scale
    return Share(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


def agreement(agree: int, disagree: int) -> Share:
    """The share that agrees among those who agree or disagree; passes do not enter."""
    return wilson(agree, agree + disagree)


def contested(agree: int, disagree: int) -> float:
    """Twice the lower Wilson bound of the smaller share: near 1 where many are split evenly, 0 without votes."""
    return 2 * wilson(min(agree, disagree), agree + disagree).lower if agree + disagree else 0.0
