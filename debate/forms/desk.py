"""What a curator types at the workbench: a mark, a relation, and the address of what is looked at."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from debate.forms.address import known_only
from debate.forms.asked import AnswerForm, readable
from debate.models import Claim, Motion, Passage, Relation, Side, StanceKind

NUMBERS = ("paragraph", "edit", "relation", "taken", "dropped")
NAMES = ("link", "to")
LONGEST_NUMBER = 9
IDS = "entry-%s"
LONGEST_VERSION = 200
TEXT, GIST, SPEAKER, RATIONALE = (
    int(model._meta.get_field(name).max_length or 0)  # type: ignore[union-attr]
    for model, name in ((Claim, "text"), (Passage, "gist"), (Passage, "speaker"), (Relation, "rationale"))
)


@dataclass(frozen=True)
class BenchAsked:
    """What the address of the workbench asks for: a paragraph to mark, a mark or relation to change, a claim to link.

    `taken` and `dropped`: the mark or the relation that was taken out just now, to be put back.
    """

    paragraph: int | None = None
    edit: int | None = None
    relation: int | None = None
    taken: int | None = None
    dropped: int | None = None
    link: str = ""
    to: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "BenchAsked":
        """Raises BadRequest on anything that the workbench does not know."""
        told = known_only(query, (*NUMBERS, *NAMES))
        numbers = {name: number_in(told[name]) for name in NUMBERS if name in told}
        return cls(**numbers, **{name: told[name] for name in NAMES if name in told})  # type: ignore[arg-type]


def number_in(told: str) -> int:
    if not told.isascii() or not told.isdigit() or len(told) > LONGEST_NUMBER:
        raise BadRequest(_("Part of this address cannot be read."))
    return int(told)


class OneLine(forms.CharField):
    """A sentence: on one line, single spaces, whole."""

    def clean(self, value: Any) -> str:
        told = " ".join(str(super().clean(value) or "").split())
        if not readable(told):
            raise ValidationError(_("This holds a sign that no text has."))
        return told


class MarkForm(AnswerForm):
    """A claim at a paragraph, and which text had that number when it was typed (`seal`).

    `claim`: the slug of one that is there already, to attach a passage to.
    """

    paragraph = forms.IntegerField(label=_("Paragraph"), min_value=1, max_value=32_000)
    claim = forms.SlugField(label=_("Claim"), max_length=80, required=False)
    text = OneLine(
        label=_("What it claims, in a sentence of our own"),
        max_length=TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": _("One sentence of our own")}),
    )
    stance = forms.ChoiceField(label=_("Stance"), choices=StanceKind.choices, initial=StanceKind.ASSERTS)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("by wording")), *Claim.Kind.choices])
    side = forms.ChoiceField(label=_("Side it favours"), required=False)
    gist = OneLine(
        label=_("Gist, in our own words"),
        max_length=GIST,
        required=False,
        help_text=_("What is said there. Left empty, it is the claim."),
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": " "}),
    )
    speaker = OneLine(
        label=_("Speaker"), max_length=SPEAKER, required=False, help_text=_("If the words are somebody else’s.")
    )
    seen = forms.CharField(label=_("Seen"), required=False, max_length=3)
    seal = forms.CharField(label=_("Seal"), required=False, max_length=12)

    def __init__(self, *args: Any, motion: Motion, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": IDS, **kwargs})
        self.sides: dict[str, Side] = {side.slug: side for side in motion.sides.all()}
        labels = [(slug, side.short_label) for slug, side in self.sides.items()]
        self.fields["side"] = forms.ChoiceField(
            label=_("Side it favours"), required=False, choices=[("", _("neither side")), *labels]
        )

    def clean(self) -> dict[str, object]:
        told = super().clean()
        wants_text = "text" in self.fields and "text" not in self.errors
        if wants_text and not told.get("text") and not told.get("claim"):
            self.add_error("text", _("What does it claim? Write one sentence."))
        if told.get("stance") == StanceKind.REPORTS and not told.get("speaker") and "speaker" not in self.errors:
            self.add_error("speaker", _("Who is reported? Name the speaker."))
        return told

    @property
    def chosen_side(self) -> Side | None:
        return self.sides.get(str(self.cleaned_data.get("side", "")))


class ChangeMarkForm(MarkForm):
    """A mark as it is to become. `version`: what it was when it was shown; `overall`: the stance all considered."""

    version = forms.CharField(max_length=LONGEST_VERSION, widget=forms.HiddenInput)
    overall = forms.ChoiceField(
        label=_("All considered, the essay"),
        required=False,
        choices=[("", _("does what its passages show")), *StanceKind.choices],
    )

    def __init__(self, *args: Any, motion: Motion, draft: bool, several: bool, **kwargs: Any) -> None:
        super().__init__(*args, motion=motion, **kwargs)
        self.fields["paragraph"].required = False
        self.fields["gist"].required = not draft
        for name in (
            "claim",
            "seen",
            "seal",
            *(() if draft else ("text", "kind", "side")),
            *(() if several else ("overall",)),
        ):
            del self.fields[name]


class RelationForm(AnswerForm):
    """A relation from a claim of the essay: its kind, what it is aimed at, as typed or by key, and why."""

    source = forms.SlugField(max_length=80, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("It"), choices=Relation.Kind.choices)
    target = OneLine(label=_("What"), max_length=700, help_text=_("The claim, as it is worded, or its slug."))
    target_key = forms.RegexField(r"^(claim|relation):\d{1,9}$", required=False, widget=forms.HiddenInput)
    rationale = OneLine(label=_("Why, in a sentence"), max_length=RATIONALE, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": IDS, **kwargs})


class WordRelationForm(AnswerForm):
    """The reason of a relation, worded anew."""

    version = forms.CharField(max_length=LONGEST_VERSION, widget=forms.HiddenInput)
    rationale = OneLine(label=_("Why, in a sentence"), max_length=RATIONALE, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": IDS, **kwargs})


class TakeOutForm(AnswerForm):
    version = forms.CharField(max_length=LONGEST_VERSION)


class RecordForm(AnswerForm):
    """Which deletion is to be undone."""

    record = forms.IntegerField(min_value=1)


class AsideForm(AnswerForm):
    paragraph = forms.IntegerField(min_value=1, max_value=32_000)
    aside = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


def add_faults(form: forms.Form, error: ValidationError) -> None:
    """Tell each fault beside its field where the form has it, else above the form."""
    told = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
    for name, messages in told.items():
        for message in messages:
            form.add_error(name if name in form.fields else None, message)
