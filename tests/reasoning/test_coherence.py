"""Where a reader's answers pull in different directions, and that nothing unfair is said of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.coherence import Reason, Tension, excesses, lean, tension, tensions

CHANCES = st.integers(1, 99).map(lambda percent: percent / 100)
REASONS = st.lists(st.builds(Reason, st.just(1), st.integers(1, 9), st.booleans(), st.booleans()), max_size=8)


def leads(to_yes: bool, *, agrees: bool, claim: int = 1) -> Reason:
    return Reason(1, claim, to_yes, agrees)


@pytest.mark.parametrize(
    ("probability", "leans"), [(0, False), (0.3, False), (0.31, None), (0.69, None), (0.7, True), (1, True)]
)
def test_a_forecast_leans_from_thirty_percent_down_and_from_seventy_up(probability, leans):
    assert lean(probability) is leans


@pytest.mark.parametrize("probability", [-0.01, 1.01, float("nan")])
def test_what_is_no_probability_is_refused(probability):
    with pytest.raises(ValueError, match="between 0 and 1"):
        lean(probability)


@pytest.mark.parametrize(("probability", "to_yes"), [(0.2, True), (0.8, False)])
def test_agreeing_with_a_claim_pulls_against_a_forecast_of_the_opposite(probability, to_yes):
    assert tension(1, probability, [leads(to_yes, agrees=True)]) == Tension(1, refused=False, claims=(1,))


@pytest.mark.parametrize("probability", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("to_yes", [True, False])
def test_disagreeing_with_one_reason_is_never_held_against_anybody(probability, to_yes):
    assert tension(1, probability, [leads(to_yes, agrees=False)]) is None


def test_another_claim_agreed_with_may_outweigh_it():
    assert tension(1, 0.2, [leads(True, agrees=True), leads(False, agrees=True, claim=2)]) is None


def test_a_forecast_that_rests_on_none_of_its_reasons_is_told():
    reasons = [leads(True, agrees=False), leads(True, agrees=False, claim=2)]
    assert tension(1, 0.9, reasons) == Tension(1, refused=True, claims=(1, 2))
    assert tension(1, 0.9, [*reasons, leads(True, agrees=True, claim=3)]) is None


def test_the_surest_forecast_comes_first_and_others_claims_stay_out():
    reasons = [Reason(1, 5, True, True), Reason(2, 5, True, True), Reason(3, 5, True, True)]
    assert [each.prediction for each in tensions({1: 0.25, 2: 0.02}, reasons)] == [2, 1]


def test_a_more_specific_event_cannot_be_likelier():
    forecasts = {1: 0.6, 2: 0.4, 3: 0.1, 4: 0.4}
    assert excesses(forecasts, [(1, 2), (1, 3), (2, 1), (2, 4), (1, 9), (9, 1)]) == [(1, 3), (1, 2)]


@given(CHANCES, REASONS)
def test_yes_and_no_are_treated_alike(probability, reasons):
    mirrored = [reason._replace(expects_yes=not reason.expects_yes) for reason in reasons]
    assert tension(1, probability, reasons) == tension(1, round(1 - probability, 2), mirrored)


@given(CHANCES, REASONS)
def test_nothing_is_told_of_a_forecast_in_the_middle(probability, reasons):
    assert tension(1, 0.31 + 0.38 * probability, reasons) is None


@given(CHANCES, REASONS)
def test_the_order_in_which_claims_were_answered_does_not_matter(probability, reasons):
    one, other = tension(1, probability, reasons), tension(1, probability, reasons[::-1])
    assert (one and (one.refused, sorted(one.claims))) == (other and (other.refused, sorted(other.claims)))


@given(CHANCES, REASONS)
def test_agreeing_with_one_more_claim_along_the_forecast_never_adds_a_tension(probability, reasons):
    along = Reason(1, 10, probability > 0.5, True)
    assert tension(1, probability, [*reasons, along]) is None or tension(1, probability, reasons) is not None


@given(CHANCES, REASONS)
def test_every_claim_named_is_one_that_was_answered_so(probability, reasons):
    found = tension(1, probability, reasons)
    for claim in found.claims if found else ():
        assert any(r.claim == claim and r.agrees != found.refused for r in reasons)


@given(st.dictionaries(st.integers(1, 6), CHANCES), st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6))))
def test_forecasts_that_respect_every_entailment_are_let_alone(forecasts, entailments):
    over = excesses(forecasts, entailments)
    assert all(forecasts[premise] > forecasts[conclusion] for premise, conclusion in over)
    assert excesses(dict.fromkeys(forecasts, 0.5), entailments) == []
