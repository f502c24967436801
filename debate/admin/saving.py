"""Saving in the room: through the model, with its history, and with everything that depends on it."""

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from debate.actions.curation import delete_rows, motions_of, refresh_motions
from debate.actions.promises import Promises, broken_promises, keep_promises
from debate.actions.writing import writing
from debate.admin.deleting import what_goes

if TYPE_CHECKING:
    Options = admin.ModelAdmin[Any]
else:
    Options = object


logger = logging.getLogger("django.request")


@dataclass
class Work:
    """What one request does in the room: the motions it writes in, and what was promised in vain before.

    `stale`: whether it was written on what is not there any more.
    """

    motions: set[int] = field(default_factory=set)
    before: Promises = field(default_factory=dict)
    stale: bool = False


def work_of(request: Any) -> Work:
    """Kept on the request: one room serves many at once."""
    if not hasattr(request, "work"):
        request.work = Work()
    return request.work  # type: ignore[no-any-return]


class Saves(Options):
    """A page that writes is one transaction that waits its turn, as every action is.

    A row is saved by its model's `save()`, which renders its Markdown and moves the edition. When all is written, the
    standings of every motion that the row was in or is in are derived again, and a change that would break what a
    visible motion promises its readers is undone.
    """

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.in_turn(request, super().changeform_view, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self.in_turn(request, super().changelist_view, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.in_turn(request, super().delete_view, *args, **kwargs)

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.in_turn(request, super().history_form_view, *args, **kwargs)  # type: ignore[misc]

    def in_turn(self, request: HttpRequest, view: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)  # type: ignore[no-any-return]
        try:
            with writing():
                work_of(request).before = broken_promises()
                return view(request, *args, **kwargs)  # type: ignore[no-any-return]
        except ValidationError as error:
            self.message_user(request, _("Nothing was written. %s") % " ".join(error.messages), messages.ERROR)
        except IntegrityError:
            logger.warning("Refused by the database: %s", request.path, exc_info=True)
            said = _(
                "Nothing was written: it does not go together with what is there. Did somebody change that just now?"
            )
            self.message_user(request, said, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self.settle(request)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self.settle(request)
        return super().log_change(request, obj, message)

    def settle(self, request: HttpRequest) -> None:
        """All is written: derive what depends on it. Raises ValidationError where it breaks a promise to readers."""
        refresh_motions(work_of(request).motions)
        keep_promises(work_of(request).before)

    def touch(self, request: HttpRequest, row: Model) -> None:
        work_of(request).motions.update(motions_of([row]))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A row in which nothing changed is not written: its history would tell of a change that was none."""
        self.touch(request, obj)
        columns = {field.name for field in obj._meta.concrete_fields}
        if not change or hasattr(obj, "_history") or columns & set(form.changed_data):
            super().save_model(request, obj, form, change)
            self.touch(request, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.touch(request, form.instance)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_rows(rows=[obj], by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        delete_rows(rows=queryset, by=request.user)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        return what_goes(list(objs), request)
