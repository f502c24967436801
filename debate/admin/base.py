"""What the pages of all nouns in the room have in common."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from simple_history.admin import SimpleHistoryAdmin

from debate.actions.publishing import publish, take_back
from debate.actions.revising import passes_alone
from debate.admin.fields import Fields
from debate.admin.forms import KeepingFormSet
from debate.admin.history import Remembers
from debate.admin.listing import Link, Listing
from debate.admin.meanwhile import Guarded
from debate.admin.paths import CarriesOn
from debate.admin.restoring import Restores
from debate.admin.saving import WHY, Saves
from debate.admin.sound import Sound
from debate.admin.watching import plain
from debate.admin.widgets import KnownSelect
from debate.models import Revision, Status, User
from debate.models.authored import said_of
from debate.models.changes import seen_among
from debate.reasoning.text import Block, TooMuch, render_markdown

if TYPE_CHECKING:
    Page = admin.ModelAdmin[Any]
    Stacked = admin.StackedInline[Any, Any]
else:
    Page, Stacked = SimpleHistoryAdmin, admin.StackedInline

MOST_ROWS = 100


class AuthoredAdmin(CarriesOn, Restores, Remembers, Saves, Guarded, Sound, Fields, Page):
    """The pages of a noun that curators write."""

    list_per_page = 50
    show_full_result_count = False
    change_form_template = "admin/debate/change_form.html"
    change_list_template = "admin/debate/change_list.html"

    class Media:
        js = ["js/curation.js"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        told = {"title": capfirst(str(self.opts.verbose_name_plural)), "has_deleted": IS_POPUP_VAR not in request.GET}
        return super().changelist_view(request, extra_context={**told, **(extra_context or {})})

    @property
    def media(self) -> forms.Media:
        """With what completes a field: filters of long lists need it on pages without a form."""
        return super().media + KnownSelect(None, self.admin_site).media

    def label_of(self, row: Any) -> str:
        """What a row is called where it is offered or chosen."""
        return str(row)

    def listings(self, row: Any) -> Iterable[Listing]:
        """Rows that belong to this one, and where to add more."""
        return ()

    def tools(self, request: HttpRequest, row: Any) -> Iterable[Link]:
        """What can be done to the row on pages of their own."""
        return ()

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        row = kwargs.get("obj")
        if row is not None and not context.get("is_popup"):
            told = {"listings": self.listings(row), "unseen": self.unseen_because(row)}
            context |= {**told, "tools": self.tools(request, row), **self.asked_why(request, row)}
        return super().render_change_form(request, context, **kwargs)

    def asked_why(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the form of a row says of changes to it that wait, and asks about one that readers would see."""
        by = cast("User", request.user)
        asks = bool(seen_among(plain(self.model), [row.pk])) and self.has_change_permission(request, row)
        held = Revision.objects.about(row).waiting().with_people()
        return {"held": held, "asks_why": asks, "waits": not passes_alone(by), "why": request.POST.get(WHY, "")}

    def unseen_because(self, row: Any) -> Iterable[Any]:
        """Why readers do not see the row, in a sentence each; nothing where they do."""
        return () if not hasattr(row, "get_absolute_url") or is_seen(row) else self.reasons(row)

    def reasons(self, row: Any) -> Iterable[Any]:
        """Why a row is not seen that is not."""
        return ()

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Where readers see the row, if they do."""
        if obj is None or not obj.pk or not hasattr(obj, "get_absolute_url") or not is_seen(obj):
            return None
        return str(obj.get_absolute_url())

    def get_urls(self) -> list[URLPattern]:
        opts = self.model._meta
        view = self.admin_site.admin_view(require_POST(self.preview_view))
        return [path("preview/", view, name=f"{opts.app_label}_{opts.model_name}_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """What a text in Markdown becomes, as readers would see it; nothing is written."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        try:
            told: dict[str, Any] = {"blocks": self.previewed(request.POST.get("text", ""))}
        except TooMuch as error:
            told = {"fault": said_of(error)}
        return render(request, "admin/debate/_preview.html", told)

    def previewed(self, text: str) -> Sequence[Block]:
        return [{"html": render_markdown(text), "claims": []}] if text.strip() else []


