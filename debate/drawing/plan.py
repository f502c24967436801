"""What a timeline is drawn from: essays, predictions and dates as plain values, and the sheet that they are put on."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

SIZE, SMALL, LINE = 13.0, 12.0, 17
RESULTS = {"yes": "✓", "no": "✕", "ambiguous": "?", "annulled": "–"}


class Essay(NamedTuple):
    """When it was written, as wide as is known; both None for an unknown date. `answers`: the key of another."""

    key: int
    label: str
    detail: str
    name: str
    href: str
    first: date | None
    last: date | None
    lamp: str = "neither"
    glyph: str = ""
    answers: int | None = None


class Prediction(NamedTuple):
    """Made between `first` and `sure`, taking forecasts until `closes`, judged by `judged`.

    `result`: a key of RESULTS, on the day `resolved`; '' where there is none. `values`: short words at its end.
    `kind`: deciding, group (several that are drawn as one), or '' for the others.
    `crowd`: from which day on which probability stood, None for nobody's; the last one until `crowd_until`.
    """

    label: str
    name: str
    href: str
    first: date
    sure: date
    closes: date
    judged: date
    values: Sequence[str] = ()
    result: str = ""
    resolved: date | None = None
    kind: str = ""
    crowd: Sequence[tuple[date, float | None]] = ()
    crowd_until: date | None = None


class Chart(NamedTuple):
    """What is drawn, from the first to the last day; `today` and `horizon` with the words beside their lines."""

    title: str
    first: date
    last: date
    today: tuple[date, str]
    horizon: tuple[date, str]
    undated: str
    essays: Sequence[Essay]
    predictions: Sequence[Prediction]


class Sheet(NamedTuple):
    """How wide the drawing is, and the part of that which the axis takes; a phone has labels above everything."""

    name: str
    width: int
    left: int
    right: int
    phone: bool


WIDE = Sheet("wide", 1040, 24, 904, phone=False)
PHONE = Sheet("phone", 340, 20, 334, phone=True)


def x_of(sheet: Sheet, chart: Chart, day: date) -> float:
    """Where a day lies, at the edge for what lies outside. Raises ValueError where the chart has no days."""
    days = (chart.last - chart.first).days
    if days <= 0:
        raise ValueError("a timeline begins before it ends")
    share = min(1.0, max(0.0, (day - chart.first).days / days))
    return round(sheet.left + (sheet.right - sheet.left) * share, 1)


def written(lines: Sequence[str], x: float, y: float, kind: str, anchor: str = "start") -> str:
    """Lines of text, one below the other."""
    told = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return "".join(
        f'<text class="{kind}" x="{x:.1f}" y="{y + LINE * number:g}"{told}>{escape(line)}</text>'
        for number, line in enumerate(lines)
    )


class Box(NamedTuple):
    """A stretch of the sheet."""

    x: float
    y: float
    width: float
    height: float


def linked(thing: Essay | Prediction, kind: str, box: Box, inside: str) -> str:
    """A link round everything within, with a surface to touch and to show the focus on."""
    x, y, width, height = box
    surface = f'<rect class="touch" x="{x:.1f}" y="{y:g}" width="{width:.1f}" height="{height:g}" rx="3"/>'
    start = f"<a href={quoteattr(thing.href)} class={quoteattr(kind)} aria-label={quoteattr(thing.name)}>"
    return f"{start}<title>{escape(thing.name)}</title>{surface}{inside}</a>"
