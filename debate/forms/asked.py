"""What every form of a reader asks of its input."""

from unicodedata import category

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

BROKEN = "\N{REPLACEMENT CHARACTER}"


def readable(text: str) -> bool:
    """Whether a text came over whole: no control character, and no byte that was not UTF-8."""
    return BROKEN not in text and not any(category(sign) in {"Cc", "Cs"} for sign in text)


class AnswerForm(forms.Form):
    """Takes each field once, and says in a sentence what is wrong."""

    def clean(self) -> dict[str, object]:
        if isinstance(self.data, QueryDict):
            twice = [name for name in self.fields if len(self.data.getlist(name)) > 1]
            if twice:
                raise forms.ValidationError(_("One answer at a time: this form was filled in twice."))
        return dict(self.cleaned_data)

    @property
    def problem(self) -> str:
        """The first thing that is wrong, '' where nothing is."""
        for name, problems in self.errors.items():
            told = str(problems[0])
            return told if name == "__all__" else f"{self.fields[name].label or name}: {told}"
        return ""
