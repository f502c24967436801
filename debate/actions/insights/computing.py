"""Compute the insights of a motion, and show them when all of their rows are there."""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from debate.actions.insights.crux import crux_claims
from debate.actions.insights.moving import moving_claims, pairs_of
from debate.actions.insights.opinion import describe, opinion_of, places_of
from debate.actions.insights.sources import answers_on, mark_of, sides_of_readers
from debate.actions.insights.strengths import claim_insights
from debate.actions.insights.support import keep_support
from debate.actions.writing import writing
from debate.models import Claim, ClaimInsight, CruxClaim, InsightRun, Motion, MovingClaim, ReaderPlace, User

BATCH = 2_000
"""Rows that are written at once: a reader who votes meanwhile waits for one batch, not for all."""

Told = TypeVar("Told", ClaimInsight, CruxClaim, MovingClaim)


class Made(NamedTuple):
    """A run with all of its rows, none of them stored yet."""

    run: InsightRun
    places: Sequence[ReaderPlace]
    claims: Sequence[ClaimInsight]
    crux: Sequence[CruxClaim]
    moving: Sequence[MovingClaim]


def shown_run(motion: Motion) -> InsightRun | None:
    return InsightRun.objects.shown().of_motion(motion).first()


def labels_of(run: InsightRun | None) -> dict[Hashable, int]:
    """The group of each reader whom a run has placed."""
    return dict(ReaderPlace.objects.filter(run=run).values_list("user", "group")) if run else {}


def make(motion: Motion, mark: str, before: InsightRun | None) -> Made:
    """What the votes and ballots of now make of a motion; groups keep the labels of the run before."""
    answers = answers_on(motion)
    opinion = opinion_of(answers, labels_of(before))
    run = InsightRun(motion=motion, mark=mark, voters=len(answers.readers), claims=len(answers.claims))
    describe(run, answers, opinion)
    return Made(
        run,
        list(places_of(run, answers, opinion)),
        list(claim_insights(run, answers, opinion)),
        list(crux_claims(run, answers, sides_of_readers(motion))),
        list(moving_claims(run, answers, pairs_of(motion))),
    )


def compute(*, motion: Motion, afresh: bool = False) -> InsightRun | None:
    """Count the motion's ballots and votes anew, if anything has changed since (or `afresh`): the run, None for none.

    Where nobody has voted or taken a side, what was computed before is taken away.
    """
    keep_support(motion)
    mark, before = mark_of(motion), shown_run(motion)
    if not mark:
        forget(InsightRun.objects.of_motion(motion))
        return None
    if before is not None and before.mark == mark and not afresh:
        return None
    return store(make(motion, mark, before))


def store(made: Made) -> InsightRun:
    """Write the rows batch by batch, then show them all at once in the place of those before."""
    run = made.run
    with writing():
        run.save()
    for start in range(0, len(made.places), BATCH):
        with writing():
            ReaderPlace.objects.bulk_create(still_here(made.places[start : start + BATCH]))
    for start in range(0, len(made.claims), BATCH):
        with writing():
            ClaimInsight.objects.bulk_create(still_claimed(made.claims[start : start + BATCH]))
            CruxClaim.objects.bulk_create(still_claimed(made.crux[start : start + BATCH]))
    for start in range(0, len(made.moving), BATCH):
        with writing():
            MovingClaim.objects.bulk_create(still_claimed(made.moving[start : start + BATCH]))
    others = InsightRun.objects.of_motion(run.motion).exclude(pk=run.pk)
    old = list(others.done_with())
    with writing():
        others.update(shown=False)
        InsightRun.objects.filter(pk=run.pk).update(shown=True)
    run.shown = True
    forget(old)
    return run


def still_here(places: Sequence[ReaderPlace]) -> list[ReaderPlace]:
    """The places without those of readers who have gone meanwhile."""
    keys = User.objects.filter(pk__in=[place.user_id for place in places]).values_list("pk", flat=True)
    here = set(keys)
    return [place for place in places if place.user_id in here]


def still_claimed(rows: Sequence[Told]) -> list[Told]:
    """The rows without those of claims that a curator has deleted meanwhile."""
    here = set(Claim.objects.filter(pk__in=[row.claim_id for row in rows]).values_list("pk", flat=True))
    return [row for row in rows if row.claim_id in here]


def forget(runs: Iterable[InsightRun]) -> None:
    """Delete runs that are not shown any more, row by row in batches for the same reason."""
    for run in runs:
        for sort in (ReaderPlace, ClaimInsight, CruxClaim, MovingClaim):
            while keys := list(sort.objects.filter(run=run).values_list("pk", flat=True)[:BATCH]):
                with writing():
                    sort.objects.filter(pk__in=keys).delete()
        with writing():
            run.delete()
