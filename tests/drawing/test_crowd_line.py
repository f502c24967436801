"""The crowd's line over a bar of the timeline rises with its number, and breaks where nobody forecasts."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.drawing.crowd_line import crowd_line, height_of, room_for
from debate.drawing.plan import PHONE, WIDE
from debate.drawing.timeline import draw_timeline
from tests.drawing.test_timeline import FIRST, LAST, chart, prediction

SHARE = st.floats(0, 1)
MONTHS = [(date(2023, 1, 31), 0.5), (date(2024, 1, 31), None), (date(2025, 1, 31), 0.2)]
SHEETS = pytest.mark.parametrize("sheet", [WIDE, PHONE], ids=lambda sheet: sheet.name)


@given(SHARE, SHARE)
def test_a_greater_number_lies_higher(one, other):
    assert height_of(100, one) >= height_of(100, other) or one > other


@SHEETS
def test_it_is_lifted_while_nobody_forecasts_and_ends_where_it_is_told_to(sheet):
    line = crowd_line(chart(), sheet, prediction(crowd=MONTHS, crowd_until=LAST), 100)
    assert re.fullmatch(r'<path class="crowd" d="M[\d.]+ [\d.]+H[\d.]+M[\d.]+ [\d.]+H[\d.]+"/>', line)
    assert line.endswith(f'H{sheet.right}"/>')


@SHEETS
def test_a_row_has_room_for_it_and_none_for_what_is_not_there(sheet):
    bare, lined = (draw_timeline(chart(predictions=[prediction(crowd=told)]), sheet) for told in ((), MONTHS))
    heights = [int(re.search(r'viewBox="0 0 \d+ (\d+)"', image)[1]) for image in (bare, lined)]
    assert heights[1] - heights[0] == room_for(prediction(crowd=MONTHS)) > 0
    assert room_for(prediction()) == 0
    assert 'class="crowd"' not in bare


def test_of_nobody_at_all_there_is_no_line():
    assert crowd_line(chart(), WIDE, prediction(crowd=[(FIRST, None)]), 100) == ""


def test_what_is_no_probability_is_refused():
    with pytest.raises(ValueError, match="0 to 1"):
        crowd_line(chart(), WIDE, prediction(crowd=[(FIRST, 1.5)]), 100)
