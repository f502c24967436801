"""Claims: one proposition each, said once, however many essays speak to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from debate import search
from debate.models.authored import Authored, Status
from debate.models.essays import Essay, EssayQuerySet
from debate.models.history import HistoricalRecords
from debate.models.motions import Motion, Side
from debate.models.people import User
from debate.reasoning.start import START

ORDERS = {
    "central": ("-standing__central", "shuffle", "pk"),
    "unanswered": ("-standing__unanswered", "-standing__central", "shuffle", "pk"),
    "new": ("-created_at", "shuffle", "pk"),
    "top": ("-tally__top", "shuffle", "pk"),
    "contested": ("-tally__contested", "shuffle", "pk"),
}
ORDERS_BY_VOTES = frozenset({"top", "contested"})


SHUFFLE = 1_000_003


def shuffle_factor(day: date) -> int:
    """What a row's id is multiplied by, modulo the prime SHUFFLE, to look random and change with the day."""
    return (day.toordinal() * 2_654_435_761 % SHUFFLE) * 2 + 1


def shuffled(day: date) -> CombinedExpression:
    return (F("pk") * Value(shuffle_factor(day))) % Value(SHUFFLE)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def drafts_of(self, essays: Iterable[Essay]) -> ClaimQuerySet:
        """The draft claims that these essays take a stance on."""
        return self.filter(stances__essay__in=essays, status="draft").distinct()

    def visible(self) -> ClaimQuerySet:
        """Published, and shown by a passage in a visible essay or made by a curator or reader."""
        shown = Claim.objects.filter(
            pk=OuterRef("pk"), stances__essay__status=Status.PUBLISHED, stances__passages__isnull=False
        )
        made_here = Q(origin__in=["curator", "reader"])
        return self.filter(made_here | Exists(shown), status="published", motion__status=Status.PUBLISHED)

    def of_motion(self, motion: Motion) -> ClaimQuerySet:
        return self.filter(motion=motion)

    def taken_up_in(self, essays: EssayQuerySet) -> ClaimQuerySet:
        """Claims on which one of these essays takes a stance."""
        return self.filter(Exists(Claim.objects.filter(pk=OuterRef("pk"), stances__essay__in=essays)))

    def tagged(self, slug: str) -> ClaimQuerySet:
        return self.filter(Exists(Claim.objects.filter(pk=OuterRef("pk"), tag_uses__tag__slug=slug)))

    def favouring(self, side: Side | None) -> ClaimQuerySet:
        return self.filter(side=side)

    def of_kind(self, kind: str) -> ClaimQuerySet:
        return self.filter(kind=kind)

    def answered(self) -> ClaimQuerySet:
        """Claims with counterpoints, every one of which is answered."""
        return self.filter(standing__counterpoints__gt=0, standing__unanswered=0)

    def unanswered(self) -> ClaimQuerySet:
        """Claims with a counterpoint that nothing visible answers."""
        return self.filter(standing__unanswered__gt=0)

    def loose(self) -> ClaimQuerySet:
        """Claims from which no relation leads to a thesis."""
        return self.filter(standing__loose=True)

    def matching(self, words: str) -> ClaimQuerySet:
        """Claims that hold every one of the words, by the search engine of the database."""
        return self.filter(search.matching("debate_claim", words))

    def sharing_words(self, words: str) -> ClaimQuerySet:
        """Claims that hold one of the words or more, merged ones left out."""
        return self.filter(search.matching("debate_claim", words, some=True)).exclude(status=Claim.Status.MERGED)

    def called(self, told: str) -> ClaimQuerySet:
        """The claim of this slug or text, in any case; merged ones left out."""
        return self.filter(Q(slug=told) | Q(text__iexact=told)).exclude(status=Claim.Status.MERGED)

    def texts(self, most: int) -> dict[int, str]:
        """The texts of at most so many, by key. One query."""
        return dict(self.order_by("pk").values_list("pk", "text")[:most])

    def with_stance_of(self, essay: Essay) -> ClaimQuerySet:
        """Each with its side and standing, and `spoken_to`: whether the essay takes a stance on it."""
        spoken = Exists(Claim.objects.filter(pk=OuterRef("pk"), stances__essay=essay))
        return self.select_related("side", "standing").annotate(**{"spoken_to": spoken})

    def parted(self) -> ClaimQuerySet:
        """Claims that one visible essay accepts and another denies or qualifies, with `denied`: whether one denies."""
        spoken = Claim.objects.filter(pk=OuterRef("pk"), stances__essay__status=Status.PUBLISHED)
        accepted = spoken.filter(stances__kind__in=["asserts", "concedes"])
        doubted = spoken.filter(stances__kind__in=["denies", "qualifies"])
        denied = Exists(spoken.filter(stances__kind="denies"))
        return self.filter(Exists(accepted), Exists(doubted)).annotate(**{"denied": denied})

    def strongest(self, side: Side, day: date) -> ClaimQuerySet:
        """Claims for the side that what is recorded lifts above where they began, the strongest first."""
        rows = self.without_theses().favouring(side).filter(standing__strength__gt=START)
        return rows.annotate(shuffle=shuffled(day)).order_by("-standing__strength", "-standing__central", "shuffle")

    def weakest(self, side: Side, day: date) -> ClaimQuerySet:
        """Claims for the side that what is recorded presses below where they began, the weakest first."""
        rows = self.without_theses().favouring(side).filter(standing__strength__lt=START)
        return rows.annotate(shuffle=shuffled(day)).order_by("standing__strength", "-standing__central", "shuffle")

    def among(self, *chosen: ClaimQuerySet) -> ClaimQuerySet:
        """Claims of any of these lists, each of which may be cut to a length. One query."""
        wanted = Q(pk__in=[])
        for rows in chosen:
            wanted |= Q(pk__in=rows.values("pk"))
        return self.filter(wanted)

    def most_central(self, motion: Motion, count: int) -> ClaimQuerySet:
        """So many claims of the motion on which most hangs, from the index that keeps them so."""
        return self.filter(standing__motion=motion).order_by("-standing__central")[:count]

    def without_theses(self) -> ClaimQuerySet:
        """By a lookup: of a join that finds nothing PostgreSQL expects one row, and goes through all for each."""
        return self.filter(~Exists(Side.objects.filter(thesis=OuterRef("pk"))))

    def counted_by_side(self) -> dict[int | None, int]:
        """How many favour each side, by the side's key; None for neither. One query."""
        return dict(self.order_by().values_list("side").annotate(count=Count("pk")))

    def with_vote_of(self, reader: User | None) -> ClaimQuerySet:
        """Each with `my_vote`, the reader's current answer or None."""
        if reader is None:
            return self.annotate(**{"my_vote": Value(None, output_field=models.CharField(null=True))})
        mine = Claim.objects.filter(pk=OuterRef("pk"), votes__user=reader).values("votes__value")
        return self.annotate(**{"my_vote": Subquery(mine[:1])})

    def keyed(self, keys: Iterable[int]) -> ClaimQuerySet:
        return self.filter(pk__in=keys)

    def named(self, slugs: Iterable[str]) -> ClaimQuerySet:
        return self.filter(slug__in=slugs).exclude(status=Claim.Status.MERGED)

    def unmerged(self) -> ClaimQuerySet:
        return self.exclude(status=Claim.Status.MERGED)

    def made_here(self) -> ClaimQuerySet:
        """Claims that curators or readers made, merged ones left out."""
        return self.filter(origin__in=["curator", "reader"]).exclude(status=Claim.Status.MERGED)

    def with_tally(self) -> ClaimQuerySet:
        return self.select_related("tally")

    def most_contested(self) -> ClaimQuerySet:
        """Those that split their readers at all, most surely first."""
        return self.filter(tally__contested__gt=0).order_by("-tally__contested", "pk")

    def for_list_page(self) -> ClaimQuerySet:
        """What a row of a list shows: one query, whatever its length."""
        return self.select_related("side", "standing").defer("note", "note_html")

    def for_claim_page(self) -> ClaimQuerySet:
        """What one claim's page says of the claim itself, with `revisions`, how often it was written. One query."""
        past = Claim.history.model.objects.filter(id=OuterRef("pk")).order_by().values("id")
        revisions = Subquery(past.annotate(n=Count("pk")).values("n"))
        return self.select_related("motion", "side", "standing").annotate(**{"revisions": revisions})

    def in_order(self, order: str, day: date) -> ClaimQuerySet:
        """Sorted by one of ORDERS; equals are shuffled anew each day, the same for everybody."""
        return self.annotate(shuffle=shuffled(day)).order_by(*ORDERS[order])

    def get_by_natural_key(self, slug: str) -> Claim:
        return self.get(slug=slug)


