"""What each essay does with each claim, and the places that show it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from debate.models.authored import Authored, Status
from debate.models.claims import Claim
from debate.models.essays import Essay, EssayQuerySet, order_written
from debate.models.history import HistoricalRecords
from debate.models.motions import Motion


class StanceKind(models.TextChoices):
    ASSERTS = "asserts", _("asserts")
    DENIES = "denies", _("denies")
    QUALIFIES = "qualifies", _("qualifies")
    CONCEDES = "concedes", _("concedes")
    REPORTS = "reports", _("reports")


COUNTERING = (StanceKind.DENIES, StanceKind.QUALIFIES)


class StanceQuerySet(models.QuerySet["Stance"]):
    def visible(self) -> StanceQuerySet:
        """Of visible essays, on published claims; by joins, for SQLite would list all essays for each claim."""
        shown = {"essay__status": Status.PUBLISHED, "essay__motion__status": Status.PUBLISHED}
        return self.filter(claim__status=Claim.Status.PUBLISHED, **shown)

    def of_essays(self, essays: EssayQuerySet) -> StanceQuerySet:
        return self.filter(essay__in=essays)

    def of_essay(self, essay: Essay) -> StanceQuerySet:
        return self.filter(essay=essay)

    def of_motion(self, motion: Motion) -> StanceQuerySet:
        return self.filter(claim__motion=motion)

    def on(self, claim: Claim) -> StanceQuerySet:
        return self.filter(claim=claim)

    def countering(self) -> StanceQuerySet:
        """Stances that answer the counterpoints which come from their claim."""
        return self.filter(kind__in=COUNTERING)

    def first_entered(self) -> dict[int, datetime]:
        """When the first of these stances on each claim was entered, by the claim's key. One query."""
        return dict(self.order_by().values_list("claim").annotate(first=models.Min("created_at")))

    def on_any(self, claims: Iterable[int]) -> StanceQuerySet:
        return self.filter(claim__in=claims)

    def without_passage(self) -> StanceQuerySet:
        """Stances that no place in the essay shows yet."""
        return self.filter(passages__isnull=True)

    def with_passages(self) -> StanceQuerySet:
        passages = Passage.objects.order_by("number", "pk")
        return self.select_related("essay", "claim__side").prefetch_related(
            models.Prefetch("passages", passages), "essay__authors"
        )

    def shown(self) -> StanceQuerySet:
        """Stances that a place in the essay shows."""
        return self.filter(Exists(Passage.objects.filter(stance=OuterRef("pk"))))

    def with_claims(self) -> StanceQuerySet:
        """What a list of one author's stances shows of each claim."""
        return self.select_related("claim__side", "claim__standing")

    def for_essay_page(self) -> StanceQuerySet:
        """The claims of one essay with the places that show them, as a reader of the essay meets them. Two queries."""
        passages = Passage.objects.order_by("number", "pk")
        return self.with_claims().prefetch_related(models.Prefetch("passages", passages)).in_order_read()

    def for_workbench(self) -> StanceQuerySet:
        """With the claim, whether that reaches a thesis, and the passages in the order of the essay. Two queries."""
        passages = Passage.objects.order_by("number", "pk")
        return self.select_related("claim__side", "claim__standing").prefetch_related(
            models.Prefetch("passages", passages)
        )

    def for_positions(self) -> models.QuerySet[Stance, Any]:
        """Key, essay, claim, kind; of the claim the side it favours, the side whose thesis it is, how central it is."""
        of_claim = ("claim__side", "claim__thesis_of", "claim__standing__central")
        return self.order_by("pk").values_list("pk", "essay", "claim", "kind", *of_claim)

    def in_order_written(self) -> StanceQuerySet:
        return self.order_by(*order_written("essay__"), "essay__title", "pk")

    def by_each_author(self) -> models.QuerySet[Stance, Any]:
        """The claim's key, an author's short name and the stance, once for each author of the essay, as written."""
        return self.in_order_written().values_list("claim", "essay__authors__short_name", "kind")

    def in_order_read(self) -> StanceQuerySet:
        """As a reader of the essay meets them."""
        return self.annotate(first_number=models.Min("passages__number")).order_by("first_number", "pk")

    def get_by_natural_key(self, essay: str, claim: str) -> Stance:
        return self.get(essay__slug=essay, claim__slug=claim)