def is_seen(row: Any) -> bool:
    """Whether readers see the row, as it was when it was first asked."""
    if not hasattr(row, "seen"):
        row.seen = row.pk in keys_seen(type(row), [row])
    return bool(row.seen)


def keys_seen(model: type[Model], rows: Iterable[Any]) -> set[int]:
    """The keys of those of the rows that readers see."""
    visible = model._default_manager.all().visible()  # type: ignore[attr-defined]
    return set(visible.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))


class SeenList(ChangeList):
    """A list whose rows know whether readers see them: asked of one page, for asking it of all would be slow."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        keys = keys_seen(self.model, rows)
        for row in rows:
            row.seen = row.pk in keys
        self.result_list = rows


class Seen(AuthoredAdmin):
    """The pages of a noun that readers see when all it rests on is there to be seen."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return SeenList

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        self.warn_of_unseen(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self.warn_of_unseen(request, obj)
        return super().response_change(request, obj)

    def warn_of_unseen(self, request: HttpRequest, row: Any) -> None:
        """Say so where a row is published that readers nevertheless do not see."""
        if getattr(row, "status", None) == Status.PUBLISHED and IS_POPUP_VAR not in request.POST and not is_seen(row):
            said = " ".join(str(reason) for reason in self.reasons(row))
            self.message_user(request, _("Readers do not see this yet. %(why)s") % {"why": said}, messages.WARNING)

    @admin.display(description=_("on the site"))
    def on_site(self, row: Any) -> str:
        return str(_("yes")) if row.seen else str(_("no"))


class ReasonedActions(ActionForm):
    """Which act on what is chosen in a list, and why, which readers see in the log."""

    log_reason = forms.CharField(label=_("Why:"), required=False, max_length=400)


class Publishes(Seen):
    """The pages of a noun that is a draft until it is published."""

    actions = ["publish_rows", "take_rows_back"]
    action_form = ReasonedActions

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish_rows(self, request: HttpRequest, queryset: Any) -> None:
        self.do_and_say(request, partial(publish, rows=queryset), queryset)

    def has_take_back_permission(self, request: HttpRequest) -> bool:
        """Whoever may change the rows, and moderators, who change nothing else of them."""
        return self.has_change_permission(request) or request.user.has_perm("debate.take_back")

    @admin.action(description=_("Take back to draft"), permissions=["take_back"])
    def take_rows_back(self, request: HttpRequest, queryset: Any) -> None:
        self.do_and_say(request, partial(take_back, rows=queryset, why=request.POST.get(WHY, "")), queryset)

    def count_unseen(self, request: HttpRequest, queryset: Any) -> None:
        """Say how many of the rows are published and not seen nevertheless."""
        rows = [row for row in queryset.all() if row.status == Status.PUBLISHED]
        if count := len(rows) - len(keys_seen(self.model, rows)):
            said = ngettext(
                "Readers do not see %(count)d of these yet; its page says why.",
                "Readers do not see %(count)d of these yet; their pages say why.",
                count,
            )
            self.message_user(request, said % {"count": count}, messages.WARNING)

    def do_and_say(
        self, request: HttpRequest, action: Callable[..., int], queryset: Any, *, passed: bool = False
    ) -> None:
        """`passed`: whether somebody else has looked at it by the action's own rule, so that nothing of it waits."""
        try:
            count = action(by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return
        if not passed:
            self.watch_over(request, list(queryset.all()), told=True)
        said = ngettext("%(count)d row changed.", "%(count)d rows changed.", count)
        self.message_user(request, said % {"count": count})
        self.count_unseen(request, queryset)

    def reasons(self, row: Any) -> Iterable[Any]:
        if row.status != Status.PUBLISHED:
            yield _("Its status is “%(status)s”.") % {"status": row.get_status_display()}
        motion = getattr(row, "motion", None)
        if motion is not None and motion.status != Status.PUBLISHED:
            yield _("Its motion is not published.")


class BareInPassing(AuthoredAdmin):
    """The pages of a noun whose rows of others wait until its own page is opened: one added in passing goes without."""

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        in_passing = IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST
        return [] if in_passing else super().get_inlines(request, obj)


class Rows(Fields, Stacked):
    """Rows of one noun on the page of another. However many a form says it has, so many are made and no more."""

    formset = KeepingFormSet
    extra = 0
    max_num = MOST_ROWS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, absolute_max=MOST_ROWS, **kwargs)
