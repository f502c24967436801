"""Who went from which answer to which, as SVG: a column before, one after, and ribbons from the one to the other.

An answer is told by its glyph and word, its share of the column by height; a side's bar is filled with its lamp, that
of the undecided is hollow. A ribbon has the lamp of the answer it ends at, and is faint where nobody moved.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from debate.drawing.lettering import wrapped
from debate.drawing.marks import side_mark

WIDTH, TOP, FOOT = 384, 30, 6
BAR, HEIGHT, GAP, LINE, SIZE = 10, 200, 12, 17, 14.0
LEFT, RIGHT = 124, 260  # where the ribbons begin and end
ROOM = LEFT - BAR - 26


class Answer(NamedTuple):
    """What can be said: its word, the class that lights its lamp, and its glyph ('' for a ring)."""

    label: str
    lamp: str
    glyph: str


class Node(NamedTuple):
    """An answer in one of the columns: the words beside it, where its bar begins, and how high it is."""

    lines: Sequence[str]
    top: float
    height: float


class Column(NamedTuple):
    nodes: Sequence[Node]
    foot: float


def draw_swing(answers: Sequence[Answer], matrix: Sequence[Sequence[int]], *, title: str, ends: tuple[str, str]) -> str:
    """`matrix`: readers, a row for each answer before, in it a column for each after; `ends`: the columns' names.

    Raises ValueError where the matrix does not fit the answers, counts less than nobody, or counts nobody at all.
    """
    size = len(answers)
    if len(matrix) != size or any(len(row) != size or min(row) < 0 for row in matrix) or not sum(map(sum, matrix)):
        raise ValueError("readers go from each of the answers to each, and somebody does")
    before, after = map(sum, matrix), map(sum, zip(*matrix, strict=True))
    columns = [column_of(answers, list(readers)) for readers in (before, after)]
    parts = [heading(ends[0], "start"), heading(ends[1], "end"), *ribbons(answers, matrix, columns)]
    parts += [node(*told, left=True) for told in zip(answers, columns[0].nodes, strict=True)]
    parts += [node(*told, left=False) for told in zip(answers, columns[1].nodes, strict=True)]
    height = round(max(column.foot for column in columns) + FOOT)
    return (
        f'<svg class="swing" viewBox="0 0 {WIDTH} {height}" role="img" aria-label={quoteattr(title)}>'
        f"{''.join(parts)}</svg>"
    )


def column_of(answers: Sequence[Answer], readers: Sequence[int]) -> Column:
    """One answer below the other, each with room enough for its words."""
    nodes, low = [], float(TOP)
    for answer, count in zip(answers, readers, strict=True):
        lines = [*wrapped(answer.label, SIZE, ROOM, 2), str(count)]
        height = HEIGHT * count / sum(readers)
        slot = max(height, LINE * len(lines))
        nodes.append(Node(lines, low + (slot - height) / 2, height))
        low += slot + GAP
    return Column(nodes, low - GAP)


def heading(word: str, anchor: str) -> str:
    return (
        f'<text class="end" x="{0 if anchor == "start" else WIDTH}" y="14" text-anchor="{anchor}">{escape(word)}</text>'
    )


def node(answer: Answer, told: Node, *, left: bool) -> str:
    """The bar, and beside it glyph and words; of an answer that nobody gave only these."""
    x, side = (LEFT - BAR, -1) if left else (RIGHT, 1)
    edge = LEFT - BAR if left else RIGHT + BAR
    middle = told.top + told.height / 2
    first = middle - LINE * (len(told.lines) - 1) / 2
    bar = f'<rect class="bar" x="{x}" y="{told.top:.1f}" width="{BAR}" height="{told.height:.1f}"/>'
    words = "".join(
        f'<text class="{"count" if line == told.lines[-1] else "word"}" x="{edge + 22 * side}"'
        f' y="{first + LINE * number + 5:.1f}" text-anchor="{"end" if left else "start"}">{escape(line)}</text>'
        for number, line in enumerate(told.lines)
    )
    mark = side_mark(edge + 12 * side, first, answer.glyph)
    return f"<g class={quoteattr(answer.lamp)}>{bar if told.height else ''}{mark}{words}</g>"


def ribbons(answers: Sequence[Answer], matrix: Sequence[Sequence[int]], columns: Sequence[Column]) -> Iterator[str]:
    """Those that stay first, so that who moved lies on top; within a bar in the order of the other column."""
    found = list(stretches(matrix, columns))
    for row, column, path in sorted(found, key=lambda one: one[0] != one[1]):
        kind = "flow stays" if row == column else "flow"
        told = f"{answers[row].label} → {answers[column].label}: {matrix[row][column]}"
        yield f'<path class="{kind} {answers[column].lamp}" d="{path}"><title>{escape(told)}</title></path>'


def stretches(matrix: Sequence[Sequence[int]], columns: Sequence[Column]) -> Iterator[tuple[int, int, str]]:
    scale = HEIGHT / sum(map(sum, matrix))
    ends = [node.top for node in columns[1].nodes]
    for row, told in enumerate(matrix):
        start = columns[0].nodes[row].top
        for column, readers in enumerate(told):
            if readers:
                yield row, column, ribbon(start, ends[column], readers * scale)
            start += readers * scale
            ends[column] += readers * scale


def ribbon(start: float, end: float, height: float) -> str:
    middle = (LEFT + RIGHT) // 2
    above = f"M{LEFT} {start:.1f}C{middle} {start:.1f} {middle} {end:.1f} {RIGHT} {end:.1f}"
    return (
        f"{above}v{height:.1f}C{middle} {end + height:.1f} {middle} {start + height:.1f} {LEFT} {start + height:.1f}z"
    )
