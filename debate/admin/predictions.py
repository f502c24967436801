"""Predictions, with how essays read on them and what bears on them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.actions.rules import Faults, bearing_faults, entailment_faults, prediction_faults, reading_faults
from debate.admin.base import BareInPassing, Publishes, Rows
from debate.admin.filters import Picked
from debate.admin.forms import RuleForm
from debate.admin.history import Part
from debate.admin.resolving import Resolves
from debate.admin.starting import StartsInMotion
from debate.admin.tables import Tabled
from debate.models import Bearing, Entailment, Essay, Prediction, Reading

STATES = {"open": _("open"), "due": _("due"), "upcoming": _("upcoming"), "resolved": _("resolved")}


class PredictionForm(RuleForm):
    def faults(self) -> Faults:
        return prediction_faults(self.instance)


class ReadingForm(RuleForm):
    def faults(self) -> Faults:
        return reading_faults(self.instance)


class BearingForm(RuleForm):
    def faults(self) -> Faults:
        return bearing_faults(self.instance)


class EntailmentForm(RuleForm):
    def faults(self) -> Faults:
        return entailment_faults(self.instance)


class ReadingRows(Rows):
    model = Reading
    form = ReadingForm
    fields = ("essay", ("low", "high"), ("heading", "paragraph"), "note")
    autocomplete_fields = ["essay"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("essay", "prediction").order_by("pk")


class BearingRows(Rows):
    model = Bearing
    form = BearingForm
    fields = ("claim", "outcome", "rationale")
    autocomplete_fields = ["claim"]
    verbose_name_plural = _("claims that bear on it")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("claim", "prediction").order_by("pk")


class EntailmentRows(Rows):
    model = Entailment
    form = EntailmentForm
    fk_name = "premise"
    fields = ("conclusion", "rationale")
    autocomplete_fields = ["conclusion"]
    verbose_name_plural = _("what its yes implies")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("premise", "conclusion").order_by("pk")


class State(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(STATES.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.in_state(self.value()) if self.value() in STATES else queryset


@admin.register(Prediction)
class PredictionAdmin(Tabled, Resolves, StartsInMotion, BareInPassing, Publishes):
    form = PredictionForm
    list_display = ["statement", "essay", "status", "on_site", "state", "closes_at", "resolves_on"]
    list_filter = ["status", State, ("motion", Picked), ("essay", Picked), "origin"]
    search_fields = ["statement", "slug", "criteria", "essay__title"]
    date_hierarchy = "closes_at"
    ordering = ["closes_at", "pk"]
    fieldsets = [
        (None, {"fields": ["statement", "criteria"]}),
        (_("Where it comes from"), {"fields": ["motion", "essay", "origin"]}),
        (_("When"), {"fields": ["opens_at", "closes_at", "resolves_on"]}),
        (_("On the site"), {"fields": ["slug", "status"]}),
    ]
    autocomplete_fields = ["motion", "essay"]
    prepopulated_fields = {"slug": ["statement"]}
    inlines = [ReadingRows, BearingRows, EntailmentRows]
    parts = [
        Part(Reading, "prediction_id", "essay"),
        Part(Bearing, "prediction_id", "claim"),
        Part(Entailment, "premise_id", "conclusion"),
    ]
    keeps = ["motion", "essay"]
    leads_back_to = {"essay": Essay}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("motion", "essay")

    @admin.display(description=_("state"))
    def state(self, prediction: Prediction) -> str:
        return str(STATES[prediction.state(timezone.now())])

    def reasons(self, prediction: Any) -> Any:
        told = list(super().reasons(prediction))
        yield from told
        if not told:
            yield _("The essay that it comes from is not published.")
