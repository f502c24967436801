"""The crowd at the end of each day follows from what stood when, whatever else happened that day."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.aggregation import crowd
from debate.reasoning.crowd_days import Stood, day_of, days_of

START = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOURS = st.integers(0, 100)
STOOD = st.builds(
    lambda p, start, length: Stood(
        p, START + start * HOUR, None if length is None else START + (start + length) * HOUR
    ),
    st.floats(0.01, 0.99),
    HOURS,
    st.none() | HOURS,
)


def made(probability, hour, until=None):
    return Stood(probability, START + hour * HOUR, None if until is None else START + until * HOUR)


def test_a_day_is_that_of_utc():
    assert day_of(datetime(2026, 3, 29, 1, 30, tzinfo=timezone(2 * HOUR))) == date(2026, 3, 28)
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2026, 3, 29))  # noqa: DTZ001


def test_the_state_of_a_day_is_that_at_its_end():
    days = days_of([made(0.2, 0, until=1), made(0.4, 1, until=30), made(0.8, 30)])
    assert {day: told.crowd.median for day, told in days.items()} == {date(2026, 3, 28): 0.4, date(2026, 3, 30): 0.8}


def test_a_day_on_which_nothing_changed_has_no_state():
    assert list(days_of([made(0.2, 0), made(0.4, 73)])) == [date(2026, 3, 28), date(2026, 3, 31)]


def test_nobody_left_standing_is_a_state():
    days = days_of([made(0.2, 0, until=30)])
    assert [(told.forecasters, told.crowd) for told in days.values()][1] == (0, None)


def test_what_ends_as_a_day_begins_stood_at_the_end_of_the_one_before():
    midnight = 1.5
    assert [told.forecasters for told in days_of([made(0.2, 0, until=midnight)]).values()] == [1, 0]


def test_what_begins_as_a_day_begins_did_not_stand_before():
    assert [told.forecasters for told in days_of([made(0.2, 0), made(0.4, 1.5)]).values()] == [1, 2]


def test_what_ended_at_its_own_start_never_stood():
    assert [told.forecasters for told in days_of([made(0.2, 0, until=0)]).values()] == [0]


def test_only_the_newest_of_those_standing_make_the_crowd():
    days = days_of([made(0.9, 0), made(0.1, 1), made(0.2, 1), made(0.5, 1, until=1.2)], newest=2)
    assert days[date(2026, 3, 28)] == (3, crowd([0.1, 0.2]))


def test_of_no_forecast_there_is_no_day():
    assert days_of([]) == {}


@given(st.lists(STOOD, max_size=12))
def test_each_day_is_what_one_counts_by_hand(stood):
    stood.sort(key=lambda one: one.start)
    for day, told in days_of(stood).items():
        over = datetime(day.year, day.month, day.day, tzinfo=UTC) + 24 * HOUR
        standing = [one.probability for one in stood if one.start < over and (one.end is None or one.end >= over)]
        assert told == (len(standing), crowd(standing) if standing else None)


@given(st.lists(STOOD, min_size=1, max_size=12))
def test_the_last_day_is_what_stands_now_once_everything_that_ends_has_ended(stood):
    stood.sort(key=lambda one: one.start)
    *_, last = days_of(stood).values()
    assert last.forecasters == sum(one.end is None for one in stood)
