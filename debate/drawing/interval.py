"""A share with the interval that its votes leave plausible, as a bare track: rows of a list, under one scale."""

from xml.sax.saxutils import quoteattr

from debate.drawing.axis import TICKS, WIDTH, x_of
from debate.drawing.tracks import TRACK


def draw_interval(share: float, lower: float, upper: float, *, lamp: str, title: str) -> str:
    """A dot for the share on a line from the lower to the upper bound. Raises ValueError unless 0 ≤ l ≤ s ≤ u ≤ 1."""
    if not lower <= share <= upper:
        raise ValueError("a share lies within its interval")
    middle, low, high = TRACK // 2, x_of(lower), x_of(upper)
    ticks = "".join(f'<line class="tick" x1="{x_of(tick)}" x2="{x_of(tick)}" y1="0" y2="{TRACK}"/>' for tick in TICKS)
    marks = (
        f'<path class="thin" d="M{low} {middle}H{high}"/>'
        f'<path class="ends" d="M{low} {middle - 4}v8M{high} {middle - 4}v8"/>'
        f'<circle class="dot" cx="{x_of(share)}" cy="{middle}" r="5.5"/>'
    )
    frame = f'<svg class="tracks" viewBox="0 0 {WIDTH} {TRACK}" role="img" aria-label={quoteattr(title)}>'
    return f"{frame}{ticks}<g class={quoteattr(lamp)}>{marks}</g></svg>"
