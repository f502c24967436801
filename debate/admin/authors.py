"""Authors."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debate.admin.base import Seen
from debate.admin.counting import number_of
from debate.admin.listing import Line, Link, Listing
from debate.admin.paths import address_of
from debate.admin.tables import Tabled
from debate.models import Author, Essay


@admin.register(Author)
class AuthorAdmin(Tabled, Seen):
    list_display = ["name", "short_name", "is_named", "essays", "on_site"]
    list_filter = ["named"]
    search_fields = ["name", "short_name", "slug"]
    ordering = ["name"]
    fieldsets = [
        (None, {"fields": [("name", "short_name"), "named", "about"]}),
        (_("On the site"), {"fields": ["slug"]}),
    ]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(essays_n=number_of(Essay.authors.through, "author"))

    @admin.display(description=_("named in the source"), ordering="named")
    def is_named(self, author: Author) -> str:
        return str(_("named")) if author.named else str(_("not named"))

    @admin.display(description=_("essays"), ordering="essays_n")
    def essays(self, author: Any) -> int:
        return int(author.essays_n)

    def listings(self, author: Author) -> Iterable[Listing]:
        essays = [
            Line(essay.title, address_of(Essay, "change", essay.pk), [essay.dated, essay.get_status_display()])
            for essay in author.essays.in_order_written()
        ]
        links = [Link(_("Add an essay"), address_of(Essay, "add", authors=author.pk))]
        yield Listing(_("Essays"), essays, links, _("No essay by this author yet."))

    def reasons(self, author: Any) -> Iterable[Any]:
        yield _("No essay of theirs is published.")
