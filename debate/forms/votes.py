"""What a reader gives: a vote, a forecast, a ballot, a tag."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from debate.forms.asked import AnswerForm, readable
from debate.models import STEPS, Ballot, ClaimVote, Motion, Side, tag_slug
from debate.models.tags import LONGEST_SLUG

WITHDRAW = "withdraw"
UNDECIDED = "undecided"
LONGEST_NUMBER = 12
ONE_TO_99 = _("A forecast is a whole number of percent from 1 to 99.")
HUNDREDTHS = _("A probability is a number from 0.01 to 0.99, in hundredths.")


class VoteForm(AnswerForm):
    value = forms.ChoiceField(label=_("Vote"), choices=[*ClaimVote.Value.choices[:3], (WITHDRAW, _("withdraw"))])


class ForecastForm(AnswerForm):
    """A probability in percent, as a number from 0 to 1 or as a worded step; or the forecast taken back."""

    percent = forms.RegexField(
        r"^[1-9][0-9]?$", label=_("Percent"), required=False, error_messages={"invalid": ONE_TO_99}
    )
    probability = forms.RegexField(
        r"^0?\.(0[1-9]|[1-9][0-9]?)$", label=_("Probability"), required=False, error_messages={"invalid": HUNDREDTHS}
    )
    step = forms.ChoiceField(
        label=_("Step"), required=False, choices=[(name, word) for name, (word, _percent) in STEPS.items()]
    )
    withdraw = forms.ChoiceField(label=_("Withdraw"), required=False, choices=[("yes", _("yes"))])

    def clean(self) -> dict[str, object]:
        told = super().clean()
        if not self.errors and sum(map(bool, told.values())) != 1:
            raise forms.ValidationError(ONE_TO_99)
        return told

    @property
    def typed(self) -> str:
        """What stood in the field for a number, as far as a number could go, to be put right."""
        return str(self.data.get("percent", ""))[:LONGEST_NUMBER]

    @property
    def value(self) -> float | None:
        """The probability, 0.01 to 0.99; None where the forecast is taken back."""
        told = self.cleaned_data
        if told["withdraw"]:
            return None
        if told["probability"]:
            return float(told["probability"])
        percent = STEPS[told["step"]][1] if told["step"] else int(told["percent"])
        return percent / 100


class BallotForm(AnswerForm):
    """A side of the motion (its slug), undecided, or the ballot taken back; before reading or after."""

    phase = forms.ChoiceField(label=_("When"), choices=Ballot.Phase.choices)
    side = forms.ChoiceField(label=_("Side"))

    def __init__(self, *args: Any, motion: Motion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.motion = motion
        self.sides: dict[str, Side | None] = {side.slug: side for side in motion.sides.all()}
        self.fields["side"] = forms.ChoiceField(
            label=_("Side"), choices=[(name, name) for name in (*self.sides, UNDECIDED, WITHDRAW)]
        )

    @property
    def chosen(self) -> Side | None:
        """The side taken; None for undecided."""
        return self.sides.get(self.cleaned_data["side"])

    @property
    def withdraws(self) -> bool:
        return bool(self.cleaned_data["side"] == WITHDRAW)


class TagForm(AnswerForm):
    """A tag by name, to propose it; or by slug, to take the proposal back."""

    name = forms.CharField(
        label=_("Tag"),
        required=False,
        max_length=40,
        error_messages={"max_length": _("A tag has at most 40 characters.")},
    )
    withdraw = forms.SlugField(label=_("Take back"), required=False, max_length=100, allow_unicode=True)

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if name and not (name.isprintable() and readable(name) and 0 < len(tag_slug(name)) <= LONGEST_SLUG):
            raise forms.ValidationError(_("A tag needs at least one letter or digit."))
        return name

    def clean(self) -> dict[str, object]:
        told = super().clean()
        if not self.errors and bool(told.get("name")) == bool(told.get("withdraw")):
            raise forms.ValidationError(_("Which tag? Write a word or two."))
        return told
