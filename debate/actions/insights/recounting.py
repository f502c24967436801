"""Compute insights again, compare them with what is stored, and repair it."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Model

from debate.actions.insights.computing import compute, make
from debate.actions.insights.sources import mark_of
from debate.actions.insights.support import by_key, support_of
from debate.actions.recounting import Difference, same
from debate.models import ClaimInsight, CruxClaim, InsightRun, Motion, MovingClaim, ReaderPlace, SupportDay

TOLD = ("voters", "readers", "claims", "groups", "dots")


def wrong_insights() -> Iterator[Difference]:
    """Motions whose insights are not what the votes they were computed from make, each with how many rows differ.

    Where votes, ballots or relations have changed since, there is nothing to compare: the next computation is due.
    """
    for run in InsightRun.objects.shown().select_related("motion").order_by("motion"):
        if run.mark == mark_of(run.motion):
            wrong = differing(run)
            if any(wrong.values()):
                yield Difference("insights of motion", run.motion_id, wrong, dict.fromkeys(wrong, 0))


def differing(run: InsightRun) -> dict[str, int]:
    """How many rows of each sort are not as they come out now."""
    made = make(run.motion, run.mark, run)
    return {
        "runs": int(not alike([getattr(run, name) for name in TOLD], [getattr(made.run, name) for name in TOLD])),
        "places": unlike(ReaderPlace.objects.filter(run=run), made.places, "user_id"),
        "claims": unlike(ClaimInsight.objects.filter(run=run), made.claims, "claim_id"),
        "crux claims": unlike(CruxClaim.objects.filter(run=run), made.crux, "claim_id"),
        "moving claims": unlike(MovingClaim.objects.filter(run=run), made.moving, "claim_id", "side_id"),
        "days of support": unlike_days(run.motion),
    }


def unlike(stored: Iterable[Model], counted: Sequence[Model], *keys: str) -> int:
    """How many rows are missing, too many or different, by the columns that tell them apart."""
    held: dict[Hashable, Model] = {tuple(getattr(row, key) for key in keys): row for row in stored}
    made: dict[Hashable, Model] = {tuple(getattr(row, key) for key in keys): row for row in counted}
    both = held.keys() & made.keys()
    return len(held.keys() ^ made.keys()) + sum(not alike(told(held[one]), told(made[one])) for one in both)


def told(row: Model) -> dict[str, Any]:
    """The columns of a row, without those that say only which row of which run it is."""
    fields = [field.attname for field in row._meta.concrete_fields if field.attname not in {"id", "run_id"}]
    return {name: getattr(row, name) for name in fields}


def unlike_days(motion: Motion) -> int:
    held, made = by_key(SupportDay.objects.of_motion(motion)), by_key(support_of(motion))
    wrong = sum(held[day].readers != made[day].readers for day in held.keys() & made.keys())
    return len(held.keys() ^ made.keys()) + wrong


def alike(one: Any, other: Any) -> bool:
    """Equal, or made of the same parts but for the rounding of floats."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return same(one, other)


def recount_insights(*, motion: int) -> None:
    """Compute the insights of the motion with this key again, whether or not anything has changed."""
    compute(motion=Motion.objects.get(pk=motion), afresh=True)


def miscounted_runs() -> Iterator[InsightRun]:
    """Shown runs whose groups or dots do not hold every reader whom they say they have placed."""
    for run in InsightRun.objects.shown().order_by("pk").iterator(200):
        grouped, drawn = sum(group["readers"] for group in run.groups), sum(dot[-1] for dot in run.dots)
        placed = run.readers if run.groups else 0
        if (grouped, drawn) != (placed, placed):
            yield run
