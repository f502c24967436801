"""The crowd's number is kept for each day on which it changed, whatever the clock does."""

from datetime import UTC, date, datetime, timedelta, timezone
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from debate.actions import forecasting, merging
from debate.actions.forecasting import make_forecast, withdraw_forecast
from debate.actions.merging import merge
from debate.actions.recounting_days import recount_days, wrong_days
from debate.models import CrowdDay, Forecast, Prediction, PredictionCrowd
from tests.factories import GuestFactory, MemberFactory, PredictionFactory

pytestmark = pytest.mark.django_db
OPENED = datetime(2026, 3, 27, tzinfo=UTC)
NOON = datetime(2026, 3, 28, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Clock:
    """The database's clock, set by hand."""

    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    told = Clock()
    for module in (forecasting, merging):
        monkeypatch.setattr(module, "database_now", told)
    return told


@pytest.fixture
def prediction(db):
    made = PredictionFactory(opens_at=OPENED, closes_at=OPENED + 400 * DAY)
    PredictionCrowd.objects.update_or_create(prediction=made, defaults={"changed_at": OPENED})
    return made


def give(prediction, probability, reader=None):
    reader = reader or MemberFactory()
    make_forecast(reader=reader, prediction=prediction, probability=probability, informed=False)
    return reader


def days(prediction):
    """(day of March, forecasters, median in percent)"""
    rows = CrowdDay.objects.on(prediction).in_order()
    return [(row.day.day, row.forecasters, row.median and round(row.median * 100)) for row in rows]


def test_a_forecast_begins_its_day(prediction, clock):
    give(prediction, 0.3)
    assert days(prediction) == [(28, 1, 30)]


def test_a_day_has_the_state_at_its_end(prediction, clock):
    reader = give(prediction, 0.3)
    clock.now += HOUR
    give(prediction, 0.5, reader)
    give(prediction, 0.7)
    assert days(prediction) == [(28, 2, 60)]


def test_a_day_on_which_nothing_changed_has_no_row(prediction, clock):
    reader = give(prediction, 0.3)
    clock.now += DAY
    give(prediction, 0.3, reader)
    clock.now += DAY
    give(prediction, 0.5, reader)
    assert days(prediction) == [(28, 1, 30), (30, 1, 50)]


def test_withdrawing_is_a_change(prediction, clock):
    reader = give(prediction, 0.3)
    clock.now += DAY
    withdraw_forecast(reader=reader, prediction=prediction)
    withdraw_forecast(reader=reader, prediction=prediction)
    assert days(prediction) == [(28, 1, 30), (29, 0, None)]


def test_the_quartiles_are_kept_with_the_median(prediction, clock):
    for probability in (0.1, 0.3, 0.9):
        give(prediction, probability)
    row, held = CrowdDay.objects.get(), PredictionCrowd.objects.get()
    assert (row.lower, row.median, row.upper) == (held.lower, held.median, held.upper)


def test_the_day_is_that_of_utc_wherever_the_clock_hangs(prediction, clock):
    clock.now = datetime(2026, 3, 30, 1, tzinfo=timezone(2 * HOUR))
    give(prediction, 0.3)
    assert [row.day for row in CrowdDay.objects.all()] == [date(2026, 3, 29)]


def test_the_hour_that_summer_time_takes_or_gives_changes_no_day(prediction, clock):
    for offset in (1, 2, 1):
        clock.now = datetime(2026, 3, 29, 2, 30, tzinfo=timezone(offset * HOUR))
        give(prediction, 0.3)
    assert days(prediction) == [(29, 3, 30)]
    assert list(wrong_days()) == []


def test_two_revisions_within_one_second_are_both_kept(prediction, clock):
    reader = give(prediction, 0.3)
    give(prediction, 0.4, reader)
    give(prediction, 0.5, reader)
    assert Forecast.objects.count() == 3
    assert days(prediction) == [(28, 1, 50)]
    assert list(wrong_days()) == []


JUMPS = (-DAY, -HOUR, 400 * DAY, -390 * DAY, 2 * HOUR, -13 * HOUR, 13 * HOUR, -30 * DAY)


def test_a_clock_that_jumps_breaks_no_rule_and_every_day_stays_right(prediction, clock):
    reader = give(prediction, 0.3)
    for number, jump in enumerate(JUMPS):
        clock.now += jump
        Prediction.objects.update(opens_at=clock.now - DAY, closes_at=clock.now + DAY)
        give(prediction, 0.1 + number / 10, reader)
        give(prediction, 0.5)
        if number % 3 == 2:
            withdraw_forecast(reader=reader, prediction=prediction)
    assert list(wrong_days()) == []
    assert {row.ended_at >= row.made_at for row in Forecast.objects.all() if row.ended_at} == {True}


def test_back_over_midnight_an_earlier_day_gets_its_own_state_and_later_ones_are_counted_again(prediction, clock):
    give(prediction, 0.3)
    clock.now -= DAY
    give(prediction, 0.5)
    assert days(prediction) == [(27, 1, 50), (28, 2, 40)]


def test_a_forecast_revised_before_it_was_made_changes_the_day_on_which_it_was(prediction, clock):
    reader = give(prediction, 0.3)
    clock.now -= DAY
    withdraw_forecast(reader=reader, prediction=prediction)
    assert days(prediction) == [(28, 0, None)]


def test_two_lines_made_one_are_one_in_the_past_as_well(prediction, clock):
    guest, member = give(prediction, 0.2, GuestFactory()), MemberFactory()
    clock.now += DAY
    give(prediction, 0.8, member)
    clock.now += DAY
    merge(guest=guest, member=member)
    assert days(prediction) == [(28, 1, 20), (29, 1, 80)]
    assert list(wrong_days()) == []


def test_what_fails_leaves_no_day(prediction, clock, monkeypatch):
    monkeypatch.setattr(forecasting, "keep_day", lambda held, at: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        give(prediction, 0.3)
    assert not Forecast.objects.exists()
    assert not CrowdDay.objects.exists()


def test_a_day_costs_one_statement_more(prediction, clock):
    reader = give(prediction, 0.3)
    with CaptureQueriesContext(connection) as asked:
        give(prediction, 0.5, reader)
    assert [query["sql"].split()[0] for query in asked if "debate_crowdday" in query["sql"]] == ["INSERT"]


TAMPERED = {
    "a number": lambda: CrowdDay.objects.update(forecasters=2),
    "a day gone": lambda: CrowdDay.objects.all().delete(),
    "a day too many": lambda: CrowdDay.objects.create(
        prediction=CrowdDay.objects.get().prediction, day=date(2026, 4, 1), forecasters=0
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_day_that_does_not_follow_from_the_forecasts_is_told_and_repaired(prediction, clock, what):
    give(prediction, 0.3)
    TAMPERED[what]()
    assert str(next(wrong_days())).startswith(f"prediction {prediction.pk}: 2026-0")
    recount_days(prediction=prediction.pk)
    assert days(prediction) == [(28, 1, 30)]
    assert list(wrong_days()) == []


@pytest.mark.parametrize(
    "numbers",
    [
        {"forecasters": 0, "median": 0.5, "lower": 0.5, "upper": 0.5},
        {"forecasters": 2},
        {"forecasters": 2, "median": 0.5, "lower": 0.6, "upper": 0.7},
    ],
)
def test_the_database_refuses_a_day_that_says_two_things(prediction, numbers):
    with pytest.raises(IntegrityError), transaction.atomic():
        CrowdDay.objects.create(prediction=prediction, day=NOON.date(), **numbers)


def test_a_site_that_had_forecasts_before_it_kept_days_gets_them(prediction, clock):
    reader = give(prediction, 0.3)
    clock.now += DAY
    withdraw_forecast(reader=reader, prediction=prediction)
    CrowdDay.objects.all().delete()
    import_module("debate.migrations.0005_keep_crowd_days").fill(apps, None)
    assert days(prediction) == [(28, 1, 30), (29, 0, None)]
