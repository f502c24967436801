"""Claims: what is said, who speaks to it, and what bears on what."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from debate.actions.curation import set_tags
from debate.actions.rules import Faults, claim_faults, said_already
from debate.admin.base import BareInPassing, Publishes
from debate.admin.counting import number_of
from debate.admin.essays import facts_of, passages
from debate.admin.filters import Loose, Picked
from debate.admin.forms import RuleForm
from debate.admin.history import Part
from debate.admin.listing import Line, Link, Listing
from debate.admin.merging import Merges
from debate.admin.paths import address_of
from debate.admin.relations import RelationRows
from debate.admin.relocating import MovesClaims
from debate.admin.sound import Several
from debate.admin.splitting import Splits
from debate.admin.starting import StartsInMotion
from debate.admin.tables import Tabled
from debate.admin.widgets import KnownSelectMultiple
from debate.models import Claim, Essay, Relation, Stance, Tag, TaggedClaim

TAG = TaggedClaim._meta.get_field("tag")


TAG_WORDS = RelatedFieldWidgetWrapper(
    KnownSelectMultiple(TAG, admin.site), TAG.remote_field, admin.site, can_add_related=True
)


class ClaimForm(RuleForm):
    tag_words = Several(Tag.objects.all(), required=False, label=_("Tags"), widget=TAG_WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "tag_words" in self.fields:
            tags = [use.tag for use in self.instance.tag_uses.select_related("tag").order_by("tag__name")]
            self.initial["tag_words"] = [tag.pk for tag in tags]
            self.fields["tag_words"].widget.widget.known = {str(tag.pk): tag.name for tag in tags}

    def clean(self) -> dict[str, Any] | None:
        told = super().clean() or self.cleaned_data
        if {"text", "motion"} & set(self.changed_data) and told.get("text") and told.get("motion"):
            same = said_already(self.instance, told["motion"], told["text"])
            if same is not None:
                link = format_html('<a href="{}">{}</a>', address_of(Claim, "change", same.pk), same.text)
                self.add_error("text", format_html(str(_("This motion has a claim that says the same: {}")), link))
        return told

    def faults(self) -> Faults:
        return claim_faults(self.instance)


@admin.register(Claim)
class ClaimAdmin(Tabled, Splits, Merges, MovesClaims, StartsInMotion, BareInPassing, Publishes):
    form = ClaimForm
    list_display = ["text", "kind", "favours", "status", "on_site", "stances", "leads"]
    list_filter = [
        "status",
        Loose,
        ("motion", Picked),
        ("side", Picked),
        ("stances__essay", Picked),
        "kind",
        "origin",
    ]
    search_fields = ["text", "slug", "tag_uses__tag__name"]
    ordering = ["-created_at", "pk"]
    fieldsets = [
        (None, {"fields": ["text", "kind", "motion", "side", "tag_words"]}),
        (_("On the site"), {"fields": ["slug", ("status", "origin"), "note"]}),
    ]
    autocomplete_fields = ["motion", "side"]
    prepopulated_fields = {"slug": ["text"]}
    inlines = [RelationRows]
    parts = [Part(TaggedClaim, "content_object_id", "tag"), Part(Relation, "source_id", "rationale")]
    keeps = ["motion"]
    leads_back_to = {"essay": Essay}

    def get_queryset(self, request: HttpRequest) -> Any:
        told = super().get_queryset(request).select_related("motion", "side__motion", "standing", "merged_into")
        return told.annotate(stances_n=number_of(Stance, "claim"))

    @admin.display(description=_("favours"), ordering="side")
    def favours(self, claim: Claim) -> str:
        return claim.side.short_label if claim.side else str(_("neither"))

    @admin.display(description=_("stances"), ordering="stances_n")
    def stances(self, claim: Any) -> int:
        return int(claim.stances_n)

    @admin.display(description=_("to a thesis"), ordering="standing__loose")
    def leads(self, claim: Claim) -> str:
        if not hasattr(claim, "standing"):
            return ""
        return str(_("loose")) if claim.standing.loose else str(_("leads there"))

    def label_of(self, row: Claim) -> str:
        return row.text if row.status == Claim.Status.PUBLISHED else f"{row.text} ({row.get_status_display()})"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A merged claim is closed: it only leads to its survivor."""
        is_merged = obj is not None and obj.status == Claim.Status.MERGED
        return not is_merged and super().has_change_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        told = super().get_fieldsets(request, obj)
        if obj is not None and obj.status == Claim.Status.MERGED:
            return [(None, {"fields": ["text", "kind", "motion", "side"]}), (_("Merged"), {"fields": ["merged_into"]})]
        return told

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "status":
            kwargs["choices"] = [pair for pair in Claim.Status.choices if pair[0] != Claim.Status.MERGED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "tag_words" in form.changed_data:
            set_tags(claim=form.instance, tags=form.cleaned_data["tag_words"])

    def after_asked(self, obj: Claim, name: str, key: str) -> str:
        """A claim that an essay's page asked for goes on to what that essay does with it."""
        return address_of(Stance, "add", essay=key, claim=obj.pk)

    def listings(self, claim: Claim) -> Iterable[Listing]:
        stances = claim.stances.in_order_written().select_related("essay", "claim").annotate(passages_n=passages())
        lines = [
            Line(stance.essay.title, address_of(Stance, "change", stance.pk, claim=claim.pk), facts_of(stance)[:2])
            for stance in stances
        ]
        links = [Link(_("Add an essay's stance"), address_of(Stance, "add", claim=claim.pk))]
        yield Listing(_("Who speaks to it"), lines, links, _("No essay speaks to it yet."))
        yield Listing(
            _("What bears on it"),
            [bearing_line(relation) for relation in Relation.objects.bearing_on(claim).with_ends()],
            [Link(_("Add what answers it"), address_of(Relation, "add", kind="rebuts", target_claim=claim.pk))],
            _("Nothing bears on it yet."),
        )

    def reasons(self, claim: Any) -> Iterable[Any]:
        told = list(super().reasons(claim))
        yield from told
        if not told:
            yield _("It will be seen once a published essay shows it in a passage.")


def bearing_line(relation: Relation) -> Line:
    """A relation as the claim that it bears on lists it."""
    facts: list[Any] = [relation.get_kind_display()]
    if relation.target_relation:
        facts.append(_("against: %(source)s") % {"source": relation.target_relation.source})
    if hasattr(relation, "standing"):
        facts.append(str(relation.standing))
    return Line(relation.source.text, address_of(Relation, "change", relation.pk), facts)
