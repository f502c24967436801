"""Saving in the room: through the model, with its history, and with everything that depends on it."""

import logging
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from debate.actions.curation import delete_rows, motions_of, refresh_motions
from debate.actions.promises import Promises, broken_promises, keep_promises
from debate.actions.writing import writing
from debate.admin.deleting import what_goes
from debate.admin.history import Part
from debate.admin.sound import key_told
from debate.admin.watching import Named, Waits, Watch
from debate.models import User

if TYPE_CHECKING:
    Options = admin.ModelAdmin[Any]
else:
    Options = object


logger = logging.getLogger("django.request")
WHY = "log_reason"


@dataclass
class Work:
    """What one request does in the room: the motions it writes in, and what was promised in vain before.

    `stale`: whether it was written on what is not there any more. `watch`: what was there before a saving that waits
    for a second pair of eyes where readers would see it; None for acts that do not.
    """

    motions: set[int] = field(default_factory=set)
    before: Promises = field(default_factory=dict)
    stale: bool = False
    watch: Watch | None = None


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

    parts: ClassVar[Sequence[Part]]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.watched(request, super().changeform_view, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self.watched(request, super().changelist_view, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.watched(request, super().delete_view, *args, **kwargs)

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.watched(request, super().history_form_view, *args, restores=True, **kwargs)  # type: ignore[misc]

    def watched(
        self, request: HttpRequest, view: Any, *args: Any, restores: bool = False, **kwargs: Any
    ) -> HttpResponse:
        """As in_turn, but where readers would see it and somebody else can pass it, it is written down and waits."""

        def view_or_wait(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            by, why, named = cast("User", request.user), request.POST.get(WHY, ""), self.named(request, *args, **kwargs)
            work_of(request).watch = Watch(by, named, why=why, restores=restores)
            try:
                with transaction.atomic():
                    return view(request, *args, **kwargs)  # type: ignore[no-any-return]
            except Waits as waits:
                return self.told_to_wait(request, waits)

        if request.method != "POST":
            return self.in_turn(request, view, *args, **kwargs)
        return self.in_turn(request, view_or_wait, *args, **kwargs)

    def named(self, request: HttpRequest, object_id: Any = None, *_args: Any, **_kwargs: Any) -> Named:
        """The rows that a page names: its own with those that are written on it, or what is chosen in the list."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        keys = [key for told in (object_id, *chosen) if (key := key_told(str(told))) is not None]
        if request.POST.get("select_across") == "1":
            keys = list(self.get_queryset(request).values_list("pk", flat=True))
        yield self.model, keys
        for part in self.parts if object_id else ():
            yield (
                part.model,
                list(part.model._base_manager.filter(**{f"{part.column}__in": keys}).values_list("pk", flat=True)),
            )

    def told_to_wait(self, request: HttpRequest, waits: Waits) -> HttpResponse:
        revision = waits.hold()
        said = _("Readers would see this. It is written down, and waits until another curator has passed it.")
        self.message_user(request, said, messages.WARNING)
        return HttpResponseRedirect(reverse("revision", args=[revision.pk]))

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
        self.settle(request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self.settle(request, obj)
        return super().log_change(request, obj, message)

    def settle(self, request: HttpRequest, row: Model) -> None:
        """All is written: derive what depends on it. Raises ValidationError where it breaks a promise to readers.

        Raises Waits where somebody else has to pass it first.
        """
        refresh_motions(work_of(request).motions)
        keep_promises(work_of(request).before)
        self.watch_over(request, [row])

    def watch_over(self, request: HttpRequest, rows: Sequence[Model], *, told: bool = False) -> None:
        watch = work_of(request).watch
        if watch is not None and rows:
            watch.look(rows, told=told)

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
        gone = copy(obj)  # deleting takes its key from it
        delete_rows(rows=[obj], by=request.user)
        self.watch_over(request, [gone])

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        gone = [copy(row) for row in queryset.all()]
        delete_rows(rows=queryset, by=request.user)
        self.watch_over(request, gone)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        return what_goes(list(objs), request)
