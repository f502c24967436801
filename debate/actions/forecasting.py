"""A reader forecasts, revises, and takes the forecast back."""

from datetime import datetime
from typing import cast

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from debate.actions.crowd_days import keep_day
from debate.actions.writing import writing
from debate.models import Forecast, Prediction, PredictionCrowd, User
from debate.reasoning.aggregation import NEWEST, crowd


class Closed(ValueError):
    """The prediction takes no forecasts at this time."""


def database_now() -> datetime:
    """The database's clock, which all workers share. Microseconds on PostgreSQL, this machine's on SQLite."""
    if connection.vendor == "sqlite":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cast("datetime", cursor.fetchone()[0])


def lock_crowd(prediction: Prediction) -> PredictionCrowd:
    """The crowd's row, kept from every other forecaster on it until the transaction ends."""
    held = PredictionCrowd.objects.select_for_update().filter(prediction=prediction).first()
    if held is None:
        PredictionCrowd.objects.get_or_create(prediction=prediction)
        held = PredictionCrowd.objects.select_for_update().get(prediction=prediction)
    return held


def count_crowd(held: PredictionCrowd, now: datetime) -> None:
    """Derive the crowd's number from the newest current forecasts. It never changed later than it changes now."""
    current = Forecast.objects.current().filter(prediction_id=held.prediction_id)
    newest = list(current.newest_first().values_list("probability", flat=True)[:NEWEST])
    if newest:
        number = crowd(newest[::-1])
        held.median, held.lower, held.upper, held.geometric_mean_odds = number
    else:
        held.median = held.lower = held.upper = held.geometric_mean_odds = None
    held.changed_at = max(held.changed_at, now)


def require_open(prediction: Prediction, now: datetime) -> None:
    """Asked of the database under the crowd's lock: it may have been resolved since the request began."""
    state = Prediction.objects.only("opens_at", "closes_at", "resolution").get(pk=prediction.pk).state(now)
    if state != "open":
        raise Closed(state)


def standing_forecast(reader: User, prediction: Prediction) -> Forecast | None:
    return Forecast.objects.current().by(reader).on(prediction).first()


def end(forecast: Forecast, now: datetime) -> datetime:
    """End a standing forecast. Where the clock jumped back it ends at its own start."""
    forecast.ended_at = max(now, forecast.made_at)
    forecast.save(update_fields=["ended_at"])
    return forecast.ended_at


def store(held: PredictionCrowd, at: datetime) -> None:
    """Count the crowd after an act at this instant, and keep it, with its day."""
    count_crowd(held, at)
    held.save()
    keep_day(held, at)


def last_end(reader: User, prediction: Prediction) -> datetime | None:
    """When the reader's latest forecast ended; None where they have ended none."""
    ends = Forecast.objects.by(reader).on(prediction).aggregate(last=Max("ended_at"))
    return cast("datetime | None", ends["last"])


def make_forecast(*, reader: User, prediction: Prediction, probability: float, informed: bool) -> PredictionCrowd:
    """Give or revise a probability, 0.01 to 0.99. The same number again leaves the same state.

    `informed`: the reader had asked to see the crowd's number. Whoever has forecast before has seen it as well.
    Where the clock jumped back it begins where the reader's last one ended, so that they never have two at once.
    Raises ValueError outside that range and Closed where the prediction takes none.
    """
    if not 0.01 <= probability <= 0.99:
        raise ValueError("a forecast is a probability from 0.01 to 0.99")
    with writing():
        held, now = lock_crowd(prediction), database_now()
        require_open(prediction, now)
        current = standing_forecast(reader, prediction)
        if current is not None and current.probability == probability:
            return held
        before = end(current, now) if current is not None else last_end(reader, prediction)
        blind, made = not informed and before is None, max(now, before or now)
        Forecast.objects.create(user=reader, prediction=prediction, probability=probability, blind=blind, made_at=made)
        held.forecasters += current is None
        store(held, made)
    return held


def withdraw_forecast(*, reader: User, prediction: Prediction) -> PredictionCrowd:
    """End the standing forecast; every revision stays on record. Raises Closed where the prediction is closed."""
    with writing():
        held, now = lock_crowd(prediction), database_now()
        require_open(prediction, now)
        current = standing_forecast(reader, prediction)
        if current is not None:
            held.forecasters -= 1
            store(held, end(current, now))
    return held
