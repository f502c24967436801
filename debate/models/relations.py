"""How claims bear on each other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from debate.models.authored import Authored
from debate.models.claims import Claim
from debate.models.essays import Essay, EssayQuerySet
from debate.models.history import HistoricalRecords
from debate.models.motions import Motion
from debate.reasoning.answering import Aim
from debate.reasoning.graph import Link

DEEPEST_UNDERCUT = 3
COLLIDING = ("rebuts", "undercuts")


def drawn_openly() -> Q:
    drawn = Exists(Essay.objects.visible().filter(relations=OuterRef("pk")))
    return Q(origin="curator") | Q(drawn)


@cache
def to_be_seen(depth: int) -> Q:
    """What holds of a visible relation, with undercuts of undercuts so deep. Kept: putting it together takes longer
    than asking the database.

    Each condition looks up one row by its key: none lists the claims of every motion.
    """
    shown = Claim.objects.visible()
    ends = Q(Exists(shown.filter(pk=OuterRef("target_claim"))))
    if depth:
        ends |= Q(Exists(Relation.objects.filter(to_be_seen(depth - 1), pk=OuterRef("target_relation"))))
    return drawn_openly() & ends & Q(Exists(shown.filter(pk=OuterRef("source"))))


class RelationQuerySet(models.QuerySet["Relation"]):
    def visible(self) -> RelationQuerySet:
        """Relations whose ends are visible and which a visible essay or a curator drew."""
        return self.filter(to_be_seen(DEEPEST_UNDERCUT))

    def drawn_openly(self) -> RelationQuerySet:
        """Relations that a visible essay or a curator drew, whatever their ends."""
        return self.filter(drawn_openly())

    def of_motion(self, motion: Motion) -> RelationQuerySet:
        return self.filter(source__motion=motion)

    def as_links(self) -> list[Link]:
        """By keys, for what reckons with the graph. One query."""
        rows = self.order_by("pk").values_list("pk", "source", "kind", "target_claim", "target_relation")
        return [Link(*row) for row in rows]

    def with_strengths(self) -> list[tuple[Link, float | None, float | None]]:
        """As links, with the structural strengths of the source and, where it is a claim, of the target. One query."""
        ends = ("source__standing__strength", "target_claim__standing__strength")
        rows = self.order_by("pk").values_list("pk", "source", "kind", "target_claim", "target_relation", *ends)
        return [(Link(*row[:5]), row[5], row[6]) for row in rows]

    def counterpoints(self) -> RelationQuerySet:
        return self.exclude(kind=Relation.Kind.SUPPORTS)

    def keyed(self, keys: Iterable[int]) -> RelationQuerySet:
        return self.filter(pk__in=keys)

    def unanswered(self) -> RelationQuerySet:
        """Counterpoints that nothing visible answers."""
        return self.filter(standing__answered=False)

    def bearing_on(self, claim: Claim) -> RelationQuerySet:
        """Relations to the claim, undercuts of those, and undercuts of these.

        By keys from three lookups, each in an index of its own: one condition over the joins would read every relation.
        """
        to_it = Relation.objects.filter(target_claim=claim).values("pk")
        undercuts = Relation.objects.filter(target_relation__target_claim=claim).values("pk")
        deeper = Relation.objects.filter(target_relation__target_relation__target_claim=claim).values("pk")
        return self.filter(pk__in=to_it.union(undercuts, deeper, all=True))

    def from_claim(self, claim: Claim) -> RelationQuerySet:
        return self.filter(source=claim)

    def touching(self, claim: Claim) -> RelationQuerySet:
        """Relations that bear on the claim, and those it is the source of."""
        outward = Relation.objects.from_claim(claim).values("pk")
        inward = Relation.objects.bearing_on(claim).values("pk")
        return self.filter(pk__in=outward.union(inward, all=True))

    def answering(self, essays: EssayQuerySet) -> RelationQuerySet:
        """Counterpoints to what these essays assert, or to what is drawn from it, that none of them has drawn.

        An undercut of what only others draw from it is among them: `aim` tells, by `drew` (whether one of these essays
        drew what it attacks) and `end` (the claim that this supports).
        """
        held = essays.asserted_claims()
        told = {
            "drew": Exists(essays.filter(relations=OuterRef("target_relation"))),
            "end": Case(When(target_relation__kind=Relation.Kind.SUPPORTS, then="target_relation__target_claim")),
        }
        return (
            self.counterpoints()
            .filter(
                Q(source__motion__in=essays.values("motion")),
                Q(target_claim__in=held) | Q(target_relation__source__in=held),
                ~Exists(essays.filter(relations=OuterRef("pk"))),
            )
            .annotate(**told)
        )

    def collisions(self, motion: Motion, among: int = 200) -> RelationQuerySet:
        """Rebuttals and undercuts between central claims of different sides, the theses left out, sharpest first.

        An undercut strikes the claim whose bearing it denies. Sharpest: by the less central end, then by both.
        """
        central = Claim.objects.without_theses().most_central(motion, among).values("pk")
        hit = Coalesce("target_claim", "target_relation__source")
        hit_side = Coalesce("target_claim__side", "target_relation__source__side")
        here = F("source__standing__central")
        there = Coalesce("target_claim__standing__central", "target_relation__source__standing__central")
        return (
            self.alias(hit=hit, hit_side=hit_side)
            .filter(kind__in=COLLIDING, source__in=central, hit__in=central, hit_side__isnull=False)
            .exclude(hit_side=F("source__side"))
            .order_by(Least(here, there).desc(), (here + there).desc(), "pk")
        )

    def drawn_in(self, essay: Essay) -> RelationQuerySet:
        return self.filter(drawn_by=essay)

    def drawn_by_curators(self) -> RelationQuerySet:
        return self.filter(origin=Relation.Origin.CURATOR)

    def of_claims(self, claims: Iterable[int]) -> RelationQuerySet:
        """Relations that one of these claims, by key, is an end of, or an undercut strikes."""
        keys = list(claims)
        ends = Q(source__in=keys) | Q(target_claim__in=keys) | Q(target_relation__source__in=keys)
        return self.filter(ends).order_by("pk")

    def direct(self) -> RelationQuerySet:
        """Relations that bear on a claim: all but undercuts."""
        return self.filter(target_claim__isnull=False)

    def for_workbench(self, essay: Essay) -> RelationQuerySet:
        """With both ends and how they stand; `is_own`: this essay draws it, `is_shared`: somebody else does too."""
        through = Relation.drawn_by.through._default_manager.filter(relation=OuterRef("pk"))
        own, shared = Exists(through.filter(essay=essay)), Exists(through.exclude(essay=essay))
        beneath = (
            "source__standing",
            "target_claim__standing",
            "target_relation__target_claim__standing",
            "target_relation__source",
        )
        ends = ("source__standing", "target_claim__standing", *(f"target_relation__{end}" for end in beneath))
        return self.select_related(*ends).annotate(**{"is_own": own, "is_shared": shared})

    def with_arrows(self) -> RelationQuerySet:
        """Each with the claims at its ends and, of an undercut, those of the relations beneath it."""
        beneath = ["__".join(["target_relation"] * deep) for deep in range(1, DEEPEST_UNDERCUT + 1)]
        ends = [f"{path}__{end}" for path in beneath for end in ("source", "target_claim")]
        return self.select_related("source", "target_claim", *ends).order_by("pk")

    def with_source(self) -> RelationQuerySet:
        """What is said, and where it is aimed, without who drew it."""
        return self.select_related(
            "source__side",
            "source__standing",
            "target_claim__side",
            "target_claim__standing",
            "target_relation__source__side",
            "target_relation__source__standing",
            "target_relation__target_claim",
            "standing",
        )

    def with_weight(self) -> RelationQuerySet:
        """Each with `weight`: how central the claim is that it strikes."""
        there = Coalesce("target_claim__standing__central", "target_relation__source__standing__central", Value(0))
        return self.annotate(**{"weight": there})

    def for_ledger(self) -> RelationQuerySet:
        """With both ends, and the keys of the essays that drew it. Two queries."""
        return self.with_source().prefetch_related(models.Prefetch("drawn_by", Essay.objects.only("pk")))

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

    def for_claim_page(self) -> RelationQuerySet:
        """With both ends, whether it is answered, and the keys of the essays that drew it. Two queries."""
        return self.select_related(
            "source__side",
            "source__standing",
            "target_claim__side",
            "target_claim__standing",
            "target_relation__source",
            "target_relation__target_claim",
            "standing",
        ).prefetch_related(models.Prefetch("drawn_by", Essay.objects.only("pk")))

    def for_positions(self) -> models.QuerySet[Relation, Any]:
        """As a Link; then an essay that drew it (a row for each), whether it is answered, whose thesis it strikes."""
        link = ("pk", "source", "kind", "target_claim", "target_relation")
        return self.order_by("pk").values_list(*link, "drawn_by", "standing__answered", "target_claim__thesis_of")

    def get_by_natural_key(self, source: str, kind: str, *target: str) -> Relation:
        if len(target) == 1:
            return self.get(source__slug=source, kind=kind, target_claim__slug=target[0])
        return self.get(source__slug=source, kind=kind, target_relation=self.get_by_natural_key(*target))


class Relation(Authored):
    """A claim supports, rebuts or qualifies a claim; or undercuts a relation: grants both ends, denies the link."""

    drew: bool  # by answering(), as the next
    end: int | None

    class Kind(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        REBUTS = "rebuts", _("rebuts")
        QUALIFIES = "qualifies", _("qualifies")
        UNDERCUTS = "undercuts", _("undercuts")

    class Origin(models.TextChoices):
        ESSAY = "essay", _("an essay")
        CURATOR = "curator", _("a curator")

    is_own: bool  # by for_workbench()
    is_shared: bool

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
    def struck(self) -> Claim:
        """The claim that a counterpoint is aimed at; of an undercut, the claim whose bearing it denies."""
        target = self.target
        return target.source if isinstance(target, Relation) else target

    @property
    def aim(self) -> Aim:
        """Of a counterpoint that answering() found."""
        return Aim(self.struck.pk, self.target_relation_id is not None, self.drew, self.end)

    @property
    def bears_on(self) -> Claim | None:
        """The claim that it bears on; an undercut bears on the claim that the relation beneath it is aimed at."""
        link, deep = self, 0
        while link.target_claim is None and link.target_relation is not None and deep <= DEEPEST_UNDERCUT:
            link, deep = link.target_relation, deep + 1
        return link.target_claim

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
    def get_queryset(self) -> RelationQuerySet:  # type: ignore[override]
        return RelationQuerySet(self.model, using=self._db).counterpoints()


class Counterpoint(Relation):
    """A relation that rebuts, undercuts or qualifies; it records into Relation's history."""

    objects: ClassVar[CounterpointManager] = CounterpointManager()  # type: ignore[assignment]

    class Meta:
        proxy = True
        verbose_name = _("counterpoint")
        verbose_name_plural = _("counterpoints")

    def as_relation(self) -> Relation:
        """This very row as a plain relation: history hears of the writes of those alone."""
        relation = Relation()
        relation.__dict__ = self.__dict__
        return relation

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.as_relation().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        return self.as_relation().delete(*args, **kwargs)


Counterpoint._meta.simple_history_manager_attribute = "history"  # type: ignore[attr-defined]
