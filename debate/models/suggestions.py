"""What readers propose for the corpus, and what curators made of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from django.db import models
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.models.claims import Claim
from debate.models.essays import Essay
from debate.models.motions import Motion
from debate.models.people import User
from debate.models.predictions import Prediction
from debate.models.relations import Relation
from debate.models.tags import Tag, tag_slug
from debate.reasoning.duplicates import Said

LONGEST_TEXT = 600
LONGEST_WHY = 400
TARGETS = ("claim", "essay", "prediction", "motion")
Target = Claim | Essay | Prediction | Motion
MADE = ("made_claim", "made_relation", "made_tag", "made_essay")


def with_target(*names: str) -> Q:
    """Those of these targets are named and no others."""
    return Q(**{f"{name}__isnull": name not in names for name in TARGETS})


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def by(self, reader: User) -> SuggestionQuerySet:
        return self.filter(by=reader)

    def pending(self) -> SuggestionQuerySet:
        return self.filter(state=Suggestion.State.PENDING)

    def accepted(self) -> SuggestionQuerySet:
        return self.filter(state=Suggestion.State.ACCEPTED)

    def in_state(self, state: str) -> SuggestionQuerySet:
        return self.filter(state=state)

    def of_kind(self, kind: str) -> SuggestionQuerySet:
        return self.filter(kind=kind)

    def keyed(self, keys: Collection[int]) -> SuggestionQuerySet:
        """Those of these keys that are here; a key from an address can be of any size."""
        return self.filter(pk__in=[key for key in keys if key <= models.BigIntegerField.MAX_BIGINT])

    def said_alike(self, other: Suggestion, of: Claim | None = None) -> SuggestionQuerySet:
        """What the same reader said in the same words of the same thing; or of another claim."""
        same = {f"{name}_id": getattr(other, f"{name}_id") for name in (*TARGETS, "by")}
        same |= {"claim_id": of.pk} if of else {}
        return self.filter(kind=other.kind, fingerprint=other.fingerprint, **same)

    def beside(self, other: Suggestion) -> SuggestionQuerySet:
        """What waits, of the same sort and on the same thing, the oldest first."""
        same = {name: getattr(other, f"{name}_id") for name in TARGETS}
        return self.pending().filter(kind=other.kind, **same).order_by("pk")

    def counted_by_state(self) -> dict[str, int]:
        """How many there are in each state. One query."""
        return dict(self.order_by().values_list("state").annotate(count=Count("pk")))

    def counted_by_kind(self) -> dict[str, int]:
        """How many there are of each kind. One query."""
        return dict(self.order_by().values_list("kind").annotate(count=Count("pk")))

    def for_comparing(self) -> SuggestionQuerySet:
        """What tells which say the same."""
        return self.only("kind", "text", "source_url", *TARGETS)

    def for_own_page(self) -> SuggestionQuerySet:
        """What a member's own list shows, newest first."""
        made = ("made_claim", "made_relation__source", "made_tag", "made_essay")
        return self.select_related("claim", "essay", "prediction", "motion", *made).order_by("-pk")

    def for_queue(self) -> SuggestionQuerySet:
        """What the queue shows of each, oldest first."""
        return self.select_related("claim", "essay", "prediction", "motion", "by", "decided_by").order_by("pk")

    def credited_on(self, row: Claim | Essay | Prediction) -> SuggestionQuerySet:
        """Accepted ones that the row came of or was changed by, with who made them. One query.

        What a claim came of is credited there; a counterpoint drawn from a claim that was there, at its target.
        """
        noun = str(row._meta.model_name)
        about_it = Q(**{noun: row}, made_claim__isnull=True)
        made = Q(**{f"made_{noun}": row}) if f"made_{noun}" in MADE else Q(pk__in=[])
        return self.accepted().filter(made | about_it).select_related("by").order_by("pk")


