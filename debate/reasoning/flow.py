"""Where a point comes to rest that moves by a rule."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rate = Callable[[Floats], Floats]

AT_REST = 1e-11
LOOSEST, RELATIVE = 1e-7, 1e-3
STEPS = 1_500
FIRST, LONGEST = 0.1, 50.0

# Dormand and Prince's pair of orders 5 and 4 (1980, J. Comput. Appl. Math. 6:19-26): how far each stage goes along the
# rates before it, the last row being the step itself, and the step of order 5 less the one of order 4.
STAGES = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
DOUBT = (71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)


class Rest(NamedTuple):
    """Where a point ends, and whether it came to rest there."""

    state: Floats
    settled: bool


def largest(values: Floats) -> float:
    return float(np.abs(values).max(initial=0.0))


def mixed(rates: list[Floats], shares: tuple[float, ...]) -> Floats:
    """The sum of the rates, each by its share."""
    total = rates[0] * shares[0]
    for rate, share in zip(rates[1:], shares[1:], strict=True):
        if share:
            total += rate * share
    return total


def stepped(rate: Rate, state: Floats, now: Floats, step: float) -> tuple[Floats, Floats, float]:
    """The state a step later, the rate there, and how far off the state may be. `now` is the rate here."""
    rates, later = [now], state
    for shares in STAGES:
        later = state + step * mixed(rates, shares)
        rates.append(rate(later))
    return later, rates[-1], step * largest(mixed(rates, DOUBT))


def settle(rate: Rate, start: Floats) -> Rest:
    """Follow dx/dt = rate(x) from the start until nothing moves faster than 1e-11 a unit of time.

    A step's error stays below 1e-7, and below a thousandth of how fast things still move, so that the way is right at
    first and the end is exact. What has not come to rest after 1,500 steps is given as its mean over the time of the
    last 750 of them: it goes round in a circle, or creeps.
    """
    state, now, step = start, rate(start), FIRST
    passed, past = 0.0, np.zeros_like(start)
    for count in range(STEPS):
        speed = largest(now)
        if speed < AT_REST:
            return Rest(state, settled=True)
        later, then, doubt = stepped(rate, state, now, step)
        allowed = min(LOOSEST, RELATIVE * speed)
        if doubt <= allowed:
            if count >= STEPS // 2:
                past += step * (state + later) / 2
                passed += step
            state, now = later, then
        step = min(LONGEST, step * min(5.0, max(0.2, 0.9 * (allowed / max(doubt, 1e-300)) ** 0.2)))
    return Rest(past / passed if passed else state, settled=False)
