"""Ranges of probability on one axis, as SVG: marks by class and attribute only, so that the page's own style sheet
colours them in either theme."""

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

WIDTH, LEFT, RIGHT = 400, 8, 392
ROW, TOP, FOOT = 46, 6, 26
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


class Range(NamedTuple):
    """One row: who, what is written at its end, from and to (0 to 1), and the class that lights its lamp."""

    label: str
    value: str
    low: float
    high: float
    lamp: str


def x_of(probability: float) -> float:
    """Where a probability lies on the axis. Raises ValueError outside [0, 1]."""
    if not 0 <= probability <= 1:
        raise ValueError("a probability lies from 0 to 1")
    return round(LEFT + (RIGHT - LEFT) * probability, 1)


def draw_axis(ranges: Sequence[Range], *, title: str) -> str:
    """An SVG image of the ranges, each on a line of its own over an axis from 0 to 100 %."""
    height = TOP + ROW * len(ranges) + FOOT
    parts = [*ticks(height - FOOT), *(part for row, told in enumerate(ranges) for part in bar(told, TOP + ROW * row))]
    return (
        f'<svg class="axis" viewBox="0 0 {WIDTH} {height}" role="img" aria-label={quoteattr(title)}>'
        + "".join(parts)
        + "</svg>"
    )


def ticks(foot: int) -> list[str]:
    return [
        f'<line class="tick" x1="{x_of(tick)}" x2="{x_of(tick)}" y1="{TOP}" y2="{foot}"/>'
        f'<text class="tick-label" x="{x_of(tick)}" y="{foot + 17}" text-anchor="{anchor(tick)}">{tick:.0%}</text>'
        for tick in TICKS
    ]


def anchor(tick: float) -> str:
    return {0.0: "start", 1.0: "end"}.get(tick, "middle")


def bar(told: Range, top: int) -> list[str]:
    """A label over a line that ends in a bar at either end; a dot where both ends meet."""
    middle, low, high = top + 30, x_of(told.low), x_of(told.high)
    words = (
        f'<text class="who" x="{LEFT}" y="{top + 16}">{escape(told.label)}</text>'
        f'<text class="value" x="{RIGHT}" y="{top + 16}" text-anchor="end">{escape(told.value)}</text>'
    )
    if low == high:
        mark = f'<circle class="dot" cx="{low}" cy="{middle}" r="5"/>'
    else:
        mark = f'<path class="range" d="M{low} {middle - 5}v10M{low} {middle}H{high}M{high} {middle - 5}v10"/>'
    return [words, f"<g class={quoteattr(told.lamp)}>{mark}</g>"]
