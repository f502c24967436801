"""A reader's line of forecasts over the crowd's, as steps in an SVG: told apart by weight, dash and word, in no colour.

Drawn twice, wide and for a phone, from the same values, as the timeline is.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from debate.drawing.lettering import width_of
from debate.drawing.plan import RESULTS

MOST_STEPS, MOST_DOTS = 200, 30
LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
OUTCOMES = {"yes": 1.0, "no": 0.0}
SMALL, APART = 12.0, 17.0


class Step(NamedTuple):
    """From `at` (in seconds) on, `value` stands, with quartiles round it where it is a crowd's; None: nothing does."""

    at: float
    value: float | None
    lower: float | None = None
    upper: float | None = None


class Line(NamedTuple):
    """Steps in order of time, with the words beside the last of them."""

    label: str
    steps: Sequence[Step]


class Chart(NamedTuple):
    """What is drawn, from `start` to `end` in seconds, with the words below some instants between.

    `outcome`: a key of plan.RESULTS, with its word beside the end; '' where there is none.
    """

    title: str
    start: float
    end: float
    times: Sequence[tuple[float, str]]
    crowd: Line
    mine: Line
    outcome: str = ""
    outcome_word: str = ""


class Sheet(NamedTuple):
    """How large the drawing is, and the part of it that the axes take."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int
    foot: int


WIDE = Sheet("wide", 640, 282, 42, 520, 12, 254)
PHONE = Sheet("phone", 340, 252, 38, 250, 12, 224)


def thinned(steps: Sequence[Step], start: float, end: float, most: int = MOST_STEPS) -> list[Step]:
    """All steps where they are at most so many; else, of as many equal stretches of time, the last step in each.

    Each that is left tells what stood at the end of its stretch. Raises ValueError where steps do not follow in time.
    """
    if any(step.at > following.at for step, following in pairwise(steps)):
        raise ValueError("steps follow each other in time")
    if len(steps) <= most:
        return list(steps)
    length = (end - start) / most

    def stretch(step: Step) -> int:
        return min(most - 1, max(0, int((step.at - start) // length)))

    return [list(within)[-1] for _number, within in groupby(steps, stretch)]


def draw_forecasts(chart: Chart, sheet: Sheet) -> str:
    """An SVG image of the chart on a sheet.

    Raises ValueError where it ends before it begins, steps do not follow in time, or a value is no probability.
    """
    if chart.end <= chart.start:
        raise ValueError("a chart begins before it ends")
    crowd, mine = (thinned(line.steps, chart.start, chart.end) for line in (chart.crowd, chart.mine))
    parts = [
        *levels(sheet),
        *times(chart, sheet),
        *bands(chart, sheet, crowd),
        line_of(chart, sheet, crowd, "crowd-line"),
        line_of(chart, sheet, mine, "my-line"),
        *dots(chart, sheet, mine),
        *names(chart, sheet, crowd, mine),
    ]
    frame = f'<svg class="forecasts {sheet.name}" viewBox="0 0 {sheet.width} {sheet.height}" role="img"'
    return f"{frame} aria-label={quoteattr(chart.title)}>{''.join(parts)}</svg>"


# Places.


def x_of(chart: Chart, sheet: Sheet, at: float) -> float:
    """Where an instant lies, at the edge for what lies outside."""
    share = min(1.0, max(0.0, (at - chart.start) / (chart.end - chart.start)))
    return round(sheet.left + (sheet.right - sheet.left) * share, 1)


def y_of(sheet: Sheet, probability: float) -> float:
    if not 0 <= probability <= 1:
        raise ValueError("a probability lies from 0 to 1")
    return round(sheet.foot - (sheet.foot - sheet.top) * probability, 1)


# Axes.


def levels(sheet: Sheet) -> Iterator[str]:
    for level in LEVELS:
        y = y_of(sheet, level)
        yield f'<line class="tick" x1="{sheet.left}" x2="{sheet.right}" y1="{y:g}" y2="{y:g}"/>'
        yield f'<text class="tick-label" x="{sheet.left - 7}" y="{y + 4:g}" text-anchor="end">{level:.0%}</text>'


def times(chart: Chart, sheet: Sheet) -> Iterator[str]:
    """A tick for every time, and its word where it keeps apart from the one before and from the edges."""
    free = float(sheet.left) - 12
    for at, word in chart.times:
        x, half = x_of(chart, sheet, at), width_of(word, SMALL) / 2
        yield f'<path class="tick" d="M{x:g} {sheet.foot}v5"/>'
        if x - half >= free and x + half <= sheet.right + 24:
            yield f'<text class="tick-label" x="{x:g}" y="{sheet.foot + 21}" text-anchor="middle">{escape(word)}</text>'
            free = x + half + 10


# Lines.


def runs(steps: Sequence[Step], end: float) -> Iterator[list[tuple[Step, float]]]:
    """The steps without a gap between them, each with the instant up to which it stands."""
    pairs = zip(steps, [*(step.at for step in steps[1:]), end], strict=False)
    for stands, run in groupby(pairs, lambda pair: pair[0].value is not None):
        if stands:
            yield list(run)


def stairs(chart: Chart, sheet: Sheet, run: Sequence[tuple[float, float]], until: float) -> str:
    """Steps through (instant, probability), up to an instant; without the command that leads to the first."""
    (at, value), *following = run
    begun = f"{x_of(chart, sheet, at):g} {y_of(sheet, value):g}"
    moved = [f"H{x_of(chart, sheet, at):g}V{y_of(sheet, value):g}" for at, value in following]
    return f"{begun}{''.join(moved)}H{x_of(chart, sheet, until):g}"


def line_of(chart: Chart, sheet: Sheet, steps: Sequence[Step], kind: str) -> str:
    """One path, which is lifted where nothing stands; '' where nothing ever does."""
    told = [
        f"M{stairs(chart, sheet, [(step.at, step.value or 0.0) for step, _until in run], run[-1][1])}"
        for run in runs(steps, chart.end)
    ]
    return f'<path class="{kind}" d="{"".join(told)}"/>' if told else ""


def bands(chart: Chart, sheet: Sheet, steps: Sequence[Step]) -> Iterator[str]:
    """The middle half of the crowd, as a surface: forward along the upper quartile, back along the lower."""
    for run in runs(steps, chart.end):
        until = run[-1][1]
        upper = stairs(chart, sheet, [(step.at, step.upper or 0.0) for step, _until in run], until)
        back = [(step.lower or 0.0, x_of(chart, sheet, step.at)) for step, _until in reversed(run)]
        lower = "".join(f"V{y_of(sheet, value):g}H{x:g}" for value, x in back)
        yield f'<path class="band" d="M{upper}{lower}Z"/>'


def dots(chart: Chart, sheet: Sheet, steps: Sequence[Step]) -> Iterator[str]:
    """A dot for each revision, a ring where the forecast was taken back; none where they would run into each other."""
    if len(steps) > MOST_DOTS:
        return
    before = 0.0
    for step in steps:
        x = x_of(chart, sheet, step.at)
        if step.value is None:
            yield f'<circle class="gone" cx="{x:g}" cy="{y_of(sheet, before):g}" r="4"/>'
        else:
            before = step.value
            yield f'<circle class="dot" cx="{x:g}" cy="{y_of(sheet, before):g}" r="3.5"/>'


# Words at the end.


def names(chart: Chart, sheet: Sheet, crowd: Sequence[Step], mine: Sequence[Step]) -> Iterator[str]:
    """What each line is, where it ends, and how it came out; pushed apart where two end at one height."""
    ends = [("crowd-name", chart.crowd.label, crowd), ("my-name", chart.mine.label, mine)]
    told = [(steps[-1].value, kind, label) for kind, label, steps in ends if steps and steps[-1].value is not None]
    if chart.outcome:
        height = OUTCOMES.get(chart.outcome, 0.5)
        told.append((height, "outcome-name", chart.outcome_word))
        yield result_mark(sheet.right, y_of(sheet, height), RESULTS.get(chart.outcome, "?"))
    told.sort(key=lambda one: -(one[0] or 0.0))
    heights = apart([y_of(sheet, value or 0.0) + 4.5 for value, _kind, _label in told], sheet.foot + 5.0)
    for (_value, kind, label), y in zip(told, heights, strict=True):
        yield f'<text class="{kind}" x="{sheet.right + 14}" y="{y:.1f}">{escape(label)}</text>'


def apart(heights: Sequence[float], lowest: float) -> list[float]:
    """Heights, from the top one down, moved so that each keeps its distance and none lies below the lowest."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + APART) if found else height)
    limit = lowest
    for number in reversed(range(len(found))):
        found[number] = min(found[number], limit)
        limit = found[number] - APART
    return found


def result_mark(x: float, y: float, sign: str) -> str:
    text = f'<text class="result-sign" x="{x:g}" y="{y + 4:g}" text-anchor="middle">{escape(sign)}</text>'
    return f'<circle class="result" cx="{x:g}" cy="{y:g}" r="8"/>{text}'
