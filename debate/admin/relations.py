"""Relations between claims, and the counterpoints among them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debate.actions.rules import Fault, drawn_faults, relation_faults, target_faults, undercutter_faults
from debate.admin.base import Rows, Seen, is_seen
from debate.admin.filters import Picked, Unanswered
from debate.admin.forms import KeepingFormSet, RuleForm
from debate.admin.listing import Line, Link, Listing
from debate.admin.paths import address_of
from debate.admin.relocating import MovesEnds
from debate.admin.tables import Tabled
from debate.models import Claim, Counterpoint, Relation

FIELDS = (
    "source",
    "kind",
    "target_claim",
    "target_relation",
    "rationale",
    "origin",
    "drawn_by",
)
# An undercut stands on a relation, which may be an undercut itself: as deep as readers see them.
LEVELS = ("", "target_relation__", "target_relation__target_relation__", "target_relation__" * 3)
ENDS = [f"{level}{end}" for level in LEVELS for end in ("source", "target_claim")]


class RelationForm(RuleForm):
    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or self.cleaned_data
        if told.get("kind") and not {"target_claim", "target_relation"} & self.errors.keys():
            for fault in target_faults(told["kind"], told.get("target_claim"), told.get("target_relation")):
                self.add_error(fault.field, fault.message)
        return told

    def faults(self) -> Iterable[Fault]:
        yield from relation_faults(self.instance)
        yield from undercutter_faults(self.instance)
        yield from drawn_faults(self.instance, list(self.cleaned_data.get("drawn_by", ())))


class RelationFormSet(KeepingFormSet):
    """A claim's own relations, none of which is drawn twice."""

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.kept():
            drawn = tuple(form.cleaned_data.get(name) for name in ("kind", "target_claim", "target_relation"))
            if drawn in seen:
                raise forms.ValidationError(_("The same relation is drawn twice here."))
            seen.add(drawn)


class RelationRows(Rows):
    """The relations that go out from a claim, on its page."""

    model = Relation
    form = RelationForm
    formset = RelationFormSet
    fk_name = "source"
    fields = FIELDS[1:]
    autocomplete_fields = ["target_claim", "target_relation", "drawn_by"]
    verbose_name = _("relation from this claim")
    verbose_name_plural = _("relations from this claim")
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(*ENDS).prefetch_related("drawn_by").order_by("pk")


class Between(MovesEnds, Seen):
    """The pages of a noun that is a relation."""

    form = RelationForm
    list_display = ["from_claim", "kind", "to", "by", "on_site"]
    search_fields = [
        "source__text",
        "target_claim__text",
        "target_relation__source__text",
        "target_relation__target_claim__text",
        "rationale",
    ]
    ordering = ["-created_at", "pk"]
    fields = FIELDS
    autocomplete_fields = ["source", "target_claim", "target_relation", "drawn_by"]
    keeps = ["source", "drawn_by"]
    leads_back_to = {"source": Claim, "target_claim": Claim, "target_relation": Relation}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(*ENDS, "standing").prefetch_related("drawn_by")

    @admin.display(description=_("from"), ordering="source__text")
    def from_claim(self, relation: Relation) -> str:
        return relation.source.text

    @admin.display(description=_("to"))
    def to(self, relation: Relation) -> str:
        return str(relation.target)

    @admin.display(description=_("drawn by"))
    def by(self, relation: Relation) -> str:
        drawn = ", ".join(essay.title for essay in relation.drawn_by.all())
        return drawn or relation.get_origin_display()

    def listings(self, relation: Relation) -> Iterable[Listing]:
        lines = [
            Line(undercut.source.text, address_of(Relation, "change", undercut.pk), [undercut.rationale])
            for undercut in relation.undercuts.select_related("source")
        ]
        undercut = address_of(Relation, "add", kind="undercuts", target_relation=relation.pk)
        links = [
            Link(_("Undercut this relation"), undercut),
            Link(_("The claim it starts from"), address_of(Claim, "change", relation.source_id)),
        ]
        yield Listing(_("What undercuts it"), lines, links, _("Nothing undercuts it."))

    def unseen_because(self, relation: Any) -> Iterable[Any]:
        if not is_seen(relation):
            yield _("One of its ends, or every essay that draws it, is not there to be seen.")


@admin.register(Relation)
class RelationAdmin(Tabled, Between):
    list_filter = ["kind", ("source__motion", Picked), ("drawn_by", Picked), "origin"]


@admin.register(Counterpoint)
class CounterpointAdmin(Between):
    list_display = ["from_claim", "kind", "to", "answered", "on_site"]
    list_filter = [Unanswered, "kind", ("source__motion", Picked), ("drawn_by", Picked), "origin"]

    @admin.display(description=_("answered"), ordering="standing__answered")
    def answered(self, point: Counterpoint) -> str:
        return str(point.standing) if hasattr(point, "standing") else ""

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "kind":
            kinds = [pair for pair in Relation.Kind.choices if pair[0] != Relation.Kind.SUPPORTS]
            kwargs["choices"] = [("", "---------"), *kinds]
        return super().formfield_for_choice_field(db_field, request, **kwargs)
