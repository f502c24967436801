"""Count again what votes, forecasts and relations add up to, compare it with what is stored, and repair it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose
from typing import Any

from django.db.models import Count, Model, Q
from django.utils import timezone

from debate.actions.corpus import refresh, standings_of
from debate.actions.forecasting import count_crowd, lock_crowd
from debate.actions.tallying import COUNTED, COUNTS, rank
from debate.actions.voting import lock_tally
from debate.actions.writing import writing
from debate.models import (
    Claim,
    ClaimStanding,
    ClaimTally,
    CounterpointStanding,
    Forecast,
    Motion,
    Prediction,
    PredictionCrowd,
    User,
)

BATCH = 2_000
GROUPED = {
    "member": Q(votes__user__kind=User.Kind.MEMBER),
    "guest": Q(votes__user__kind=User.Kind.GUEST),
    "returning": Q(votes__user__kind=User.Kind.GUEST, votes__user__returned=True),
}
NUMBERS = ["median", "lower", "upper", "geometric_mean_odds"]


@dataclass(frozen=True)
class Difference:
    """A derived row, by what it is derived for, that says something else than a recount."""

    of: str
    key: int
    stored: Mapping[str, Any]
    counted: Mapping[str, Any]

    def __str__(self) -> str:
        told = [
            f"{name} {self.stored.get(name)}, counted {value}"
            for name, value in self.counted.items()
            if not same(self.stored.get(name), value)
        ]
        return f"{self.of} {self.key}: {'; '.join(told) or 'not to be there'}"


def same(one: Any, other: Any, close: float = 1e-12) -> bool:
    """Equal, or floats that differ by rounding alone; `close`: by how much they may around nought."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-9, abs_tol=close)
    return bool(one == other)


def differs(stored: Mapping[str, Any], counted: Mapping[str, Any], close: float = 1e-12) -> bool:
    return any(not same(stored.get(name), value, close) for name, value in counted.items())


# Tallies.


def ranked(counts: Mapping[str, int]) -> dict[str, Any]:
    """What a tally says of these counts."""
    tally = ClaimTally(**counts)
    rank(tally)
    return {**counts, "top": tally.top, "contested": tally.contested}


def votes_counted() -> dict[str, Count]:
    """For each count of a tally, how the database makes it of a claim's votes."""
    return {
        f"counted_{group}_{value}": Count("votes", filter=Q(among, votes__value=value))
        for group, among in GROUPED.items()
        for value in COUNTED
    }


def batches_of_claims() -> Iterator[tuple[int, int]]:
    """The first and last key of each batch, in order."""
    last = 0
    while keys := list(Claim.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = keys[-1]
        yield keys[0], last


def wrong_tallies() -> Iterator[Difference]:
    """Claims whose tally is not what their votes add up to, in batches of claims, each counted in one statement."""
    stored = [f"tally__{name}" for name in (*COUNTS, "top", "contested")]
    kept = Claim.objects.exclude(status=Claim.Status.MERGED)
    rows = kept.order_by("pk").values("pk", *stored).annotate(**votes_counted())
    for bounds in batches_of_claims():
        for row in rows.filter(pk__range=bounds):
            held = {name.removeprefix("tally__"): row[name] for name in stored}
            counted = ranked({name: row[f"counted_{name}"] for name in COUNTS})
            if differs(held, counted):
                yield Difference("claim", row["pk"], held, counted)


def recount_tally(*, claim: int) -> None:
    """Make the tally of the claim with this key what its votes add up to, while nobody votes on it."""
    with writing():
        tally = lock_tally(Claim.objects.get(pk=claim))
        counts = Claim.objects.filter(pk=claim).aggregate(**votes_counted())
        for name in COUNTS:
            setattr(tally, name, counts[f"counted_{name}"])
        rank(tally)
        tally.save()


# Crowds.


def counted_crowd(prediction: int) -> PredictionCrowd:
    """The crowd as its forecasts make it, not stored."""
    crowd = PredictionCrowd(prediction_id=prediction)
    crowd.forecasters = Forecast.objects.current().filter(prediction=prediction).count()
    count_crowd(crowd, timezone.now())
    return crowd


def numbers_of(crowd: PredictionCrowd | None) -> dict[str, Any]:
    return {name: getattr(crowd, name) for name in ("forecasters", *NUMBERS)} if crowd else {}


def crowd_difference(prediction: Prediction) -> Difference | None:
    stored = PredictionCrowd.objects.filter(prediction=prediction).first()
    held, counted = numbers_of(stored), numbers_of(counted_crowd(prediction.pk))
    return Difference("prediction", prediction.pk, held, counted) if differs(held, counted) else None


def wrong_crowds() -> Iterator[Difference]:
    """Predictions whose crowd's number is not what their forecasts make; a doubt is settled while nobody forecasts."""
    for prediction in Prediction.objects.only("pk").order_by("pk").iterator(BATCH):
        if crowd_difference(prediction) is None:
            continue
        with writing():
            list(PredictionCrowd.objects.select_for_update().filter(prediction=prediction))
            found = crowd_difference(prediction)
        if found is not None:
            yield found


def recount_crowd(*, prediction: int) -> None:
    """Make the crowd of the prediction with this key what its forecasts make, while nobody forecasts on it."""
    with writing():
        held = lock_crowd(Prediction.objects.get(pk=prediction))
        held.forecasters = Forecast.objects.current().filter(prediction=prediction).count()
        count_crowd(held, timezone.now())
        held.save()


# Standings.


def columns_of(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def compared(of: str, stored: Mapping[int, Model], counted: Mapping[int, Model]) -> Iterator[Difference]:
    for key in sorted(stored.keys() | counted.keys()):
        held = columns_of(stored[key]) if key in stored else {}
        made = columns_of(counted[key]) if key in counted else {}
        if not made or differs(held, made):
            yield Difference(of, key, held, made)


def wrong_standings_of(motion: Motion) -> Iterator[Difference]:
    claims, points = standings_of(motion)
    stored = {row.pk: row for row in ClaimStanding.objects.filter(motion=motion)}
    yield from compared("claim", stored, {row.pk: row for row in claims})
    held = {row.pk: row for row in CounterpointStanding.objects.filter(relation__source__motion=motion)}
    yield from compared("counterpoint", held, {row.pk: row for row in points})


def wrong_standings() -> Iterator[Difference]:
    """Claims and counterpoints whose standing is not what their motion's graph makes of them, motion by motion."""
    for motion in Motion.objects.order_by("pk").iterator(BATCH):
        yield from wrong_standings_of(motion)


def recount_standings(*, motion: Motion) -> None:
    """Derive the standings of a motion again."""
    refresh(motion)
