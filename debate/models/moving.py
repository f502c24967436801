"""Which claims' votes go with moving to a side, computed by a run and kept as of then; each row can be recounted."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from debate.models.claims import Claim
from debate.models.insights import AboutClaims, InsightRun
from debate.models.motions import Motion, Side

KEPT = 0.1
"""Claims are told as going with moving where at most this share of those told may be expected to be chance."""


class MovingClaimQuerySet(AboutClaims["MovingClaim"]):
    def telling(self, motion: Motion, most: int) -> AboutClaims[MovingClaim]:
        """Of the run that is shown, the claims that go with moving most surely, but for the theses. One query."""
        thesis = Exists(Side.objects.filter(thesis=OuterRef("claim")))
        rows = self.filter(~thesis, run__motion=motion, run__shown=True, adjusted__lte=KEPT).of_visible_claims()
        return rows.with_claims().select_related("run", "side").order_by("chance", "claim", "side")[:most]


class MovingClaim(models.Model):
    """How readers who moved to a side answer a claim, beside those who could have and stayed where they were.

    Only where at least ten of both have answered it. `chance` is the p value of reasoning.swing, `adjusted` the same
    raised for how many claims were tried at once.
    """

    run = models.ForeignKey(InsightRun, on_delete=models.CASCADE, related_name="moving_claims")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="+", help_text="Moved to.")
    moved_agree = models.PositiveIntegerField()
    moved_disagree = models.PositiveIntegerField()
    stayed_agree = models.PositiveIntegerField()
    stayed_disagree = models.PositiveIntegerField()
    difference = models.FloatField()
    lower = models.FloatField()
    upper = models.FloatField()
    chance = models.FloatField()
    adjusted = models.FloatField()

    objects = MovingClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "claim", "side"], name="movingclaim_one_per_run_claim_and_side"),
            models.CheckConstraint(
                condition=Q(chance__gte=0, chance__lte=1, adjusted__gte=0, adjusted__lte=1),
                name="movingclaim_chances_are_probabilities",
            ),
        ]
        indexes = [models.Index(fields=["run", "chance"], name="movingclaim_in_order")]

    def __str__(self) -> str:
        return f"{self.side_id} · {self.claim_id}: {self.difference:.3f}"

    @property
    def moved(self) -> int:
        return self.moved_agree + self.moved_disagree

    @property
    def stayed(self) -> int:
        return self.stayed_agree + self.stayed_disagree
