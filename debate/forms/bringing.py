"""How an essay is brought to the desk: as files of ours, as an article, and the facts of an article, corrected."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from debate.models import Author, Essay, Motion, Side
from debate.models.essays import slug_for
from debate.reasoning.marked import unmarked
from debate.reasoning.paragraphs import Paragraph, TooLong

MOST_FILES = 20
MOST_OF_FILES = 1024 * 1024
MOST_OF_PAGE = 5 * 1024 * 1024
MOST_AUTHORS = 20
LONGEST_NAME = 120
SPARE = 2
TOO_LONG = _("The text may have %(most)s %(of)s at most.")


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files as pairs of a name and bytes."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = [super(FilesField, self).clean(file, initial) for file in data or [None]]
        if len(files) > MOST_FILES:
            raise ValidationError(_("At most %(most)d files come in at once.") % {"most": MOST_FILES})
        if sum(file.size for file in files) > MOST_OF_FILES:
            raise ValidationError(_("Files that come in here may have 1 MB together; import_essay takes larger ones."))
        return [(file.name, file.read()) for file in files]


class FilesForm(forms.Form):
    essays = FilesField(
        label=_("Essay files"),
        help_text=_("One or several, motion files too; 1 MB together. You see what would come of them first."),
    )


class ArticleForm(forms.Form):
    """One of three: a page as a file, a text, an address; the last where the site fetches pages."""

    address = forms.CharField(
        label=_("Address of the essay"),
        required=False,
        max_length=500,
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("The server fetches the page; it takes a few seconds."),
    )
    page = forms.FileField(
        label=_("HTML file"), required=False, help_text=_("A page as your browser saves it, 5 MB at most.")
    )
    text = forms.CharField(
        label=_("Pasted text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Plain or Markdown, a blank line between paragraphs."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: Essay | None = None
        if not settings.FETCH_ESSAYS:
            del self.fields["address"]

    def clean_page(self) -> Any:
        page = self.cleaned_data["page"]
        if page and page.size > MOST_OF_PAGE:
            raise ValidationError(_("A page may have 5 MB at most."))
        return page

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        self.known = Essay.objects.at_source(address).first()
        return address

    def clean(self) -> dict[str, Any]:
        given = [name for name, value in self.cleaned_data.items() if str(value or "").strip()]
        if not self.errors and len(given) != 1:
            raise ValidationError(_("Give the essay in one of these ways, and in one only."))
        return self.cleaned_data


class Names(forms.Widget):
    """A line for each name, with those that are known to choose from, and some to spare."""

    template_name = "desk/widgets/names.html"
    use_fieldset = True
    known: Sequence[str] = ()

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> list[str]:
        return [" ".join(told.split()) for told in data.getlist(name)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        told = [one for one in value or [] if one]
        context["widget"] |= {"names": [*told, *[""] * SPARE], "known": self.known}
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_{index or 0}"


class NamesField(forms.Field):
    widget = Names

    def clean(self, value: Any) -> list[str]:
        names = list(dict.fromkeys(name for name in value if name))
        if len(names) > MOST_AUTHORS or any(len(name) > LONGEST_NAME or not name.isprintable() for name in names):
            raise ValidationError(_("At most twenty names, each a line of at most 120 letters that can be seen."))
        return names


class SideField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the sides of all motions; each says of which, where there are several."""

    several = False

    def label_from_instance(self, side: Any) -> str:
        return f"{side.label} · {side.motion}" if self.several else str(side.label)


class DraftForm(forms.ModelForm):  # type: ignore[type-arg]
    """The facts of an article and its paragraphs, as a curator corrects them. `paragraphs`: once the text is valid."""

    authors = NamesField(
        label=_("Authors"),
        required=False,
        help_text=_("Choose who is known, or name somebody new. None: the source names nobody."),
    )
    side = SideField(
        Side.objects.none(), label=_("Side taken"), required=False, empty_label=_("None: it leaves the question open")
    )
    source_url = forms.URLField(
        label=_("Address of the source"),
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("Give an address that begins with https:// or http://.")},
    )
    text = forms.CharField(
        label=_("Paragraphs"),
        strip=False,
        widget=forms.Textarea({"rows": 24, "spellcheck": "false"}),
        help_text=_("A heading is a line that begins with “# ”; a blank line stands between paragraphs."),
    )
    paragraphs: list[Paragraph]

    class Meta:
        model = Essay
        fields = (
            *("title", "published_on", "date_precision", "publisher", "source_url"),
            *("motion", "side", "words", "slug"),
        )
        widgets = {"published_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "slug": _("The essay's address on this site; it stays. Left empty, it is made of author, year and title."),
            "published_on": _("Left empty where the source gives no date."),
        }

    field_order = ("title", "authors", *Meta.fields[1:], "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authors"].widget.known = Author.objects.names()
        self.fields["slug"].required = False
        side: Any = self.fields["side"]
        side.queryset, side.several = Side.objects.to_choose_from(), Motion.objects.are_several()

    def clean_slug(self) -> str:
        """As given, or made of what is known by now."""
        told = self.cleaned_data
        made = slug_for(told.get("authors", []), told.get("published_on"), told.get("title", ""))
        if not (slug := told["slug"] or made):
            raise ValidationError(_("None can be made of this title: give one, in letters, digits and hyphens."))
        return str(slug)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            self.paragraphs = unmarked(text)
        except TooLong as error:
            raise ValidationError(TOO_LONG % {"most": f"{error.most:,}", "of": error.of}) from error
        if not self.paragraphs:
            raise ValidationError(_("The text has no paragraph yet."))
        return text


def as_found(facts: dict[str, Any]) -> dict[str, Any]:
    """What a form of the facts begins with: what was found, and the likely rest. One query."""
    precision = Essay.Precision.DAY if facts["published_on"] else Essay.Precision.UNKNOWN
    return {**facts, "date_precision": precision, "motion": Motion.objects.featured().first()}
