"""What a member says of themselves."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from debate.forms.asked import AnswerForm
from debate.reasoning.names import LONGEST, plain

PLAIN = _("A name is one line of letters that can be seen, at most eighty of them; none that turns the text around it.")


class NameForm(AnswerForm):
    display_name = forms.CharField(
        label=_("Display name"),
        required=False,
        max_length=LONGEST,
        help_text=_("Whatever you like, or nothing. Somebody else may have the same."),
        widget=forms.TextInput({"autocomplete": "nickname", "spellcheck": "false"}),
    )

    def clean_display_name(self) -> str:
        try:
            return plain(self.cleaned_data["display_name"])
        except ValueError as error:
            raise ValidationError(PLAIN) from error
