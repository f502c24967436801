"""A line of forecasts over the crowd's says the numbers it is given, breaks where nothing stands, and stays small."""

import itertools
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.drawing.forecasts import APART, PHONE, WIDE, Chart, Line, Step, apart, draw_forecasts, thinned

SHARE = st.floats(0, 1)
SHEETS = pytest.mark.parametrize("sheet", [WIDE, PHONE], ids=lambda sheet: sheet.name)
CROWD = Line("Crowd 40%", [Step(0, 0.5, 0.4, 0.6), Step(50, 0.4, 0.3, 0.5)])


def chart(crowd=CROWD, mine=(), **facts):
    told = {"title": "t", "start": 0, "end": 100, "times": [], "mine": Line("You 70%", list(mine))}
    return Chart(crowd=crowd, **{**told, **facts})


def drawn(*args, sheet=WIDE, **facts):
    return ET.fromstring(draw_forecasts(chart(*args, **facts), sheet))  # noqa: S314 our own drawing


def path(image, kind):
    return next((part.get("d") for part in image if part.get("class") == kind), "")


@st.composite
def steps(draw):
    """Steps in order, with gaps, of a crowd."""
    ats = sorted(draw(st.lists(st.floats(-10, 110), max_size=30)))
    found = []
    for at in ats:
        low, mid, high = sorted(draw(st.tuples(SHARE, SHARE, SHARE)))
        found.append(Step(at, mid, low, high) if draw(st.booleans()) else Step(at, None))
    return found


@given(steps(), steps())
@SHEETS
def test_whatever_stood_the_image_is_well_formed_and_within_its_axes(sheet, crowd, mine):
    image = drawn(Line("Crowd", crowd), mine, sheet=sheet)
    marks = " ".join(part.get("d") for part in image if part.get("class") in ("band", "crowd-line", "my-line"))
    across = [float(x) for x in re.findall(r"[MH]([\d.]+)", marks)]
    assert all(sheet.left <= x <= sheet.right for x in across)
    assert all(sheet.top <= float(y) <= sheet.foot for y in re.findall(r"V([\d.]+)", marks))


@given(st.text(st.characters(categories=["L", "P", "S", "N"])))
def test_what_is_written_on_it_is_escaped(text):
    image = drawn(Line(text, CROWD.steps), title=text, times=[(50, text)], outcome="yes", outcome_word=text)
    assert image.get("aria-label") == text


def test_a_number_stands_until_the_next():
    assert path(drawn(), "crowd-line") == "M42 133H281V157.2H520"


def test_a_line_is_lifted_while_nothing_stands():
    image = drawn(mine=[Step(0, 0.2), Step(25, None), Step(75, 0.9)])
    assert path(image, "my-line") == "M42 205.6H161.5M400.5 36.2H520"
    assert [part.get("class") for part in image if part.tag.endswith("circle")] == ["dot", "gone", "dot"]


def test_the_ring_lies_at_the_height_that_was_taken_back():
    rings = [part for part in drawn(mine=[Step(0, 0.5), Step(25, None)]) if part.get("class") == "gone"]
    assert [ring.get("cy") for ring in rings] == ["133"]


def test_the_band_runs_out_along_the_upper_quartile_and_back_along_the_lower():
    assert path(drawn(), "band") == "M42 108.8H281V133H520V181.4H281V157.2H42Z"


def test_a_line_that_stands_at_the_end_is_named_there_and_no_other():
    texts = ["".join(part.itertext()) for part in drawn(mine=[Step(0, 0.5), Step(25, None)])]
    assert "Crowd 40%" in texts
    assert "You 70%" not in texts


@pytest.mark.parametrize(("outcome", "height"), [("yes", "12"), ("no", "254"), ("ambiguous", "133")])
def test_the_outcome_is_marked_where_it_would_have_been_right(outcome, height):
    image = drawn(outcome=outcome, outcome_word="So")
    assert [part.get("cy") for part in image if part.get("class") == "result"] == [height]
    assert "So" in ["".join(part.itertext()) for part in image]


@given(st.lists(st.floats(12, 254), max_size=3).map(sorted))
def test_names_keep_apart_and_within_the_sheet(heights):
    found = apart(heights, 259.0)
    assert all(below - above >= APART - 1e-9 for above, below in itertools.pairwise(found))
    assert all(height <= 259.0 for height in found)


@SHEETS
def test_words_below_the_axis_keep_apart(sheet):
    every_day = [(float(at), "30 Nov") for at in range(0, 100, 3)]
    words = [part for part in drawn(sheet=sheet, times=every_day) if part.text == "30 Nov"]
    places = [float(word.get("x")) for word in words]
    assert len(words) > 2
    assert min(following - place for place, following in itertools.pairwise(places)) > 40


def test_a_long_line_is_thinned_to_what_stood_at_the_end_of_each_stretch():
    long = [Step(at / 10, at / 1_000) for at in range(1_000)]
    found = thinned(long, 0, 100)
    assert len(found) == 200
    assert found[-1] == long[-1]
    assert all(step in long for step in found)
    assert found[0] == long[4]


@given(st.lists(st.floats(0, 100), max_size=900).map(sorted))
def test_however_long_the_past_at_most_200_steps_are_drawn_and_the_last_is_among_them(ats):
    line = [Step(at, 0.5) for at in ats]
    found = thinned(line, 0, 100)
    assert len(found) <= 200
    assert found[-1:] == line[-1:]
    assert found == sorted(found)


def test_a_drawing_of_the_longest_past_stays_small():
    long = [Step(at / 40, 0.5 + at % 7 / 20, 0.2, 0.8) for at in range(4_000)]
    assert len(draw_forecasts(chart(Line("Crowd", long), long), WIDE)) < 16_000


def test_no_dots_where_they_would_run_into_each_other():
    many = [Step(at, 0.5 + at % 2 / 10) for at in range(90)]
    assert not [part for part in drawn(mine=many) if part.get("class") == "dot"]


def test_it_carries_no_style_of_its_own():
    assert "style" not in draw_forecasts(chart(), WIDE)


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"end": 0}, "begins before"),
        ({"mine": [Step(5, 0.5), Step(1, 0.5)]}, "follow each other"),
        ({"mine": [Step(5, 1.5)]}, "0 to 1"),
    ],
)
def test_what_cannot_be_drawn_is_refused(facts, complaint):
    with pytest.raises(ValueError, match=complaint):
        draw_forecasts(chart(**facts), WIDE)
