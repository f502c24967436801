"""Stances, with the passages that show them."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debate.actions.rules import Faults, shown_faults, stance_faults
from debate.admin.base import Rows, Seen
from debate.admin.essays import passages
from debate.admin.filters import Picked, WithoutPassage
from debate.admin.forms import KeepingFormSet, RuleForm
from debate.admin.history import Part
from debate.admin.listing import Link, Listing
from debate.admin.paths import address_of
from debate.admin.relocating import MovesPassages
from debate.models import Claim, Essay, Passage, Relation, Stance

STEP = 10
LEFT_EMPTY = {
    "number": _("Its running order in the essay. Empty: after the last one."),
    "kind": _("Empty: as the stance."),
}


class StanceForm(RuleForm):
    def faults(self) -> Faults:
        return stance_faults(self.instance)


class PassageForm(RuleForm):
    """A passage, where what is left empty is taken from the stance: its kind, and the next number in the essay."""

    stance: Stance
    numbers: Iterator[int]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, said in LEFT_EMPTY.items():
            if name in self.fields:
                self.fields[name].required = False
                self.fields[name].help_text = said

    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or self.cleaned_data
        if self.has_changed() and "number" not in self.errors and told.get("number") is None:
            told["number"] = next(self.numbers)
        told["kind"] = told.get("kind") or self.stance.kind
        return told


class PassageFormSet(KeepingFormSet):
    """The passages of a stance: at least one of them shows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = numbers_after(self.instance)

    def _construct_form(self, i: int, **kwargs: Any) -> "forms.ModelForm[Any]":
        form: Any = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.stance, form.numbers = self.instance, self.numbers
        return form  # type: ignore[no-any-return]

    def clean(self) -> None:
        super().clean()
        if any(self.errors) or not self.instance.kind:
            return
        kinds = [form.cleaned_data["kind"] for form in self.kept()]
        for fault in shown_faults(self.instance.kind, kinds):
            raise forms.ValidationError(fault.message)


def numbers_after(stance: Stance) -> Iterator[int]:
    """Round numbers after the last passage of the stance's essay, which is asked when the first one is needed."""
    last = Passage.objects.filter(stance__essay=stance.essay_id).aggregate(last=Max("number"))["last"] or 0
    yield from count(last - last % STEP + STEP, STEP)


class PassageRows(Rows):
    model = Passage
    form = PassageForm
    formset = PassageFormSet
    fields = ("heading", ("paragraph", "number"), "gist", ("kind", "speaker"), "quote")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "quote":
            kwargs["widget"] = forms.Textarea({"class": "vLargeTextField", "rows": 2})
        if db_field.name == "heading":
            kwargs["widget"] = forms.TextInput({"class": "vTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Stance)
class StanceAdmin(MovesPassages, Seen):
    form = StanceForm
    list_display = ["on_claim", "kind", "in_essay", "shown", "on_site"]
    list_filter = ["kind", WithoutPassage, ("essay", Picked), ("claim__motion", Picked)]
    search_fields = ["claim__text", "essay__title", "passages__gist"]
    ordering = ["-created_at", "pk"]
    fields = ["essay", "claim", "kind"]
    autocomplete_fields = ["essay", "claim"]
    inlines = [PassageRows]
    parts = [Part(Passage, "stance_id", "gist")]
    keeps = ["essay"]
    leads_back_to = {"essay": Essay, "claim": Claim}

    def get_queryset(self, request: HttpRequest) -> Any:
        told = super().get_queryset(request).select_related("essay", "claim")
        return told.annotate(passages_n=passages())

    @admin.display(description=_("claim"), ordering="claim__text")
    def on_claim(self, stance: Stance) -> str:
        return stance.claim.text

    @admin.display(description=_("essay"), ordering="essay__title")
    def in_essay(self, stance: Stance) -> str:
        return stance.essay.title

    @admin.display(description=_("passages"), ordering="passages_n")
    def shown(self, stance: Any) -> str:
        return str(stance.passages_n or _("none"))

    def listings(self, stance: Stance) -> Iterable[Listing]:
        links = [
            Link(_("The essay"), address_of(Essay, "change", stance.essay_id)),
            Link(_("The claim"), address_of(Claim, "change", stance.claim_id)),
            Link(
                _("Add a relation that the essay draws from this claim"),
                address_of(Relation, "add", source=stance.claim_id, drawn_by=stance.essay_id),
            ),
            Link(_("Add the essay's next stance"), address_of(Stance, "add", essay=stance.essay_id)),
        ]
        yield Listing(_("Go on"), [], links)
