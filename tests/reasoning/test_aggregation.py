"""The crowd's number out of many forecasts."""

from math import exp, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.aggregation import crowd, geometric_mean_odds, recency_weights, weighted_quantile

probability = st.floats(0.01, 0.99)
some = st.lists(probability, min_size=1, max_size=60)


def test_weights_follow_the_formula():
    assert recency_weights(3) == [exp(1 - sqrt(3)), exp(sqrt(2) - sqrt(3)), 1.0]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_up_to_two_forecasts_weigh_the_same(count):
    assert recency_weights(count) == [1.0] * count


def test_the_median_of_two_is_their_mean():
    assert crowd([0.2, 0.6]).median == pytest.approx(0.4, abs=1e-12)


def test_the_median_of_three_leans_to_the_newest():
    """Weights 0.4809, 0.7278, 1: half of 2.2087 is passed at the newest, 0.9, when it is the largest."""
    weights = recency_weights(3)
    assert sum(weights[:2]) > sum(weights) / 2
    assert crowd([0.1, 0.5, 0.9]).median == 0.5
    assert crowd([0.1, 0.2, 0.9, 0.9]).median == 0.9


def test_a_quantile_met_exactly_is_the_mean_of_two():
    assert weighted_quantile([0.1, 0.3, 0.5, 0.9], [1, 1, 1, 1], 0.5) == pytest.approx(0.4, abs=1e-12)
    assert weighted_quantile([0.1, 0.3, 0.5, 0.9], [1, 1, 1, 1], 0.25) == pytest.approx(0.2, abs=1e-12)


def test_odds_of_one_to_four_and_four_to_one_cancel():
    assert geometric_mean_odds([0.2, 0.8]) == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("bad", [[], [0.0], [1.0], [0.5, float("nan")], [-0.1]])
def test_what_is_no_probability_is_refused(bad):
    with pytest.raises(ValueError, match="probabilities"):
        crowd(bad)


@given(some)
def test_the_quartiles_lie_around_the_median_within_what_was_said(told):
    number = crowd(told)
    assert min(told) <= number.lower <= number.median <= number.upper <= max(told)


@given(some)
def test_mirrored_forecasts_give_the_mirrored_mean(told):
    mirrored = [1 - p for p in told]
    assert geometric_mean_odds(told) == pytest.approx(1 - geometric_mean_odds(mirrored), abs=1e-9)


@given(some, probability)
def test_everybody_saying_the_same_is_what_the_crowd_says(told, p):
    number = crowd([p] * len(told))
    assert (number.median, number.lower, number.upper) == (p, p, p)
