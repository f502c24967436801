"""A map of readers as SVG: near each other who answers alike; groups told apart by shape, letter and colour."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

WIDTH, HEIGHT, EDGE = 400, 290, 26
LETTERS = "ABCDE"
FEW = 150
SHAPES = (
    "M{l} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z",
    "M{x} {t}L{e} {b}H{l}z",
    "M{l} {t}H{e}V{b}H{l}z",
    "M{x} {t}L{e} {y}L{x} {b}L{l} {y}z",
    "M{l} {t}H{e}L{x} {b}z",
)
"""A disc, a triangle, a square, a diamond, a triangle on its tip: around x, y with radius r."""


class Dot(NamedTuple):
    """So many readers of a group at one place."""

    x: float
    y: float
    group: int
    readers: int


class Middle(NamedTuple):
    """The middle of a group's places."""

    group: int
    x: float
    y: float


class Frame(NamedTuple):
    """How places lie on the paper: one scale for both axes, since distance is what the map shows."""

    left: float
    top: float
    scale: float

    def put(self, x: float, y: float) -> tuple[float, float]:
        return round((x - self.left) * self.scale + EDGE, 1), round((self.top - y) * self.scale + EDGE, 1)


def frame_of(places: Sequence[tuple[float, float]]) -> Frame:
    """The frame in which all places fit, in the middle of it. Raises ValueError where there are none."""
    if not places:
        raise ValueError("a map needs somebody on it")
    xs, ys = [x for x, _y in places], [y for _x, y in places]
    room = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(room[0] / (wide or 1.0), room[1] / (high or 1.0))
    return Frame(min(xs) - (room[0] / scale - wide) / 2, max(ys) + (room[1] / scale - high) / 2, scale)


def shape(x: float, y: float, radius: float, group: int) -> str:
    """The outline by which a group is told from the others."""
    told = {"x": x, "y": y, "r": radius, "d": 2 * radius}
    told |= {"l": x - radius, "e": x + radius, "t": y - radius, "b": y + radius}
    return SHAPES[group % len(SHAPES)].format(**{name: f"{value:.2f}" for name, value in told.items()})


def radius_of(readers: int, most: int, dots: int) -> float:
    """By area: four readers at one place take four times the paper of one; where dots are many, they stay apart."""
    largest = 12.0 if dots <= FEW else 4.6
    return max(1.2, min(3.4 * sqrt(readers), largest * sqrt(readers / most)))


def draw_readers(
    dots: Sequence[Dot],
    middles: Sequence[Middle],
    *,
    title: str,
    you: tuple[float, float] | None = None,
    here: str = "",
) -> str:
    """The readers, the middle of each group with its letter, and a ring with the word `here` around one's own place."""
    frame = frame_of([(dot.x, dot.y) for dot in dots] + ([you] if you else []))
    parts = [outlines_of(dots, middle.group, frame) for middle in middles]
    parts += [letter(*frame.put(middle.x, middle.y), middle.group) for middle in middles]
    if you:
        parts.append(ring(*frame.put(*you), here))
    return (
        f'<svg class="reader-map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label={quoteattr(title)}>'
        f"{''.join(parts)}</svg>"
    )


def outlines_of(dots: Sequence[Dot], number: int, frame: Frame) -> str:
    """All readers of a group as one path."""
    most = max((dot.readers for dot in dots), default=1)
    outlines = (
        shape(*frame.put(dot.x, dot.y), radius_of(dot.readers, most, len(dots)), number)
        for dot in dots
        if dot.group == number
    )
    return f'<path class="group g{number}" d="{"".join(outlines)}"/>'


def letter(x: float, y: float, number: int) -> str:
    return f'<text class="letter g{number}" x="{x}" y="{y + 7:.1f}" text-anchor="middle">{LETTERS[number]}</text>'


def ring(x: float, y: float, word: str) -> str:
    """Above the place, or below it where the paper ends."""
    above = y > 2 * EDGE
    anchor = "start" if x < WIDTH / 4 else "end" if x > WIDTH * 3 / 4 else "middle"
    return (
        f'<g class="you"><circle cx="{x}" cy="{y}" r="9"/>'
        f'<text x="{x}" y="{y - 14 if above else y + 24:.1f}" text-anchor="{anchor}">{escape(word)}</text></g>'
    )
