"""Readings of two authors on bare tracks."""

from xml.etree import ElementTree as ET

import pytest

from debate.drawing.axis import Range
from debate.drawing.tracks import draw_scale, draw_tracks

ONE, OTHER = Range("One", "10 to 20%", 0.1, 0.2, "blue"), Range("Other", "50%", 0.5, 0.5, "orange")


def image(*ranges, title="t"):
    return ET.fromstring(draw_tracks(ranges, title=title))  # noqa: S314 our own drawing


def test_each_range_has_a_track():
    assert len(image(ONE, OTHER).findall("g")) == 2


def test_a_track_carries_its_lamp():
    assert image(ONE).find("g").get("class") == "blue"


def test_the_second_author_is_told_apart_without_colour():
    assert [g.get("class") for g in image(ONE, ONE, OTHER).findall("g")] == ["blue", "blue", "orange second"]


def test_whose_track_is_solid_can_be_told():
    drawn = ET.fromstring(draw_tracks([ONE, OTHER], title="t", solid="Other"))  # noqa: S314 our own drawing
    assert [g.get("class") for g in drawn.findall("g")] == ["blue second", "orange"]


@pytest.mark.parametrize(("happened", "place"), [(True, "M392.0 "), (False, "M8.0 "), (None, None)])
def test_where_the_truth_lies_is_marked_once_it_is_known(happened, place):
    drawn = ET.fromstring(draw_tracks([ONE], title="t", happened=happened))  # noqa: S314 our own drawing
    marks = [path.get("d") for path in drawn.findall("path")]
    assert [mark.startswith(place) for mark in marks] == [True] * (happened is not None)


def test_a_range_of_one_point_is_a_dot():
    assert "<circle" in draw_tracks([OTHER], title="t")


def test_it_says_in_words_what_it_shows_and_escapes_them():
    assert image(ONE, title='<"&>').get("aria-label") == '<"&>'


def test_nothing_is_not_drawn():
    with pytest.raises(ValueError, match="need a range"):
        draw_tracks([], title="t")


def test_what_is_no_probability_is_not_drawn():
    with pytest.raises(ValueError, match="0 to 1"):
        draw_tracks([ONE._replace(high=1.2)], title="t")


def test_the_scale_is_for_the_eye_alone():
    assert ET.fromstring(draw_scale()).get("aria-hidden") == "true"  # noqa: S314 our own drawing


def test_a_drawing_carries_no_style_of_its_own():
    assert "style=" not in draw_tracks([ONE, OTHER], title="t") + draw_scale()
