"""Tables of a noun in and out of the room. What reads and writes them is loaded when somebody asks for it first."""

from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from import_export.tmp_storages import CacheStorage

from debate.models import User

if TYPE_CHECKING:
    from debate.actions.tables.shapes import Table, TableReport
    from debate.admin.base import AuthoredAdmin as Page
else:
    Page = object

MOST_SHOWN = 200
FORMS = ("csv", "xlsx")


class KeptTable(CacheStorage):  # type: ignore[misc]
    """The one table that a curator looks at before it is brought in, in the cache that all workers share.

    Another one takes its place; it goes when it is brought in, and is not to be had after half an hour.
    """

    CACHE_LIFETIME = 30 * 60
    CACHE_PREFIX = "table-of-curator-"

    def __init__(self, curator: User) -> None:
        super().__init__(name=str(curator.pk))

    def keep(self, noun: str, table: "Table") -> str:
        """Keep a table of the noun; the token by which it can be had again."""
        token = token_urlsafe(16)
        self.save((token, noun, table))
        return token

    def kept(self, noun: str, token: str) -> "Table | None":
        told = self.read()
        return cast("Table", told[2]) if told and told[:2] == (token, noun) else None


class TableForm(forms.Form):
    """The file. What is read of it is `table`."""

    table: "Table | None" = None
    file = forms.FileField(
        label=_("Table"), widget=forms.ClearableFileInput({"accept": ".csv,.xlsx"}), help_text=_("CSV or XLSX.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from debate.interchange.tables.limits import MOST_BYTES, MOST_ROWS  # noqa: PLC0415

        super().__init__(*args, **kwargs)
        limits = {"rows": f"{MOST_ROWS:,}", "size": f"{MOST_BYTES // 1_000} KB"}
        said = _("CSV in UTF-8, or XLSX without macros; at most %(rows)s rows and %(size)s.")
        self.fields["file"].help_text = said % limits

    def clean_file(self) -> Any:
        from debate.interchange.tables.limits import MOST_BYTES, Refused  # noqa: PLC0415
        from debate.interchange.tables.reading import read_table  # noqa: PLC0415

        file = self.cleaned_data["file"]
        try:
            self.table = read_table(file.name[:90], file.read(MOST_BYTES + 1))
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return file


class Tabled(Page):
    """The pages of a noun that goes in and out as a table."""

    change_list_template = "admin/debate/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        opts = self.model._meta
        views = {
            "import": require_http_methods(["GET", "HEAD", "POST"])(self.import_view),
            "export": require_safe(self.export_view),
        }
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"{opts.app_label}_{opts.model_name}_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]

    def may_bring(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        told = {"may_bring": self.may_bring(request), "forms": FORMS}
        return super().changelist_view(request, {**told, **(extra_context or {})})

    # Out.

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The rows of the list as its address narrows them, as a table."""
        from debate.interchange.tables.limits import Refused  # noqa: PLC0415
        from debate.interchange.tables.writing import CONTENT_TYPES  # noqa: PLC0415

        if not self.has_view_permission(request):
            raise PermissionDenied
        told = request.GET.copy()
        form = told.pop("form", ["csv"])[0]
        if form not in CONTENT_TYPES:
            raise Http404
        request.GET = told  # type: ignore[assignment]
        try:
            response = HttpResponse(self.written(request, form), CONTENT_TYPES[form])
        except IncorrectLookupParameters:
            return HttpResponseRedirect("..")
        except Refused as refused:
            self.message_user(request, str(refused), messages.ERROR)
            return HttpResponseRedirect("..")
        response["Content-Disposition"] = f'attachment; filename="{self.model._meta.model_name}s.{form}"'
        return response

    def written(self, request: HttpRequest, form: str) -> bytes:
        from debate.actions.tables.bring import take_out  # noqa: PLC0415
        from debate.interchange.tables.writing import write_table  # noqa: PLC0415

        rows = self.get_changelist_instance(request).get_queryset(request)
        keys = rows.order_by().values("pk") if request.GET else None
        return write_table(take_out(noun=self.model, keys=keys), form)

    # In.

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.may_bring(request):
            raise PermissionDenied
        return self.in_turn(request, self.bringing)

    def bringing(self, request: HttpRequest) -> HttpResponse:
        """Asked for a file, then shown what would come of it, then brought in."""
        if request.method != "POST":
            return self.asked_for_table(request, TableForm())
        if "token" in request.POST:
            return self.brought(request, request.POST["token"])
        form = TableForm(request.POST, request.FILES)
        if not form.is_valid() or form.table is None:
            return self.asked_for_table(request, form)
        return self.looked_at(request, form.table)

    def looked_at(self, request: HttpRequest, table: "Table") -> HttpResponse:
        report = self.bring(request, table, write=False)
        token = ""
        if report.is_news and not report.problems:
            token = KeptTable(cast("User", request.user)).keep(self.model.__name__, table)
        return self.asked_for_table(request, TableForm(), report=report, token=token)

    def brought(self, request: HttpRequest, token: str) -> HttpResponse:
        kept = KeptTable(cast("User", request.user))
        table = kept.kept(self.model.__name__, token)
        if table is None:
            self.message_user(request, _("This table is not kept any more. Please choose it again."), messages.ERROR)
            return HttpResponseRedirect(request.path)
        report = self.bring(request, table, write=True)
        kept.remove()
        if report.problems:
            return self.asked_for_table(request, TableForm(), report=report)
        return self.told(request, report)

    def bring(self, request: HttpRequest, table: "Table", *, write: bool) -> "TableReport":
        from debate.actions.tables.bring import bring_table  # noqa: PLC0415

        return bring_table(noun=self.model, table=table, by=cast("User", request.user), write=write)

    def told(self, request: HttpRequest, report: "TableReport") -> HttpResponse:
        """Each row that was written gets its line among the latest changes."""
        for flag, rows in ((ADDITION, report.made), (CHANGE, report.changed)):
            if rows:
                who = cast("User", request.user).pk
                LogEntry.objects.log_actions(who, [row for _n, row, _c in rows], flag, f"from {report.name}")
        made, changed = len(report.made), len(report.changed)
        said = _("%(made)d made, %(changed)d changed, %(same)d as they were.")
        self.message_user(request, said % {"made": made, "changed": changed, "same": report.same}, messages.SUCCESS)
        opts = self.model._meta
        return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))

    def asked_for_table(
        self, request: HttpRequest, form: TableForm, *, report: "TableReport | None" = None, token: str = ""
    ) -> HttpResponse:
        from debate.actions.tables.nouns import TABLES  # noqa: PLC0415

        opts = self.model._meta
        noun = TABLES[self.model]
        told = {
            "title": _("Import %(nouns)s") % {"nouns": opts.verbose_name_plural},
            "opts": opts,
            "noun": capfirst(str(opts.verbose_name_plural)),
            "form": form,
            "columns": [column.column_name for column in noun.columns()],
            "keys": noun.keys,
            "report": report,
            "token": token,
            "most": MOST_SHOWN,
        }
        return render(request, "admin/debate/table.html", {**self.admin_site.each_context(request), **told})
