"""The interval of a share of votes, and how contested a claim is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.tally import agreement, contested, wilson

counts = st.integers(0, 10_000)


def test_wilson_agrees_with_the_published_example():
    """Newcombe 1998 (Statist. Med. 17:857-872), table I: 81 of 263 gives 0.2553 to 0.3662."""
    share = wilson(81, 263)
    assert share.value == pytest.approx(0.3080, abs=5e-5)
    assert (share.lower, share.upper) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))


def test_wilson_of_none_of_twenty_has_an_upper_bound():
    """Newcombe 1998, table I: 0 of 20 gives 0.0000 to 0.1611."""
    share = wilson(0, 20)
    assert share.lower == 0
    assert share.upper == pytest.approx(0.1611, abs=5e-5)


def test_nobody_voting_leaves_everything_open():
    assert agreement(0, 0) == (None, 0.0, 1.0)


@pytest.mark.parametrize(("successes", "trials"), [(-1, 2), (3, 2), (0, -1)])
def test_impossible_counts_are_refused(successes, trials):
    with pytest.raises(ValueError, match="successes"):
        wilson(successes, trials)


@given(counts, counts)
def test_the_interval_holds_the_share_and_stays_a_probability(agree, disagree):
    share = agreement(agree, disagree)
    middle = 0.5 if share.value is None else share.value
    assert 0 <= share.lower <= middle <= share.upper <= 1


@given(counts, counts)
def test_swapping_the_answers_mirrors_the_interval(agree, disagree):
    one, other = agreement(agree, disagree), agreement(disagree, agree)
    assert one.lower == pytest.approx(1 - other.upper, abs=1e-12)


@given(counts, counts)
def test_contested_is_symmetric_and_between_nought_and_one(agree, disagree):
    assert contested(agree, disagree) == contested(disagree, agree)
    assert 0 <= contested(agree, disagree) <= 1


@given(st.integers(1, 1_000))
def test_more_votes_of_an_even_split_are_more_contested(half):
    assert contested(half + 1, half + 1) > contested(half, half)
