"""Two curators on one page at once: the second is told and shown both, and nothing typed or written is lost."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django import forms
from django.contrib import admin
from django.db.models import Max, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from debate.admin.history import Part
from debate.admin.saving import work_of
from debate.admin.sound import key_told
from debate.reasoning.diff import Piece, word_diff

if TYPE_CHECKING:
    Options = admin.ModelAdmin[Any]
else:
    Options = object

FIELD = "version"
CONFLICT = 409


class Difference(NamedTuple):
    """A field in which what was typed is not what is there now."""

    label: str
    pieces: Sequence[Piece]


class Differing(NamedTuple):
    """A row with its differences; `title` is empty for the row whose page it is."""

    title: str
    differences: Sequence[Difference]


def histories(model: Any, parts: Iterable[Part], key: int) -> list[Any]:
    """All versions of a row, and of the rows that are written on its page, a queryset each."""
    return [model.history.filter(id=key), *(part.model.history.filter(**{part.column: key}) for part in parts)]  # type: ignore[attr-defined]


def version_of(model: type[Model], parts: Sequence[Part], key: int) -> str:
    """What tells one state of a row's page from the next: the newest version of everything on it."""
    newest = (versions.aggregate(newest=Max("history_id"))["newest"] for versions in histories(model, parts, key))
    return ".".join(str(number or 0) for number in newest)


def latest_of(model: type[Model], parts: Sequence[Part], key: int) -> Any:
    """The latest version of anything on a row's page: who saved last, and when."""
    found = [
        versions.select_related("history_user").order_by("history_id").last()
        for versions in histories(model, parts, key)
    ]
    return max((version for version in found if version), key=lambda version: version.history_date, default=None)


def hold(model: type[Model], parts: Sequence[Part], key: int) -> bool:
    """Keep others from writing what is on a row's page until this transaction ends; whether the row is there."""
    rows = model._base_manager.select_for_update(no_key=True)
    there = bool(list(rows.filter(pk=key).values_list("pk")))
    for part in parts:
        list(part.model._base_manager.select_for_update(no_key=True).filter(**{part.column: key}).order_by("pk"))
    return there


def in_words(field: forms.Field, value: Any) -> str:
    """A value as its field shows it, whether it is a row, its key or a word."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        keys = [getattr(each, "pk", each) for each in value or ()]
        return ", ".join(sorted(map(field.label_from_instance, field.queryset.filter(pk__in=keys))))  # type: ignore[union-attr]
    if isinstance(field, forms.ModelChoiceField):
        row = field.queryset.filter(pk=getattr(value, "pk", value)).first() if value else None  # type: ignore[union-attr]
        return field.label_from_instance(row) if row else ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value or ""))  # type: ignore[arg-type]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField)


def differences(form: Any) -> Iterator[Difference]:
    """What a filled form would change of what is there now, field by field."""
    for name in form.changed_data:
        field = form.fields[name]
        now = in_words(field, form.get_initial_for_field(field, name))
        typed = in_words(field, form.cleaned_data[name]) if name in form.cleaned_data else str(form[name].value() or "")
        if now != typed:
            whole = [Piece("gone", now or _("none")), Piece("kept", "→ "), Piece("new", typed or _("none"))]
            yield Difference(str(form[name].label), word_diff(now, typed) if is_text(field) else whole)


def differing(form: Any, formsets: Iterable[Any]) -> Iterator[Differing]:
    own = list(differences(form))
    if own:
        yield Differing("", own)
    for formset in formsets:
        noun = capfirst(str(formset.model._meta.verbose_name))
        for number, row in enumerate(formset.forms, start=1):
            told = list(differences(row)) if row.instance.pk else []
            if told:
                yield Differing(f"{noun} {number}", told)


def typed_texts(told: Any) -> list[tuple[str, str]]:
    """What somebody wrote into a form that cannot be shown any more: names of fields with their texts."""
    pairs = ((name, value.strip()) for name, values in told.lists() for value in values)
    wanted = ((name, value) for name, value in pairs if not name.startswith(("csrf", "_", FIELD)))
    return [(capfirst(name.rpartition("-")[2].replace("_", " ")), value) for name, value in wanted if " " in value]


class Guarded(Options):
    """The pages of a noun: what is saved there was written on what is there now, or knowingly over it."""

    parts: ClassVar[Sequence[Part]]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        key = key_told(object_id or "")
        if request.method == "POST" and key is not None and self.has_change_permission(request):
            if not hold(self.model, self.parts, key) or not self.still_open(request, key):
                return self.gone(request, key) or super().changeform_view(request, object_id, form_url, extra_context)
            work_of(request).stale = request.POST.get(FIELD, "") != version_of(self.model, self.parts, key)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def still_open(self, request: HttpRequest, key: int) -> bool:
        return self.has_change_permission(request, self.get_object(request, str(key)))

    def gone(self, request: HttpRequest, key: int) -> HttpResponse | None:
        """What was typed on the page of a row that is deleted or closed meanwhile; nothing where it never was."""
        latest = latest_of(self.model, self.parts, key)
        if latest is None:
            return None
        told = {"title": _("Gone meanwhile"), "opts": self.model._meta, "latest": latest, "key": key}
        context = {**self.admin_site.each_context(request), **told, "typed": typed_texts(request.POST)}
        return render(request, "admin/debate/gone.html", context, status=CONFLICT)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.stale = work_of(request).stale  # type: ignore[attr-defined]
        return form

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        row = kwargs.get("obj")
        if row is not None:
            context["version"] = version_of(self.model, self.parts, row.pk)
        if row is not None and work_of(request).stale:
            formsets = [each.formset for each in context["inline_admin_formsets"]]
            context["differing"] = list(differing(context["adminform"].form, formsets))
            context["latest"] = latest_of(self.model, self.parts, row.pk)
        return super().render_change_form(request, context, **kwargs)
