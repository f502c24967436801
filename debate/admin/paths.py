"""The ways through the room: addresses of its pages, and where a curator goes after saving."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from debate.admin.sound import key_told


def address_of(model: type[Model], page: str, *args: Any, **initial: Any) -> str:
    """A page of the room: add, change, history or changelist; `initial` fills an empty form."""
    found = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
    told = {name: value for name, value in initial.items() if value}
    return f"{found}?{urlencode(told)}" if told else found


def kept_value(row: Any, name: str) -> str:
    """A field's value as an address carries it; of a many-to-many its keys with commas between."""
    field = row._meta.get_field(name)
    if field.many_to_many:
        return ",".join(str(each.pk) for each in getattr(row, name).all())
    return str(getattr(row, field.attname) or "")


class CarriesOn:
    """One that another page asked for leads back to that page, and another one starts with what this one had.

    `leads_back_to`: the nouns whose pages ask, by their name in the address. `keeps`: fields whose values the next
    empty form starts with where no page asked.
    """

    model: type[Model]
    keeps: ClassVar[Sequence[str]] = ()
    leads_back_to: ClassVar[dict[str, type[Model]]] = {}

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        response: HttpResponse = super().response_add(request, obj, post_url_continue)  # type: ignore[misc]
        return self.carried_on(request, obj, response)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response: HttpResponse = super().response_change(request, obj)  # type: ignore[misc]
        return self.carried_on(request, obj, response)

    def carried_on(self, request: HttpRequest, obj: Any, response: HttpResponse) -> HttpResponse:
        if "_popup" in request.POST:
            return response
        asked = self.asked_by(request)
        if "_addanother" in request.POST:
            kept = asked or {name: kept_value(obj, name) for name in self.keeps}
            return HttpResponseRedirect(address_of(self.model, "add", **kept))
        if "_save" in request.POST and asked:
            return HttpResponseRedirect(self.after_asked(obj, *asked.popitem()))
        return response

    def asked_by(self, request: HttpRequest) -> dict[str, str]:
        """Which page asked for this one: its name in the address and its key, or nothing."""
        names = [name for name in self.leads_back_to if key_told(request.GET.get(name, "")) is not None]
        return {name: request.GET[name] for name in names[:1]}

    def after_asked(self, obj: Any, name: str, key: str) -> str:
        return address_of(self.leads_back_to[name], "change", key)
