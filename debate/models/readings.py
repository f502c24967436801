"""What essays and claims lead one to expect of predictions, and which yes implies another's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from debate.models.authored import Authored, Status
from debate.models.claims import Claim
from debate.models.essays import Essay
from debate.models.history import HistoricalRecords
from debate.models.people import User
from debate.models.predictions import Prediction


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible(self) -> ReadingQuerySet:
        return self.filter(
            Exists(Essay.objects.visible().filter(pk=OuterRef("essay"))),
            Exists(Prediction.objects.visible().filter(pk=OuterRef("prediction"))),
        )

    def of_prediction(self, prediction: Prediction) -> ReadingQuerySet:
        return self.filter(prediction=prediction)

    def on_any(self, predictions: Iterable[Prediction]) -> ReadingQuerySet:
        return self.filter(prediction__in=[prediction.pk for prediction in predictions])

    def of_sided_essays(self) -> ReadingQuerySet:
        """Each with its essay and that one's side, without its text."""
        essay = [f"essay__{name}" for name in ("summary", "summary_blocks", "source_note")]
        return self.select_related("essay__side").defer(*essay)

    def of_essays(self, keys: Iterable[int]) -> ReadingQuerySet:
        """Readings of the essays of these keys, each with its prediction. One query."""
        shown = {"prediction__status": Status.PUBLISHED, "prediction__essay__status": Status.PUBLISHED}
        rows = self.filter(essay__in=keys, prediction__motion=F("essay__motion"), **shown)
        return rows.select_related("prediction").defer("prediction__criteria", "prediction__criteria_html")

    def with_facts(self) -> ReadingQuerySet:
        return (
            self.select_related("essay__side", "prediction").prefetch_related("essay__authors").order_by("-high", "pk")
        )

    def get_by_natural_key(self, essay: str, prediction: str) -> Reading:
        return self.get(essay__slug=essay, prediction__slug=prediction)


class Reading(Authored):
    """What a curator takes an essay's wording to imply for a prediction, as a range of probability."""

    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="readings", verbose_name=_("essay"))
    prediction = models.ForeignKey(
        Prediction, on_delete=models.CASCADE, related_name="readings", verbose_name=_("prediction")
    )
    low = models.FloatField(_("from"), help_text=_("A probability, 0.01 to 0.99."))
    high = models.FloatField(_("to"), help_text=_("A probability, 0.01 to 0.99."))
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    paragraph = models.PositiveSmallIntegerField(_("paragraph"))
    note = models.CharField(_("note"), max_length=400)
    history = HistoricalRecords()

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.UniqueConstraint(
                fields=["essay", "prediction"],
                name="reading_one_per_essay_and_prediction",
                violation_error_message=_("This essay has a reading for this prediction already."),
            ),
            models.CheckConstraint(
                condition=Q(low__gte=0.01, high__lte=0.99, low__lte=F("high")),
                name="reading_is_a_range_of_probability",
                violation_error_message=_("A reading runs from a lower to a higher probability, 0.01 to 0.99."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low:.0%}–{self.high:.0%} · {self.prediction}"

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.key_of("essay"), *self.key_of("prediction"))


class BearingQuerySet(models.QuerySet["Bearing"]):
    def visible(self) -> BearingQuerySet:
        return self.filter(
            Exists(Claim.objects.visible().filter(pk=OuterRef("claim"))),
            Exists(Prediction.objects.visible().filter(pk=OuterRef("prediction"))),
        )

    def of_prediction(self, prediction: Prediction) -> BearingQuerySet:
        return self.filter(prediction=prediction).select_related("claim__side", "claim__standing")

    def of_predictions(self, predictions: Iterable[Prediction]) -> BearingQuerySet:
        """Each with its claim, by the claim's slug."""
        return self.filter(prediction__in=list(predictions)).select_related("claim").order_by("claim__slug")

    def of_claim(self, claim: Claim) -> BearingQuerySet:
        return self.filter(claim=claim).select_related("prediction")

    def answered_by(self, reader: User) -> BearingQuerySet:
        """Those of claims that the reader agrees or disagrees with, on open predictions that they have a forecast on.

        Each with `my_answer` and `my_probability`, its claim and its prediction. One query.
        """
        vote = FilteredRelation("claim__votes", condition=Q(claim__votes__user=reader))
        standing = Q(prediction__forecasts__user=reader, prediction__forecasts__ended_at__isnull=True)
        forecast = FilteredRelation("prediction__forecasts", condition=standing)
        told = {"my_answer": F("vote__value"), "my_probability": F("forecast__probability")}
        rows = self.annotate(vote=vote, forecast=forecast).annotate(**told)
        given = rows.filter(vote__value__in=["agree", "disagree"], forecast__isnull=False)
        open_now = given.filter(prediction__in=Prediction.objects.open())
        return open_now.select_related("claim", "prediction").order_by("pk")

    def get_by_natural_key(self, claim: str, prediction: str) -> Bearing:
        return self.get(claim__slug=claim, prediction__slug=prediction)


