"""The crowd's number day by day: kept with each forecast, and counted again from the forecasts that stood."""

from datetime import date, datetime

from debate.models import CrowdDay, Forecast, PredictionCrowd
from debate.reasoning.crowd_days import DayEnd, Stood, day_of, days_of


def keep_day(held: PredictionCrowd, at: datetime) -> None:
    """Keep the crowd, locked and counted, as the state of the day of an act at this instant. One statement.

    Where the clock has jumped back over midnight, days that are kept already come after this one: all of them are
    counted again, from all forecasts.
    """
    if day_of(at) < day_of(held.changed_at):
        put_days(held.prediction_id)
    else:
        CrowdDay.objects.put(held, day_of(at))


def put_days(prediction: int) -> None:
    """Make the days of a prediction, whose crowd is locked, what its forecasts make of them. Reads all of these.

    For whoever changes what stood in the past: forecasts of two readers become one's, or somebody's are deleted.
    """
    counted = counted_days(prediction)
    CrowdDay.objects.filter(prediction=prediction).exclude(day__in=counted).delete()
    CrowdDay.objects.put_all(counted.values())


def counted_days(prediction: int) -> dict[date, CrowdDay]:
    """The days as the forecasts make them, not stored."""
    forecasts = Forecast.objects.filter(prediction=prediction).oldest_first()
    stood = [Stood(*row) for row in forecasts.values_list("probability", "made_at", "ended_at")]
    return {day: row_of(prediction, day, end) for day, end in days_of(stood).items()}


def row_of(prediction: int, day: date, end: DayEnd) -> CrowdDay:
    row = CrowdDay(prediction_id=prediction, day=day, forecasters=end.forecasters)
    if end.crowd is not None:
        row.median, row.lower, row.upper, _mean = end.crowd
    return row
