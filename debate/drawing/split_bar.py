"""Three shares of one whole, as an SVG bar: told apart by how they are filled, not by colour."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 300, 14


class Piece(NamedTuple):
    """A part of the bar: how many, and the class that fills it."""

    size: int
    fill: str


def draw_split_bar(pieces: Sequence[Piece]) -> str:
    """The pieces in proportion, side by side; decoration for numbers that stand beside it.

    Raises ValueError where nothing is counted.
    """
    whole = sum(piece.size for piece in pieces)
    if whole <= 0 or min(piece.size for piece in pieces) < 0:
        raise ValueError("a bar needs something to divide")
    parts, left = [], 0.0
    for piece in pieces:
        width = WIDTH * piece.size / whole
        if width:
            parts.append(f'<rect class="{piece.fill}" x="{left:.1f}" y="0" width="{width:.1f}" height="{HEIGHT}"/>')
        left += width
    return (
        f'<svg class="split-bar" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )
