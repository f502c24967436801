"""Dates as wide as what is known of them, and what they tell of who could have answered whom."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.answering import Stand, settled, stand_of
from debate.reasoning.dates import Span, span_of

DAY = date(2020, 4, 28)
SPANS = st.none() | st.tuples(st.dates(), st.dates()).map(lambda days: Span(*sorted(days)))


@pytest.mark.parametrize(
    ("day", "precision", "span"),
    [
        (DAY, "day", Span(DAY, DAY)),
        (date(2020, 2, 3), "month", Span(date(2020, 2, 1), date(2020, 2, 29))),
        (date(2020, 5, 1), "inferred_month", Span(date(2020, 5, 1), date(2020, 5, 31))),
        (date(2020, 7, 7), "year", Span(date(2020, 1, 1), date(2020, 12, 31))),
        (None, "unknown", None),
    ],
)
def test_a_date_is_as_wide_as_what_is_known_of_it(day, precision, span):
    assert span_of(day, precision) == span


def test_a_precision_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="hour"):
        span_of(DAY, "hour")


def year(number):
    return span_of(date(number, 1, 1), "year")


@pytest.mark.parametrize(
    ("drawn", "wrote", "stand"),
    [
        ([year(2019)], [year(2020)], Stand.OPEN),
        ([year(2021)], [year(2020)], Stand.LATER),
        ([year(2020)], [year(2020)], Stand.UNDATED),
        ([None], [year(2020)], Stand.UNDATED),
        ([year(2021)], [None], Stand.UNDATED),
        ([], [None], Stand.LATER),
        ([year(2021)], [year(2020), year(2022)], Stand.OPEN),
        ([None, year(2019)], [year(2020)], Stand.OPEN),
        ([None, year(2021)], [year(2020)], Stand.UNDATED),
        ([span_of(DAY, "day")], [span_of(DAY, "day")], Stand.UNDATED),
    ],
)
def test_only_what_was_there_before_they_wrote_is_left_open(drawn, wrote, stand):
    assert stand_of(granted=False, answered=False, drawn=drawn, wrote=wrote) is stand


@given(st.lists(SPANS), st.lists(SPANS))
def test_what_is_answered_is_answered_whatever_the_dates(drawn, wrote):
    assert stand_of(granted=False, answered=True, drawn=drawn, wrote=wrote) is Stand.ANSWERED


@given(st.lists(SPANS, min_size=1), st.lists(SPANS, min_size=1))
def test_a_date_that_is_lost_never_puts_a_counterpoint_before_or_after(drawn, wrote):
    told = stand_of(granted=False, answered=False, drawn=drawn, wrote=wrote)
    blurred = stand_of(granted=False, answered=False, drawn=[None, *drawn[1:]], wrote=wrote)
    assert blurred in {told, Stand.UNDATED}


@given(st.booleans(), st.lists(SPANS), st.lists(SPANS))
def test_what_they_hold_themselves_is_granted_whatever_else(answered, drawn, wrote):
    assert stand_of(granted=True, answered=answered, drawn=drawn, wrote=wrote) is Stand.GRANTED


@pytest.mark.parametrize(
    ("kinds", "held"),
    [
        (["asserts"], "asserts"),
        (["asserts", "denies"], "denies"),
        (["denies", "reports"], "denies"),
        (["reports"], "reports"),
        (["reports", "concedes"], "concedes"),
    ],
)
def test_what_was_said_later_counts_and_what_is_only_reported_does_not(kinds, held):
    assert settled((7, kind) for kind in kinds) == {7: held}
