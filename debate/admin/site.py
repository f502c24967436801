"""The room itself: who enters, what lies on the table, and in which order a curator works."""

from collections.abc import Iterable
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest
from django.db.models import Count, Model, Q
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from debate.admin.sound import Sound
from debate.models import User

WORK = ("Motion", "Author", "Essay", "Claim", "Stance", "Relation", "Counterpoint", "Prediction", "Tag")
HINTS = {"Counterpoint": _("The relations that argue against something: rebuts, qualifies, undercuts.")}
UNFINISHED = ("draft", "review")
CHANGES_SHOWN = 12
LEFT_OUT = {"taggit", "mfa"}  # its tags are not ours; its rows hold what members sign in with
LONGEST_QUERY = 2_000


class Suggestions(AutocompleteJsonView):
    """What a field that completes offers, in the words of the room it is taken from."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": self.model_admin.label_of(obj)}  # type: ignore[attr-defined]


def counted(model: type[Model]) -> dict[str, int]:
    """How many rows there are, and how many of them readers do not get yet."""
    told = {"count": Count("pk")}
    if hasattr(model, "status"):
        told["drafts"] = Count("pk", filter=Q(status__in=UNFINISHED))
    return model._default_manager.aggregate(**told)


class CurationRoom(AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = _("Curation")
    index_template = "admin/curation.html"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """With sound pages, a library's nouns too, but for those that would stand there empty or tell secrets."""
        models: Iterable[type[Model]] = model_or_iterable
        if isinstance(model_or_iterable, ModelBase):
            models = [model_or_iterable]  # type: ignore[list-item]
        wanted = [model for model in models if model._meta.app_label not in LEFT_OUT]
        super().register(wanted, made_sound(admin_class or ModelAdmin), **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A member without the right is told so, rather than asked to sign in as whom they are."""
        entered = super().admin_view(view, cacheable)

        def at_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
                raise BadRequest(_("This address is too long."))
            if holds_nul(request):
                raise BadRequest(_("This address holds what no text can."))
            leaves = request.path == reverse("admin:logout")
            if request.user.is_authenticated and not leaves and not self.has_permission(request):
                return never_cache(not_for_members)(request)
            return entered(request, *args, **kwargs)

        return update_wrapper(at_the_door, entered)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return Suggestions.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What a curator writes, in the order of the work; then, for who may, the people."""
        apps: list[Any] = super().get_app_list(request, app_label)
        for app in apps:
            if app["app_label"] == "debate":
                app["name"] = _("The corpus")
                app["models"].sort(key=lambda told: place_of(told["object_name"]))
        return sorted(apps, key=lambda app: app["app_label"] != "debate")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        app_list = self.get_app_list(request)
        nouns = [noun for app in app_list for noun in app["models"] if noun["object_name"] in WORK]
        for noun in nouns:
            noun.update(counted(noun["model"]), hint=HINTS.get(noun["object_name"], ""))
        readers = ContentType.objects.get_for_model(User)
        changes = LogEntry.objects.exclude(content_type=readers).select_related("user", "content_type")
        told = {"app_list": app_list, "changes": changes[:CHANGES_SHOWN], **(extra_context or {})}
        return super().index(request, told)


def made_sound(admin_class: type[Any]) -> type[Any]:
    return admin_class if issubclass(admin_class, Sound) else type(admin_class.__name__, (Sound, admin_class), {})


def holds_nul(request: HttpRequest) -> bool:
    """Whether the address holds a sign that PostgreSQL keeps in no text."""
    told = (each for name, values in request.GET.lists() for each in (name, *values))
    return "\0" in request.path or any("\0" in each for each in told)


def not_for_members(request: HttpRequest) -> HttpResponse:
    return render(request, "admin/closed.html", status=403)


def place_of(name: str) -> int:
    return WORK.index(name) if name in WORK else len(WORK)
