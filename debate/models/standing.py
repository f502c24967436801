"""What the graph makes of claims and counterpoints: derived when the corpus changes, and recountable."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from debate.models.claims import Claim
from debate.models.motions import Motion
from debate.models.relations import Relation


class ClaimStanding(models.Model):
    """How much hangs on a claim, what answers it, and who speaks to it, as a list shows it."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="+")
    central = models.PositiveIntegerField(_("central"), default=0)
    loose = models.BooleanField(_("loose"), default=True)
    supports = models.PositiveIntegerField(_("supports"), default=0)
    counterpoints = models.PositiveIntegerField(_("counterpoints"), default=0)
    unanswered = models.PositiveIntegerField(_("unanswered counterpoints"), default=0)
    strength = models.FloatField(_("structural strength"), default=0.5)
    voices = models.JSONField(default=list, help_text="[author's short name, stance], in the order written")

    class Meta:
        indexes = [
            models.Index(fields=["motion", "-central"], name="standing_central"),
            models.Index(fields=["motion", "-strength"], name="standing_strength"),
            models.Index(fields=["motion", "-unanswered", "-central"], name="standing_unanswered"),
        ]

    def __str__(self) -> str:
        return f"{self.central} · {self.claim_id}"


class CounterpointStanding(models.Model):
    """Whether something visible answers a counterpoint."""

    relation = models.OneToOneField(Relation, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    answered = models.BooleanField(_("answered"), default=False)

    def __str__(self) -> str:
        return str(_("answered") if self.answered else _("unanswered"))
