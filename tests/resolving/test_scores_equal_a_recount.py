"""Scores and records equal what forecasts make, however a prediction is resolved and whoever signs in."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from debate.actions.merging import merge
from debate.actions.recounting_scores import recount_record, recount_scores, wrong_records, wrong_scores
from debate.models import Forecast, ForecasterRecord, Prediction, Score, User
from tests import factories as make
from tests.resolving.conftest import OPENED

pytestmark = pytest.mark.django_db
near = pytest.approx


@pytest.fixture
def readers():
    return [make.MemberFactory(), make.GuestFactory(), make.MemberFactory()]


@pytest.fixture
def resolved(say, resolve, readers):
    for number, reader in enumerate(readers):
        say(reader, 0.2 + number / 4, number * 20)
        say(reader, 0.3 + number / 4, 70)
    resolve("yes", day=90)


def wrong():
    return [str(found) for found in (*wrong_scores(), *wrong_records())]


def repair():
    call_command("recount", fix=True)


@pytest.mark.usefixtures("resolved")
def test_what_the_action_scores_needs_no_repair():
    assert Score.objects.count() == 3
    assert wrong() == []


@pytest.mark.usefixtures("resolved")
@pytest.mark.parametrize(
    "breaks",
    [
        lambda: Score.objects.filter(pk=Score.objects.first().pk).update(peer=3.5),
        lambda: Score.objects.filter(pk=Score.objects.first().pk).delete(),
        lambda: Forecast.objects.filter(pk=Forecast.objects.first().pk).update(probability=0.99),
        lambda: Prediction.objects.update(resolution="no"),
        lambda: Prediction.objects.update(resolution="annulled"),
        lambda: Prediction.objects.update(closes_at=OPENED + timedelta(days=80)),
        lambda: Prediction.objects.update(resolution="", resolved_on=None, resolution_note="", evidence_url=""),
        lambda: ForecasterRecord.objects.filter(pk=ForecasterRecord.objects.first().pk).update(predictions=7),
        lambda: ForecasterRecord.objects.filter(pk=ForecasterRecord.objects.first().pk).delete(),
        lambda: User.objects.filter(kind="member").update(ranked=True),
        lambda: ForecasterRecord.objects.create(
            user=make.MemberFactory(), predictions=1, peer=1.0, coverage=1.0, score=0.1
        ),
    ],
)
def test_what_is_written_past_the_action_is_found_and_repaired(breaks):
    breaks()
    assert wrong()
    repair()
    assert wrong() == []


def test_a_difference_is_told_in_numbers(resolved, prediction):
    Score.objects.filter(user=Score.objects.order_by("user").first().user).update(coverage=0.5)
    assert wrong()[0] == f"scores of prediction {prediction.pk}: coverage 0.5, counted 0.9"


def test_a_score_too_few_is_told(resolved, prediction, readers):
    Score.objects.filter(user=readers[0]).delete()
    assert [told.split(":")[0] for told in wrong()] == [
        f"scores of prediction {prediction.pk}",
        f"record of reader {readers[0].pk}",
    ]


def test_forecasts_that_cannot_be_scored_are_told_instead_of_failing(resolved, prediction, readers):
    ended = Forecast.objects.filter(user=readers[0], ended_at__isnull=False)
    ended.update(ended_at=OPENED + timedelta(days=75))
    assert wrong() == [
        f"scores of prediction {prediction.pk}: problem None, counted of one user, one thing stands at a time"
    ]


def test_one_at_a_time_can_be_repaired(resolved, prediction, readers):
    Score.objects.update(peer=9.0)
    recount_scores(prediction=prediction.pk)
    assert list(wrong_scores()) == []
    ForecasterRecord.objects.update(score=9.0)
    recount_record(reader=readers[0].pk)
    assert [found.key for found in wrong_records()] == [readers[1].pk, readers[2].pk]


# Whoever signs in brings their scores along.


def test_a_guests_score_is_the_members_after_signing_in(resolved, prediction, readers):
    guest, member = readers[1], make.MemberFactory()
    before = Score.objects.get(user=guest)
    merge(guest=guest, member=member)
    assert Score.objects.get(user=member).peer == before.peer
    assert ForecasterRecord.objects.get(user=member).predictions == 1
    assert wrong() == []


def test_where_both_forecast_all_are_scored_anew(resolved, prediction, readers):
    member, guest, other = readers
    before = Score.objects.get(user=other).peer
    merge(guest=guest, member=member)
    assert Score.objects.count() == ForecasterRecord.objects.count() == 2
    assert Score.objects.get(user=other).peer != near(before, abs=1e-9)
    assert wrong() == []


def test_scores_of_several_predictions_add_up_after_signing_in(resolved, say, resolve, readers):
    member, guest, _other = readers
    only = make.PredictionFactory(opens_at=OPENED, closes_at=OPENED + timedelta(days=100))
    say(guest, 0.9, 5, on=only)
    resolve("no", prediction=only)
    merge(guest=guest, member=member)
    assert ForecasterRecord.objects.get(user=member).predictions == 2
    assert wrong() == []
