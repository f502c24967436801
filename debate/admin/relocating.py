"""How a curator moves what stands in the wrong place, each on a page of its own."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from debate.actions.relocating import crossing, move_claim, move_passages, move_relation
from debate.admin.acting import Acts, ReasonForm, View
from debate.admin.listing import Link
from debate.admin.paths import address_of
from debate.admin.widgets import KnownSelect
from debate.models import Claim, ClaimVote, Motion, Passage, Relation, Side, Stance, TaggedClaim, User

KEPT = Claim.objects.exclude(status=Claim.Status.MERGED)


def found_by_typing(model: Any, name: str, rows: Any, **told: Any) -> "forms.ModelChoiceField[Any]":
    """One of the rows, found as the field of the model finds it; told is what the field says of itself."""
    return forms.ModelChoiceField(rows, widget=KnownSelect(model._meta.get_field(name), admin.site), **told)


def told_known(form: forms.Form, **rows: Any) -> None:
    """Let the fields call the rows that they start with."""
    for name, row in rows.items():
        if row is not None:
            cast("KnownSelect", form.fields[name].widget).known = {str(row.pk): str(row)}


class Moves(Acts):
    """The pages of a noun whose rows can stand in the wrong place."""

    moving: Any = _("Move…")

    def acts(self) -> Mapping[str, View]:
        return {**super().acts(), "move": self.move_view}

    def move_view(self, request: HttpRequest, row: Any) -> HttpResponse:
        raise NotImplementedError

    def can_move(self, row: Any) -> bool:
        return True

    def tools(self, request: HttpRequest, row: Any) -> Iterable[Link]:
        yield from super().tools(request, row)
        if self.has_change_permission(request, row) and self.can_move(row):
            yield Link(self.moving, address_of(self.model, "move", row.pk))


# Passages of a stance.


class PassagesForm(ReasonForm):
    passages = forms.ModelMultipleChoiceField(
        Passage.objects.none(), label=_("Passages"), widget=forms.CheckboxSelectMultiple
    )
    to = found_by_typing(
        Stance,
        "claim",
        KEPT,
        label=_("Show what the essay does with"),
        help_text=_("Another claim of the motion. The essay's stance on it is made where it is missing."),
    )
    field_order = ["passages", "to", "reason"]

    def __init__(self, stance: Stance, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = cast("forms.ModelMultipleChoiceField[Passage]", self.fields["passages"])
        rows.queryset = Passage.objects.showing([stance.pk])
        rows.label_from_instance = lambda obj: f"{obj.get_kind_display()}: {obj.gist}"  # type: ignore[method-assign]


class MovesPassages(Moves):
    moving = _("Move passages…")

    def move_view(self, request: HttpRequest, row: Stance) -> HttpResponse:
        form = PassagesForm(row, request.POST if request.method == "POST" else None)
        if self.done(form, lambda told: self.moved(cast("User", request.user), row, told)):
            said = _("They show what the essay does with the other claim now.")
            there = Stance.objects.get(essay=row.essay_id, claim=form.cleaned_data["to"])
            return self.acted(request, there, "passages moved here", said)
        return self.asked(request, row, form, title=_("Move passages"), button=_("Move them"))

    def moved(self, curator: User, row: Stance, told: dict[str, Any]) -> None:
        passages = [passage.pk for passage in told["passages"]]
        move_passages(by=curator, stance=row, passages=passages, to=told["to"], reason=told["reason"])


# Relations and counterpoints.


class EndsForm(ReasonForm):
    source = found_by_typing(Relation, "source", KEPT, label=_("It starts from"))
    kind = forms.ChoiceField(label=_("What it does"), choices=Relation.Kind.choices)
    target_claim = found_by_typing(Relation, "target_claim", KEPT, label=_("Claim that it bears on"), required=False)
    target_relation = found_by_typing(
        Relation,
        "target_relation",
        Relation.objects.all(),
        label=_("Relation that it undercuts"),
        required=False,
        help_text=_("Of an undercut alone; its target claim is empty."),
    )
    field_order = ["source", "kind", "target_claim", "target_relation", "reason"]


class MovesEnds(Moves):
    moving = _("Lead it elsewhere…")

    def move_view(self, request: HttpRequest, row: Relation) -> HttpResponse:
        ends = {name: getattr(row, name) for name in ("source", "target_claim", "target_relation")}
        initial = {"kind": row.kind, **{name: end.pk for name, end in ends.items() if end is not None}}
        form, curator = EndsForm(request.POST if request.method == "POST" else None, initial=initial), request.user
        told_known(form, **ends)
        if self.done(form, lambda told: move_relation(by=cast("User", curator), relation=row, **told)):
            moved = Relation.objects.get(pk=row.pk)
            return self.acted(request, moved, "led elsewhere", _("It leads there now."))
        return self.asked(request, row, form, title=_("Lead it elsewhere"), button=_("Lead it there"))


# Claims.


class MotionForm(ReasonForm):
    motion = found_by_typing(Claim, "motion", Motion.objects.all(), label=_("Motion"))
    side = found_by_typing(
        Claim, "side", Side.objects.all(), label=_("Side it favours there"), required=False, help_text=_("Or none.")
    )
    field_order = ["motion", "side", "let_go", "reason"]

    def __init__(self, claim: Claim, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lost = crossing(claim)
        if self.lost:
            self.fields["let_go"] = forms.BooleanField(
                label=_("Delete what would lead from one motion into another"), required=False
            )
            self.order_fields(self.field_order)


class MovesClaims(Moves):
    moving = _("Move to another motion…")

    def can_move(self, row: Claim) -> bool:
        return Motion.objects.all().are_several()

    def move_view(self, request: HttpRequest, row: Claim) -> HttpResponse:
        form, curator = MotionForm(row, request.POST if request.method == "POST" else None), cast("User", request.user)
        if self.done(form, lambda told: move_claim(by=curator, claim=row, **told)):
            return self.acted(request, row, "moved to another motion", _("It belongs to the other motion now."))
        told: dict[str, Any] = {"outlook": outlook(row), "lost": form.lost}
        title = _("Move to another motion")
        return self.asked(request, row, form, template="moving", title=title, button=_("Move it"), **told)


def outlook(claim: Claim) -> list[tuple[Any, int]]:
    """What comes along, and what stands in the way, as words with counts."""
    told = [
        (_("votes that come along"), ClaimVote.objects.filter(claim=claim).count()),
        (_("tags that come along"), TaggedClaim.objects.filter(content_object=claim).count()),
        (_("essays that speak to it and stay (their passages go to another claim first)"), claim.stances.count()),
    ]
    return [(words, count) for words, count in told if count]
