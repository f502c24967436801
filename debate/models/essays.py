"""What was written: the essays, in our own summary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Q, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from debate.models.authored import Authored, Status
from debate.models.history import HistoricalRecords
from debate.models.motions import Motion, Side
from debate.models.people import Author
from debate.reasoning.dates import Span, span_of
from debate.reasoning.text import summary_blocks

ESSAYS_IN_ORDER = ("written", "title", "pk")
ESSAYS_AT_WORK = ("-updated_at", "-pk")
WORDS_OF_SLUG = 4
LONGEST_SLUG = 80


def written(prefix: str = "") -> Case:
    """A number by which essays sort: of one year, those known to the month or day first; those without a date last."""
    date, precision = f"{prefix}published_on", f"{prefix}date_precision"
    year = ExtractYear(date) * 10_000
    within = ExtractMonth(date) * 100 + ExtractDay(date)
    return Case(
        When(**{precision: "unknown"}, then=99_999_999),
        When(**{precision: "year"}, then=year + 9_999),
        default=year + within,
        output_field=models.IntegerField(),
    )


def order_written(prefix: str = "") -> list[OrderBy]:
    return [OrderBy(written(prefix))]


class EssayQuerySet(models.QuerySet["Essay"]):
    def visible(self) -> EssayQuerySet:
        return self.filter(status=Status.PUBLISHED, motion__status=Status.PUBLISHED)

    def unfinished(self) -> EssayQuerySet:
        """Drafts, and what is in review; changed last first."""
        return self.filter(status__in=[Status.DRAFT, Status.REVIEW]).order_by(*ESSAYS_AT_WORK)

    def for_desk(self) -> EssayQuerySet:
        """What a row of the desk shows. Two queries."""
        return self.without_text().select_related("motion").prefetch_related("authors")

    def with_claims_counted(self) -> EssayQuerySet:
        """Each with `spoken_to`: how many claims it takes a stance on."""
        return self.annotate(**{"spoken_to": models.Count("stances")})

    def of_motion(self, motion: Motion) -> EssayQuerySet:
        return self.filter(motion=motion)

    def keyed(self, key: int) -> EssayQuerySet:
        return self.filter(pk=key)

    def by_author(self, author: Author) -> EssayQuerySet:
        return self.filter(authors=author)

    def with_facts(self) -> EssayQuerySet:
        return self.select_related("side", "motion", "responds_to").prefetch_related("authors")

    def without_text(self) -> EssayQuerySet:
        """For pages that name the essay and do not show its summary."""
        return self.defer("summary", "summary_blocks", "source_note")

    def in_order_written(self) -> EssayQuerySet:
        return self.order_by(*order_written(), "title", "pk")

    def with_side(self) -> EssayQuerySet:
        return self.select_related("side")

    def with_each_author(self) -> EssayQuerySet:
        """In the order written, each essay once for every author or once for none; `who`: the author's short name."""
        return self.annotate(**{"who": models.F("authors__short_name")}).order_by(
            *order_written(), "title", "pk", "authors__pk"
        )

    def with_writers(self) -> EssayQuerySet:
        """As with_each_author, and what a page says of that author: `writer`, key; `writer_slug`, `_name`, `_named`."""
        told = {f"writer_{field}": models.F(f"authors__{field}") for field in ("slug", "name", "named")}
        return self.with_each_author().annotate(writer=models.F("authors__pk"), **told)

    def for_list_page(self) -> EssayQuerySet:
        """What a row of a list shows, in the order written."""
        rows = self.with_facts().defer("summary", "summary_blocks", "motion__context", "motion__context_html")
        return rows.annotate(written=written()).order_by(*ESSAYS_IN_ORDER)

    def for_essay_page(self) -> EssayQuerySet:
        """One essay with its motion's sides, for the ballot on it."""
        return self.with_facts().prefetch_related("motion__sides")

    def with_sides(self) -> EssayQuerySet:
        """Essays by name alone, with their motion and its sides."""
        return self.without_text().select_related("motion").prefetch_related("motion__sides")

    def asserted_claims(self) -> models.QuerySet[Essay, Any]:
        """The keys of the claims that one of these essays asserts, all considered."""
        return self.filter(stances__kind="asserts").values("stances__claim")

    def at_source(self, address: str) -> EssayQuerySet:
        """The essay that was published at this address, by https or http, with a stroke at its end or without."""
        bare = address.partition("#")[0].rstrip("/").partition("://")[2]
        same = [f"{scheme}://{bare}{end}" for scheme in ("https", "http") for end in ("", "/")]
        return self.filter(source_url__in=[address, *same]) if bare else self.none()

    def with_source(self) -> EssayQuerySet:
        """Each with its source text, where one is kept."""
        return self.select_related("source_text")

    def speaking_to(self, claim: models.Model) -> EssayQuerySet:
        """Essays that take a stance on the claim, drafts too."""
        return self.filter(stances__claim=claim.pk)

    def titles_but(self, essay: Essay) -> list[str]:
        return list(self.exclude(pk=essay.pk).order_by("title").values_list("title", flat=True))

    def responding_to(self, essay: Essay) -> EssayQuerySet:
        return self.filter(responds_to=essay)

    def get_by_natural_key(self, slug: str) -> Essay:
        return self.get(slug=slug)


