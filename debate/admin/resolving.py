"""How a curator resolves a prediction and opens it again: on pages of their own, and nowhere else."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.actions.resolution import LONGEST_ADDRESS, keep_verdict, reopen_prediction, resolve_prediction, verdict_on
from debate.admin.acting import Acts, View
from debate.admin.fields import SHOWN
from debate.admin.listing import Link
from debate.admin.paths import address_of
from debate.models import Prediction, Status, User

LONGEST_NOTE = 2_000
VERDICT = ["resolution", "resolved_on", "resolution_note", "evidence_url"]


class NoteForm(forms.Form):
    """What both acts ask: why."""

    note = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_NOTE,
        validators=[SHOWN],
        widget=forms.Textarea({"class": "vLargeTextField", "rows": 4}),
    )


class ReopenForm(NoteForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = _("In a sentence. It stands in the prediction's history and in the public log.")


class ResolveForm(NoteForm):
    resolution = forms.ChoiceField(
        label=_("How it came out"), choices=Prediction.Resolution.choices[1:], widget=forms.RadioSelect
    )
    resolved_on = forms.DateField(
        label=_("Decided on"),
        help_text=_("The day, in UTC, on which it was decided. What was forecast on that day or later does not count."),
        widget=forms.DateInput({"type": "date", "class": "vDateField"}, format="%Y-%m-%d"),
    )
    evidence_url = forms.URLField(
        label=_("Evidence"),
        required=False,
        max_length=LONGEST_ADDRESS,
        assume_scheme="https",
        help_text=_("The address at which anybody can see it. A yes or a no needs one."),
        widget=forms.URLInput({"class": "vURLField"}),
    )
    field_order = ["resolution", "resolved_on", "note", "evidence_url"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = _("How it was judged, in a sentence or two. Readers see it.")


class Resolves(Acts):
    """The pages of predictions: what they resolve to is shown there, and written by the actions alone."""

    def acts(self) -> Mapping[str, View]:
        return {**super().acts(), "resolve": self.resolve_view, "reopen": self.reopen_view}

    def resolve_view(self, request: HttpRequest, row: Prediction) -> HttpResponse:
        stands, curator = verdict_on(row), cast("User", request.user)
        initial = stands._asdict() if stands.resolution else {"resolved_on": timezone.now().date()}
        form = ResolveForm(request.POST if request.method == "POST" else None, initial=initial)
        if self.done(form, lambda told: resolve_prediction(curator=curator, prediction=row, **told)):
            said = _("It is resolved, and its forecasts are scored.")
            return self.acted(request, row, f"resolved: {form.cleaned_data['resolution']}", said)
        title = _("Correct the resolution") if stands.resolution else _("Resolve")
        return self.asked(request, row, form, template="resolving", title=title, button=_("Resolve"))

    def reopen_view(self, request: HttpRequest, row: Prediction) -> HttpResponse:
        form, curator = ReopenForm(request.POST if request.method == "POST" else None), cast("User", request.user)
        if self.done(form, lambda told: reopen_prediction(curator=curator, prediction=row, **told)):
            return self.acted(request, row, "reopened", _("It is open again, and its scores are taken back."))
        return self.asked(request, row, form, template="resolving", title=_("Reopen"), button=_("Reopen"))

    def tools(self, request: HttpRequest, row: Prediction) -> list[Link]:
        if not self.has_change_permission(request, row):
            return []
        if not row.resolution:
            return [Link(_("Resolve…"), address_of(Prediction, "resolve", row.pk))] if is_published(row) else []
        correct = Link(_("Correct the resolution…"), address_of(Prediction, "resolve", row.pk))
        return [correct, Link(_("Reopen…"), address_of(Prediction, "reopen", row.pk))]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), *VERDICT]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A prediction that is not resolved has nothing to show of its resolution."""
        told = list(super().get_fieldsets(request, obj))
        return [*told, (_("Resolution"), {"fields": VERDICT})] if obj is not None and obj.resolution else told

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        keep_verdict(obj)
        super().save_model(request, obj, form, change)


def is_published(row: Prediction) -> bool:
    return row.status == Status.PUBLISHED
