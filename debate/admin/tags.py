"""Tags: made here or by readers, renamed, and merged where two mean the same."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from debate.actions.retagging import LONGEST_NAME, faults_of_name, merge_tags, rename_tag
from debate.admin.acting import Acts, ReasonForm, View
from debate.admin.base import Seen
from debate.admin.counting import number_of
from debate.admin.fields import SHOWN
from debate.admin.forms import RuleForm
from debate.admin.listing import Link
from debate.admin.paths import address_of
from debate.admin.widgets import KnownSelect
from debate.models import Tag, TaggedClaim, TagVote, User

BARE = dict.fromkeys(("show_save", "show_save_and_continue", "show_save_and_add_another"), False)


class TagForm(RuleForm):
    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if faults := faults_of_name(name, self.instance):
            raise ValidationError(faults)
        return name


class RenameForm(ReasonForm):
    name = forms.CharField(
        label=_("What it is called from now on"),
        max_length=LONGEST_NAME,
        validators=[SHOWN],
        help_text=_("Its address follows. The old name and address will lead to it."),
        widget=forms.TextInput({"class": "vTextField"}),
    )
    field_order = ["name", "reason"]


class MergeForm(ReasonForm):
    into = forms.ModelChoiceField(
        Tag.objects.all(),
        label=_("Merge it into"),
        widget=KnownSelect(TaggedClaim._meta.get_field("tag"), admin.site),
        help_text=_("The tag that stays. Name and address of this one will lead there."),
    )
    field_order = ["into", "reason"]


@admin.register(Tag)
class TagAdmin(Acts, Seen):
    form = TagForm
    list_display = ["name", "slug", "claims", "on_site"]
    search_fields = ["name", "slug"]
    ordering = ["name"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(claims_n=number_of(TaggedClaim, "tag"))

    @admin.display(description=_("claims"), ordering="claims_n")
    def claims(self, tag: Any) -> int:
        return int(tag.claims_n)

    # A tag that is there is renamed and merged by its acts alone, so that no address of it is lost.

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["name", "slug"] if obj is not None else ["slug"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The address follows from the name."""
        return ["name", "slug"] if obj is not None else ["name"]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        row = kwargs.get("obj")
        bare = BARE if row is not None and not hasattr(row, "_history") else {}
        return super().render_change_form(request, {**context, **bare}, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """An old version that is put back gives the tag its old name back."""
        if not change:
            super().save_model(request, obj, form, change)
        elif hasattr(obj, "_history"):
            rename_tag(by=cast("User", request.user), tag=obj, name=obj.name)

    def acts(self) -> Mapping[str, View]:
        return {**super().acts(), "rename": self.rename_view, "merge": self.merge_view}

    def tools(self, request: HttpRequest, row: Tag) -> Iterable[Link]:
        yield from super().tools(request, row)
        if self.has_change_permission(request, row):
            yield Link(_("Rename…"), address_of(Tag, "rename", row.pk))
            yield Link(_("Merge…"), address_of(Tag, "merge", row.pk))

    def rename_view(self, request: HttpRequest, row: Tag) -> HttpResponse:
        form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": row.name})
        curator = cast("User", request.user)
        if self.done(form, lambda told: rename_tag(by=curator, tag=row, **told)):
            return self.acted(request, row, "renamed", _("The tag has its new name."))
        return self.asked(request, row, form, title=_("Rename"), button=_("Rename it"), outlook=outlook(row))

    def merge_view(self, request: HttpRequest, row: Tag) -> HttpResponse:
        form, curator = MergeForm(request.POST if request.method == "POST" else None), cast("User", request.user)
        if self.done(form, lambda told: merge_tags(by=curator, tag=row, **told)):
            into = form.cleaned_data["into"]
            return self.acted(request, into, f"merged “{row}” into it", _("The two are one tag now."))
        return self.asked(request, row, form, title=_("Merge"), button=_("Merge the two"), outlook=outlook(row))


def outlook(tag: Tag) -> list[tuple[Any, int]]:
    """What comes along, as words with counts."""
    return [
        (_("claims that carry it"), TaggedClaim.objects.filter(tag=tag).count()),
        (_("proposals by readers"), TagVote.objects.filter(tag=tag).count()),
    ]
