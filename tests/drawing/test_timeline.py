"""A timeline puts every day in its place, keeps labels apart, and escapes what it writes."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.drawing.lettering import cut, fits, packed, width_of, wrapped
from debate.drawing.plan import PHONE, WIDE, Chart, Essay, Prediction, x_of
from debate.drawing.timeline import draw_timeline

FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)
DAYS = st.dates(FIRST, LAST)
TEXT = st.text(st.characters(categories=["L", "P", "S", "N", "Zs"]), min_size=1, max_size=300)
SHEETS = pytest.mark.parametrize("sheet", [WIDE, PHONE], ids=lambda sheet: sheet.name)


def essay(key, first=FIRST, last=FIRST, **told):
    return Essay(key, f"Author {key}", "2020", f"Author {key}, Title", f"/essays/{key}/", first, last, **told)


def prediction(label="It happens.", first=FIRST, closes=LAST, **told):
    return Prediction(label, label, "/predictions/it/", first, told.pop("sure", first), closes, closes, **told)


def chart(essays=(), predictions=(), **told):
    plain = Chart(
        "All of it", FIRST, LAST, (date(2026, 11, 20), "today"), (LAST, "horizon"), "No date", essays, predictions
    )
    return plain._replace(**told)


def drawn(sheet, *essays, predictions=(), **told):
    return ET.fromstring(draw_timeline(chart(essays, predictions, **told), sheet))  # noqa: S314 our own drawing


def of_kind(image, kind):
    return [part for part in image.iter() if kind in (part.get("class") or "").split()]


@SHEETS
@given(one=DAYS, other=DAYS)
def test_later_lies_further_right(sheet, one, other):
    assert x_of(sheet, chart(), one) <= x_of(sheet, chart(), other) or one > other


@SHEETS
@pytest.mark.parametrize("day", [date.min, date.max, FIRST, LAST])
def test_every_day_has_a_place_on_the_axis(sheet, day):
    assert sheet.left <= x_of(sheet, chart(), day) <= sheet.right


def test_an_axis_without_days_is_refused():
    with pytest.raises(ValueError, match="begins before it ends"):
        x_of(WIDE, chart(first=LAST, last=LAST), LAST)


@SHEETS
def test_today_stands_where_the_day_lies(sheet):
    (line,) = of_kind(drawn(sheet), "today")
    assert float(line.get("x1")) == x_of(sheet, chart(), date(2026, 11, 20))


@SHEETS
def test_a_day_outside_the_axis_has_no_line(sheet):
    assert of_kind(drawn(sheet, today=(LAST + timedelta(1), "today")), "today") == []


@SHEETS
def test_an_essay_of_a_year_is_drawn_as_wide_as_the_year(sheet):
    image = drawn(sheet, essay(1, FIRST, date(2020, 12, 31)))
    (bar,) = of_kind(image, "within")
    assert float(bar.get("width")) == pytest.approx(x_of(sheet, chart(), date(2020, 12, 31)) - sheet.left, abs=0.2)


@SHEETS
def test_an_essay_of_a_day_is_a_mark(sheet):
    image = drawn(sheet, essay(1))
    assert (len(of_kind(image, "within")), len(of_kind(image, "ring"))) == (0, 1)


@SHEETS
def test_an_essay_without_a_date_stands_above_the_axis(sheet):
    image = drawn(sheet, essay(1, None, None))
    ticks = min(float(line.get("y1")) for line in of_kind(image, "tick"))
    assert max(float(text.get("y")) for text in of_kind(image, "who")) < ticks


@SHEETS
def test_a_line_leads_to_the_essay_that_is_answered(sheet):
    image = drawn(sheet, essay(1), essay(2, date(2021, 5, 1), date(2021, 5, 1), answers=1))
    assert len(of_kind(image, "answers")) == 1


@SHEETS
@pytest.mark.parametrize("missing", [None, 7])
def test_no_line_leads_to_what_is_not_drawn(sheet, missing):
    assert of_kind(drawn(sheet, essay(1, answers=missing)), "answers") == []


@SHEETS
def test_a_prediction_runs_from_when_it_was_made_to_its_closing(sheet):
    image = drawn(sheet, predictions=[prediction(first=date(2021, 1, 1), closes=date(2028, 1, 1))])
    (bar,) = of_kind(image, "open")
    ends = [float(number) for number in re.findall(r"[MH]([\d.]+)", bar.get("d"))]
    assert ends == [x_of(sheet, chart(), date(2021, 1, 1)), x_of(sheet, chart(), date(2028, 1, 1))]


@SHEETS
def test_as_far_as_its_beginning_is_not_known_it_is_dashed(sheet):
    image = drawn(sheet, predictions=[prediction(sure=date(2020, 12, 31))])
    assert len(of_kind(image, "doubt")) == 1


@SHEETS
@pytest.mark.parametrize(("result", "sign"), [("yes", "✓"), ("no", "✕"), ("ambiguous", "?"), ("annulled", "–")])
def test_a_resolution_has_a_sign_of_its_own(sheet, result, sign):
    image = drawn(sheet, predictions=[prediction(result=result, resolved=date(2027, 1, 1))])
    assert [text.text for text in of_kind(image, "result-sign")] == [sign]


@SHEETS
def test_the_deciding_prediction_is_marked(sheet):
    image = drawn(sheet, predictions=[prediction(kind="deciding"), prediction()])
    assert len(of_kind(image, "deciding")) == 1


@SHEETS
def test_everything_is_a_link_with_a_name(sheet):
    image = drawn(sheet, essay(1), essay(2, None, None), predictions=[prediction()])
    links = {part.get("href"): part.get("aria-label") for part in image.iter() if part.tag == "a"}
    assert links == {
        "/essays/1/": "Author 1, Title",
        "/essays/2/": "Author 2, Title",
        "/predictions/it/": "It happens.",
    }


@SHEETS
def test_every_link_can_be_touched(sheet):
    image = drawn(sheet, essay(1), essay(2, None, None), predictions=[prediction("Yes"), prediction(first=LAST)])
    sizes = [(float(box.get("width")), float(box.get("height"))) for box in of_kind(image, "touch")]
    assert len(sizes) == 4
    assert min(min(size) for size in sizes) >= 24


@SHEETS
@given(label=TEXT)
def test_a_drawing_is_well_formed_whatever_is_written_on_it(sheet, label):
    essays = [essay(1)._replace(label=label, name=label, detail=label, href=label)]
    image = drawn(sheet, *essays, predictions=[prediction(label, values=[label, label])], title=label, undated=label)
    assert image.get("aria-label") == label


@SHEETS
def test_a_drawing_carries_no_style_of_its_own(sheet):
    assert "style" not in draw_timeline(chart([essay(1)], [prediction()]), sheet)


@SHEETS
@pytest.mark.parametrize("first", [1, 1900, 2019])
def test_the_years_keep_apart(sheet, first):
    image = drawn(sheet, first=date(first, 1, 1))
    places = sorted({float(line.get("x1")) for line in of_kind(image, "tick")})
    assert min(b - a for a, b in pairwise(places)) >= 37


@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), min_size=1, max_size=12), TEXT)
def test_no_label_of_an_essay_meets_another(dates, label):
    essays = [
        essay(key, first, min(LAST, first + timedelta(days)))._replace(label=label[: 1 + key * 7])
        for key, (first, days) in enumerate(dates)
    ]
    image = drawn(WIDE, *essays)
    boxes = [tuple(float(box.get(side)) for side in ("x", "y", "width", "height")) for box in of_kind(image, "touch")]
    meeting = [
        (one, other)
        for n, one in enumerate(boxes)
        for other in boxes[n + 1 :]
        if one[1] == other[1] and one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    ]
    assert meeting == []


@SHEETS
@given(labels=st.lists(st.tuples(TEXT, DAYS), min_size=1, max_size=6))
def test_no_row_of_a_prediction_meets_another(sheet, labels):
    rows = [prediction(label, first=min(first, date(2030, 6, 1))) for label, first in labels]
    image = drawn(sheet, predictions=rows)
    boxes = [(float(box.get("y")), float(box.get("height"))) for box in of_kind(image, "touch")]
    assert all(y + height <= following for (y, height), (following, _) in pairwise(boxes))


@SHEETS
@given(label=TEXT, first=DAYS)
def test_a_label_stays_on_its_sheet(sheet, label, first):
    image = drawn(sheet, predictions=[prediction(label, first=min(first, date(2030, 6, 1)))])
    for text in of_kind(image, "label"):
        x, width = float(text.get("x")), width_of(text.text or "", 13)
        low, high = (x - width, x) if text.get("text-anchor") == "end" else (x, x + width)
        assert low >= 0
        assert high <= sheet.width


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0, 900)).map(sorted).map(tuple), max_size=30))
def test_what_is_packed_into_one_lane_keeps_its_gap(stretches):
    lanes = packed(stretches, 10)
    held = sorted((lane, *stretch) for lane, stretch in zip(lanes, stretches, strict=True))
    pairs = pairwise(held)
    assert all(high + 10 <= low for (lane, _, high), (other, low, _) in pairs if lane == other)


def test_the_first_lane_that_is_free_is_taken():
    assert packed([(0, 10), (5, 15), (30, 40)], 10) == [0, 1, 0]


@given(TEXT, st.floats(20, 500))
def test_a_text_is_cut_to_its_room(text, room):
    assert width_of(cut(text, 12, room), 12) <= room


@given(TEXT, st.floats(60, 500), st.integers(1, 4))
def test_lines_fit_their_room_and_are_no_more_than_asked_for(text, room, most):
    lines = wrapped(text, 12, room, most)
    assert len(lines) <= most
    assert all(width_of(line, 12) <= room for line in lines)


@given(TEXT, st.floats(60, 500))
def test_what_fits_is_not_cut(text, room):
    whole = " ".join(text.split())
    assert not fits(text, 12, room, 3) or " ".join(wrapped(text, 12, room, 3)) == whole
