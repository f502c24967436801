"""The glyph of a side, as it stands in a chart: by class only, so that the page lights its lamp."""


def side_mark(x: float, y: float, glyph: str) -> str:
    """A ring, filled on the side that the glyph names."""
    turn = {"left": 0, "top": 90, "right": 180, "bottom": 270}.get(glyph)
    half = "" if turn is None else f'<path class="half" d="M0 -5a5 5 0 0 0 0 10z" transform="rotate({turn})"/>'
    return f'<g transform="translate({x:.1f} {y:g})"><circle class="ring" r="5"/>{half}</g>'
