"""What forecasts came to: scores of a resolved prediction, and the record that a forecaster's scores add up to."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Count, Sum

from debate.models import Forecast, ForecasterRecord, Listing, Prediction, Score, User
from debate.reasoning.dates import counted_until
from debate.reasoning.scoring import Scored, ranking_score, scores

OUTCOMES = {Prediction.Resolution.YES.value: True, Prediction.Resolution.NO.value: False}
BATCH = 500


def in_batches(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys in order, so many at a time."""
    rest = iter(sorted(keys))
    while batch := list(islice(rest, BATCH)):
        yield batch


def lock_users(keys: Iterable[int]) -> list[int]:
    """Keep what these readers' scores add up to from changing otherwise; they can go on voting. Those still there."""
    rows = User.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
    return [key for batch in in_batches(keys) for key in rows.filter(pk__in=batch)]


def forecasters_of(prediction: Prediction) -> set[int]:
    """Everybody who has forecast on it or has a score on it, by key."""
    told = (Forecast.objects.on(prediction), Score.objects.on(prediction))
    return {key for rows in told for key in rows.order_by().values_list("user_id", flat=True).distinct()}


def counted_forecasts(prediction: Prediction) -> Iterator[tuple[int, float, datetime, datetime]]:
    """(reader, probability, start, end) of what was given before a resolved prediction's forecasts ceased to count."""
    assert prediction.resolved_on is not None  # noqa: S101 -- a constraint: a resolution has its date
    until = counted_until(prediction.resolved_on, prediction.closes_at)
    rows = (
        Forecast.objects.on(prediction).made_before(until).values_list("user_id", "probability", "made_at", "ended_at")
    )
    for user, probability, start, end in rows.iterator(2_000):
        yield user, probability, start, min(end or until, until)


def counted_scores(prediction: Prediction) -> dict[int, Scored]:
    """The scores that its forecasts make, by forecaster; none unless it is resolved yes or no."""
    if prediction.resolution not in OUTCOMES:
        return {}
    outcome = OUTCOMES[prediction.resolution]
    return scores(counted_forecasts(prediction), outcome, prediction.opens_at, prediction.closes_at)


def score(prediction: Prediction) -> int:
    """Make the scores on a prediction, and the records they enter, what its forecasts make; how many scores.

    The prediction as it is being written counts. The caller has a transaction and the crowd's lock, so that no
    forecast comes in between; here its forecasters are locked, in order, as whoever counts a record does.
    """
    forecasters = lock_users(forecasters_of(prediction))
    told = counted_scores(prediction)
    Score.objects.on(prediction).delete()
    rows = [Score(user_id=user, prediction=prediction, **each._asdict()) for user, each in told.items()]
    Score.objects.bulk_create(rows, batch_size=BATCH)
    count_records(forecasters)
    return len(rows)


def counted_records(users: Collection[int]) -> dict[int, dict[str, Any]]:
    """What the scores of these readers add up to, for those who have any, and how these are listed. One query."""
    sums = {"predictions": Count("pk"), "peers": Sum("peer"), "covered": Sum("coverage")}
    rows = Score.objects.filter(user__in=users).order_by().values_list("user", "user__ranked").annotate(**sums)
    return {
        user: {
            "predictions": count,
            "peer": peer,
            "coverage": covered,
            "score": ranking_score([peer], [covered]),
            "listing": Listing.of(count, listed=listed),
        }
        for user, listed, count, peer, covered in rows
    }


def count_records(users: Iterable[int]) -> None:
    """Make the records of these readers, who are locked, what their scores add up to; none is without a score."""
    for batch in in_batches(users):
        told = counted_records(batch)
        ForecasterRecord.objects.filter(user__in=set(batch) - told.keys()).delete()
        ForecasterRecord.objects.bulk_create(
            [ForecasterRecord(user_id=user, **sums) for user, sums in told.items()],
            update_conflicts=True,
            unique_fields=["user"],
            update_fields=["predictions", "peer", "coverage", "score", "listing"],
        )