class Suggestion(models.Model):
    """A claim, counterpoint, tag, correction or essay that a member proposes, and the decision on it.

    Without its reader once they have left; its words are then nobody's. `__str__` and the address tell what it is
    about, and nothing of what it says: both stand in public.
    """

    class Kind(models.TextChoices):
        CLAIM = "claim", _("claim")
        COUNTERPOINT = "counterpoint", _("counterpoint")
        TAG = "tag", _("tag")
        CORRECTION = "correction", _("correction")
        ESSAY = "essay", _("essay")

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")

    class Way(models.TextChoices):
        REBUTS = "rebuts", _("denies it")
        QUALIFIES = "qualifies", _("limits it")
        UNDERCUTS = "undercuts", _("grants it, and denies that it bears on the rest")

    by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggestions", verbose_name=_("reader")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="suggestions")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, blank=True, related_name="suggestions")
    prediction = models.ForeignKey(
        Prediction, on_delete=models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, null=True, blank=True, related_name="suggestions")
    way = models.CharField(_("what it does"), max_length=9, choices=Way, blank=True)
    text = models.CharField(_("text"), max_length=LONGEST_TEXT)
    why = models.CharField(_("why"), max_length=LONGEST_WHY, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    named = models.BooleanField(_("credited by name"), default=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PENDING)
    reason = models.CharField(_("reason"), max_length=LONGEST_WHY, blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_claim = models.ForeignKey(Claim, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggested_by")
    made_relation = models.ForeignKey(
        Relation, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggested_by"
    )
    made_tag = models.ForeignKey(Tag, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggested_by")
    made_essay = models.ForeignKey(Essay, on_delete=models.SET_NULL, null=True, blank=True, related_name="suggested_by")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="claim") & (with_target("motion") | with_target("essay")))
                | (Q(kind__in=["counterpoint", "tag"]) & with_target("claim"))
                | (Q(kind="correction") & (with_target("claim") | with_target("essay") | with_target("prediction")))
                | (Q(kind="essay") & with_target("motion")),
                name="suggestion_has_its_target",
                violation_error_message=_("A suggestion is about one thing, and of a sort that goes with it."),
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(fingerprint=""),
                name="suggestion_says_something",
                violation_error_message=_("A suggestion needs words."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="essay") | ~Q(source_url=""),
                name="suggestion_of_an_essay_has_its_address",
                violation_error_message=_("Where is the essay? Give its address."),
            ),
            models.CheckConstraint(
                condition=Q(kind="counterpoint", way__in=["rebuts", "qualifies", "undercuts"])
                | (~Q(kind="counterpoint") & Q(way="")),
                name="suggestion_way_of_a_counterpoint",
                violation_error_message=_("A counterpoint denies, limits or undercuts; nothing else does."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="suggestion_declined_with_a_reason",
                violation_error_message=_("Say why: the reader sees it."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "declined"], decided_at__isnull=False)
                | Q(state__in=["pending", "withdrawn"], decided_at__isnull=True, decided_by__isnull=True),
                name="suggestion_decided_at_its_decision",
                violation_error_message=_("What is accepted or declined was so at some time; nothing else was."),
            ),
            models.CheckConstraint(
                condition=Q(state="accepted") | Q(**{f"{name}__isnull": True for name in MADE}),
                name="suggestion_made_something_if_accepted",
                violation_error_message=_("Only of what was accepted did something come."),
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(state="accepted"),
                name="suggestion_keeps_its_reader",
                violation_error_message=_("Only what was accepted stays without its reader."),
            ),
            models.UniqueConstraint(
                "by",
                "kind",
                *(Coalesce(F(name), Value(0)) for name in TARGETS),
                "fingerprint",
                name="suggestion_once",
                violation_error_message=_("You have suggested just this already."),
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state="pending"), name="suggestion_waiting")]

    def __str__(self) -> str:
        told = {"kind": self.get_kind_display(), "target": self.target}
        return str(_("%(kind)s on “%(target)s”") % told)

    def get_absolute_url(self) -> str:
        return self.target.get_absolute_url()

    @property
    def target(self) -> Target:
        """What it is about; a constraint sees to it that there is something."""
        return cast("Target", next((getattr(self, name) for name in TARGETS if getattr(self, f"{name}_id")), None))

    @property
    def made(self) -> Claim | Essay | None:
        """The claim or essay that came of it; of a counterpoint drawn from a claim that was there, that claim."""
        drawn = self.made_relation.source if self.made_relation else None
        return self.made_claim or self.made_essay or drawn

    @property
    def on(self) -> Motion:
        """The motion it belongs to."""
        target = self.target
        return target if isinstance(target, Motion) else target.motion

    @property
    def is_pending(self) -> bool:
        return self.state == self.State.PENDING

    @property
    def credit(self) -> str:
        """The name under which readers see who made it; '' where they are told that a reader did."""
        return self.by.display_name.strip() if self.by is not None and self.named else ""

    def said(self) -> Said:
        """What is compared with others, to find those that say the same."""
        topic = (self.kind, *(getattr(self, f"{name}_id") for name in TARGETS))
        if self.kind == self.Kind.TAG:
            return Said(self.pk, topic, tag_slug(self.text))
        return Said(self.pk, topic, self.text, self.source_url if self.kind == self.Kind.ESSAY else "")
