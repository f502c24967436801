"""Count the crowd's days again, compare them with what is stored, and repair them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from debate.actions.crowd_days import counted_days, put_days
from debate.actions.forecasting import lock_crowd
from debate.actions.recounting import BATCH, Difference, differs
from debate.actions.writing import writing
from debate.models import CrowdDay, Prediction, PredictionCrowd
from debate.models.scores import NUMBERS


def numbers_of(row: CrowdDay | None) -> dict[str, Any]:
    return {name: getattr(row, name, None) for name in NUMBERS}


def dated(day: date, numbers: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{day} {name}": value for name, value in numbers.items()}


def day_difference(prediction: Prediction) -> Difference | None:
    """The first day that is not what the forecasts make of it."""
    stored = {row.day: row for row in CrowdDay.objects.on(prediction)}
    counted = counted_days(prediction.pk)
    for day in sorted(stored.keys() | counted.keys()):
        held, made = numbers_of(stored.get(day)), numbers_of(counted.get(day))
        if differs(held, made):
            return Difference("prediction", prediction.pk, dated(day, held), dated(day, made))
    return None


def wrong_days() -> Iterator[Difference]:
    """Predictions of which a day is not what the forecasts make of it; a doubt is settled while nobody forecasts."""
    for prediction in Prediction.objects.only("pk").order_by("pk").iterator(BATCH):
        if day_difference(prediction) is None:
            continue
        with writing():
            list(PredictionCrowd.objects.select_for_update().filter(prediction=prediction))
            found = day_difference(prediction)
        if found is not None:
            yield found


def recount_days(*, prediction: int) -> None:
    """Make the days of the prediction with this key what its forecasts make of them, while nobody forecasts on it."""
    with writing():
        lock_crowd(Prediction.objects.get(pk=prediction))
        put_days(prediction)
