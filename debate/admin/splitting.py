"""How a curator makes two claims of one: what both say, and what becomes of each thing that hangs on it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from debate.actions.splitting import BOTH, GOES, STAYS, Wording, parts_of, split_claim
from debate.admin.acting import Acts, ReasonForm, View
from debate.admin.fields import SHOWN
from debate.admin.listing import Link
from debate.admin.paths import address_of
from debate.admin.widgets import Sentence
from debate.models import Bearing, Claim, Passage, Relation, Side, Stance, User

LONGEST = int(Claim._meta.get_field("text").max_length or 0)
WAYS = {STAYS: _("stays"), GOES: _("goes to the second"), BOTH: _("is there for both")}
BASE = ("text", "second_text", "kind", "side")
TITLES = {
    Passage: _("What essays say of it"),
    Relation: _("What bears on what"),
    Bearing: _("What it leads one to expect"),
    None: _("Tags"),
}


def sentence(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        validators=[SHOWN],
        widget=Sentence({"maxlength": LONGEST}),
    )


class SplitForm(ReasonForm):
    """Both sentences, the second's kind and side, then each part; the votes last."""

    text = sentence(_("What it says from now on"), _("This claim keeps its address and its history."))
    second_text = sentence(_("What the second claim says"), _("One proposition, one sentence of our own."))
    kind = forms.ChoiceField(label=_("Kind of the second"), choices=Claim.Kind.choices)
    side = forms.ModelChoiceField(
        Side.objects.none(), label=_("Side that the second favours"), required=False, empty_label=_("neither")
    )
    votes = forms.ChoiceField(
        label=_("The votes"),
        choices=[(STAYS, _("stay with this claim")), (GOES, _("go to the second"))],
        widget=forms.RadioSelect,
        help_text=_("They were given on the sentence of before, and stay whole: nobody was asked about the two apart."),
    )

    def __init__(self, claim: Claim, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts_of(claim)
        cast("forms.ModelChoiceField[Side]", self.fields["side"]).queryset = Side.objects.filter(motion=claim.motion_id)
        for part in self.parts:
            ways = [(way, WAYS[way]) for way in part.ways]
            self.fields[part.key] = forms.ChoiceField(
                label=named(part.row, claim), choices=ways, widget=forms.RadioSelect
            )
            self.initial[part.key] = STAYS

    def fieldsets(self) -> Sequence[Any]:
        """The parts sort by sort; a sort of which there is none is left out."""
        sorts: dict[Any, list[str]] = {sort: [] for sort in TITLES}
        for part in self.parts:
            sorts[sort_of(part.row)].append(part.key)
        told = [(TITLES[sort], {"fields": keys, "classes": ["parting"]}) for sort, keys in sorts.items() if keys]
        return [(_("The two claims"), {"fields": BASE}), *told, (None, {"fields": ["votes", "reason"]})]

    def told(self) -> dict[str, Any]:
        """What the action asks for."""
        data = self.cleaned_data
        second = Wording(data["second_text"], data["kind"], data["side"])
        parts = {part.key: data[part.key] for part in self.parts}
        return {
            "text": data["text"],
            "second": second,
            "parts": parts,
            "votes": data["votes"],
            "reason": data["reason"],
        }


def sort_of(row: Any) -> Any:
    if isinstance(row, Stance):
        return Passage
    return type(row) if type(row) in TITLES else None


def named(row: Any, claim: Claim) -> str:
    """What a part is called on the page of its claim."""
    if isinstance(row, Passage):
        return f"{row.stance.essay}, {row.get_kind_display()}: {row.gist}"
    if isinstance(row, Stance):
        return f"{row.essay}, {row.get_kind_display()}"
    if isinstance(row, Bearing):
        return f"{row.get_outcome_display()}: {row.prediction}"
    if isinstance(row, Relation):
        told = {"source": row.source, "kind": row.get_kind_display(), "target": row.target}
        outward = row.source_id == claim.pk
        return _("it %(kind)s: %(target)s") % told if outward else _("%(kind)s it: %(source)s") % told
    return str(row.tag)


class Splits(Acts):
    """The pages of claims: one that says two things is split."""

    def acts(self) -> Mapping[str, View]:
        return {**super().acts(), "split": self.split_view}

    def split_view(self, request: HttpRequest, row: Claim) -> HttpResponse:
        initial = {"text": row.text, "kind": row.kind, "side": row.side_id, "votes": STAYS}
        form = SplitForm(row, request.POST if request.method == "POST" else None, initial=initial)
        curator = cast("User", request.user)
        if self.done(form, lambda _told: split_claim(by=curator, claim=row, **form.told())):
            return self.acted(request, row, "split", _("It is two claims now."))
        outlook = [(_("readers have answered it"), row.votes.count())]
        told: dict[str, Any] = {"title": _("Split"), "button": _("Make two of it"), "outlook": outlook}
        return self.asked(request, row, form, fieldsets=form.fieldsets(), **told)

    def tools(self, request: HttpRequest, row: Claim) -> Iterable[Link]:
        yield from super().tools(request, row)
        if self.has_change_permission(request, row):
            yield Link(_("Split…"), address_of(Claim, "split", row.pk))
