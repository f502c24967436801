"""What a list can be narrowed to, beyond its columns."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debate.admin.sound import key_told
from debate.admin.widgets import KnownSelect

FEW = 12


class Word(admin.SimpleListFilter):
    """One question, asked or not, answered by a word of the queryset."""

    asked: Any = ""
    word = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", self.asked)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return getattr(queryset, self.word)() if self.value() == "yes" else queryset


class Loose(Word):
    title = _("place in the argument")
    parameter_name = "loose"
    asked = _("no path to a thesis")
    word = "loose"


class Unanswered(Word):
    title = _("answer")
    parameter_name = "unanswered"
    asked = _("unanswered")
    word = "unanswered"


class WithoutPassage(Word):
    title = _("passages")
    parameter_name = "without_passage"
    asked = _("without a passage")
    word = "without_passage"


class Picked(admin.RelatedFieldListFilter):
    """A row of another noun: links where there are few of them, a field that completes where there are many."""

    template = "admin/debate/picked.html"

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        room = model_admin.admin_site._registry[field.related_model]
        rows = room.get_queryset(request)
        found = list(rows.order_by(*room.ordering or ("pk",))[: FEW + 1])
        self.typed = forms.ModelChoiceField(rows, widget=KnownSelect(field, model_admin.admin_site), required=False)
        self.typed.label_from_instance = room.label_of  # type: ignore[method-assign]
        self.many = len(found) > FEW
        return [] if self.many else [(row.pk, room.label_of(row)) for row in found]

    def has_output(self) -> bool:
        return self.many or super().has_output()

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Links as ever; besides, for the form of the many, the field and what else the list is narrowed to."""
        told = changelist.params.items()
        self.others = [(name, value) for name, value in told if name not in (self.lookup_kwarg, PAGE_VAR)]
        attributes = {"aria-label": self.title, "id": f"filter-{self.lookup_kwarg}"}
        chosen = [told for told in self.lookup_val or () if key_told(told) is not None]
        self.select = self.typed.widget.render(self.lookup_kwarg, chosen, attributes)
        return super().choices(changelist)
