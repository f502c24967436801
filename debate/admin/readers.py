"""Readers, for whoever runs the site. What they voted and forecast is not shown here, nor anywhere else."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from debate.actions.leaving import leave
from debate.actions.writing import writing
from debate.admin.sound import Sound
from debate.models import User

GOES = [
    _("Their votes, ballots, forecasts and proposed tags, out of every count"),
    _("Their suggestions, but for those that were accepted, which stay as nobody's"),
    _("Their sessions, passkeys and addresses"),
    _("Forecasts on what is resolved stay, with nobody's name, since the scores of others rest on them"),
]


def in_the_way(readers: Iterable[User], request: HttpRequest) -> list[str]:
    """Nobody deletes themselves here, where no password is asked for; so an administrator is always left."""
    readers = list(readers)
    own = any(reader.pk == request.user.pk for reader in readers)
    told = [_("That is you: your own account is deleted under “Your data”.")] if own else []
    above = [
        _("%(name)s is a superuser; only another one can delete them.") % {"name": reader}
        for reader in readers
        if is_above(reader, request)
    ]
    return [str(each) for each in (*told, *above)]


def is_above(reader: User | None, request: HttpRequest) -> bool:
    """Whether this is a superuser, and whoever asks is none."""
    return reader is not None and reader.is_superuser and not request.user.is_superuser


@admin.register(User)
class ReaderAdmin(Sound, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["called", "email", "kind", "is_active", "is_staff", "date_joined", "last_login"]
    list_filter = ["kind", "is_active", "is_staff", "groups"]
    search_fields = ["email", "username", "display_name"]
    ordering = ["-date_joined"]
    list_per_page = 50
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["called", "username", "email", "kind", ("date_joined", "last_login")]}),
        (_("What they may do"), {"fields": ["is_active", "is_staff", "groups"]}),
    ]
    readonly_fields = ["called", "username", "email", "kind", "date_joined", "last_login"]
    filter_horizontal = ["groups"]

    @admin.display(description=_("reader"), ordering="display_name")
    def called(self, reader: User) -> str:
        return str(reader)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A guest, known by a cookie alone, is given no powers; those of a superuser are a superuser's to change."""
        powers = ["is_staff", "groups"] if obj is not None and obj.is_guest else []
        above = ["is_active", "is_staff", "groups"] if is_above(obj, request) else []
        return [*super().get_readonly_fields(request, obj), *powers, *above]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever runs the site: a superuser, or one of the administrators."""
        return bool(request.user.has_perm("debate.change_user"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """One is deleted at a time: each waits until nobody counts them any more."""
        return {name: told for name, told in super().get_actions(request).items() if name != "delete_selected"}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes in words, for nobody's answers are seen or counted here; and what is in the way."""
        going = [f"{capfirst(str(self.opts.verbose_name))}: {reader}" for reader in objs]
        return [*going, *GOES], {}, set(), in_the_way(objs, request)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with writing():  # in turn, as whoever leaves by themselves does
            return super().delete_view(request, object_id, extra_context)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """That somebody was deleted, and by whom, but not who it was."""
        by, kind = cast("User", request.user), ContentType.objects.get_for_model(User)
        told = {"content_type": kind, "object_repr": _("a reader"), "action_flag": DELETION}
        return [LogEntry.objects.create(user=by, **told) for _reader in queryset]

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        leave(reader=obj)
