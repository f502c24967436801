"""How claims bear on each other."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from debate.models.authored import Authored
from debate.models.claims import Claim
from debate.models.essays import Essay
from debate.models.motions import Motion

DEEPEST_UNDERCUT = 3


class RelationQuerySet(models.QuerySet["Relation"]):
    def visible(self) -> RelationQuerySet:
        """Relations whose ends are visible and which a visible essay or a curator drew."""
        return self._visible(DEEPEST_UNDERCUT)

    def _visible(self, depth: int) -> RelationQuerySet:
        drawn = Essay.objects.visible().filter(pk=OuterRef("drawn_by"))
        ends = Q(target_claim__in=Claim.objects.visible())
        if depth:
            ends |= Q(target_relation__in=Relation.objects.all()._visible(depth - 1))
        return self.filter(
            Q(origin=Relation.Origin.CURATOR) | Q(pk__in=self.model.objects.filter(Exists(drawn)).values("pk")),
            ends,
            source__in=Claim.objects.visible(),
        )

    def of_motion(self, motion: Motion) -> RelationQuerySet:
        return self.filter(source__motion=motion)

    def counterpoints(self) -> RelationQuerySet:
        return self.exclude(kind=Relation.Kind.SUPPORTS)

    def bearing_on(self, claim: Claim) -> RelationQuerySet:
        """Relations to the claim, and undercuts of those."""
        return self.filter(Q(target_claim=claim) | Q(target_relation__target_claim=claim))

    def from_claim(self, claim: Claim) -> RelationQuerySet:
        return self.filter(source=claim)

    def with_ends(self) -> RelationQuerySet:
        return self.select_related(
            "source__side",
            "source__standing",
            "target_claim__side",
            "target_claim__standing",
            "target_relation__source",
            "target_relation__target_claim",
            "standing",
        ).prefetch_related("drawn_by__authors")

    def get_by_natural_key(self, source: str, kind: str, *target: str) -> Relation:
        if len(target) == 1:
            return self.get(source__slug=source, kind=kind, target_claim__slug=target[0])
        return self.get(source__slug=source, kind=kind, target_relation=self.get_by_natural_key(*target))


class Relation(Authored):
    """A claim supports, rebuts or qualifies a claim; or undercuts a relation: grants both ends, denies the link."""

    class Kind(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        REBUTS = "rebuts", _("rebuts")
        QUALIFIES = "qualifies", _("qualifies")
        UNDERCUTS = "undercuts", _("undercuts")

    class Origin(models.TextChoices):
        ESSAY = "essay", _("an essay")
        CURATOR = "curator", _("a curator")

    source = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relations", verbose_name=_("source"))
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    target_claim = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="relations_to",
        verbose_name=_("target claim"),
    )
    target_relation = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="undercuts",
        verbose_name=_("target relation"),
    )
    rationale = models.CharField(_("why"), max_length=400, help_text=_("One sentence."))
    origin = models.CharField(_("drawn by"), max_length=7, choices=Origin, default=Origin.ESSAY)
    drawn_by = models.ManyToManyField(Essay, blank=True, related_name="relations", verbose_name=_("drawn by essays"))
    history = HistoricalRecords(m2m_fields=[drawn_by])

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="undercuts", target_relation__isnull=False, target_claim__isnull=True)
                | (~Q(kind="undercuts") & Q(target_relation__isnull=True, target_claim__isnull=False)),
                name="relation_has_exactly_one_target",
                violation_error_message=_("An undercut attacks a relation, every other relation a claim; exactly one."),
            ),
            models.CheckConstraint(
                condition=Q(target_claim__isnull=True) | ~Q(source=models.F("target_claim")),
                name="relation_never_to_itself",
                violation_error_message=_("A claim cannot bear on itself."),
            ),
            models.UniqueConstraint(
                fields=["source", "kind", "target_claim"],
                condition=Q(target_claim__isnull=False),
                name="relation_one_per_source_target_kind",
                violation_error_message=_("This relation is drawn already."),
            ),
            models.UniqueConstraint(
                fields=["source", "target_relation"],
                condition=Q(target_relation__isnull=False),
                name="relation_one_undercut_per_source_and_target",
                violation_error_message=_("This undercut is drawn already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["supports", "rebuts", "qualifies", "undercuts"]), name="relation_kind_known"
            ),
            models.CheckConstraint(condition=Q(origin__in=["essay", "curator"]), name="relation_origin_known"),
            models.CheckConstraint(
                condition=~Q(rationale=""),
                name="relation_says_why",
                violation_error_message=_("Say why, in a sentence."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()}: {self.target}"

    @property
    def target(self) -> Claim | Relation:
        return self.target_claim or cast("Relation", self.target_relation)

    def natural_key(self) -> tuple[Any, ...]:
        return (
            *self.key_of("source"),
            self.kind,
            *(self.key_of("target_claim") if self.target_claim_id else self.key_of("target_relation")),
        )


class CounterpointManager(models.Manager["Counterpoint"]):
    def get_queryset(self) -> models.QuerySet[Counterpoint]:
        return super().get_queryset().exclude(kind=Relation.Kind.SUPPORTS)


class Counterpoint(Relation):
    """A relation that rebuts, undercuts or qualifies; it records into Relation's history."""

    objects: ClassVar[CounterpointManager] = CounterpointManager()  # type: ignore[assignment]

    class Meta:
        proxy = True
        verbose_name = _("counterpoint")
        verbose_name_plural = _("counterpoints")
