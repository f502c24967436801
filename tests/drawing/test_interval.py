"""A share and its interval, drawn."""

import re
from xml.etree import ElementTree as ET

import pytest

from debate.drawing.axis import x_of
from debate.drawing.interval import draw_interval


def test_the_dot_lies_at_the_share_and_the_line_between_the_bounds():
    drawn = draw_interval(0.8, 0.4, 0.9, lamp="blue", title="80%")
    assert f'cx="{x_of(0.8)}"' in drawn
    assert re.search(rf'class="thin" d="M{x_of(0.4)} 9H{x_of(0.9)}"', drawn)


def test_it_is_an_image_with_a_name_whatever_that_holds():
    image = ET.fromstring(draw_interval(0.5, 0.1, 0.9, lamp="neither", title='"<&'))  # noqa: S314 our own drawing
    assert (image.get("role"), image.get("aria-label")) == ("img", '"<&')


@pytest.mark.parametrize(("share", "lower", "upper"), [(0.5, 0.6, 0.9), (0.5, 0.1, 0.4), (1.2, 0.5, 1.3), (0, -0.1, 1)])
def test_what_is_no_share_within_its_interval_is_refused(share, lower, upper):
    with pytest.raises(ValueError, match=r"share lies within|probability lies"):
        draw_interval(share, lower, upper, lamp="blue", title="")
