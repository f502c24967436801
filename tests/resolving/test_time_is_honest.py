"""Whatever a clock does, no forecast counts that could know, and nobody has two at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from debate.actions.auditing.readers import overlapping_forecasts
from debate.actions.forecasting import Closed, database_now, withdraw_forecast
from debate.actions.recounting_scores import wrong_scores
from debate.actions.resolution import resolve_prediction
from debate.models import Forecast, Prediction, Score
from debate.reasoning.dates import counted_until, start_of
from tests import factories as make
from tests.resolving.conftest import CLOSES, OPENED

pytestmark = pytest.mark.django_db
near = pytest.approx
MICROSECOND = timedelta(microseconds=1)


def line_of(reader):
    rows = Forecast.objects.by(reader).order_by("made_at", "pk")
    return [(made.probability, made.made_at, made.ended_at) for made in rows]


def test_the_databases_clock_tells_utc(db):
    assert database_now().utcoffset() == timedelta(0)


@pytest.mark.parametrize("after", [timedelta(0), MICROSECOND, timedelta(days=1)])
def test_a_forecast_at_the_close_or_after_it_is_refused(say, member, prediction, after):
    with pytest.raises(Closed, match="due"):
        say(member, 0.5, 100 + after / timedelta(days=1))
    assert not Forecast.objects.exists()


def test_the_last_moment_before_the_close_counts(say, resolve, clock, member, prediction):
    say(member, 0.5, 100 - MICROSECOND / timedelta(days=1))
    resolve("yes")
    assert Score.objects.get().coverage == near(1e-6 / (100 * 86_400), rel=1e-3)


def test_a_forecast_before_the_opening_is_refused(say, member):
    with pytest.raises(Closed, match="upcoming"):
        say(member, 0.5, -0.001)


def test_a_forecast_cannot_be_withdrawn_after_the_close(say, clock, member, prediction):
    say(member, 0.5, 1)
    clock.at(100)
    with pytest.raises(Closed, match="due"):
        withdraw_forecast(reader=member, prediction=prediction)


def test_a_close_that_was_moved_meanwhile_holds(say, member, prediction):
    Prediction.objects.update(closes_at=OPENED + timedelta(days=50))
    with pytest.raises(Closed, match="due"):
        say(member, 0.5, 60)


@pytest.mark.parametrize("apart", [timedelta(0), MICROSECOND, timedelta(milliseconds=400)])
def test_two_revisions_within_a_second_are_both_kept_and_scored(say, resolve, member, prediction, apart):
    say(member, 0.3, 10)
    say(member, 0.8, 10 + apart / timedelta(days=1))
    at = OPENED + timedelta(days=10)
    assert line_of(member) == [(0.3, at, at + apart), (0.8, at + apart, None)]
    resolve("yes")
    assert Score.objects.get().coverage == near(0.9, abs=1e-12)
    assert Score.objects.get().brier == near(0.04, abs=1e-5)


def test_a_clock_that_jumps_back_never_lets_two_forecasts_stand_at_once(say, resolve, clock, member, prediction):
    say(member, 0.2, 20)
    say(member, 0.4, 10)
    clock.at(9)
    withdraw_forecast(reader=member, prediction=prediction)
    say(member, 0.6, 5)
    say(member, 0.8, 30)
    at = OPENED + timedelta(days=20)
    assert line_of(member) == [
        *((p, at, at) for p in (0.2, 0.4)),
        (0.6, at, at + timedelta(days=10)),
        (0.8, at + timedelta(days=10), None),
    ]
    assert not list(overlapping_forecasts())
    resolve("yes")
    assert Score.objects.get().coverage == near(0.8, abs=1e-12)
    assert list(wrong_scores()) == []


def test_a_clock_that_jumps_back_before_the_day_resolves_nothing_ahead_of_time(resolve):
    with pytest.raises(ValidationError, match="not come yet"):
        resolve("yes", day=60, at=59.9)
    assert resolve("yes", day=60, at=60) is True


def test_a_resolution_before_the_opening_is_refused(resolve):
    with pytest.raises(ValidationError, match="has not opened yet"):
        resolve("yes", day=-1, at=-0.5)


def test_it_can_be_decided_on_the_day_it_opened_and_then_scores_nobody(say, resolve, member):
    say(member, 0.9, 0.2)
    assert resolve("yes", day=0, at=1) is True
    assert not Score.objects.exists()


def test_days_begin_in_utc():
    assert start_of(date(2028, 2, 29)) == datetime(2028, 2, 29, tzinfo=UTC)
    assert counted_until(date(2028, 2, 29), CLOSES) == CLOSES
    assert counted_until(date(2026, 2, 1), CLOSES) == datetime(2026, 2, 1, tzinfo=UTC)


SPANS = {
    "a leap day": (datetime(2028, 2, 28, tzinfo=UTC), datetime(2028, 3, 1, tzinfo=UTC), date(2028, 2, 29), 0.5),
    "a day that has 23 hours elsewhere": (
        *(datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 3, 30, tzinfo=UTC), date(2027, 3, 29), 0.5),
    ),
    "a day that has 25 hours elsewhere": (
        *(datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 28, tzinfo=UTC), date(2026, 10, 26), 0.5),
    ),
}


@pytest.mark.parametrize("span", SPANS)
def test_every_day_counts_the_same(clock, curator, member, span):
    opens, closes, day, share = SPANS[span]
    prediction = make.PredictionFactory(opens_at=opens, closes_at=closes)
    Forecast.objects.create(user=member, prediction=prediction, probability=0.5, made_at=opens)
    clock.now = closes + timedelta(days=1)
    resolve_prediction(
        curator=curator,
        prediction=prediction,
        resolution="no",
        resolved_on=day,
        note="So.",
        evidence_url="https://example.org/",
    )
    assert Score.objects.get().coverage == near(share, abs=1e-12)