class Stance(Authored):
    """What one essay, all considered, does with one claim. No stance: the essay is silent."""

    Kind = StanceKind

    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="stances", verbose_name=_("essay"))
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="stances", verbose_name=_("claim"))
    kind = models.CharField(_("stance"), max_length=9, choices=StanceKind)
    history = HistoricalRecords()

    objects = StanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("stance")
        verbose_name_plural = _("stances")
        constraints = [
            models.UniqueConstraint(
                fields=["essay", "claim"],
                name="stance_one_per_essay_and_claim",
                violation_error_message=_("This essay has a stance on this claim already."),
            ),
            models.CheckConstraint(condition=Q(kind__in=StanceKind.values), name="stance_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.essay} {self.get_kind_display()}: {self.claim}"

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.key_of("essay"), *self.key_of("claim"))


class PassageQuerySet(models.QuerySet["Passage"]):
    def visible(self) -> PassageQuerySet:
        return self.filter(Exists(Stance.objects.visible().filter(pk=OuterRef("stance"))))

    def on(self, claim: Claim) -> PassageQuerySet:
        """Passages that show what essays do with the claim, each with its stance, as the essays run. One query."""
        return self.filter(stance__claim=claim).select_related("stance").order_by("stance", "number", "pk")

    def showing(self, stances: Iterable[int]) -> PassageQuerySet:
        """Passages of the stances of these keys, as the essays run."""
        return self.filter(stance__in=stances).order_by("stance", "number", "pk")

    def with_claims(self) -> PassageQuerySet:
        return self.select_related("stance__claim__side")

    def of_essay(self, essay: Essay) -> PassageQuerySet:
        return self.filter(stance__essay=essay)

    def get_by_natural_key(self, essay: str, claim: str, number: int) -> Passage:
        return self.get(stance__essay__slug=essay, stance__claim__slug=claim, number=number)


class Passage(Authored):
    """A place in an essay that shows a stance, told in our own words."""

    stance = models.ForeignKey(Stance, on_delete=models.CASCADE, related_name="passages", verbose_name=_("stance"))
    number = models.PositiveIntegerField(_("number"), help_text=_("Its running order in the essay."))
    heading = models.CharField(_("heading"), max_length=200, blank=True, help_text=_("Empty before the first heading."))
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), help_text=_("Counted under that heading, from 1."))
    gist = models.CharField(_("gist"), max_length=400, help_text=_("What is said there, in our own words."))
    kind = models.CharField(_("stance taken there"), max_length=9, choices=StanceKind)
    speaker = models.CharField(
        _("speaker"), max_length=120, blank=True, help_text=_("If the words are somebody else's.")
    )
    quote = models.TextField(_("quote"), blank=True, help_text=_("Verbatim, short, and only with the right to it."))
    history = HistoricalRecords()

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            models.UniqueConstraint(
                fields=["stance", "number"],
                name="passage_number_unique_in_stance",
                violation_error_message=_("Another passage of this stance has the same number."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="reports") | ~Q(speaker=""),
                name="passage_report_names_its_speaker",
                violation_error_message=_("Who is reported? Name the speaker."),
            ),
            models.CheckConstraint(
                condition=Q(paragraph__gte=1) & ~Q(gist=""),
                name="passage_has_a_place_and_a_gist",
                violation_error_message=_("A passage needs a paragraph, counted from 1, and a gist."),
            ),
            models.CheckConstraint(condition=Q(kind__in=StanceKind.values), name="passage_kind_known"),
        ]

    def __str__(self) -> str:
        return self.gist

    @property
    def mark_version(self) -> str:
        """Another one whenever somebody has saved the passage, its stance or its claim."""
        return " ".join(row.version for row in (self, self.stance, self.stance.claim))

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.key_of("stance", 2), self.number)
