"""An essay's own text, for curators' eyes only: without history, in no fixture, export, search or page for readers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.models.essays import Essay
from debate.models.stances import Passage


def named_by_passage() -> Exists:
    """Whether a passage of its essay names the place of a paragraph."""
    place = {name: OuterRef(name) for name in ("heading", "paragraph")}
    return Exists(Passage.objects.filter(stance__essay=OuterRef("source"), **place))


class SourceTextQuerySet(models.QuerySet["SourceText"]):
    def changed_at(self, essay: Essay) -> datetime | None:
        """When the essay's text was changed last, None where none is kept."""
        return self.filter(pk=essay.pk).values_list("changed_at", flat=True).first()


class SourceText(models.Model):
    """The text of an essay while it is taken apart. It can be deleted at any time, and nothing else goes with it."""

    essay = models.OneToOneField(
        Essay, on_delete=models.CASCADE, primary_key=True, related_name="source_text", verbose_name=_("essay")
    )
    kept_at = models.DateTimeField(_("kept at"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)

    objects = SourceTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("source text")
        verbose_name_plural = _("source texts")
        default_permissions = ()  # whoever may change the essay may read and change its text

    def __str__(self) -> str:
        return str(self.essay_id)


class SourceParagraphQuerySet(models.QuerySet["SourceParagraph"]):
    def of_essay(self, essay: Essay) -> SourceParagraphQuerySet:
        return self.filter(source=essay.pk).order_by("number")

    def numbered(self, number: int) -> SourceParagraphQuerySet:
        return self.filter(number=number)

    def with_claimed(self) -> SourceParagraphQuerySet:
        """Each with `claimed`: whether a passage of its essay names its place."""
        return self.annotate(**{"claimed": named_by_passage()})

    def unclaimed(self) -> SourceParagraphQuerySet:
        """Paragraphs that no passage names and that nobody has set aside."""
        return self.filter(~named_by_passage(), set_aside=False)

    def of_essays(self, essays: Iterable[Essay]) -> SourceParagraphQuerySet:
        return self.filter(source__in=[essay.pk for essay in essays])

    def counted_by_essay(self) -> dict[int, int]:
        """How many there are, by the key of the essay. One query."""
        return dict(self.order_by().values_list("source").annotate(count=Count("pk")))


class SourceParagraph(models.Model):
    """One paragraph of a source text; `heading` and `paragraph` are the place by which a passage names it."""

    claimed: bool  # by with_claimed()

    source = models.ForeignKey(SourceText, on_delete=models.CASCADE, related_name="paragraphs")
    number = models.PositiveSmallIntegerField(help_text=_("Its place in the whole text, from 1."))
    heading = models.CharField(max_length=200, blank=True, help_text=_("Empty before the first heading."))
    paragraph = models.PositiveSmallIntegerField(help_text=_("Counted under that heading, from 1."))
    text = models.TextField()
    set_aside = models.BooleanField(default=False, help_text=_("A curator found no claim in it."))

    objects = SourceParagraphQuerySet.as_manager()

    class Meta:
        verbose_name = _("paragraph of a source")
        verbose_name_plural = _("paragraphs of sources")
        default_permissions = ()
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "number"],
                name="sourceparagraph_number_unique",
                violation_error_message=_("Two paragraphs have the same number."),
            ),
            models.UniqueConstraint(
                fields=["source", "heading", "paragraph"],
                name="sourceparagraph_place_unique",
                violation_error_message=_("Two paragraphs have the same place."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, paragraph__gte=1) & ~Q(text=""),
                name="sourceparagraph_has_a_place_and_a_text",
                violation_error_message=_("A paragraph has a number, a place and a text."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} ¶ {self.number}"

    @property
    def seal(self) -> str:
        """What tells this paragraph from another that takes its number."""
        return sha256(self.text.encode()).hexdigest()[:12]
