"""Many vote, forecast, withdraw and resolve at one moment: no ring of waiting, nothing lost, all equal a recount."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from debate.actions.corpus import refresh
from debate.actions.forecasting import Closed, make_forecast, withdraw_forecast
from debate.actions.merging import merge
from debate.actions.recounting import recount_crowd, wrong_crowds, wrong_tallies
from debate.actions.recounting_scores import wrong_records, wrong_scores
from debate.actions.resolution import reopen_prediction, resolve_prediction
from debate.actions.voting import cast_vote, withdraw_vote
from debate.models import Forecast, ForecasterRecord, Prediction, Score
from tests import factories as make
from tests.voting.test_vote_at_the_same_moment import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, ACTS_EACH, PREDICTIONS = 32, 12, 3
LONG_AGO = timezone.now() - timedelta(days=200)


def with_forecasts_of_before(prediction, readers):
    """Given weeks ago, so that a resolution of today scores them."""
    rows = [
        Forecast(user=reader, prediction=prediction, probability=0.1 + number / 30, made_at=LONG_AGO)
        for number, reader in enumerate(readers)
    ]
    Forecast.objects.bulk_create(rows)


@pytest.fixture
def motion(db):
    return make.MotionFactory(featured=True)


@pytest.fixture
def readers(db):
    return [*make.MemberFactory.create_batch(8), *make.GuestFactory.create_batch(8)]


@pytest.fixture
def predictions(motion, readers):
    essay = make.EssayFactory(motion=motion)
    made = make.PredictionFactory.create_batch(PREDICTIONS, motion=motion, essay=essay, opens_at=LONG_AGO)
    for prediction in made:
        with_forecasts_of_before(prediction, readers)
        recount_crowd(prediction=prediction.pk)
        withdraw_forecast(reader=readers[0], prediction=prediction)
    return made


def resolve(curator, prediction, how, day):
    return resolve_prediction(
        curator=curator,
        prediction=prediction,
        resolution=how,
        resolved_on=day,
        note="So.",
        evidence_url="https://example.org/",
    )


def vote(dice, reader, _prediction, claim, _curator):
    if dice.random() < 0.3:
        withdraw_vote(reader=reader, claim=claim)
    else:
        cast_vote(reader=reader, claim=claim, value=dice.choice(["agree", "disagree", "pass"]), informed=False)


def forecast(dice, reader, prediction, _claim, _curator):
    make_forecast(reader=reader, prediction=prediction, probability=dice.randint(1, 99) / 100, informed=False)


def withdraw(_dice, reader, prediction, _claim, _curator):
    withdraw_forecast(reader=reader, prediction=prediction)


def decide(dice, _reader, prediction, _claim, curator):
    day = timezone.now().date() - timedelta(days=dice.randint(0, 40))
    resolve(curator, prediction, dice.choice(["yes", "no", "annulled"]), day)


def reopen(_dice, _reader, prediction, _claim, curator):
    reopen_prediction(curator=curator, prediction=prediction, note="So.")


def test_32_writers_leave_tallies_crowds_scores_and_records_as_a_recount_makes_them(motion, readers, predictions):
    claims = make.ClaimFactory.create_batch(3, motion=motion)
    refresh(motion)
    curators = make.CuratorFactory.create_batch(2)

    def act(number):
        dice = random.Random(number)
        for _ in range(ACTS_EACH):
            chosen = dice.choice(readers), dice.choice(predictions), dice.choice(claims), dice.choice(curators)
            with suppress(Closed):
                dice.choices([vote, forecast, withdraw, decide, reopen], [8, 6, 2, 2, 2])[0](dice, *chosen)

    all_at_once(act, WRITERS)
    for number, prediction in enumerate(predictions):
        resolve(curators[0], prediction, ("yes", "no")[number % 2], timezone.now().date())
    assert [str(found) for found in (*wrong_tallies(), *wrong_crowds(), *wrong_scores(), *wrong_records())] == []
    assert Score.objects.count() >= PREDICTIONS * (len(readers) - 1)
    assert ForecasterRecord.objects.count() == len(readers)


def test_a_forecast_of_the_same_moment_either_counts_in_the_crowd_or_is_refused(motion, predictions):
    prediction, late = predictions[0], make.GuestFactory.create_batch(15)
    curator, refused = make.CuratorFactory(), []

    def act(number):
        if number == len(late):
            resolve(curator, prediction, "yes", timezone.now().date())
            return
        try:
            make_forecast(reader=late[number], prediction=prediction, probability=0.5, informed=False)
        except Closed:
            refused.append(late[number].pk)

    all_at_once(act, len(late) + 1)
    given = set(Forecast.objects.filter(user__in=late).values_list("user_id", flat=True))
    assert given.isdisjoint(refused)
    assert len(given) + len(refused) == len(late)
    assert list(wrong_crowds()) == []


def test_one_resolution_of_many_at_once_is_written_once(predictions):
    prediction, curator = predictions[0], make.CuratorFactory()
    told = []
    all_at_once(lambda _number: told.append(resolve(curator, prediction, "yes", timezone.now().date())), 16)
    assert sorted(told) == [False] * 15 + [True]
    assert Prediction.objects.get(pk=prediction.pk).history.filter(resolution="yes").count() == 1
    assert [*wrong_scores(), *wrong_records()] == []


def test_guests_who_sign_in_while_their_predictions_are_resolved_bring_their_scores(predictions, readers):
    curator, today = make.CuratorFactory(), timezone.now().date()
    members, guests = readers[:8], readers[8:]

    def act(number):
        if number < len(guests):
            merge(guest=guests[number], member=members[number])
        else:
            prediction = predictions[number % PREDICTIONS]
            resolve(curator, prediction, ("yes", "no", "ambiguous")[number % 3], today)

    all_at_once(act, 16)
    assert [str(found) for found in (*wrong_crowds(), *wrong_scores(), *wrong_records())] == []
    assert not Score.objects.filter(user__kind="guest").exists()
