"""How often what was given so much probability came true, as SVG: a dot a bin, on the diagonal where all is well."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

WIDTH, HEIGHT = 400, 420
LEFT, RIGHT, TOP, FOOT = 46, 390, 22, 366
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
SMALL, LARGE = 4.5, 9.0
MANY = 100


class Mark(NamedTuple):
    """Forecasts from `lower` up to `upper`: their mean, the share that came true, of how many predictions, the band in
    which chance alone would leave it, and whether the share lies in the band."""

    lower: float
    upper: float
    forecast: float
    happened: float
    n: int
    band: tuple[float, float]

    @property
    def within(self) -> bool:
        return self.band[0] <= self.happened <= self.band[1]


def draw_calibration(marks: Sequence[Mark], *, across: str, upward: str, count: str, title: str) -> str:
    """Forecast from left to right, what came true from below: a disc within its band, a ring beyond it.

    `across`, `upward` and `count` name the axes and the row of numbers under them. Raises ValueError on a share
    outside [0, 1], and where there is nothing to draw.
    """
    if not marks:
        raise ValueError("a calibration needs a bin")
    parts = [*map(tick, TICKS), diagonal(), *(band(mark) for mark in marks), *(dot(mark) for mark in marks)]
    parts += [*(number(mark) for mark in marks), *names(across, upward, count)]
    return (
        f'<svg class="calibration" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label={quoteattr(title)}>'
        f"{''.join(parts)}</svg>"
    )


def x_of(share: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * checked(share), 1)


def y_of(share: float) -> float:
    return round(FOOT - (FOOT - TOP) * checked(share), 1)


def checked(share: float) -> float:
    """Raises ValueError where it is none."""
    if not 0 <= share <= 1:
        raise ValueError("a share lies from 0 to 1")
    return share


def tick(share: float) -> str:
    x, y, anchor = x_of(share), y_of(share), {0.0: "start", 1.0: "end"}.get(share, "middle")
    return (
        f'<path class="tick" d="M{x} {TOP}V{FOOT}M{LEFT} {y}H{RIGHT}"/>'
        f'<text class="tick-label" x="{x}" y="{FOOT + 16}" text-anchor="{anchor}">{share:.0%}</text>'
        f'<text class="tick-label" x="{LEFT - 7}" y="{y + 4}" text-anchor="end">{share:.0%}</text>'
    )


def diagonal() -> str:
    return f'<path class="diagonal" d="M{LEFT} {FOOT}L{RIGHT} {TOP}"/>'


def band(mark: Mark) -> str:
    x, (low, high) = x_of(mark.forecast), mark.band
    return f'<path class="band" d="M{x} {y_of(low)}V{y_of(high)}M{x - 6} {y_of(low)}h12M{x - 6} {y_of(high)}h12"/>'


def dot(mark: Mark) -> str:
    kind = "within" if mark.within else "beyond"
    return f'<circle class="{kind}" cx="{x_of(mark.forecast)}" cy="{y_of(mark.happened)}" r="{radius(mark.n)}"/>'


def radius(n: int) -> float:
    """By area, up to a hundred predictions."""
    return round(SMALL + (LARGE - SMALL) * min(1.0, sqrt(n / MANY)), 1)


def number(mark: Mark) -> str:
    """Of how many predictions, under the middle of the bin: dots may come close to each other, these do not."""
    x = x_of((mark.lower + mark.upper) / 2)
    return f'<text class="n" x="{x}" y="{FOOT + 34}" text-anchor="middle">{mark.n}</text>'


def names(across: str, upward: str, count: str) -> list[str]:
    return [
        f'<text class="axis-name" x="{LEFT}" y="{TOP - 10}">{escape(upward)} ↑</text>',
        f'<text class="axis-name" x="{RIGHT}" y="{HEIGHT - 2}" text-anchor="end">{escape(across)} →</text>',
        f'<text class="tick-label" x="{LEFT - 7}" y="{FOOT + 34}" text-anchor="end">{escape(count)}</text>',
    ]
