"""Keep all that some readers have given from changing, while it is counted otherwise or moved."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from django.db import OperationalError
from django.db.models import Count

from debate.actions.writing import writing
from debate.models import ClaimTally, ClaimVote, Forecast, PredictionCrowd, User

Result = TypeVar("Result")
ATTEMPTS = 50


class Meanwhile(Exception):
    """A reader gave something more while what they had given was being locked."""


class Held(NamedTuple):
    """The readers that are still there, and the tallies and crowds that they count in, all by key and locked."""

    readers: dict[int, User]
    tallies: dict[int, ClaimTally]
    crowds: dict[int, PredictionCrowd]


def lock_tallies(claims: Iterable[int]) -> dict[int, ClaimTally]:
    """The tallies of these claims by claim, kept from every voter."""
    wanted = sorted(claims)
    ClaimTally.objects.bulk_create([ClaimTally(claim_id=pk) for pk in wanted], ignore_conflicts=True)
    rows = ClaimTally.objects.select_for_update().filter(claim__in=wanted).order_by("claim")
    return {row.claim_id: row for row in rows}


def lock_crowds(predictions: Iterable[int]) -> dict[int, PredictionCrowd]:
    """The crowds of these predictions by prediction, kept from every forecaster."""
    wanted = sorted(predictions)
    PredictionCrowd.objects.bulk_create([PredictionCrowd(prediction_id=pk) for pk in wanted], ignore_conflicts=True)
    rows = PredictionCrowd.objects.select_for_update().filter(prediction__in=wanted).order_by("prediction")
    return {row.prediction_id: row for row in rows}


def scored_beside(readers: list[User]) -> set[int]:
    """Who forecast on a resolved prediction on which two of these readers did: made one, they move all its scores."""
    resolved = Forecast.objects.filter(user__in=readers).exclude(prediction__resolution="").order_by()
    shared = resolved.values("prediction").annotate(count=Count("user", distinct=True)).filter(count__gt=1)
    rows = Forecast.objects.filter(prediction__in=shared.values("prediction"))
    return set(rows.order_by().values_list("user_id", flat=True).distinct())


def hold(readers: list[User]) -> Held:
    """Lock in the order in which a vote does, the counts before the reader, so that nobody waits in a ring.

    Raises Meanwhile where something came in between that would have to be locked out of order.
    """
    votes = ClaimVote.objects.filter(user__in=readers).order_by().values_list("claim_id", flat=True).distinct()
    forecasts = Forecast.objects.filter(user__in=readers).order_by().values_list("prediction_id", flat=True).distinct()
    tallies, crowds = lock_tallies(votes), lock_crowds(forecasts)
    keys = {reader.pk for reader in readers}
    locked = User.objects.select_for_update().filter(pk__in=keys | scored_beside(readers)).order_by("pk")
    held = {row.pk: row for row in locked if row.pk in keys}
    if not (set(votes.all()) <= tallies.keys() and set(forecasts.all()) <= crowds.keys()):
        raise Meanwhile
    return Held(held, tallies, crowds)


def while_holding(readers: list[User], act: Callable[[Held], Result]) -> Result:
    """Do something to all that these readers gave, in one transaction; begun anew where one gives more meanwhile."""
    for _attempt in range(ATTEMPTS):
        try:
            with writing():
                return act(hold(readers))
        except Meanwhile:
            continue
    raise OperationalError("these readers never stop giving")