class Essay(Authored):
    """A published text, taken apart. Its own sentences stay with its publisher."""

    class Precision(models.TextChoices):
        DAY = "day", _("to the day")
        MONTH = "month", _("to the month")
        INFERRED_MONTH = "inferred_month", _("month, inferred")
        YEAR = "year", _("to the year")
        UNKNOWN = "unknown", _("not given")

    markdown_in_blocks = ("summary",)
    derived_fields = Authored.derived_fields | {"summary_blocks"}
    who: str | None  # by with_each_author()
    spoken_to: int  # by with_claims_counted()
    writer: int  # by with_writers(), as the three below
    writer_slug: str
    writer_name: str
    writer_named: bool

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="essays", verbose_name=_("motion"))
    title = models.CharField(_("title"), max_length=200)
    authors = models.ManyToManyField(Author, related_name="essays", verbose_name=_("authors"))
    publisher = models.CharField(_("publisher"), max_length=120)
    source_url = models.URLField(_("source"), max_length=500, unique=True)
    source_note = models.TextField(_("note on the source"), blank=True, help_text=_("Where else it appeared."))
    published_on = models.DateField(_("published on"), null=True, blank=True)
    date_precision = models.CharField(_("precision of the date"), max_length=14, choices=Precision)
    words = models.PositiveIntegerField(_("words"), null=True, blank=True)
    side = models.ForeignKey(
        Side, on_delete=models.PROTECT, null=True, blank=True, related_name="essays", verbose_name=_("side taken")
    )
    responds_to = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="responses",
        verbose_name=_("responds to"),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        help_text=_("Markdown, in our own words. [[claim-slug]] sets that claim's passages in the margin."),
    )
    summary_blocks = models.JSONField(editable=False, default=list)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    history = HistoricalRecords(excluded_fields=["summary_blocks"], m2m_fields=[authors])

    objects = EssayQuerySet.as_manager()

    class Meta:
        verbose_name = _("essay")
        verbose_name_plural = _("essays")
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, date_precision="unknown")
                | (Q(published_on__isnull=False) & ~Q(date_precision="unknown")),
                name="essay_date_as_precise_as_said",
                violation_error_message=_("A date needs its precision; no date means that it is not given."),
            ),
            models.CheckConstraint(
                condition=~Q(responds_to=models.F("id")),
                name="essay_answers_another",
                violation_error_message=_("An essay cannot respond to itself."),
            ),
            models.CheckConstraint(condition=Q(status__in=["draft", "review", "published"]), name="essay_status_known"),
        ]
        indexes = [models.Index(fields=["motion", "status"], name="essay_of_motion")]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[Any, ...]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("essay", args=[self.slug])

    def render(self) -> None:
        self.summary_blocks = summary_blocks(self.summary)

    @property
    def written_within(self) -> Span | None:
        """The days among which it was published, as closely as is known; None where no date is given."""
        return span_of(self.published_on, self.date_precision)

    @property
    def dated(self) -> str:
        """When it was published, as precisely as is known, in words."""
        if self.published_on is None:
            return gettext("date not given")
        if self.date_precision == self.Precision.DAY:
            return date_format(self.published_on, "j F Y")
        if self.date_precision == self.Precision.YEAR:
            return date_format(self.published_on, "Y")
        month = date_format(self.published_on, "F Y")
        inferred = self.date_precision == self.Precision.INFERRED_MONTH
        return pgettext("date", "%s, inferred") % month if inferred else month


def slug_for(authors: Sequence[str], published_on: date | None, title: str) -> str:
    """A slug as the essays of the site have them: surname, year, and the first words of the title."""
    surname = authors[0].split()[-1] if authors else ""
    year = str(published_on.year) if published_on else ""
    parts = [surname, year, *slugify(title).split("-")[:WORDS_OF_SLUG]]
    return slugify(" ".join(parts))[:LONGEST_SLUG].strip("-")
