"""Ranges of probability as bare tracks, to be stacked under one scale: each row of a list is part of one axis."""

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from debate.drawing.axis import TICKS, WIDTH, Range, anchor, x_of

TRACK, SCALE = 18, 18


def draw_scale() -> str:
    """The labels of the scale, for sighted readers alone: the rows say their numbers."""
    labels = "".join(
        f'<text class="tick-label" x="{x_of(tick)}" y="12" text-anchor="{anchor(tick)}">{tick:.0%}</text>'
        for tick in TICKS
    )
    return (
        f'<svg class="tracks scale" viewBox="0 0 {WIDTH} {SCALE}" aria-hidden="true" focusable="false">{labels}</svg>'
    )


def draw_tracks(ranges: Sequence[Range], *, title: str, solid: str | None = None, happened: bool | None = None) -> str:
    """The ranges below each other over the scale's hairlines; dashed, so that no colour is needed, those whose label is
    not `solid`, the first one's unless told. `happened`: where the truth turned out to lie, at either end.

    Raises ValueError where there is none, or a bound lies outside [0, 1].
    """
    if not ranges:
        raise ValueError("tracks need a range")
    height = TRACK * len(ranges)
    ticks = "".join(f'<line class="tick" x1="{x_of(tick)}" x2="{x_of(tick)}" y1="0" y2="{height}"/>' for tick in TICKS)
    first = ranges[0].label if solid is None else solid
    tracks = "".join(
        track(told, TRACK * row + TRACK // 2, dashed=told.label != first) for row, told in enumerate(ranges)
    )
    ticks += "" if happened is None else truth(happened, height)
    frame = f'<svg class="tracks" viewBox="0 0 {WIDTH} {height}" role="img" aria-label={quoteattr(title)}>'
    return f"{frame}{ticks}{tracks}</svg>"


def truth(happened: bool, height: int) -> str:
    """A bar at the end where the truth lies, pointing at it."""
    x, inward = x_of(float(happened)), -7 if happened else 7
    return f'<path class="truth" d="M{x} 0V{height}M{x + inward} {height / 2 - 5}l{-inward} 5l{inward} 5"/>'


def track(told: Range, middle: int, *, dashed: bool) -> str:
    low, high = x_of(told.low), x_of(told.high)
    kind = f"{told.lamp} second" if dashed else told.lamp
    if low == high:
        mark = f'<circle class="dot" cx="{low}" cy="{middle}" r="4.5"/>'
    else:
        mark = (
            f'<path class="range" d="M{low} {middle}H{high}"/>'
            f'<path class="ends" d="M{low} {middle - 5}v10M{high} {middle - 5}v10"/>'
        )
    return f"<g class={quoteattr(kind)}>{mark}</g>"
