"""Fields as a curator meets them: sentences that are counted, Markdown that can be looked at, rows found by typing."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from debate.admin.sound import key_told


class Sentence(forms.Textarea):
    """One sentence; the script beside it counts the characters left."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        told = {"class": "vLargeTextField sentence", "rows": 2, "data-counted": _("%s characters left")}
        super().__init__({**told, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """On one line, wherever it was broken while it was written."""
        value = super().value_from_datadict(data, files, name)
        return " ".join(value.split()) if isinstance(value, str) else value


class MarkdownArea(forms.Textarea):
    """Markdown; the script beside it shows what readers will see."""

    def __init__(self, preview_url: str, rows: int = 12) -> None:
        told = {"data-preview-word": _("Preview"), "data-preview-failed": _("The preview could not be made.")}
        super().__init__({"class": "vLargeTextField markdown", "rows": rows, "data-preview": preview_url, **told})


class Known:
    """Tells a completing field the rows that it names already, so that it need not ask the database for each.

    What can be no row's key, and so was refused, is not looked for.
    """

    known: dict[str, str] = {}

    def optgroups(self, name: str, value: list[Any], attr: Any = None) -> list[Any]:
        chosen = [str(key) for key in value if key_told(str(key)) is not None]
        if not chosen or not self.known.keys() >= set(chosen):
            return super().optgroups(name, chosen or [""], attr)  # type: ignore[misc, no-any-return]
        blank = [] if self.is_required or self.allow_multiple_selected else [("", "", False)]  # type: ignore[attr-defined]
        told = [*blank, *((key, self.known[key], True) for key in chosen)]
        options = [self.create_option(name, *each, index) for index, each in enumerate(told)]  # type: ignore[attr-defined]
        return [(None, options, 0)]


class KnownSelect(Known, AutocompleteSelect):  # type: ignore[misc]
    """A foreign key by autocompletion."""


class KnownSelectMultiple(Known, AutocompleteSelectMultiple):  # type: ignore[misc]
    """A many-to-many by autocompletion. Each choice has its own button to take it off; one for all is a trap."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}


def tell_known(form: "forms.ModelForm[Any]") -> None:
    """Hand each completing field of a form the rows that the form's instance has fetched already."""
    state = form.instance._state
    fetched = getattr(form.instance, "_prefetched_objects_cache", {})
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if not isinstance(widget, Known) or not isinstance(field, forms.ModelChoiceField):
            continue
        rows: list[Model] = list(fetched.get(name, ()))
        if state.fields_cache.get(name):
            rows = [state.fields_cache[name]]
        widget.known = {str(row.pk): field.label_from_instance(row) for row in rows}
