"""Round dates below an axis: few, in order, and within it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.calendar import marks_between

DAYS = st.dates(date(1900, 1, 1), date(2400, 1, 1))


@given(DAYS, st.integers(0, 100_000), st.integers(1, 12))
def test_there_are_at_most_so_many_in_order_and_within(first, length, most):
    last = first + timedelta(days=length)
    marks = marks_between(first, last, most=most)
    assert len(marks.days) <= most
    assert marks.days == sorted(set(marks.days))
    assert all(first <= day <= last for day in marks.days)


@pytest.mark.parametrize(
    ("first", "last", "unit", "days"),
    [
        (date(2026, 11, 20), date(2026, 11, 22), "day", ["11-20", "11-21", "11-22"]),
        (date(2026, 11, 1), date(2026, 11, 27), "day", ["11-02", "11-09", "11-16", "11-23"]),
        (date(2026, 5, 2), date(2026, 11, 27), "month", ["06-01", "07-01", "08-01", "09-01", "10-01", "11-01"]),
        (date(2025, 2, 1), date(2026, 11, 27), "month", ["07-01", "01-01", "07-01"]),
        (date(2020, 4, 28), date(2026, 11, 27), "year", ["01-01"] * 6),
    ],
)
def test_the_finest_that_fit(first, last, unit, days):
    marks = marks_between(first, last)
    assert (marks.unit, [f"{day:%m-%d}" for day in marks.days]) == (unit, days)


def test_a_stretch_that_ends_before_it_begins_is_none():
    with pytest.raises(ValueError, match="ends after"):
        marks_between(date(2026, 1, 2), date(2026, 1, 1))
