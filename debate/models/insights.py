"""What readers' votes make of a motion, computed by a command and kept as of then; each row can be recounted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from debate.models.claims import Claim
from debate.models.motions import Motion, Side
from debate.models.people import User

Row = TypeVar("Row", bound=models.Model)
FEWEST = 15
"""Readers with votes enough to be placed, below which it is too early to speak of groups."""

GIVEN_UP = timedelta(hours=6)
"""How long after its beginning a run that is not shown has failed."""


class InsightRunQuerySet(models.QuerySet["InsightRun"]):
    def of_motion(self, motion: Motion) -> InsightRunQuerySet:
        return self.filter(motion=motion)

    def shown(self) -> InsightRunQuerySet:
        """The one of each motion that is complete and the newest."""
        return self.filter(shown=True)

    def done_with(self) -> InsightRunQuerySet:
        """Those that are shown, and those given up: a run that is still being written is neither."""
        return self.filter(Q(shown=True) | Q(computed_at__lt=timezone.now() - GIVEN_UP))

    def with_place_of(self, reader: User | None) -> InsightRunQuerySet:
        """Each with `my_group`, `my_x` and `my_y`: where it put this reader, None where it did not."""
        mine = ReaderPlace.objects.filter(run=models.OuterRef("pk"), user=reader)
        return self.annotate(**{f"my_{name}": models.Subquery(mine.values(name)[:1]) for name in ("group", "x", "y")})


class InsightRun(models.Model):
    """One computation over all votes and ballots of a motion. A new one is shown when all of its rows are there.

    `mark` tells the votes, ballots and relations it was made from: where it is the same, there is nothing to compute.
    `groups` has a row for each: its `label`; `readers`, how many; `x` and `y`, the middle of their places; `claims`,
    what sets them apart, as reasoning.opinion tells it, by the claim's key. `dots` are places on the map, rounded so
    that equal ones fall together: x, y, group, how many.
    """

    my_group: int | None  # by with_place_of()
    my_x: float | None
    my_y: float | None

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="insight_runs")
    mark = models.CharField(max_length=64)
    computed_at = models.DateTimeField(default=timezone.now)
    shown = models.BooleanField(default=False)
    voters = models.PositiveIntegerField(default=0, help_text="Readers with a vote on a visible claim.")
    readers = models.PositiveIntegerField(default=0, help_text="Those of them with votes enough to be placed.")
    claims = models.PositiveIntegerField(default=0, help_text="Visible claims with a vote.")
    groups = models.JSONField(default=list)
    dots = models.JSONField(default=list)

    objects = InsightRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["motion"], condition=Q(shown=True), name="insightrun_one_shown_per_motion"),
            models.CheckConstraint(condition=Q(readers__lte=F("voters")), name="insightrun_places_voters_only"),
        ]

    def __str__(self) -> str:
        return f"{self.motion_id} · {self.computed_at:%Y-%m-%d %H:%M}"


class ReaderPlace(models.Model):
    """Where a run puts a reader: on the map, and into which group."""

    run = models.ForeignKey(InsightRun, on_delete=models.CASCADE, related_name="places")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    group = models.PositiveSmallIntegerField()
    x = models.FloatField()
    y = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "user"], name="readerplace_one_per_run_and_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.group}"


class AboutClaims(models.QuerySet[Row]):
    def of_visible_claims(self) -> AboutClaims[Row]:
        """A claim that readers cannot see any more is left out, whatever was computed of it."""
        return self.filter(Exists(Claim.objects.visible().filter(pk=OuterRef("claim"))))

    def with_claims(self) -> AboutClaims[Row]:
        return self.select_related("claim__side", "claim__standing")


class ClaimInsightQuerySet(AboutClaims["ClaimInsight"]):
    def of_motion(self, motion: Motion) -> ClaimInsightQuerySet:
        """By the run that is shown."""
        return self.filter(run__motion=motion, run__shown=True)

    def strengths(self, claims: Iterable[int]) -> dict[int, float]:
        """By claim, of those of these keys. One query."""
        return dict(self.filter(claim__in=claims).values_list("claim", "strength"))

    def telling(self, run: InsightRun, each: int, named: Iterable[int]) -> AboutClaims[ClaimInsight]:
        """Whatever the page of insights tells of single claims: one query.

        The first so many across groups, between them, moved up or down by votes, and contested; theses; claims named.
        """
        rows = self.filter(run=run).of_visible_claims()
        grouped = rows.filter(consensus__isnull=False)
        orders = [
            grouped.order_by("-consensus", "claim"),
            grouped.order_by("-division", "claim"),
            rows.order_by("-moved", "claim"),
            rows.order_by("moved", "claim"),
            rows.filter(claim__tally__contested__gt=0).order_by("-claim__tally__contested", "claim"),
        ]
        theses = Side.objects.filter(motion=run.motion_id, thesis__isnull=False).values("thesis")
        wanted = Q(claim__in=theses) | Q(claim__in=list(named))
        for order in orders:
            wanted |= Q(pk__in=order.values("pk")[:each])
        return rows.filter(wanted).with_claims().select_related("claim__tally")


class CruxClaimQuerySet(AboutClaims["CruxClaim"]):
    def foremost(self, run: InsightRun, count: int) -> AboutClaims[CruxClaim]:
        """Those on which the sides differ most surely, but for the theses, which make them sides. One query."""
        thesis = Exists(Side.objects.filter(thesis=OuterRef("claim")))
        rows = self.filter(~thesis, run=run, lower__gt=0).of_visible_claims().with_claims()
        rows = rows.select_related("side", "other")
        return rows.order_by("-lower", "claim")[:count]


class SupportDayQuerySet(models.QuerySet["SupportDay"]):
    def of_motion(self, motion: Motion) -> SupportDayQuerySet:
        return self.filter(motion=motion)

    def in_order(self) -> SupportDayQuerySet:
        return self.order_by("day", "side__position")


class ClaimInsight(models.Model):
    """What a run makes of one visible claim: its strength by votes, and how the groups stand to it."""

    run = models.ForeignKey(InsightRun, on_delete=models.CASCADE, related_name="claim_insights")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="insights")
    strength = models.FloatField(help_text="By votes: every base (agree+1)/(agree+disagree+2).")
    moved = models.FloatField(help_text="Strength by votes less structural strength.")
    consensus = models.FloatField(null=True, help_text="Across groups; none where there are none.")
    division = models.FloatField(null=True, help_text="The largest share that agrees in a group less the smallest.")
    shares = models.JSONField(default=list, help_text="The share that agrees in each group.")

    objects = ClaimInsightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "claim"], name="claiminsight_one_per_run_and_claim"),
        ]
        indexes = [
            models.Index(fields=["run", "-consensus"], name="claiminsight_consensus"),
            models.Index(fields=["run", "-division"], name="claiminsight_division"),
            models.Index(fields=["run", "-strength"], name="claiminsight_strength"),
            models.Index(fields=["run", "-moved"], name="claiminsight_moved"),
        ]

    def __str__(self) -> str:
        return f"{self.strength:.3f} · {self.claim_id}"


class CruxClaim(models.Model):
    """How readers of two sides answer a claim on which at least ten of each have taken one.

    Of more than two sides, the pair that differs most surely. `lower` is the lower bound of the difference.
    """

    run = models.ForeignKey(InsightRun, on_delete=models.CASCADE, related_name="crux_claims")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="+", help_text="Whose readers agree more.")
    other = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="+")
    agree = models.PositiveIntegerField()
    disagree = models.PositiveIntegerField()
    other_agree = models.PositiveIntegerField()
    other_disagree = models.PositiveIntegerField()
    difference = models.FloatField()
    lower = models.FloatField()

    objects = CruxClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "claim"], name="cruxclaim_one_per_run_and_claim"),
        ]
        indexes = [models.Index(fields=["run", "-lower"], name="cruxclaim_in_order")]

    def __str__(self) -> str:
        return f"{self.difference:.3f} · {self.claim_id}"

    @property
    def answers(self) -> int:
        return self.agree + self.disagree

    @property
    def other_answers(self) -> int:
        return self.other_agree + self.other_disagree


class SupportDay(models.Model):
    """How many readers' ballots stood for a side (none: undecided) at the end of a day, in UTC.

    Each ballot counts from the day it was last given; one after reading takes the place of the one before. Kept for
    the days on which that changed something.
    """

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="support_days")
    day = models.DateField()
    side = models.ForeignKey(Side, on_delete=models.CASCADE, null=True, related_name="+")
    readers = models.PositiveIntegerField()

    objects = SupportDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["motion", "day", "side"], condition=Q(side__isnull=False), name="supportday_one_per_side"
            ),
            models.UniqueConstraint(
                fields=["motion", "day"], condition=Q(side__isnull=True), name="supportday_one_undecided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.readers}"
