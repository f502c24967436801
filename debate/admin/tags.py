"""Tags."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debate.admin.base import Seen
from debate.admin.counting import number_of
from debate.models import Tag, TaggedClaim


@admin.register(Tag)
class TagAdmin(Seen):
    list_display = ["name", "slug", "claims", "on_site"]
    search_fields = ["name", "slug"]
    ordering = ["name"]
    fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(claims_n=number_of(TaggedClaim, "tag"))

    @admin.display(description=_("claims"), ordering="claims_n")
    def claims(self, tag: Any) -> int:
        return int(tag.claims_n)
