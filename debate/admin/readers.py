"""Readers, for whoever runs the site. What they voted and forecast is not shown here, nor anywhere else."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debate.admin.sound import Sound
from debate.models import User


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
        """A guest, known by a cookie alone, is given no powers."""
        powers = ["is_staff", "groups"] if obj is not None and obj.is_guest else []
        return [*super().get_readonly_fields(request, obj), *powers]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
