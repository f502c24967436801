"""On what two sides part, and how surely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.crux import Counted, crux, difference

COUNTS = st.builds(Counted, st.integers(0, 500), st.integers(0, 500)).filter(lambda counted: counted.total > 0)


def test_the_interval_is_that_of_newcombes_example():
    # R. G. Newcombe, 1998, table II, example (a): 56/70 less 48/80, method 10
    found = difference(Counted(56, 14), Counted(48, 32))
    assert found == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


@given(COUNTS, COUNTS)
def test_the_difference_lies_within_its_interval(one, other):
    found = difference(one, other)
    assert -1 <= found.lower <= found.value <= found.upper <= 1


@given(COUNTS, COUNTS)
def test_seen_from_the_other_side_it_is_turned_round(one, other):
    here, there = difference(one, other), difference(other, one)
    assert (here.value, here.lower) == pytest.approx((-there.value, -there.upper))


def test_a_share_of_nobody_is_refused():
    with pytest.raises(ValueError, match="needs somebody"):
        difference(Counted(0, 0), Counted(1, 1))


def test_a_crux_needs_ten_on_each_side():
    assert crux({"left": Counted(9, 1), "right": Counted(0, 9)}) is None


def test_the_side_that_agrees_more_is_named_first():
    found = crux({"left": Counted(1, 9), "right": Counted(9, 1)})
    assert found is not None
    assert (found.side, found.other) == ("right", "left")


def test_of_three_sides_the_two_that_differ_most_surely_are_told():
    found = crux({"left": Counted(6, 6), "right": Counted(100, 10), "none": Counted(10, 100)})
    assert found is not None
    assert {found.side, found.other} == {"right", "none"}


def test_one_side_alone_has_no_crux():
    assert crux({"left": Counted(50, 50)}) is None
