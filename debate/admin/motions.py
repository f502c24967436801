"""Motions with their sides."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debate.actions.promises import FEWEST_SIDES
from debate.actions.rules import Faults, motion_faults, side_faults
from debate.admin.base import AuthoredAdmin, Publishes, Rows
from debate.admin.counting import number_of
from debate.admin.forms import KeepingFormSet, RuleForm
from debate.admin.history import Part
from debate.admin.listing import Line, Link, Listing
from debate.admin.paths import address_of
from debate.models import Claim, Essay, Motion, Prediction, Side, Status

SIDE_FIELDS = (
    "label",
    "short_label",
    "case",
    "thesis",
    ("slug", "glyph", "colour", "position"),
)

STARTS = (
    {"position": 1, "glyph": Side.Glyph.LEFT, "colour": Side.Colour.BLUE},
    {"position": 2, "glyph": Side.Glyph.RIGHT, "colour": Side.Colour.ORANGE},
)


class SideForm(RuleForm):
    def faults(self) -> Faults:
        return side_faults(self.instance)


class SideFormSet(KeepingFormSet):
    """A motion's sides: a published one has two of them, those of a featured one have their theses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs["instance"].pk is None:
            kwargs.setdefault("initial", STARTS)
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        sides = [form.instance for form in self.kept()]
        if self.instance.status == Status.PUBLISHED and len(sides) < FEWEST_SIDES:
            raise ValidationError(_("A motion needs two sides before it is published."))
        if self.instance.featured and any(side.thesis_id is None for side in sides):
            raise ValidationError(_("Each side of a featured motion has a thesis."))


class SideRows(Rows):
    model = Side
    form = SideForm
    formset = SideFormSet
    fields = SIDE_FIELDS
    autocomplete_fields = ["thesis"]
    prepopulated_fields = {"slug": ["short_label"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("thesis").order_by("position")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A new motion has two sides to begin with."""
        return 0 if obj else 2


class MotionForm(RuleForm):
    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or self.cleaned_data
        opened, horizon = told.get("opened_on"), told.get("horizon")
        if opened and horizon and horizon <= opened:
            self.add_error("horizon", _("The horizon has to lie after the opening."))
        return told

    def faults(self) -> Faults:
        return motion_faults(self.instance)


@admin.register(Motion)
class MotionAdmin(Publishes):
    form = MotionForm
    list_display = ["question", "status", "on_site", "is_featured", "horizon", "essays", "claims", "predictions"]
    list_filter = ["status"]
    search_fields = ["question", "slug"]
    ordering = ["-featured", "horizon", "pk"]
    fieldsets = [
        (None, {"fields": ["question", ("opened_on", "horizon"), "context", "deciding_prediction"]}),
        (_("On the site"), {"fields": ["slug", ("status", "featured")]}),
    ]
    autocomplete_fields = ["deciding_prediction"]
    prepopulated_fields = {"slug": ["question"]}
    inlines = [SideRows]
    parts = [Part(Side, "motion_id", "label")]

    def get_queryset(self, request: HttpRequest) -> Any:
        nouns = (("essays_n", Essay), ("claims_n", Claim), ("predictions_n", Prediction))
        counted = {name: number_of(model, "motion") for name, model in nouns}
        return super().get_queryset(request).annotate(**counted)

    @admin.display(description=_("featured"), ordering="featured")
    def is_featured(self, motion: Motion) -> str:
        return str(_("featured")) if motion.featured else ""

    @admin.display(description=_("essays"), ordering="essays_n")
    def essays(self, motion: Any) -> int:
        return int(motion.essays_n)

    @admin.display(description=_("claims"), ordering="claims_n")
    def claims(self, motion: Any) -> int:
        return int(motion.claims_n)

    @admin.display(description=_("predictions"), ordering="predictions_n")
    def predictions(self, motion: Any) -> int:
        return int(motion.predictions_n)

    def listings(self, motion: Motion) -> Iterable[Listing]:
        essays = [
            Line(essay.title, address_of(Essay, "change", essay.pk), [essay.get_status_display()])
            for essay in motion.essays.in_order_written()[:50]
        ]
        links = [
            Link(_("Add an essay"), address_of(Essay, "add", motion=motion.pk)),
            Link(_("Add a claim"), address_of(Claim, "add", motion=motion.pk)),
            Link(_("All its claims"), address_of(Claim, "changelist", motion__id__exact=motion.pk)),
            Link(_("All its predictions"), address_of(Prediction, "changelist", motion__id__exact=motion.pk)),
        ]
        yield Listing(_("Essays"), essays, links, _("No essay speaks to this motion yet."))


@admin.register(Side)
class SideAdmin(AuthoredAdmin):
    """Sides are written on their motion's page; here is where fields find them, and their history."""

    form = SideForm
    list_display = ["label", "motion"]
    list_select_related = ["motion"]
    search_fields = ["label", "short_label", "motion__question"]
    ordering = ["motion", "position"]
    fields = ("motion", *SIDE_FIELDS)
    autocomplete_fields = ["motion", "thesis"]

    def has_module_permission(self, _request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("motion")

    def label_of(self, row: Side) -> str:
        return f"{row.label} · {row.motion}"
