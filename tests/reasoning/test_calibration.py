"""How often what was given so much probability came true."""

from math import comb, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.scoring import binomial_quantile, calibration

probability = st.floats(0.01, 0.99)
near = pytest.approx


def test_ten_predictions_at_seventy_percent_of_which_six_came_true():
    """Of Binomial(10, 0.7), 0.047 lies below five and 0.972 up to nine: the band is 0.5 to 0.9."""
    (only,) = calibration([(n, 0.7, n < 6, 0.5) for n in range(10)])
    assert (only.lower, only.upper, only.n) == (0.7, 0.8, 10)
    assert (only.weight, only.forecast, only.happened) == near((5, 0.7, 0.6), abs=1e-12)
    assert (only.band_lower, only.band_upper) == (0.5, 0.9)


def test_what_stood_longer_weighs_more():
    (only,) = calibration([("a", 0.62, True, 0.75), ("b", 0.66, False, 0.25)])
    assert (only.forecast, only.happened) == near((0.63, 0.75), abs=1e-12)


def test_revisions_of_one_prediction_are_one_prediction():
    (only,) = calibration([("a", 0.91, True, 0.1), ("a", 0.95, True, 0.3), ("b", 0.93, True, 0.2)])
    assert only.n == 2


def test_a_border_belongs_to_the_bin_above():
    borders = [step / 10 for step in range(1, 10)]
    assert [each.lower for each in calibration([(p, p, True, 1) for p in borders])] == borders
    assert [each.lower for each in calibration([(0, 0, False, 1), (1, 1, True, 1)])] == [0, 0.9]


def test_nothing_forecast_fills_no_bin():
    assert calibration([]) == []


@pytest.mark.parametrize(
    ("row", "bins"),
    [
        (("a", 1.2, True, 1), 10),
        (("a", nan, True, 1), 10),
        (("a", 0.5, "yes", 1), 10),
        (("a", 0.5, True, 0), 10),
        (("a", 0.5, True, nan), 10),
        (("a", 0.5, True, float("inf")), 10),
        (("a", 0.5, True, 1), 0),
    ],
)
def test_what_makes_no_sense_is_refused(row, bins):
    with pytest.raises(ValueError, match=r"[a-z]"):
        calibration([row], bins)


told = st.lists(st.tuples(st.integers(0, 20), probability, st.booleans(), st.floats(0.001, 1)), max_size=40)


@given(told, st.randoms())
def test_the_order_does_not_matter(rows, dice):
    mixed = calibration(dice.sample(rows, len(rows)))
    assert [tuple(each) for each in mixed] == [near(tuple(each), abs=1e-12) for each in calibration(rows)]


@given(told)
def test_every_forecast_is_in_one_bin_within_its_borders(rows):
    bins = calibration(rows)
    assert sum(each.weight for each in bins) == near(sum(weight for *_rest, weight in rows), abs=1e-9)
    for each in bins:
        assert each.lower - 1e-12 <= each.forecast <= each.upper
        assert 0 <= each.happened <= 1
        assert 0 <= each.band_lower <= each.band_upper <= 1
        assert each.n >= 1


@given(st.integers(0, 60), probability, st.sampled_from([0.05, 0.5, 0.95]))
def test_a_binomial_quantile_is_the_least_that_reaches_it(n, p, q):
    k = binomial_quantile(n, p, q)
    chances = [comb(n, each) * p**each * (1 - p) ** (n - each) for each in range(n + 1)]
    assert sum(chances[: k + 1]) >= q - 1e-9
    assert k == 0 or sum(chances[:k]) < q + 1e-9


def test_a_binomial_quantile_of_many_trials():
    """By the normal approximation 10,000·½ ± 1.645·50."""
    assert [binomial_quantile(10_000, 0.5, q) for q in (0.05, 0.95)] == [4918, 5082]
    assert [binomial_quantile(7, p, 0.05) for p in (0, 1)] == [0, 7]


@pytest.mark.parametrize(("n", "p", "q"), [(-1, 0.5, 0.5), (1, nan, 0.5), (1, 0.5, 0), (1, 0.5, 1)])
def test_a_binomial_quantile_of_nothing_is_refused(n, p, q):
    with pytest.raises(ValueError, match="quantile"):
        binomial_quantile(n, p, q)
