"""What a curator answers to a suggestion: which of those that say the same, in which words, and why."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from debate.forms.asked import readable
from debate.forms.suggestions import LONGEST_ADDRESS, LONGEST_SENTENCE, LONGEST_TITLE
from debate.models import Claim, Relation, Side, Suggestion
from debate.models.claims import ClaimQuerySet
from debate.models.suggestions import LONGEST_WHY

ACCEPT, DECLINE = "accept", "decline"
MOST_AT_ONCE = 500
NEW = "new"


def line(value: str) -> str:
    """A text on one line. Raises ValidationError on what no text holds."""
    told = " ".join(value.split())
    if not readable(told):
        raise ValidationError(_("This holds signs that no text has, or did not come over whole."))
    return told


class Line(forms.CharField):
    def to_python(self, value: Any) -> str:
        return line(super().to_python(value) or "")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def keys_told(data: QueryDict) -> list[int]:
    """Which suggestions are decided. Raises ValidationError on none, too many, and what is no key."""
    told = data.getlist("suggestion")
    if not 0 < len(told) <= MOST_AT_ONCE or not all(key.isascii() and key.isdigit() and len(key) < 19 for key in told):
        raise ValidationError(_("Which of them? Choose at least one."))
    return [int(key) for key in told]


class ReasonForm(forms.Form):
    """Why: needed where it is declined. Readers see it, and so does everybody in the log."""

    reason = Line(
        label=_("A word to the reader"),
        required=False,
        max_length=LONGEST_WHY,
        widget=area(2),
        help_text=_("Needed to decline. It stands in the public log too, so name nobody in it."),
    )

    def __init__(self, *args: Any, needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needed = needed

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        if self.needed and not reason:
            raise ValidationError(_("Say why: the reader sees it."))
        return reason


class AcceptForm(forms.Form):
    """What comes of a suggestion; its fields begin with the reader's words."""

    begins: ClassVar[dict[str, str]] = {}

    @classmethod
    def begin(cls, suggestion: Suggestion) -> dict[str, Any]:
        return {field: getattr(suggestion, told) for field, told in cls.begins.items()}


class CorrectionForm(AcceptForm):
    """Nothing to say: the row itself is corrected next."""


class AcceptTagForm(AcceptForm):
    begins = {"name": "text"}
    name = Line(label=_("The tag"), max_length=LONGEST_SENTENCE)


class AcceptEssayForm(AcceptForm):
    begins = {"title": "text", "source_url": "source_url"}
    title = Line(label=_("Title"), max_length=LONGEST_TITLE)
    source_url = forms.URLField(
        label=_("Address"),
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )
    publisher = Line(label=_("Publisher"), max_length=120)

    @classmethod
    def begin(cls, suggestion: Suggestion) -> dict[str, Any]:
        host = urlsplit(suggestion.source_url).hostname or ""
        return super().begin(suggestion) | {"publisher": host.removeprefix("www.")}


class AcceptClaimForm(AcceptForm):
    """`sides`: those of the motion."""

    begins = {"text": "text"}
    text = Line(
        label=_("The claim"),
        max_length=LONGEST_SENTENCE,
        widget=area(3),
        help_text=_("One proposition, one sentence of our own."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Claim.Kind.choices, initial=Claim.Kind.OBSERVATION)
    side = forms.ChoiceField(label=_("Side it favours"), required=False)
    publish = forms.ChoiceField(
        label=_("Readers"), choices=[("yes", _("see it at once")), ("no", _("do not see it yet: keep it as a draft"))]
    )

    def __init__(self, *args: Any, sides: Iterable[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {side.slug: side for side in sides}
        choices = [("", _("neither")), *((slug, side.label) for slug, side in self.sides.items())]
        self.fields["side"] = forms.ChoiceField(label=_("Side it favours"), required=False, choices=choices)

    def wording(self) -> dict[str, Any]:
        told = self.cleaned_data
        side = self.sides.get(told["side"])
        return {"text": told["text"], "kind": told["kind"], "side": side, "publish": told["publish"] == "yes"}


class AcceptCounterpointForm(AcceptClaimForm):
    """`claims`: those of the motion; `near`: some that say nearly the same; `around`: what an undercut could attack."""

    begins = {"text": "text", "way": "way", "rationale": "why"}
    field_order = ["source", "other", "text", "kind", "side", "way", "attacked", "rationale", "publish"]
    source = forms.ChoiceField(label=_("Drawn from"), widget=forms.RadioSelect, initial=NEW)
    other = Line(
        label=_("Drawn from the claim at this address"),
        required=False,
        max_length=LONGEST_ADDRESS,
        help_text=_("If it is there already, and not among these."),
    )
    way = forms.ChoiceField(label=_("What it does"), choices=Suggestion.Way.choices)
    attacked = forms.ChoiceField(label=_("What it undercuts"), required=False)
    rationale = Line(label=_("Why, in a sentence"), max_length=LONGEST_WHY, widget=area(2))

    def __init__(
        self, *args: Any, claims: ClaimQuerySet, near: Iterable[Claim], around: Iterable[Relation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.claims = claims
        self.near = {str(claim.pk): claim for claim in near}
        self.around = {str(relation.pk): relation for relation in around}
        offered = [(NEW, _("a new claim, worded below")), *((key, str(claim)) for key, claim in self.near.items())]
        attacked = [("", _("nothing: it is no undercut")), *((key, str(row)) for key, row in self.around.items())]
        self.fields["source"] = forms.ChoiceField(
            label=_("Drawn from"), widget=forms.RadioSelect, initial=NEW, choices=offered
        )
        self.fields["attacked"] = forms.ChoiceField(label=_("What it undercuts"), required=False, choices=attacked)
        self.order_fields(self.field_order)

    def drawn(self) -> Mapping[str, Any]:
        """What the action takes besides the wording of a new claim."""
        told = self.cleaned_data
        attacked = self.around.get(told["attacked"])
        return {"way": told["way"], "rationale": told["rationale"], "attacked": attacked}

    def clean_other(self) -> Claim | None:
        """The claim of the same motion that an address or a slug names."""
        slug = self.cleaned_data["other"].rstrip("/").rpartition("/")[2]
        found = self.claims.named([slug]).first() if slug else None
        if slug and found is None:
            raise ValidationError(_("No claim of this motion is there."))
        return found

    def chosen(self) -> Claim | None:
        """The claim that is there already, None for a new one."""
        other: Claim | None = self.cleaned_data["other"]
        return other or self.near.get(self.cleaned_data["source"])


ACCEPT_FORMS: dict[str, type[AcceptForm]] = {
    Suggestion.Kind.CLAIM: AcceptClaimForm,
    Suggestion.Kind.COUNTERPOINT: AcceptCounterpointForm,
    Suggestion.Kind.TAG: AcceptTagForm,
    Suggestion.Kind.CORRECTION: CorrectionForm,
    Suggestion.Kind.ESSAY: AcceptEssayForm,
}
