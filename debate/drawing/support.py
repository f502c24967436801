"""Shares that move over the days, as lines in an SVG: told apart by dash and word as well as by colour."""

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

WIDTH, HEIGHT = 400, 230
LEFT, RIGHT, TOP, FOOT = 38, 306, 12, 28
TICKS = (0.0, 0.5, 1.0)
APART = 17


class Line(NamedTuple):
    """A share for each of the days, with its name and the class that lights its lamp."""

    label: str
    lamp: str
    shares: Sequence[float]


def draw_support(days: Sequence[int], lines: Sequence[Line], *, ends: tuple[str, str], title: str) -> str:
    """Steps: a share stands until the next day on which it changed. `days` are ordinals, `ends` the words below.

    Raises ValueError without a day, where days do not rise, or where a line does not have a share for each.
    """
    if not days or list(days) != sorted(set(days)) or any(len(line.shares) != len(days) for line in lines):
        raise ValueError("a line has a share for each day, and the days rise")
    marks = [x_of(day, days) for day in days]
    parts = [*(tick(share) for share in TICKS), *feet(ends)]
    parts += [f'<path class="line {line.lamp} l{n}" d="{steps(marks, line)}"/>' for n, line in enumerate(lines)]
    parts += names(lines)
    return (
        f'<svg class="support" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label={quoteattr(title)}>'
        f"{''.join(parts)}</svg>"
    )


def x_of(day: int, days: Sequence[int]) -> float:
    span = days[-1] - days[0]
    return round(LEFT + (RIGHT - LEFT) * ((day - days[0]) / span if span else 0), 1)


def y_of(share: float) -> float:
    """Raises ValueError where it is none."""
    if not 0 <= share <= 1:
        raise ValueError("a share lies from 0 to 1")
    return round(HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * share, 1)


def steps(marks: Sequence[float], line: Line) -> str:
    begun = f"M{marks[0]} {y_of(line.shares[0])}"
    moved = [f"H{x}V{y_of(share)}" for x, share in zip(marks[1:], line.shares[1:], strict=True)]
    return f"{begun}{''.join(moved)}H{RIGHT}"


def tick(share: float) -> str:
    y = y_of(share)
    return (
        f'<line class="tick" x1="{LEFT}" x2="{RIGHT}" y1="{y}" y2="{y}"/>'
        f'<text class="tick-label" x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{share:.0%}</text>'
    )


def feet(ends: tuple[str, str]) -> list[str]:
    return [
        f'<text class="tick-label" x="{x}" y="{HEIGHT - 8}" text-anchor="{anchor}">{escape(word)}</text>'
        for x, anchor, word in ((LEFT, "start", ends[0]), (RIGHT, "end", ends[1]))
    ]


def names(lines: Sequence[Line]) -> list[str]:
    """What each line is, at its end, pushed apart where two end at one height."""
    found, low = [], 0.0
    for line in sorted(lines, key=lambda line: -line.shares[-1]):
        low = max(low + APART, y_of(line.shares[-1]) + 5)
        found.append(f'<text class="name {line.lamp}" x="{RIGHT + 8}" y="{low:.1f}">{escape(line.label)}</text>')
    return found
