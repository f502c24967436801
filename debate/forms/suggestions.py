"""What a reader suggests: of which sort, on what, in which words."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.forms.address import check, known_only
from debate.forms.asked import AnswerForm, readable
from debate.models import Claim, Essay, Motion, Prediction, Suggestion, tag_slug
from debate.models.suggestions import LONGEST_TEXT, LONGEST_WHY
from debate.models.tags import LONGEST_SLUG
from debate.reasoning.duplicates import words_of

Kind = Suggestion.Kind
KINDS: dict[type[Model], tuple[Kind, ...]] = {
    Claim: (Kind.COUNTERPOINT, Kind.TAG, Kind.CORRECTION),
    Essay: (Kind.CORRECTION, Kind.CLAIM),
    Prediction: (Kind.CORRECTION,),
    Motion: (Kind.CLAIM, Kind.ESSAY),
}
"""What can be suggested from the page of each noun; the first where its address does not say."""
LONGEST_SENTENCE, LONGEST_TAG, LONGEST_TITLE, LONGEST_ADDRESS = 280, 40, 200, 500
LINK = re.compile(r"\bhttps?:|\bwww\.", re.IGNORECASE)
IN_WORDS = gettext_lazy("Say it in words.")
NO_LINKS = gettext_lazy("An address goes into the field for it, not into the text.")
UNREADABLE = gettext_lazy("This holds signs that no text has, or did not come over whole.")


def kind_asked(query: QueryDict, target: Model) -> Kind:
    """Raises BadRequest on a sort that this page does not take."""
    kinds = KINDS[type(target)]
    told = known_only(query, ("kind",)).get("kind", "")
    check(told, kinds, _("“%s” cannot be suggested here."))
    return Kind(told or kinds[0])


def plain_line(text: str) -> str:
    """A text on one line, with single spaces. Raises ValidationError on what is no text, and on links."""
    line = " ".join(text.split())
    if not readable(line):
        raise ValidationError(UNREADABLE)
    if LINK.search(line):
        raise ValidationError(NO_LINKS)
    return line


def area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class SuggestionForm(AnswerForm):
    """`called`: the name by which the member can be credited, '' where they have none or nobody is signed in."""

    said: ClassVar[dict[str, tuple[Any, Any]]] = {}
    text = forms.CharField(max_length=LONGEST_SENTENCE, widget=area(3))
    why = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=LONGEST_WHY, widget=area(3))
    source_url = forms.URLField(
        label=gettext_lazy("Where it can be looked up"),
        required=False,
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
        help_text=gettext_lazy("A web address, if there is one."),
    )
    named = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, called: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_url"].validators = [URLValidator(schemes=["http", "https"])]
        self.fields["named"].label = _("Name me, %s, where it is used") % called
        if not called:
            del self.fields["named"]
        for name, (label, help_text) in self.said.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text

    def clean_text(self) -> str:
        text = plain_line(self.cleaned_data["text"])
        if not words_of(text):
            raise ValidationError(IN_WORDS)
        return text

    def clean_why(self) -> str:
        return plain_line(self.cleaned_data["why"])

    def facts(self) -> dict[str, Any]:
        """What the action takes, besides who and on what."""
        return {"named": True, **self.cleaned_data}


class ClaimForm(SuggestionForm):
    said = {
        "text": (gettext_lazy("The claim"), gettext_lazy("One proposition in one sentence, in your own words.")),
        "why": (gettext_lazy("Who says so, or why it belongs here"), ""),
    }


class CounterpointForm(SuggestionForm):
    said = {
        "text": (gettext_lazy("The counterpoint"), gettext_lazy("One proposition in one sentence, in your own words.")),
        "way": (gettext_lazy("What it does to the claim"), ""),
        "why": (gettext_lazy("Why that counts against it"), ""),
    }
    way = forms.ChoiceField(choices=Suggestion.Way.choices)
    field_order = ["text", "way"]


class TagForm(SuggestionForm):
    said = {
        "text": (
            gettext_lazy("The tag"),
            gettext_lazy(
                "A word or two by which others may find this claim. On its page you can propose one without a reason:"
                " two readers make it public."
            ),
        ),
        "why": (gettext_lazy("Why"), gettext_lazy("If it does not go without saying.")),
    }
    text = forms.CharField(max_length=LONGEST_TAG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["source_url"]

    def clean_text(self) -> str:
        name = plain_line(self.cleaned_data["text"])
        if not 0 < len(tag_slug(name)) <= LONGEST_SLUG:
            raise ValidationError(_("A tag needs at least one letter or digit."))
        return name


class CorrectionForm(SuggestionForm):
    said = {
        "text": (gettext_lazy("What is wrong, and how it should read"), ""),
        "why": (gettext_lazy("How you know"), ""),
    }
    text = forms.CharField(max_length=LONGEST_TEXT, widget=area(5))


class EssayForm(SuggestionForm):
    said = {
        "text": (gettext_lazy("Its title"), ""),
        "source_url": (gettext_lazy("Its address"), gettext_lazy("Where anybody can read it.")),
        "why": (gettext_lazy("Why it should be taken apart here"), gettext_lazy("What it adds to the others.")),
    }
    text = forms.CharField(max_length=LONGEST_TITLE)
    field_order = ["text", "source_url"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_url"].required = True
        self.fields["source_url"].widget.is_required = True


FORMS: dict[Kind, type[SuggestionForm]] = {
    Kind.CLAIM: ClaimForm,
    Kind.COUNTERPOINT: CounterpointForm,
    Kind.TAG: TagForm,
    Kind.CORRECTION: CorrectionForm,
    Kind.ESSAY: EssayForm,
}


WITHDRAW, AGAIN, NAME, UNNAME = "withdraw", "again", "name", "unname"


class ActForm(AnswerForm):
    """What a member does with one of their own."""

    act = forms.ChoiceField(label=gettext_lazy("Act"), choices=[(act, act) for act in (WITHDRAW, AGAIN, NAME, UNNAME)])
