"""Who changed what: each version of a row beside the one before it, word by word."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Any, ClassVar, NamedTuple

from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.models import DeletedObject
from simple_history.template_utils import HistoricalRecordContextHelper

from debate.admin.sound import key_told
from debate.models import Authored
from debate.reasoning.diff import Piece, word_diff

MOST_OF_PARTS = 200


class Part(NamedTuple):
    """Rows that are written on another row's page: their model, the column that names it, and what to call one."""

    model: type[Model]
    column: str
    called: str


class Changes(HistoricalRecordContextHelper):  # type: ignore[misc]
    """The changes from one version to the next; derived columns are nobody's change."""

    def context_for_delta_changes(self, delta: Any) -> list[dict[str, Any]]:
        derived = getattr(self.model, "derived_fields", Authored.derived_fields)
        return [self.told(change) for change in delta.changes if change.field not in derived]

    def told(self, change: Any) -> dict[str, Any]:
        field = self.model._meta.get_field(change.field)
        old, new = (self.in_words(field, self.prepare_delta_change_value(change, v)) for v in (change.old, change.new))
        return {"field": capfirst(str(field.verbose_name)), "pieces": pieces_of(field, old, new)}

    def in_words(self, field: Any, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(str(each) for each in value)
        if value in (None, "") or (isinstance(value, DeletedObject) and value.pk is None):
            return ""  # the library takes a link to nothing for one to a row that is gone
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(dict(field.flatchoices or ()).get(value, value))


def pieces_of(field: Any, old: str, new: str) -> list[Piece]:
    """Texts are compared word by word; anything else as a whole."""
    if field.get_internal_type() in ("TextField", "CharField") and not field.flatchoices:
        return word_diff(old, new)
    return [Piece("gone", old or _("none")), Piece("kept", "→ "), Piece("new", new or _("none"))]


def changes_of_parts(part: Part, key: int) -> dict[str, Any]:
    """The latest changes of the rows that belong to the one of this key, newest first."""
    told = part.model.history.filter(**{part.column: key}).select_related("history_user")  # type: ignore[attr-defined]
    told = told._select_related_history_tracked_objs().order_by("id", "-history_date", "-history_id")
    records = list(told[:MOST_OF_PARTS])
    for _key, versions in groupby(records, lambda record: record.id):
        told_of = list(versions)
        told_of[0].stands = told_of[0].history_type != "-"
        for newer, older in pairwise(told_of):
            delta = newer.diff_against(older, foreign_keys_are_objs=True)
            newer.history_delta_changes = Changes(part.model, newer).context_for_delta_changes(delta)
    for record in records:
        record.called = called_in(record, part.called)
    records.sort(key=lambda record: (record.history_date, record.history_id), reverse=True)
    meta = part.model._meta
    return {"title": capfirst(str(meta.verbose_name_plural)), "noun": meta.model_name, "records": records}


def called_in(record: Any, name: str) -> str:
    """What a version of a row is called, where what it names may be gone."""
    try:
        return str(getattr(record, name))
    except ObjectDoesNotExist:
        return ""


class Remembers:
    """The page of a row's history, with that of the rows written on the same page."""

    model: type[Model]
    object_history_list_template = "admin/debate/_history.html"
    parts: ClassVar[Sequence[Part]] = ()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key = key_told(object_id)
        if key is None:
            raise Http404
        told = {"parts": [changes_of_parts(part, key) for part in self.parts]}
        return super().history_view(request, object_id, {**told, **(extra_context or {})})  # type: ignore[misc, no-any-return]

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if key_told(object_id) is None or key_told(version_id) is None:
            raise Http404
        if IS_POPUP_VAR in request.POST:
            raise BadRequest(_("An old version is put back from its own page."))
        if request.method == "POST" and not self.may_put_back(request, object_id):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)  # type: ignore[misc, no-any-return]

    def render_history_view(
        self, request: HttpRequest, template: str, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        """An old version is offered with the status of now: putting words back neither hides nor publishes."""
        form = context["adminform"].form if "adminform" in context else None
        if form and not form.is_bound and "status" in form.initial:
            now = self.model._base_manager.filter(pk=context["object_id"]).values_list("status", flat=True)
            form.initial["status"] = now.first() or form.initial["status"]
        return super().render_history_view(request, template, context, **kwargs)  # type: ignore[misc, no-any-return]

    def may_put_back(self, request: HttpRequest, key: str) -> bool:
        """Whoever may change the row as it now is; or, where it is gone, add one."""
        row = self.get_object(request, key)  # type: ignore[attr-defined]
        return self.has_change_permission(request, row) if row else self.has_add_permission(request)  # type: ignore[attr-defined, no-any-return]

    def get_historical_record_context_helper(self, _request: HttpRequest, record: Any) -> Changes:
        return Changes(self.model, record)
