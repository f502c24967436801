"""How fields look, on a noun's own page as in the rows on another's."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime, RelatedFieldWidgetWrapper
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from debate.admin.forms import RuleForm
from debate.admin.sound import Several
from debate.admin.widgets import KnownSelect, KnownSelectMultiple, MarkdownArea, Sentence
from debate.models import Authored

if TYPE_CHECKING:
    Options = admin.options.BaseModelAdmin[Any]
else:
    Options = object

SENTENCE_FROM = 160
SHOWN = RegexValidator(
    r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]", lazy("It holds a sign that cannot be shown."), inverse_match=True
)


def markdown_of(model: type[Model]) -> tuple[str, ...]:
    """The fields of a model that hold Markdown."""
    return (*model.markdown_fields, *model.markdown_in_blocks) if issubclass(model, Authored) else ()


def holds_a_sentence(field: Any) -> bool:
    is_text = isinstance(field, models.CharField) and not isinstance(field, models.URLField)
    return is_text and not field.choices and (field.max_length or 0) >= SENTENCE_FROM


class Fields(Options):
    """Sentences are counted, Markdown can be looked at, rows are found by typing and called as on their own pages."""

    form = RuleForm

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if holds_a_sentence(db_field):
            kwargs.setdefault("widget", Sentence())
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")
        if isinstance(db_field, models.TextField):
            kwargs.setdefault("widget", forms.Textarea({"class": "vLargeTextField", "rows": 3}))
        if db_field.name in markdown_of(db_field.model):
            meta = db_field.model._meta
            kwargs["widget"] = MarkdownArea(reverse(f"admin:{meta.app_label}_{meta.model_name}_preview"))
        return finished(super().formfield_for_dbfield(db_field, request, **kwargs))

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownSelect(db_field, self.admin_site))
        return self.labelled(super().formfield_for_foreignkey(db_field, request, **kwargs))

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownSelectMultiple(db_field, self.admin_site))
        kwargs.setdefault("form_class", Several)
        return self.labelled(super().formfield_for_manytomany(db_field, request, **kwargs))

    def labelled(self, field: Any) -> Any:
        """The field, its rows called as the room they come from calls them."""
        room = self.admin_site._registry.get(field.queryset.model) if field is not None else None
        if room is not None and hasattr(room, "label_of"):
            field.label_from_instance = room.label_of
        return field


def finished(field: Any) -> Any:
    """A field of any kind with what it still needs; None for a column without one."""
    if field is None:
        return None
    if isinstance(field, forms.CharField):
        field.validators.append(SHOWN)
    if isinstance(field.widget, RelatedFieldWidgetWrapper):
        # What a field names is changed and added from there, not deleted in passing.
        field.widget.can_delete_related = field.widget.can_view_related = False
    if isinstance(field.widget, AdminSplitDateTime):
        for part, word in zip(field.widget.widgets, (_("date"), _("time")), strict=True):
            part.attrs["aria-label"] = f"{capfirst(str(field.label))}: {word}"
    return field
