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


def test_a_negative_count_has_no_weights():
    with pytest.raises(ValueError, match="negative"):
        recency_weights(-1)


@given(st.integers(3, 5_000))
def test_of_many_the_newest_weighs_1_and_each_more_than_the_one_before(count):
    weights = recency_weights(count)
    assert weights[-1] == 1
    assert weights[0] == pytest.approx(exp(1 - sqrt(count)), abs=1e-12)
    assert (weights[1:] > weights[:-1]).all()


def test_the_quartiles_of_three_by_hand():
    """Weights 0.4809, 0.7278 and 1 of 2.2087: cumulated shares 0.218, 0.547 and 1."""
    assert crowd([0.1, 0.5, 0.9]) == pytest.approx((0.5, 0.5, 0.9, 0.5), abs=1e-12)
    assert crowd([0.9, 0.5, 0.1]) == pytest.approx((0.5, 0.1, 0.5, 0.5), abs=1e-12)


def test_the_number_says_its_parts_in_order():
    assert crowd([0.2, 0.8])._fields == ("median", "lower", "upper", "geometric_mean_odds")
    assert crowd([0.2, 0.8]) == pytest.approx((0.5, 0.2, 0.8, 0.5), abs=1e-12)


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


@pytest.mark.parametrize("number", [crowd, geometric_mean_odds])
@pytest.mark.parametrize("bad", [[], [0.0], [1.0], [0.5, float("nan")], [-0.1]])
def test_what_is_no_probability_is_refused(number, bad):
    with pytest.raises(ValueError, match="probabilities"):
        number(bad)


def test_the_last_value_is_never_averaged_with_nothing():
    assert weighted_quantiles([0.3], [2], (0.1, 0.9)) == [0.3, 0.3]


@pytest.mark.parametrize(
    ("values", "weights", "q"),
    [
        ([], [], 0.5),
        ([0.1], [1, 1], 0.5),
        ([0.1], [0], 0.5),
        ([0.1], [1], 1.0),
        ([0.1], [1], float("nan")),
        ([0.1], [float("nan")], 0.5),
        ([0.1, 0.2], [1, float("inf")], 0.5),
        ([0.1, float("nan")], [1, 1], 0.5),
    ],
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


@given(some, st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]))
def test_a_quantile_does_not_depend_on_the_order_of_values_with_their_weights(told, q):
    weights = recency_weights(len(told)).tolist()
    mixed = sorted(zip(told, weights, strict=True), key=lambda each: (each[0] * 7919) % 1)
    values, weighed = zip(*mixed, strict=True)
    assert weighted_quantiles(values, weighed, (q,)) == pytest.approx(weighted_quantiles(told, weights, (q,)), abs=1e-9)


@given(some)
def test_the_geometric_mean_does_not_depend_on_the_order(told):
    assert crowd(told[::-1]).geometric_mean_odds == pytest.approx(crowd(told).geometric_mean_odds, abs=1e-12)


@given(some)
def test_mirrored_forecasts_give_the_mirrored_mean(told):
    mirrored = [1 - p for p in told]
    assert geometric_mean_odds(told) == pytest.approx(1 - geometric_mean_odds(mirrored), abs=1e-9)


@given(some, probability)
def test_everybody_saying_the_same_is_what_the_crowd_says(told, p):
    number = crowd([p] * len(told))
    assert (number.median, number.lower, number.upper) == (p, p, p)
