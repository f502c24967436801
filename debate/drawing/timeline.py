"""Essays, predictions and their dates on one axis, as SVG: marks by class and attribute only, for either theme.

Drawn twice, wide and for a phone, from the same values; every essay and prediction is a link with a name.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from debate.drawing.crowd_line import crowd_line, room_for
from debate.drawing.lettering import cut, fits, packed, width_of, wrapped
from debate.drawing.marks import side_mark
from debate.drawing.plan import (
    LINE,
    RESULTS,
    SIZE,
    SMALL,
    Box,
    Chart,
    Essay,
    Prediction,
    Sheet,
    linked,
    written,
    x_of,
)

LEAST_MARK, GAP, LANE = 10.0, 16.0, 44


def draw_timeline(chart: Chart, sheet: Sheet) -> str:
    """An SVG image of the chart on a sheet."""
    top, parts = undated_rows(chart, sheet)
    head = top + 58
    foot, essays = dated_essays(chart, sheet, head)
    foot, predictions = prediction_rows(chart, sheet, foot + 14)
    height = foot + 30
    return (
        f'<svg class="timeline {sheet.name}" viewBox="0 0 {sheet.width} {height}" role="group"'
        f" aria-label={quoteattr(chart.title)}>"
        + "".join([*axis(chart, sheet, top, foot), *parts, *essays, *predictions])
        + "</svg>"
    )


# The axis.


def axis(chart: Chart, sheet: Sheet, top: int, foot: int) -> Iterator[str]:
    """Years, today and the horizon: what they help to see stands in words in the links, so it is not read out."""
    yield '<g class="axis" aria-hidden="true">'
    places = [(x_of(sheet, chart, date(year, 1, 1)), str(year)) for year in years(chart, sheet)]
    yield from (f'<line class="tick" x1="{x}" x2="{x}" y1="{top + 54}" y2="{foot + 8}"/>' for x, _year in places)
    for number, (name, (day, word)) in enumerate((("today", chart.today), ("horizon", chart.horizon))):
        if chart.first <= day <= chart.last:
            x, y = x_of(sheet, chart, day), top + 16 + 16 * number
            yield f'<line class="{name}" x1="{x}" x2="{x}" y1="{y - 11}" y2="{foot + 8}"/>'
            yield beside(sheet, f"{name}-label", word, x, y)
    for y in (top + 50, foot + 24):
        yield from (written([year], x + 3, y, "tick-label") for x, year in places)
    yield "</g>"


def beside(sheet: Sheet, kind: str, word: str, x: float, y: float) -> str:
    """A word on whichever side of a line has room for it."""
    if x + 6 + width_of(word, SMALL) <= sheet.width:
        return written([word], x + 4, y, kind)
    return written([cut(word, SMALL, x - 8)], x - 4, y, kind, "end")


def years(chart: Chart, sheet: Sheet) -> range:
    """Those that are written, so few that their labels keep apart."""
    first, last = chart.first.year, chart.last.year
    room = (sheet.right - sheet.left) / (last - first + 1)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000) if room * step >= 38)
    return range(first, last + 1, step)


# Essays.


def undated_rows(chart: Chart, sheet: Sheet) -> tuple[int, list[str]]:
    """Essays without a date, above the axis since they have no place on it; and where they end."""
    essays = [essay for essay in chart.essays if essay.first is None]
    if not essays:
        return 0, []
    parts = [written([chart.undated], sheet.left, 14, "section")]
    for number, essay in enumerate(essays):
        top = 20 + LANE * number
        room = sheet.width - sheet.left - 18
        label = labels(essay, room)
        mark = side_mark(sheet.left + 5, top + 13, essay.glyph)
        box = Box(sheet.left - 6, top, label.width + 26, LANE - 4)
        parts.append(linked(essay, f"essay {essay.lamp}", box, mark + label(sheet.left + 16, top + 17)))
    return 20 + LANE * len(essays) + 6, parts


class Labels(NamedTuple):
    """The two lines beside a mark, cut to their room."""

    lines: tuple[str, str]
    width: float

    def __call__(self, x: float, y: float, anchor: str = "start") -> str:
        who, detail = self.lines
        return written([who], x, y, "who", anchor) + written([detail], x, y + LINE - 1, "detail", anchor)


def labels(essay: Essay, room: float) -> Labels:
    lines = cut(essay.label, SIZE, room), cut(essay.detail, SMALL, room)
    return Labels(lines, max(width_of(lines[0], SIZE), width_of(lines[1], SMALL)))


class Placed(NamedTuple):
    """An essay on the axis: its mark from x to end, its label, and the stretch that both take together."""

    essay: Essay
    x: float
    end: float
    label: Labels
    label_x: float
    anchor: str

    @property
    def stretch(self) -> tuple[float, float]:
        """With the hook of a line to what it answers."""
        before = 14 if self.essay.answers is not None else 4
        if self.anchor == "end":
            return self.label_x - self.label.width, self.end
        return self.x - before, max(self.end, self.label_x + self.label.width)


def placed(chart: Chart, sheet: Sheet, essay: Essay, first: date, last: date) -> Placed:
    x, end = x_of(sheet, chart, first), x_of(sheet, chart, last)
    if end - x < LEAST_MARK:
        x = round((x + end - LEAST_MARK) / 2, 1)
        end = x + LEAST_MARK
    if sheet.phone:
        return Placed(essay, x, end, labels(essay, sheet.right - sheet.left), sheet.left, "start")
    right, left = sheet.width - end - 8, x - 8
    if fits(essay.label, SIZE, right, 1) or right >= left:
        return Placed(essay, x, end, labels(essay, right), end + 7, "start")
    return Placed(essay, x, end, labels(essay, left), x - 7, "end")


def dated_essays(chart: Chart, sheet: Sheet, head: int) -> tuple[int, list[str]]:
    """Essays in lanes in which no label meets another, with lines to what they answer; and where they end."""
    found = [
        placed(chart, sheet, essay, essay.first, essay.last)
        for essay in chart.essays
        if essay.first is not None and essay.last is not None
    ]
    lanes = list(range(len(found))) if sheet.phone else packed([one.stretch for one in found], GAP)
    step = LANE + 18 if sheet.phone else LANE
    tops = [head + step * lane for lane in lanes]
    at = {one.essay.key: (one.x, middle(sheet, top)) for one, top in zip(found, tops, strict=True)}
    lines = [answer_line(sheet, at, one.essay) for one in found]
    links = [essay_link(sheet, one, top) for one, top in zip(found, tops, strict=True)]
    return max((top + step for top in tops), default=head), [*lines, *links]


def middle(sheet: Sheet, top: int) -> int:
    """The height of the mark in a lane: beside the first line of its label, on a phone below both."""
    return top + 48 if sheet.phone else top + 12


def essay_link(sheet: Sheet, one: Placed, top: int) -> str:
    y = middle(sheet, top)
    label = one.label(one.label_x, top + 17, one.anchor)
    low, high = one.stretch
    box = Box(low, top, high - low + 4, 56 if sheet.phone else LANE - 4)
    width = one.end - one.x
    within = f'<rect class="within" x="{one.x}" y="{y - 5}" width="{width:.1f}" height="10" rx="5"/>'
    mark = side_mark((one.x + one.end) / 2, y, one.essay.glyph)
    return linked(one.essay, f"essay {one.essay.lamp}", box, (within if width > LEAST_MARK else "") + mark + label)


def answer_line(sheet: Sheet, at: Mapping[int, tuple[float, int]], essay: Essay) -> str:
    """A hook from an essay's mark, round to the left, to the mark of the essay that it answers."""
    if essay.answers is None or essay.answers not in at:
        return ""
    (x, y), (goal, height) = at[essay.key], at[essay.answers]
    hook = 6.0 if sheet.phone else round(min(x, goal) - 11, 1)
    tip = f'<path class="tip" d="M{goal - 2} {height}l-6 -4v8z"/>'
    return f'<path class="answers" d="M{x} {y}H{hook}V{height}H{goal - 6}"/>{tip}'


