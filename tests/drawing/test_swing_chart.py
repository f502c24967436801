"""Who went from where to where, as ribbons: what is drawn, and that it is well-formed whatever it is given."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.drawing.swing import FOOT, HEIGHT, LINE, TOP, Answer, draw_swing

ANSWERS = [
    Answer("Stays & grows", "blue", "left"),
    Answer("Goes", "orange", "right"),
    Answer("Undecided", "neither", ""),
]
MATRIX = [[30, 5, 0], [0, 20, 0], [4, 9, 0]]
MATRICES = st.lists(st.lists(st.integers(0, 400), min_size=3, max_size=3), min_size=3, max_size=3).filter(
    lambda matrix: sum(map(sum, matrix)) > 0
)


def parsed(matrix=MATRIX, answers=ANSWERS):
    svg = draw_swing(answers, matrix, title="Before <&> after", ends=("Before", "After"))
    return ET.fromstring(svg)  # noqa: S314 our own drawing


def flows(svg):
    return [path for path in svg.findall("path") if "flow" in path.get("class")]


def test_a_ribbon_for_each_way_that_somebody_went():
    told = [path.find("title").text for path in flows(parsed())]
    assert told == [
        *("Stays & grows → Stays & grows: 30", "Goes → Goes: 20"),
        *("Stays & grows → Goes: 5", "Undecided → Stays & grows: 4", "Undecided → Goes: 9"),
    ]


def test_a_ribbon_has_the_lamp_it_ends_at_and_is_faint_where_nobody_moved():
    kinds = [path.get("class") for path in flows(parsed())]
    assert kinds == ["flow stays blue", "flow stays orange", "flow orange", "flow blue", "flow orange"]


def test_every_answer_has_its_word_its_glyph_and_its_count_in_both_columns():
    groups = [group for group in parsed().findall("g") if group.findall("text")]
    assert [[text.text for text in group.findall("text")][-1] for group in groups] == [
        "35",
        "20",
        "13",
        "34",
        "34",
        "0",
    ]
    assert [len(group.findall("g")) for group in groups] == [1] * 6
    assert [group.find("g/path") is not None for group in groups] == [True, True, False] * 2


def test_an_answer_that_nobody_gave_has_words_and_no_bar():
    groups = [group for group in parsed().findall("g") if group.findall("text")]
    assert [group.find("rect") is not None for group in groups] == [True] * 5 + [False]


@given(MATRICES)
def test_words_never_meet_and_bars_are_as_high_as_they_are_many(matrix):
    svg = parsed(matrix)
    for side in ("end", "start"):
        heights = [float(text.get("y")) for group in svg.findall("g") for text in group.findall("text")
                   if text.get("text-anchor") == side]  # fmt: skip
        assert all(below - above >= LINE - 0.2 for above, below in pairwise(heights))
    bars = [float(bar.get("height")) for bar in svg.findall("g/rect")]
    assert sum(bars) == pytest.approx(2 * HEIGHT, abs=0.5)


@given(MATRICES)
def test_nothing_is_drawn_off_the_paper(matrix):
    svg = parsed(matrix)
    _x, _y, _width, paper = map(float, svg.get("viewBox").split())
    numbers = [float(y) for path in flows(svg) for y in re.findall(r"[ ,](-?[\d.]+)(?=[CvzM ]|$)", path.get("d"))]
    bars = [float(bar.get("y")) + float(bar.get("height")) for bar in svg.findall("g/rect")]
    assert min(numbers) >= 0
    assert max(bars) <= paper - FOOT + 1
    assert min(float(bar.get("y")) for bar in svg.findall("g/rect")) >= TOP


def test_five_answers_with_long_words_keep_apart():
    answers = [Answer(f"A very long answer {n}", "green", "top") for n in range(5)]
    assert parsed([[1] * 5] * 5, answers).get("class") == "swing"


@pytest.mark.parametrize("matrix", [[], [[1, 2], [3, 4]], [[0] * 3] * 3, [[1, 0, 0], [0, -1, 0], [0, 0, 1]]])
def test_what_does_not_fit_is_refused(matrix):
    with pytest.raises(ValueError, match="each of the answers"):
        parsed(matrix)
