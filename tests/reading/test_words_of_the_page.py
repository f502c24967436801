"""Names, numbers, times and marks as a reader meets them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from debate.models import Author, Prediction, Side
from debate.templatetags import words

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2030, 4, 28), "in 3 years and 5 months"),
        (date(2027, 11, 20), "in 1 year"),
        (date(2027, 1, 21), "in 2 months"),
        (date(2026, 12, 1), "in 11 days"),
        (date(2026, 11, 21), "in 1 day"),
        (date(2026, 11, 20), "today"),
        (date(2026, 11, 18), "2 days ago"),
        (date(2020, 4, 28), "6 years and 6 months ago"),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_a_day_is_as_far_off_as_a_person_would_say(day: date, said: str) -> None:
    assert words.time_left(day) == said


@pytest.mark.parametrize(
    ("off", "said"),
    [
        (timedelta(hours=30), "in 1 day"),
        (timedelta(hours=5, minutes=50), "in 5 hours"),
        (timedelta(minutes=20), "in 20 minutes"),
        (timedelta(seconds=5), "in 1 minute"),
        (timedelta(hours=-3), "3 hours ago"),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_an_instant_is_as_far_off_as_a_person_would_say(off: timedelta, said: str) -> None:
    assert words.time_left(NOW + off) == said


@pytest.mark.parametrize(("count", "said"), [(1, "Ada"), (2, "Ada and Bo"), (3, "Ada, Bo and Cy"), (0, "")])
def test_several_authors_are_told_as_a_phrase(count: int, said: str) -> None:
    authors = [Author(name=name) for name in ("Ada", "Bo", "Cy")][:count]
    assert words.names(authors) == said


@pytest.mark.parametrize(("probability", "said"), [(0.01, "1%"), (0.625, "62%"), (None, "")])
def test_a_probability_is_told_in_whole_percent(probability: float | None, said: str) -> None:
    assert words.percent(probability) == said


@pytest.mark.parametrize(("length", "minutes"), [(1, 1), (230, 1), (231, 2), (1231, 6)])
def test_reading_takes_at_least_a_minute(length: int, minutes: int) -> None:
    assert words.reading_minutes(length) == minutes


def test_a_place_is_told_by_its_heading_and_paragraph() -> None:
    assert words.locator("The heading", 3) == "“The heading”,\u00a0¶\u00a03"


def test_a_place_before_the_first_heading_is_in_the_opening() -> None:
    assert words.locator("", 2) == "Opening,\u00a0¶\u00a02"


def test_a_side_is_marked_by_glyph_colour_and_word() -> None:
    side = Side(colour="blue", glyph="left", short_label="Remains")
    assert words.side_mark(side) == '<span class="side blue left">Remains</span>'


def test_no_side_is_a_ring_with_a_word() -> None:
    assert words.side_mark(None) == '<span class="side neither">Neither side</span>'


def test_a_stance_is_marked_by_glyph_and_word() -> None:
    assert words.stance_mark("asserts") == '<span class="stance asserts">Asserts</span>'


def test_a_stance_names_who_takes_it() -> None:
    assert words.stance_mark("silent", "Posey") == '<span class="stance silent">Posey silent</span>'


def test_voices_escape_what_they_are_given() -> None:
    assert words.voices([["<b>", "denies"]]) == '<span class="stance denies">&lt;b&gt; denies</span>'


def test_an_address_is_told_by_its_host() -> None:
    assert words.host("https://www.example.org/a/b") == "example.org"


@pytest.mark.parametrize(
    ("opens", "closes", "resolution", "said"),
    [
        (-1, 9, "", "closes in 9 days"),
        (2, 9, "", "opens in 2 days"),
        (-9, -1, "", "due, waiting for its resolution"),
        (-9, -1, "yes", "resolved: yes"),
    ],
)
@time_machine.travel(NOW, tick=False)
def test_a_prediction_says_how_it_stands(opens: int, closes: int, resolution: str, said: str) -> None:
    prediction = Prediction(
        opens_at=NOW + timedelta(days=opens), closes_at=NOW + timedelta(days=closes), resolution=resolution
    )
    assert words.standing_of(prediction) == said
