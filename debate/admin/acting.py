"""Acts on a row, each on a page of its own: asked there, done by an action, and told."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from debate.admin.fields import SHOWN
from debate.admin.paths import address_of
from debate.admin.sound import key_told

if TYPE_CHECKING:
    from debate.admin.base import AuthoredAdmin as Page
else:
    Page = object

View = Callable[..., HttpResponse]
LONGEST_REASON = 300


class ReasonForm(forms.Form):
    """What an act asks that readers see the effect of: why."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        validators=[SHOWN],
        help_text=_("Readers see it in the moderation log."),
        widget=forms.TextInput({"class": "vTextField"}),
    )


class Acts(Page):
    """The pages of a noun whose rows can be acted on."""

    def acts(self) -> Mapping[str, View]:
        """The acts by name, which is the end of the page's address; each view takes the request and the row."""
        return {}

    def get_urls(self) -> list[URLPattern]:
        opts = self.model._meta
        own = [
            path(f"<path:object_id>/{name}/", self.entered(view), name=f"{opts.app_label}_{opts.model_name}_{name}")
            for name, view in self.acts().items()
        ]
        return [*own, *super().get_urls()]

    def entered(self, view: View) -> Any:
        """The page for whoever may change the row, one transaction where it writes."""

        def in_turn(request: HttpRequest, object_id: str) -> HttpResponse:
            row = self.get_object(request, object_id) if key_told(object_id) is not None else None
            if row is None:
                raise Http404
            if not self.has_change_permission(request, row):
                raise PermissionDenied
            return self.in_turn(request, view, row)

        return self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(in_turn))

    def done(self, form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> bool:
        """Whether the form was sent and the action took it; what it refused stands beside the fields."""
        if not form.is_valid():
            return False
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            for message in error.messages:
                form.add_error(None, message)
        return not form.errors

    def acted(self, request: HttpRequest, row: Model, told: str, said: Any, *, on: Model | None = None) -> HttpResponse:
        """Keep in the room's log what was done, say so, and go on to the row; or to another one, `on`."""
        self.log_change(request, row, told)
        self.message_user(request, said, messages.SUCCESS)
        there = on or row
        return HttpResponseRedirect(address_of(type(there), "change", there.pk))

    def asked(
        self,
        request: HttpRequest,
        row: Model,
        form: forms.Form,
        *,
        template: str = "acting",
        fieldsets: Sequence[Any] = (),
        **told: Any,
    ) -> HttpResponse:
        """The page that asks. It is told its `title`, what sends it (`button`), and what else its template shows."""
        parts = fieldsets or [(None, {"fields": list(form.fields)})]
        page = AdminForm(form, parts, {}, model_admin=self)  # type: ignore[arg-type]
        own = {"row": row, "opts": self.model._meta, "form": form, "page": page, "media": self.media + form.media}
        context = {**self.admin_site.each_context(request), **own, **told}
        return render(request, f"admin/debate/{template}.html", context)
