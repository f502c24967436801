"""Any version of a row, and of the rows that are written on its page, is put back; what was deleted is found again."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Max, Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from debate.actions.restoring import restore
from debate.admin.paths import address_of
from debate.admin.saving import Saves
from debate.admin.sound import key_told
from debate.models import User

if TYPE_CHECKING:
    Page = Saves
else:
    Page = object

PER_PAGE = 50


class Restores(Page):
    """The pages of a noun: its deleted rows, and the button beside each version in a history."""

    def get_urls(self) -> list[URLPattern]:
        opts = self.model._meta
        name = f"{opts.app_label}_{opts.model_name}"
        put_back = self.admin_site.admin_view(require_POST(self.restore_view))
        deleted = self.admin_site.admin_view(require_safe(self.deleted_view))
        return [
            path("deleted/", deleted, name=f"{name}_deleted"),
            path("<path:object_id>/restore/", put_back, name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """Rows that are gone, the last to go first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(gone_rows(self.model), PER_PAGE).get_page(request.GET.get("p"))
        lines = [(version, called(version), address_of(self.model, "history", version.id)) for version in page]
        title = _("Deleted: %(nouns)s") % {"nouns": self.opts.verbose_name_plural}
        told = {"title": title, "opts": self.opts, "lines": lines, "page_obj": page}
        return render(request, "admin/debate/deleted.html", {**self.admin_site.each_context(request), **told})

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        key, version = key_told(object_id), self.version_named(request, object_id)
        if key is None or version is None:
            raise Http404
        if not self.may_put_back(request, object_id):  # type: ignore[attr-defined]
            raise PermissionDenied
        response = self.watched(request, self.restoring, object_id, version, restores=True)
        history = HttpResponseRedirect(address_of(self.model, "history", object_id))
        return history if response.get("Location") == request.get_full_path() else response

    def version_named(self, request: HttpRequest, object_id: str) -> Any:
        """The version that a form names, if it is one of the row or of a row on its page."""
        key, number = key_told(object_id), key_told(request.POST.get("version", ""))
        columns = {self.model: "id", **{part.model: part.column for part in self.parts}}
        noun = next((each for each in columns if each._meta.model_name == request.POST.get("noun")), None)
        if noun is None or key is None or number is None:
            return None
        return noun.history.filter(history_id=number, **{columns[noun]: key}).first()

    def restoring(self, request: HttpRequest, object_id: str, version: Any) -> HttpResponse:
        try:
            restore(version=version, by=cast("User", request.user))
        except ValidationError as error:
            said = _("Nothing was put back. %(why)s") % {"why": " ".join(error.messages)}
            self.message_user(request, said, messages.ERROR)
            return HttpResponseRedirect(address_of(self.model, "history", object_id))
        row = self.model._base_manager.filter(pk=object_id).first()
        if row is None:
            raise Http404
        self.log_change(request, row, f"put back {version.instance_type._meta.model_name} {version.id}")
        self.message_user(request, _("It is put back."), messages.SUCCESS)
        return HttpResponseRedirect(address_of(self.model, "change", object_id))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        key = key_told(object_id)
        gone = key is not None and not self.model._base_manager.filter(pk=key).exists()
        told = {"gone": gone, "may_put_back": key is not None and self.may_put_back(request, object_id)}  # type: ignore[attr-defined]
        return super().history_view(request, object_id, {**told, **(extra_context or {})})

    def history_view_title(self, _request: HttpRequest, obj: Any) -> str:
        """Named without what is gone along with it."""
        return str(_("History: %s") % safely(obj))

    def history_form_view_title(self, _request: HttpRequest, obj: Any) -> str:
        return str(_("An old version: %s") % safely(obj))


def gone_rows(noun: Any) -> Any:
    """The last version of each row that is not there any more, the last to go first."""
    there = noun._base_manager.values("pk")
    gone = noun.history.filter(history_type="-").exclude(id__in=there)
    last = gone.order_by().values("id").annotate(last=Max("history_id")).values("last")
    return noun.history.filter(history_id__in=last).select_related("history_user").order_by("-history_id")


def safely(row: Model) -> str:
    """What a row is called, where what it names may be gone."""
    try:
        return str(row)
    except (ObjectDoesNotExist, AttributeError):
        return f"{capfirst(str(row._meta.verbose_name))} {row.pk}"


def called(version: Any) -> str:
    return safely(version.instance)