# Predictions.


class Row(NamedTuple):
    """A prediction's row: how high it is, the height of its bar from the top, and where its label stands."""

    height: int
    middle: int
    lines: Sequence[str]
    x: float
    first_line: float
    anchor: str


def prediction_rows(chart: Chart, sheet: Sheet, top: int) -> tuple[int, list[str]]:
    """A row for each, in the order told; and where they end."""
    parts = []
    for told in chart.predictions:
        row = row_of(chart, sheet, told)
        parts.append(prediction_link(chart, sheet, told, row, top))
        top += row.height
    return top, parts


def row_of(chart: Chart, sheet: Sheet, told: Prediction) -> Row:
    """The label left of the bar where all of it has room there, else above it; room for the crowd's line over it."""
    line = room_for(told)
    size, start = size_of(told), x_of(sheet, chart, told.first)
    room = start - 14 - sheet.left
    if not sheet.phone and fits(told.label, size, room, 2):
        lines = wrapped(told.label, size, room, 2)
        height = LINE * len(lines) + 16
        first_line = height / 2 + 4.5 - LINE * (len(lines) - 1) / 2 + line
        return Row(height + line, height // 2 + line, lines, start - 10, first_line, "end")
    lines = wrapped(told.label, size, sheet.right - sheet.left, 4 if sheet.phone else 2)
    below = LINE * (len(lines) + sheet.phone) + line
    return Row(below + 30, below + 15, lines, sheet.left, 17, "start")


def size_of(told: Prediction) -> float:
    return SIZE + 2 * (told.kind == "deciding")


def prediction_link(chart: Chart, sheet: Sheet, told: Prediction, row: Row, top: int) -> str:
    label = written(row.lines, row.x, top + row.first_line, "label", row.anchor)
    inside = bar(chart, sheet, told, top + row.middle) + label + values_of(sheet, told, row, top)
    left = (
        sheet.left
        if row.anchor == "start"
        else row.x - max((width_of(line, size_of(told)) for line in row.lines), default=0.0)
    )
    box = Box(left - 5, top, (sheet.right + 4 if sheet.phone else sheet.width) - left + 5, row.height - 2)
    return linked(told, f"prediction {told.kind}", box, inside)


def values_of(sheet: Sheet, told: Prediction, row: Row, top: int) -> str:
    """The words at its end: in a column of their own beside the axis, on a phone in a line below the label."""
    if sheet.phone:
        line = cut(" · ".join(told.values), SMALL, sheet.right - sheet.left)
        return written([line], sheet.left, top + row.first_line + LINE * len(row.lines), "value")
    lines = [cut(value, SMALL, sheet.width - sheet.right - 8) for value in told.values[:2]]
    return written(lines, sheet.width - 2, top + row.middle + 4 - LINE / 2 * (len(lines) - 1), "value", "end")


def bar(chart: Chart, sheet: Sheet, told: Prediction, y: int) -> str:
    """From when it was made (dashed as far as that is not known) to its closing, and thin on to its judgement."""
    first, sure, closes, judged = (
        x_of(sheet, chart, day) for day in (told.first, told.sure, told.closes, max(told.closes, told.judged))
    )
    doubt = f'<path class="doubt" d="M{first} {y}H{sure}"/>' if sure > first else ""
    parts = [
        doubt,
        f'<path class="open" d="M{min(sure, closes)} {y}H{closes}"/>',
        f'<path class="wait" d="M{closes} {y}H{judged}"/>',
        f'<path class="close" d="M{closes} {y - 6}v12"/>',
        crowd_line(chart, sheet, told, y),
    ]
    if told.result and told.resolved is not None:
        parts.append(result_mark(x_of(sheet, chart, told.resolved), y, told.result))
    return "".join(parts)


def result_mark(x: float, y: int, result: str) -> str:
    sign = RESULTS.get(result, "?")
    return f'<circle class="result" cx="{x}" cy="{y}" r="8"/>' + written([sign], x, y + 4, "result-sign", "middle")
