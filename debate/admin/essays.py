"""Essays, and the way from one to all that it says."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from debate.actions.publishing import publish_whole
from debate.actions.rules import Faults, essay_faults
from debate.actions.second_eyes import may_pass, settle_review, waiting_for
from debate.admin.base import Publishes
from debate.admin.counting import number_of
from debate.admin.filters import Picked
from debate.admin.forms import RuleForm
from debate.admin.listing import Line, Link, Listing
from debate.admin.paths import address_of
from debate.admin.starting import StartsInMotion
from debate.admin.tables import Tabled
from debate.models import Author, Claim, Essay, Passage, Prediction, Stance, Status, User
from debate.reasoning.text import Block, summary_blocks


class EssayForm(RuleForm):
    """`by`: who fills it in."""

    by: User

    def clean_status(self) -> str:
        status = str(self.cleaned_data["status"])
        if "status" in self.changed_data and status == Status.PUBLISHED and not self.may_pass():
            raise ValidationError(_("Another curator has to publish it. Save it as a draft, and ask for a review."))
        return status

    def may_pass(self) -> bool:
        return may_pass(self.instance, self.by, waiting_for(self.instance) if self.instance.pk else None)

    def faults(self) -> Faults:
        return essay_faults(self.instance)


@admin.register(Essay)
class EssayAdmin(Tabled, StartsInMotion, Publishes):
    form = EssayForm
    list_display = ["title", "written_by", "publisher", "when", "side_taken", "status", "on_site", "stances"]
    list_filter = ["status", ("motion", Picked), ("side", Picked), ("authors", Picked)]
    search_fields = ["title", "publisher", "slug", "source_url", "authors__name"]
    date_hierarchy = "published_on"
    ordering = ["-published_on", "pk"]
    fieldsets = [
        (None, {"fields": ["title", "authors", ("publisher", "words"), "source_url", "source_note"]}),
        (_("When"), {"fields": [("published_on", "date_precision")]}),
        (_("In the argument"), {"fields": ["motion", "side", "responds_to"]}),
        (_("Summary"), {"fields": ["summary"]}),
        (_("On the site"), {"fields": ["slug", "status"]}),
    ]
    autocomplete_fields = ["motion", "authors", "side", "responds_to"]
    prepopulated_fields = {"slug": ["title"]}
    actions = ["publish_with_all", *Publishes.actions]
    keeps = ["motion"]
    leads_back_to = {"authors": Author}

    def get_queryset(self, request: HttpRequest) -> Any:
        told = super().get_queryset(request).select_related("motion", "side__motion", "responds_to")
        return told.prefetch_related("authors").annotate(stances_n=number_of(Stance, "essay"))

    @admin.display(description=_("by"))
    def written_by(self, essay: Essay) -> str:
        return ", ".join(author.short_name for author in essay.authors.all())

    @admin.display(description=_("published"), ordering="published_on")
    def when(self, essay: Essay) -> str:
        return essay.dated

    @admin.display(description=_("side"), ordering="side")
    def side_taken(self, essay: Essay) -> str:
        return essay.side.short_label if essay.side else str(_("none"))

    @admin.display(description=_("stances"), ordering="stances_n")
    def stances(self, essay: Any) -> int:
        return int(essay.stances_n)

    @admin.action(description=_("Publish, with its draft claims and predictions"), permissions=["change"])
    def publish_with_all(self, request: HttpRequest, queryset: Any) -> None:
        self.do_and_say(request, partial(publish_whole, essays=queryset), queryset, passed=True)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.by = request.user
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "status" in form.changed_data:
            settle_review(essay=form.instance, by=cast("User", request.user))

    def response_post_save_change(self, request: HttpRequest, obj: Essay) -> HttpResponseRedirect:
        """Back to the workbench, for whoever comes from there."""
        if "bench" in request.GET:
            return HttpResponseRedirect(reverse("workbench", args=[obj.slug]))
        return super().response_post_save_change(request, obj)

    def tools(self, request: HttpRequest, row: Essay) -> Iterable[Link]:
        yield from super().tools(request, row)
        yield Link(_("Review…"), reverse("review", args=[row.slug]))

    def previewed(self, text: str) -> Sequence[Block]:
        return summary_blocks(text)

    def listings(self, essay: Essay) -> Iterable[Listing]:
        stances = essay.stances.in_order_read().select_related("claim").annotate(passages_n=passages())
        lines = [
            Line(stance.claim.text, address_of(Stance, "change", stance.pk, essay=essay.pk), facts_of(stance))
            for stance in stances
        ]
        links = [
            Link(_("Add a stance on a claim"), address_of(Stance, "add", essay=essay.pk)),
            Link(_("Add a new claim with its stance"), address_of(Claim, "add", essay=essay.pk)),
        ]
        yield Listing(_("What it does with claims"), lines, links, _("It takes no stance yet."))
        predictions = [
            Line(row.statement, address_of(Prediction, "change", row.pk), [row.get_status_display()])
            for row in essay.predictions.order_by("closes_at", "pk")
        ]
        links = [Link(_("Add a prediction"), address_of(Prediction, "add", essay=essay.pk))]
        yield Listing(_("Predictions from it"), predictions, links, _("No prediction is taken from it yet."))


def passages() -> Any:
    return number_of(Passage, "stance")


def facts_of(stance: Any) -> list[Any]:
    """What a list of an essay's stances says of each: what it does, where it is shown, whether the claim is out."""
    count = ngettext("%(count)d passage", "%(count)d passages", stance.passages_n) % {"count": stance.passages_n}
    draft = [] if stance.claim.status == Claim.Status.PUBLISHED else [stance.claim.get_status_display()]
    return [stance.get_kind_display(), count, *draft]
