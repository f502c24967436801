"""The question, and the sides that answer it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from debate.models.authored import Authored, Status
from debate.models.history import HistoricalRecords

MOTIONS_IN_ORDER = ("-featured", "horizon", "pk")


class MotionQuerySet(models.QuerySet["Motion"]):
    def visible(self) -> MotionQuerySet:
        return self.filter(status=Status.PUBLISHED)

    def featured(self) -> MotionQuerySet:
        return self.visible().filter(featured=True)

    def with_sides(self) -> MotionQuerySet:
        return self.prefetch_related(models.Prefetch("sides", Side.objects.order_by("position")))

    def for_list_page(self) -> MotionQuerySet:
        return self.with_sides().defer("context", "context_html").order_by(*MOTIONS_IN_ORDER)

    def are_several(self) -> bool:
        return len(self.values("pk")[:2]) == 2

    def get_by_natural_key(self, slug: str) -> Motion:
        return self.get(slug=slug)


class Motion(Authored):
    """A question with a horizon, which essays argue over."""

    markdown_fields = ("context",)

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    question = models.CharField(_("question"), max_length=200)
    context = models.TextField(_("context"), blank=True, help_text=_("Markdown. What a reader has to know first."))
    context_html = models.TextField(editable=False, default="")
    opened_on = models.DateField(_("opened on"))
    horizon = models.DateField(_("horizon"), help_text=_("The day on which the question is due."))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    featured = models.BooleanField(_("featured"), default=False)
    deciding_prediction = models.ForeignKey(
        "debate.Prediction",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decides",
        verbose_name=_("deciding prediction"),
    )
    history = HistoricalRecords(excluded_fields=["context_html"])

    objects = MotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        constraints = [
            models.UniqueConstraint(
                fields=["featured"],
                condition=Q(featured=True),
                name="motion_at_most_one_featured",
                violation_error_message=_("Another motion is featured; take it off first."),
            ),
            models.CheckConstraint(
                condition=Q(horizon__gt=models.F("opened_on")),
                name="motion_horizon_after_opening",
                violation_error_message=_("The horizon lies after the opening."),
            ),
            models.CheckConstraint(
                condition=Q(featured=False) | Q(status="published"),
                name="motion_featured_is_published",
                violation_error_message=_("Only a published motion can be featured."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "review", "published"]), name="motion_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def natural_key(self) -> tuple[Any, ...]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("motion", args=[self.slug])


class SideQuerySet(models.QuerySet["Side"]):
    def with_thesis(self) -> SideQuerySet:
        return self.select_related("thesis")

    def to_choose_from(self) -> SideQuerySet:
        """Each with its motion, for a list of the sides of all motions."""
        return self.select_related("motion").order_by("motion__question", "motion", "position")

    def get_by_natural_key(self, motion: str, slug: str) -> Side:
        return self.get(motion__slug=motion, slug=slug)


class Side(Authored):
    """One of a motion's answers; its thesis is the claim that all of its case leads to."""

    class Glyph(models.TextChoices):
        LEFT = "left", _("disc filled on the left")
        RIGHT = "right", _("disc filled on the right")
        TOP = "top", _("disc filled above")
        BOTTOM = "bottom", _("disc filled below")

    class Colour(models.TextChoices):
        BLUE = "blue", _("blue")
        ORANGE = "orange", _("orange")
        GREEN = "green", _("green")
        VIOLET = "violet", _("violet")

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="sides", verbose_name=_("motion"))
    slug = models.SlugField(_("slug"), max_length=40)
    label = models.CharField(_("label"), max_length=80)
    short_label = models.CharField(_("short label"), max_length=20)
    case = models.CharField(_("case"), max_length=280, help_text=_("The side's case in one sentence."))
    glyph = models.CharField(_("glyph"), max_length=6, choices=Glyph)
    colour = models.CharField(_("colour"), max_length=6, choices=Colour)
    position = models.PositiveSmallIntegerField(_("position"))
    thesis = models.ForeignKey(
        "debate.Claim",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="thesis_of",
        verbose_name=_("thesis"),
    )
    history = HistoricalRecords()

    objects = SideQuerySet.as_manager()

    class Meta:
        ordering = ["motion", "position"]
        verbose_name = _("side")
        verbose_name_plural = _("sides")
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["motion", field],
                    name=f"side_{field}_unique_in_motion",
                    violation_error_message=_("Another side of this motion has the same mark."),
                )
                for field in ("slug", "position", "glyph", "colour")
            ),
            models.UniqueConstraint(
                fields=["thesis"],
                name="side_thesis_of_one_side",
                violation_error_message=_("This claim is already the thesis of another side."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.key_of("motion"), self.slug)
