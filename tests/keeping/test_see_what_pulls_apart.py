"""A reader is told, gently, where their own answers pull in different directions."""

import pytest
from django.utils import timezone

from debate.actions.forecasting import make_forecast, withdraw_forecast
from debate.actions.voting import cast_vote, withdraw_vote
from debate.lenses.coherence import coherence_of
from debate.models import Bearing, Entailment, Prediction

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(guest, claims, predictions):
    """The guest agrees with a claim that leads to a yes, and thinks it unlikely."""
    Bearing.objects.create(claim=claims[0], prediction=predictions[0], outcome="yes", rationale="So it goes.")
    cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
    make_forecast(reader=guest, prediction=predictions[0], probability=0.2, informed=False)
    return guest


def told(reader):
    pulls = coherence_of(reader).pulls
    return [(pull.prediction.pk, pull.refused, [claim.pk for claim in pull.claims]) for pull in pulls]


def test_a_claim_agreed_with_and_a_forecast_of_the_opposite_are_told(answered, claims, predictions):
    assert told(answered) == [(predictions[0].pk, False, [claims[0].pk])]


def test_another_readers_answers_have_nothing_to_do_with_it(answered, member, claims, predictions):
    make_forecast(reader=member, prediction=predictions[0], probability=0.1, informed=False)
    cast_vote(reader=member, claim=claims[0], value="disagree", informed=False)
    assert told(member) == []
    assert len(told(answered)) == 1


@pytest.mark.parametrize("value", ["disagree", "pass", "withdraw"])
def test_any_other_answer_settles_it(answered, claims, value):
    if value == "withdraw":
        withdraw_vote(reader=answered, claim=claims[0])
    else:
        cast_vote(reader=answered, claim=claims[0], value=value, informed=False)
    assert not coherence_of(answered)


@pytest.mark.parametrize("probability", [0.31, 0.5, 0.9, None])
def test_so_does_another_forecast(answered, predictions, probability):
    if probability is None:
        withdraw_forecast(reader=answered, prediction=predictions[0])
    else:
        make_forecast(reader=answered, prediction=predictions[0], probability=probability, informed=False)
    assert not coherence_of(answered)


@pytest.mark.parametrize("change", [{"status": "draft"}, {"closes_at": timezone.now()}])
def test_what_cannot_be_revised_or_seen_is_let_alone(answered, predictions, change):
    Prediction.objects.filter(pk=predictions[0].pk).update(**change)
    assert not coherence_of(answered)


def test_a_more_specific_event_given_more_is_told(guest, predictions):
    one, other = predictions
    Entailment.objects.create(premise=one, conclusion=other, rationale="It is the same, and more.")
    for prediction, probability in ((one, 0.6), (other, 0.4)):
        make_forecast(reader=guest, prediction=prediction, probability=probability, informed=False)
    found = coherence_of(guest).excesses
    assert [(e.premise, e.premise_probability, e.conclusion, e.conclusion_probability) for e in found] == [
        (one, 0.6, other, 0.4)
    ]
    make_forecast(reader=guest, prediction=one, probability=0.4, informed=False)
    assert not coherence_of(guest)


def test_it_takes_two_queries_however_much_was_given(answered, claims, predictions, django_assert_num_queries):
    for claim in claims[1:]:
        Bearing.objects.create(claim=claim, prediction=predictions[1], outcome="no", rationale="So it goes.")
        cast_vote(reader=answered, claim=claim, value="agree", informed=False)
    make_forecast(reader=answered, prediction=predictions[1], probability=0.95, informed=False)
    with django_assert_num_queries(2):
        found = coherence_of(answered)
    assert [len(pull.claims) for pull in found.pulls] == [3, 1]
