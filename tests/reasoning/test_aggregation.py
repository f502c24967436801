"""The crowd's number out of many forecasts."""

from math import exp, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.aggregation import crowd, geometric_mean_odds, recency_weights, weighted_quantiles

probability = st.floats(0.01, 0.99)
some = st.lists(probability, min_size=1, max_size=60)


def test_weights_follow_the_formula():
    assert recency_weights(3) == pytest.approx([exp(1 - sqrt(3)), exp(sqrt(2) - sqrt(3)), 1.0], abs=1e-15)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_up_to_two_forecasts_weigh_the_same(count):
    assert recency_weights(count).tolist() == [1.0] * count


def test_the_median_of_two_is_their_mean():
    assert crowd([0.2, 0.6]).median == pytest.approx(0.4, abs=1e-12)


def test_the_median_of_three_leans_to_the_newest():
    """Weights 0.4809, 0.7278, 1: half of 2.2087 is passed at the newest, 0.9, when it is the largest."""
    weights = recency_weights(3)
    assert sum(weights[:2]) > sum(weights) / 2
    assert crowd([0.1, 0.5, 0.9]).median == 0.5
    assert crowd([0.1, 0.2, 0.9, 0.9]).median == 0.9


def test_a_quantile_met_exactly_is_the_mean_of_two():
    median, lower = weighted_quantiles([0.1, 0.3, 0.5, 0.9], [1, 1, 1, 1], (0.5, 0.25))
    assert (median, lower) == pytest.approx((0.4, 0.2), abs=1e-12)


def test_odds_of_one_to_four_and_four_to_one_cancel():
    assert geometric_mean_odds([0.2, 0.8]) == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("bad", [[], [0.0], [1.0], [0.5, float("nan")], [-0.1]])
def test_what_is_no_probability_is_refused(bad):
    with pytest.raises(ValueError, match="probabilities"):
        crowd(bad)


def test_the_last_value_is_never_averaged_with_nothing():
    assert weighted_quantiles([0.3], [2], (0.1, 0.9)) == [0.3, 0.3]


@pytest.mark.parametrize(
    ("values", "weights", "q"), [([], [], 0.5), ([0.1], [1, 1], 0.5), ([0.1], [0], 0.5), ([0.1], [1], 1.0)]
)
def test_a_quantile_of_nothing_sensible_is_refused(values, weights, q):
    with pytest.raises(ValueError, match="quantile"):
        weighted_quantiles(values, weights, (q,))


def defined(told, weights, q):
    """The quantile by its definition, one value after another."""
    ordered, reached, goal = sorted(zip(told, weights, strict=True)), 0.0, q * sum(weights)
    for place, (value, weight) in enumerate(ordered):
        reached += weight
        if reached > goal + 1e-9:
            return value
        if reached > goal - 1e-9 and place + 1 < len(ordered):
            return (value + ordered[place + 1][0]) / 2
    return ordered[-1][0]


@given(some)
def test_the_median_is_the_one_of_the_definition(told):
    assert crowd(told).median == pytest.approx(defined(told, list(recency_weights(len(told))), 0.5), abs=1e-12)


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