class Claim(Authored):
    """One proposition in one sentence of our own."""

    class Kind(models.TextChoices):
        DEFINITION = "definition", _("definition")
        OBSERVATION = "observation", _("observation")
        CAUSAL = "causal", _("causal claim")
        ANALOGY = "analogy", _("analogy")
        FORECAST = "forecast", _("forecast")
        VALUE = "value", _("value judgement")
        ADVICE = "advice", _("advice")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        MERGED = "merged", _("merged into another")

    class Origin(models.TextChoices):
        ESSAY = "essay", _("an essay")
        CURATOR = "curator", _("a curator")
        READER = "reader", _("a reader")

    markdown_fields = ("note",)
    my_vote: str | None  # by with_vote_of()
    revisions: int | None  # by for_claim_page()
    denied: bool  # by parted()
    spoken_to: bool  # by with_stance_of()

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="claims", verbose_name=_("motion"))
    text = models.CharField(_("text"), max_length=280, help_text=_("One proposition, one sentence of our own."))
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    side = models.ForeignKey(
        Side, on_delete=models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("side it favours")
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("Markdown. What a reader needs to understand the claim.")
    )
    note_html = models.TextField(editable=False, default="")
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    origin = models.CharField(_("made by"), max_length=7, choices=Origin, default=Origin.ESSAY)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed", verbose_name=_("merged into")
    )
    tags = TaggableManager(through="debate.TaggedClaim", blank=True, verbose_name=_("tags"))
    history = HistoricalRecords(excluded_fields=["note_html"])

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="claim_merged_has_a_survivor",
                violation_error_message=_("A merged claim names its survivor, and only a merged one does."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")),
                name="claim_merged_into_another",
                violation_error_message=_("A claim cannot be merged into itself."),
            ),
            models.UniqueConstraint(
                "motion",
                Lower("text"),
                condition=~Q(status="merged"),
                name="claim_text_unique_in_motion",
                violation_error_message=_("This motion has a claim with the same text."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="claim_says_something", violation_error_message=_("A claim needs a text.")
            ),
            models.CheckConstraint(condition=Q(status__in=["draft", "published", "merged"]), name="claim_status_known"),
            models.CheckConstraint(condition=Q(origin__in=["essay", "curator", "reader"]), name="claim_origin_known"),
        ]
        indexes = [models.Index(fields=["motion", "status", "-created_at"], name="claim_new")]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[Any, ...]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.slug])
