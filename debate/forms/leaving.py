"""How somebody confirms that they mean to leave for good."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.forms.asked import AnswerForm


class WordForm(AnswerForm):
    """For whoever has no password to give: a word, typed."""

    word = forms.CharField(max_length=40, label=gettext_lazy("To confirm, type: delete"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "none"}

    def clean_word(self) -> str:
        if self.cleaned_data["word"].strip().lower() not in ("delete", _("delete")):
            raise forms.ValidationError(_("Type the word “delete”, so that this does not happen by accident."))
        return str(self.cleaned_data["word"])


class SureForm(forms.Form):
    """For whoever has just shown in another way that it is them: the button is enough."""
