"""Charts say the numbers they are given, escape what they write, and refuse what is none."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.drawing.axis import LEFT, RIGHT, Range, draw_axis, x_of
from debate.drawing.split_bar import WIDTH, Piece, draw_split_bar

SHARE = st.floats(0, 1)


@given(SHARE, SHARE)
def test_more_probable_lies_further_right(one, other):
    assert (x_of(one) <= x_of(other)) or one > other
    assert LEFT <= x_of(one) <= RIGHT


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan"), float("inf")])
def test_what_is_no_probability_has_no_place(bad):
    with pytest.raises(ValueError, match="0 to 1"):
        x_of(bad)


@given(st.lists(st.tuples(st.text(st.characters(categories=["L", "P", "S", "N"])), SHARE, SHARE), max_size=8))
def test_an_axis_is_well_formed_whatever_is_written_on_it(rows):
    ranges = [Range(text, text, min(one, other), max(one, other), "blue") for text, one, other in rows]
    image = ET.fromstring(draw_axis(ranges, title='<"&>'))  # noqa: S314 our own drawing
    assert image.get("aria-label") == '<"&>'
    assert len(image.findall(".//g")) == len(rows)


def test_a_range_of_one_point_is_a_dot():
    assert "<circle" in draw_axis([Range("One", "50%", 0.5, 0.5, "neither")], title="t")
    assert "<circle" not in draw_axis([Range("One", "40 to 50%", 0.4, 0.5, "neither")], title="t")


def test_a_drawing_carries_no_style_of_its_own():
    drawn = draw_axis([Range("One", "50%", 0.5, 0.5, "neither")], title="t") + draw_split_bar([Piece(1, "agree")])
    assert "style" not in drawn
    assert "<script" not in drawn


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=5).filter(any))
def test_a_split_bar_is_as_wide_as_its_pieces_together(sizes):
    image = ET.fromstring(draw_split_bar([Piece(size, "agree") for size in sizes]))  # noqa: S314 our own drawing
    assert sum(float(piece.get("width")) for piece in image) == pytest.approx(WIDTH, abs=0.5)


@pytest.mark.parametrize("sizes", [[], [0, 0], [-1, 3]])
def test_nothing_cannot_be_divided(sizes):
    with pytest.raises(ValueError, match="something to divide"):
        draw_split_bar([Piece(size, "agree") for size in sizes])
