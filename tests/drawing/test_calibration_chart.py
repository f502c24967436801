"""The chart of how often what was held so likely came true."""

from xml.etree import ElementTree as ET

import pytest

from debate.drawing.calibration import Mark, draw_calibration

WELL = Mark(0.2, 0.3, 0.25, 0.2, 10, (0.1, 0.5))
BADLY = Mark(0.7, 0.8, 0.75, 0.2, 4, (0.5, 1.0))


def image(*marks, title="t", **words):
    told = {"across": "held likely", "upward": "came true", "count": "of", **words}
    return ET.fromstring(draw_calibration(marks, title=title, **told))  # noqa: S314 our own drawing


def words_of(svg, kind):
    return [text.text for text in svg.findall("text") if text.get("class") == kind]


def test_each_bin_has_a_dot_its_band_and_its_number():
    svg = image(WELL, BADLY)
    assert len(svg.findall("circle")) == len([path for path in svg.findall("path") if path.get("class") == "band"]) == 2
    assert words_of(svg, "n") == ["10", "4"]


def test_what_lies_beyond_its_band_is_a_ring():
    assert [dot.get("class") for dot in image(WELL, BADLY).findall("circle")] == ["within", "beyond"]


def test_a_dot_where_all_is_well_lies_on_the_diagonal():
    dot = image(Mark(0.5, 0.6, 0.5, 0.5, 3, (0, 1))).find("circle")
    diagonal = next(path for path in image(WELL).findall("path") if path.get("class") == "diagonal").get("d")
    (left, foot), (right, top) = (map(float, point.split()) for point in diagonal[1:].split("L"))
    assert (float(dot.get("cx")), float(dot.get("cy"))) == ((left + right) / 2, (foot + top) / 2)


def test_more_predictions_make_a_larger_dot():
    few, many = (float(image(WELL._replace(n=n)).find("circle").get("r")) for n in (1, 80))
    assert few < many


def test_the_largest_dot_stays_on_the_paper():
    svg = image(Mark(0.9, 1.0, 1.0, 1.0, 1_000_000, (1.0, 1.0)))
    dot, (_x, _y, width, _height) = svg.find("circle"), map(float, svg.get("viewBox").split())
    assert float(dot.get("cx")) + float(dot.get("r")) <= width
    assert float(dot.get("cy")) >= float(dot.get("r"))


def test_it_says_in_words_what_it_shows_and_escapes_them():
    svg = image(WELL, title='<"&>', across="<a>", upward="&", count='"')
    assert svg.get("aria-label") == '<"&>'
    assert words_of(svg, "axis-name") == ["& ↑", "<a> →"]


def test_nothing_is_not_drawn():
    with pytest.raises(ValueError, match="needs a bin"):
        image()


@pytest.mark.parametrize("wrong", [{"forecast": 1.2}, {"happened": -0.1}, {"band": (0.0, 1.1)}])
def test_what_is_no_share_is_not_drawn(wrong):
    with pytest.raises(ValueError, match="0 to 1"):
        image(WELL._replace(**wrong))


def test_a_drawing_carries_no_style_of_its_own():
    assert "style=" not in draw_calibration([WELL], across="a", upward="b", count="c", title="t")
