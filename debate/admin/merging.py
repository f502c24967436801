"""How a curator makes one claim of two: choose the survivor, look at what would come of it, then merge."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from debate.actions.joining import (
    OTHER,
    OWN,
    Collision,
    collisions,
    faults_of_merging,
    merge_claims,
    turned_on_themselves,
)
from debate.admin.acting import Acts, ReasonForm, View
from debate.admin.listing import Link
from debate.admin.paths import address_of
from debate.admin.widgets import KnownSelect
from debate.models import Bearing, Claim, ClaimVote, Stance, User


class MergeForm(ReasonForm):
    """The survivor and why; then, for each two rows that say different things, which one stays."""

    into = forms.ModelChoiceField(
        Claim.objects.exclude(status=Claim.Status.MERGED),
        label=_("Merge it into"),
        widget=KnownSelect(Claim._meta.get_field("merged_into"), admin.site),
        help_text=_("The claim that stays. It keeps its wording; the address of this one will lead there."),
    )
    field_order = ["into", "reason"]

    def ask(self, found: Iterable[Collision]) -> None:
        for collision in found:
            self.fields[collision.key] = forms.ChoiceField(
                label=question(collision), choices=choices(collision), widget=forms.RadioSelect
            )

    def decisions(self) -> dict[str, str]:
        return {name: told for name, told in self.cleaned_data.items() if told in (OWN, OTHER)}


def question(collision: Collision) -> Any:
    row = collision.own
    if isinstance(row, Stance):
        return _("What does “%(essay)s” do with the claim?") % {"essay": row.essay}
    if isinstance(row, Bearing):
        return _("What does it lead one to expect of “%(prediction)s”?") % {"prediction": row.prediction}
    return _("Both lead to the same claim. Which reason stays?")


def choices(collision: Collision) -> list[tuple[str, Any]]:
    told = ((OWN, collision.own, _("the survivor's")), (OTHER, collision.other, _("this claim's")))
    return [(value, f"{said(row)} ({whose})") for value, row, whose in told]


def said(row: Any) -> str:
    if isinstance(row, Stance):
        return str(row.get_kind_display())
    return f"{row.get_outcome_display()}: {row.rationale}" if isinstance(row, Bearing) else str(row.rationale)


def outlook(claim: Claim, into: Claim) -> list[tuple[Any, int]]:
    """What would move, as words with counts."""
    votes = ClaimVote.objects.filter(claim=claim)
    twice = votes.filter(user__in=ClaimVote.objects.filter(claim=into).values("user")).count()
    return [
        (_("votes that move"), votes.count() - twice),
        (_("readers who voted on both (their newer vote stands)"), twice),
        (_("stances that move with their passages"), claim.stances.count()),
        (_("supports and counterpoints that move"), claim.relations.count() + claim.relations_to.count()),
        (_("relations between the two (they fall away)"), len(turned_on_themselves(claim, into))),
    ]


class Merges(Acts):
    """The pages of claims: a claim that says what another says is merged into it, on a page of its own."""

    def acts(self) -> Mapping[str, View]:
        return {**super().acts(), "merge": self.merging}

    def merging(self, request: HttpRequest, row: Claim) -> HttpResponse:
        form = MergeForm(request.POST if request.method == "POST" else None)
        into = self.survivor(form, row)
        if into is None:
            return self.asked_to_merge(request, row, form, None)
        found = [collision for collision in collisions(row, into) if collision.differs]
        looked = request.POST.get("looked") == str(into.pk)
        form = MergeForm(request.POST if looked else None, initial={"into": into.pk, "reason": request.POST["reason"]})
        form.fields["into"].widget.known = {str(into.pk): into.text}
        form.ask(found)
        if looked and form.is_valid() and self.merged(request, row, into, form):
            return self.acted(request, row, f"merged into {into.pk}", _("The two are one claim now."), on=into)
        return self.asked_to_merge(request, row, form, into)

    def survivor(self, form: MergeForm, row: Claim) -> Claim | None:
        """The claim that the form names, if the two can become one; else what is wrong stands in the form."""
        if not form.is_valid():
            return None
        into = cast("Claim", form.cleaned_data["into"])
        for fault in faults_of_merging(row, into):
            form.add_error("into", fault)
        return None if form.errors else into

    def merged(self, request: HttpRequest, row: Claim, into: Claim, form: MergeForm) -> bool:
        told = {"reason": form.cleaned_data["reason"], "decisions": form.decisions()}
        try:
            merge_claims(by=cast("User", request.user), claim=row, into=into, **told)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        return True

    def asked_to_merge(self, request: HttpRequest, row: Claim, form: MergeForm, into: Claim | None) -> HttpResponse:
        button = _("Merge the two") if into else _("Look at what would come of it")
        told: dict[str, Any] = {"into": into, "outlook": outlook(row, into) if into else []}
        return self.asked(request, row, form, template="merging", title=_("Merge"), button=button, **told)

    def tools(self, request: HttpRequest, row: Claim) -> Iterable[Link]:
        yield from super().tools(request, row)
        if self.has_change_permission(request, row):
            yield Link(_("Merge…"), address_of(Claim, "merge", row.pk))
