"""Readers' suggestions, to be looked up: they are answered in the queue at the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debate.admin.sound import Sound
from debate.models import Suggestion


@admin.register(Suggestion)
class SuggestionAdmin(Sound, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["text", "kind", "about", "state", "made_at", "decided_at"]
    list_filter = ["state", "kind"]
    search_fields = ["text", "reason"]
    ordering = ["-pk"]
    list_per_page = 50
    show_full_result_count = False
    list_select_related = ["claim", "essay", "prediction", "motion"]
    exclude = ["by", "named"]
    readonly_fields = [
        *("kind", "about", "way", "text", "why", "source_url", "state", "reason"),
        *("made_at", "decided_at", "decided_by", "made_claim", "made_relation", "made_tag", "made_essay"),
    ]

    @admin.display(description=_("about"))
    def about(self, suggestion: Any) -> str:
        return str(suggestion.target)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
