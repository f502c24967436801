"""Score resolved predictions again and add the scores up, compare it with what is stored, and repair it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from debate.actions.forecasting import lock_crowd
from debate.actions.recounting import Difference, differs
from debate.actions.scoring import (
    OUTCOMES,
    count_records,
    counted_records,
    counted_scores,
    in_batches,
    lock_users,
    score,
)
from debate.actions.writing import writing
from debate.models import ForecasterRecord, Prediction, Score, User
from debate.reasoning.scoring import Scored

CLOSE = 1e-7
"""Sums of many numbers of either sign, added up in another order, may lie so far from each other."""
ADDED_UP = ("predictions", "peer", "coverage", "score", "listing")
Rows = Mapping[int, Mapping[str, Any]]


def scored_predictions() -> Iterable[Prediction]:
    """Those that should have scores, and those that have some."""
    has_some = Exists(Score.objects.filter(prediction=OuterRef("pk")))
    rows = Prediction.objects.filter(Q(resolution__in=OUTCOMES) | has_some).order_by("pk")
    return rows.only("resolution", "resolved_on", "opens_at", "closes_at")


def stored_scores(prediction: Prediction) -> dict[int, dict[str, Any]]:
    rows = Score.objects.on(prediction).values_list("user_id", *Scored._fields)
    return {user: dict(zip(Scored._fields, numbers, strict=True)) for user, *numbers in rows}


def first_difference(stored: Rows, counted: Rows) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    """What is stored and what is counted for the first reader for whom these differ; None where they do for nobody."""
    for user in sorted(stored.keys() | counted.keys()):
        told, made = stored.get(user, {}), counted.get(user, {})
        if bool(told) != bool(made) or differs(told, made, CLOSE):
            return told, made
    return None


def score_difference(prediction: Prediction) -> Difference | None:
    try:
        counted = {user: each._asdict() for user, each in counted_scores(prediction).items()}
    except ValueError as error:
        return Difference("scores of prediction", prediction.pk, {}, {"problem": str(error)})
    found = first_difference(stored_scores(prediction), counted)
    return Difference("scores of prediction", prediction.pk, *found) if found else None


def wrong_scores() -> Iterator[Difference]:
    """Predictions of which some score is not what its forecasts make; a doubt is settled while nobody resolves it."""
    for prediction in scored_predictions():
        if score_difference(prediction) is None:
            continue
        with writing():
            lock_crowd(prediction)
            found = score_difference(Prediction.objects.get(pk=prediction.pk))
        if found is not None:
            yield found


def recount_scores(*, prediction: int) -> None:
    """Score the prediction with this key again, while nobody resolves it."""
    with writing():
        row = Prediction.objects.get(pk=prediction)
        lock_crowd(row)
        row.refresh_from_db()
        score(row)


def stored_records(users: Iterable[int]) -> dict[int, dict[str, Any]]:
    rows = ForecasterRecord.objects.filter(user__in=users).values_list("user_id", *ADDED_UP)
    return {user: dict(zip(ADDED_UP, numbers, strict=True)) for user, *numbers in rows}


def record_differences(users: list[int]) -> Iterator[Difference]:
    stored, counted = stored_records(users), counted_records(users)
    for user in users:
        found = first_difference({user: stored.get(user, {})}, {user: counted.get(user, {})})
        if found is not None:
            yield Difference("record of reader", user, *found)


def wrong_records() -> Iterator[Difference]:
    """Readers whose record is not what their scores add up to; a doubt is settled while nobody scores them."""
    scored = Exists(Score.objects.filter(user=OuterRef("pk")))
    readers = User.objects.filter(scored | Q(record__isnull=False)).order_by("pk").values_list("pk", flat=True)
    for batch in in_batches(readers):
        doubtful = [difference.key for difference in record_differences(batch)]
        if doubtful:
            with writing():
                found = list(record_differences(lock_users(doubtful)))
            yield from found


def recount_record(*, reader: int) -> None:
    """Make the record of the reader with this key what their scores add up to, while nobody scores them."""
    with writing():
        count_records(lock_users([reader]))
