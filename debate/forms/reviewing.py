"""What a curator decides about an essay as a whole, and what they say to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from debate.forms.asked import AnswerForm

LONGEST = 4_000
ACTS = ("ask", "pass", "send-back", "withdraw", "hide")
NEEDS_WORDS = {
    "send-back": _("Say what is to be done before it can be published."),
    "hide": _("Say why: readers see it in the moderation log."),
}


class RevisionForm(AnswerForm):
    """What is decided about a correction that waits."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("accept", "decline", "withdraw")], widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("What you have to say"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 4})
    )

    def clean(self) -> dict[str, object]:
        told = super().clean() or self.cleaned_data
        if told.get("act") == "decline" and not told.get("comment") and "comment" not in self.errors:
            self.add_error("comment", _("Say what speaks against it."))
        return told


class ReviewForm(AnswerForm):
    act = forms.ChoiceField(choices=[(act, act) for act in ACTS], widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("What you have to say"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5}),
    )

    def clean(self) -> dict[str, object]:
        told = super().clean() or self.cleaned_data
        missing = NEEDS_WORDS.get(str(told.get("act")))
        if missing and not told.get("comment") and "comment" not in self.errors:
            self.add_error("comment", missing)
        return told
