"""Charts of insights: what is drawn, and that it is well-formed whatever it is given."""

from xml.etree import ElementTree as ET

import pytest

from debate.drawing.readers import Dot, Middle, draw_readers, frame_of
from debate.drawing.strength import draw_move, draw_pull
from debate.drawing.support import Line, draw_support

MIDDLES = [Middle(0, -1.0, 0.0), Middle(2, 1.0, 0.5)]
DOTS = [Dot(-1.2, 0.1, 0, 1), Dot(-0.8, -0.1, 0, 9), Dot(1.0, 0.5, 2, 4)]
LINES = [Line("Left & sure", "blue", [1.0, 0.5]), Line("Right", "orange", [0.0, 0.5])]


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314 our own drawing


def readers(**options):
    return draw_readers(DOTS, MIDDLES, title="Readers <&>", **options)


def support(days=(10, 20), lines=LINES):
    return draw_support(days, lines, ends=("first", "last"), title="Support")


@pytest.mark.parametrize("svg", [draw_move(0.5, 0.9, "blue"), draw_pull(-0.3), readers(you=(0, 0), here="<you>")])
def test_it_is_well_formed(svg):
    assert parsed(svg).tag == "svg"


def test_a_move_runs_from_where_it_began_to_where_it_stands():
    svg = parsed(draw_move(0.5, 1.0, "blue"))
    assert [mark.get("cx") for mark in svg.findall("circle")] == ["60.0", "114.0"]


@pytest.mark.parametrize("draw", [lambda: draw_move(0.5, 1.1, "blue"), lambda: draw_pull(1.5)])
def test_what_is_no_strength_is_refused(draw):
    with pytest.raises(ValueError, match="lies from"):
        draw()


def test_what_presses_is_drawn_otherwise_than_what_lifts():
    assert ("presses" in draw_pull(-0.2), "lifts" in draw_pull(0.2)) == (True, True)


def test_each_group_of_readers_has_its_own_shape_and_letter():
    svg = parsed(readers())
    assert [text.text for text in svg.findall("text")] == ["A", "C"]
    assert len(svg.findall("path")) == 2


def test_ones_own_place_is_named():
    assert parsed(readers(you=(0, 0), here="you")).find("g/text").text == "you"


def test_a_map_of_readers_at_one_place_stays_on_the_paper():
    assert frame_of([(3.0, 4.0)]).put(3.0, 4.0) == (200.0, 145.0)


def test_a_map_of_nobody_is_refused():
    with pytest.raises(ValueError, match="somebody"):
        draw_readers([], [], title="x")


def test_many_readers_at_one_place_take_more_paper():
    few, many = (draw_readers([Dot(0, 0, 0, count)], MIDDLES[:1], title="x") for count in (1, 100))
    assert few != many


def test_support_is_drawn_as_steps_with_names_at_their_ends():
    svg = parsed(support())
    assert [text.text for text in svg.findall("text") if "name" in text.get("class")] == ["Left & sure", "Right"]


def test_names_that_would_meet_are_pushed_apart():
    heights = [float(text.get("y")) for text in parsed(support()).findall("text") if "name" in text.get("class")]
    assert heights[1] - heights[0] >= 17


@pytest.mark.parametrize("days", [(), (20, 10), (10,)])
def test_days_that_do_not_fit_are_refused(days):
    with pytest.raises(ValueError, match="for each day"):
        support(days)


def test_a_share_beyond_one_is_refused():
    with pytest.raises(ValueError, match="share"):
        support(lines=[Line("x", "blue", [0.5, 1.5])])
