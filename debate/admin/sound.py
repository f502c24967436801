"""What an address may ask of the room: what makes no sense is told, and fails nothing."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    Options = admin.ModelAdmin[Any]
else:
    Options = object

UNSOUND = frozenset({"regex", "iregex", "range"})  # a pattern can take for ever to match; a range needs two ends
LONGEST_KEY = 18
LONGEST_SEARCH = 200


def key_told(told: str) -> int | None:
    """The key that an address names; None where no row can have it."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= LONGEST_KEY else None


class Several(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rows by their keys; one that no row can have is no choice, where the database would fail at it too."""

    def clean(self, value: Any) -> Any:
        for told in value if isinstance(value, list | tuple) else ():
            if key_told(str(told)) is None:
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": told})
        return super().clean(value)


class Sound(Options):
    """The pages of a noun, which take from their address what a row can have, and say so of the rest."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return super().get_object(request, object_id, from_field or None)

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        return UNSOUND.isdisjoint(lookup.split(LOOKUP_SEP)) and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """What is chosen and can be no row's key is not chosen."""
        if ACTION_CHECKBOX_NAME in request.POST:
            told = request.POST.copy()
            keys = [key for key in told.getlist(ACTION_CHECKBOX_NAME) if key_told(key) is not None]
            told.setlist(ACTION_CHECKBOX_NAME, keys)
            request.POST = told  # type: ignore[assignment]
        return super().changelist_view(request, extra_context)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """Where the address narrows by what no row can have, Django leads back to the whole list, and we say why."""
        try:
            return super().get_changelist_instance(request)
        except (IncorrectLookupParameters, ValueError, OverflowError, DataError) as error:
            said = _("The address asked this list for what no row can have. Here is all of it.")
            if ERROR_FLAG in request.GET:
                raise BadRequest(_("The address asks this list for what no row can have.")) from error
            self.message_user(request, said, messages.WARNING)
            raise IncorrectLookupParameters from error

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        if len(search_term) > LONGEST_SEARCH:
            raise BadRequest(_("Search for fewer words, please."))
        return super().get_search_results(request, queryset, search_term)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **{"form_class": Several, **kwargs})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an empty form starts with, of that what its fields can hold."""
        fields = self.get_form(request).base_fields
        asked = {name: request.GET[name] for name in fields if name in request.GET}
        started, left = {}, []
        for name, told in asked.items():
            try:
                started[name] = start_of(fields[name], told)
            except ValidationError:
                left.append(str(fields[name].label or name))
        if left:
            said = _("The address told what these fields cannot hold, so they are left as they were: %(fields)s.")
            self.message_user(request, said % {"fields": get_text_list(left, _("and"))}, messages.WARNING)
        return started


def start_of(field: forms.Field, told: str) -> Any:
    """What a field starts with as its address tells it. Raises ValidationError where it cannot hold that."""
    many = isinstance(field, forms.ModelMultipleChoiceField)
    return field.prepare_value(field.clean(told.split(",") if many else told))