class Bearing(Authored):
    """Which outcome of a prediction a claim leads one to expect."""

    my_answer: str  # these two by answered_by()
    my_probability: float

    class Outcome(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="bearings", verbose_name=_("claim"))
    prediction = models.ForeignKey(
        Prediction, on_delete=models.CASCADE, related_name="bearings", verbose_name=_("prediction")
    )
    outcome = models.CharField(_("outcome to expect"), max_length=3, choices=Outcome)
    rationale = models.CharField(_("why"), max_length=400)
    history = HistoricalRecords()

    objects = BearingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bearing")
        verbose_name_plural = _("bearings")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "prediction"],
                name="bearing_one_per_claim_and_prediction",
                violation_error_message=_("This claim bears on this prediction already."),
            ),
            models.CheckConstraint(condition=Q(outcome__in=["yes", "no"]), name="bearing_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.claim} → {self.outcome}: {self.prediction}"

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.key_of("claim"), *self.key_of("prediction"))


class EntailmentQuerySet(models.QuerySet["Entailment"]):
    def visible(self) -> EntailmentQuerySet:
        shown = Prediction.objects.visible()
        return self.filter(premise__in=shown, conclusion__in=shown)

    def about(self, prediction: Prediction) -> EntailmentQuerySet:
        """Entailments from the prediction and to it, with both ends."""
        return self.filter(Q(premise=prediction) | Q(conclusion=prediction)).select_related("premise", "conclusion")

    def forecast_by(self, reader: User) -> EntailmentQuerySet:
        """Those between unresolved predictions, one of them open at least, with the reader's forecast on both.

        Each with both ends, and `premise_probability` and `conclusion_probability`. One query.
        """
        rows, told = self, {}
        for end in ("premise", "conclusion"):
            standing = Q(**{f"{end}__forecasts__user": reader, f"{end}__forecasts__ended_at__isnull": True})
            rows = rows.annotate(**{f"my_{end}": FilteredRelation(f"{end}__forecasts", condition=standing)})
            rows = rows.filter(**{f"my_{end}__isnull": False, f"{end}__resolution": ""})
            told[f"{end}_probability"] = F(f"my_{end}__probability")
        open_now = Q(premise__in=Prediction.objects.open()) | Q(conclusion__in=Prediction.objects.open())
        return rows.filter(open_now).annotate(**told).select_related("premise", "conclusion").order_by("pk")

    def get_by_natural_key(self, premise: str, conclusion: str) -> Entailment:
        return self.get(premise__slug=premise, conclusion__slug=conclusion)


class Entailment(Authored):
    """That one prediction's yes implies another's."""

    premise_probability: float  # these two by forecast_by()
    conclusion_probability: float

    premise = models.ForeignKey(Prediction, on_delete=models.CASCADE, related_name="implies", verbose_name=_("if"))
    conclusion = models.ForeignKey(
        Prediction, on_delete=models.CASCADE, related_name="implied_by", verbose_name=_("then")
    )
    rationale = models.CharField(_("why"), max_length=400)
    history = HistoricalRecords()

    objects = EntailmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("entailment")
        verbose_name_plural = _("entailments")
        constraints = [
            models.UniqueConstraint(
                fields=["premise", "conclusion"],
                name="entailment_once",
                violation_error_message=_("This entailment is marked already."),
            ),
            models.CheckConstraint(
                condition=~Q(premise=F("conclusion")),
                name="entailment_of_another",
                violation_error_message=_("A prediction does not entail itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.premise} → {self.conclusion}"

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.key_of("premise"), *self.key_of("conclusion"))
