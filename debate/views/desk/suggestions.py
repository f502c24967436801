"""What readers suggest, as curators and moderators see it: the queue, and the decision on those that say the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from debate.access import curator_of, for_deciders, may_accept
from debate.actions import deciding
from debate.actions.deciding import Answer, Decided, Wording
from debate.forms import deciding as forms
from debate.forms.address import check, known_only
from debate.forms.deciding import ACCEPT, DECLINE, AcceptForm, ReasonForm
from debate.http import Request
from debate.keyset import place_of
from debate.lenses.suggestion_queue import group_around, nearest_claims, queue_page, relations_around
from debate.models import Claim, Suggestion
from debate.views.readers import SeeOther


@require_safe
@for_deciders
def queue(request: Request) -> HttpResponse:
    told = known_only(request.GET, ("kind", "page"), several=())
    kind = told.get("kind", "")
    check(kind, Suggestion.Kind.values, _("“%s” cannot be suggested here."))
    order = f"queue {kind}"
    found = queue_page(kind, order, place_of(told.get("page", ""), order))
    return render(request, "desk/suggestions.html", {"queue": found, "kind": kind})


@dataclass
class Sheet:
    """The page on which suggestions that say the same are decided: the forms, which are chosen, and what went wrong.

    `accept`: None where the curator may not write what would come of it. `decided`: what does not wait any more.
    """

    group: Sequence[Suggestion]
    accept: AcceptForm | None
    reason: ReasonForm
    chosen: Sequence[int] = ()
    decided: Sequence[Suggestion] = ()
    problems: list[str] = field(default_factory=list)
    status: int = 200

    @property
    def first(self) -> Suggestion:
        return self.group[0]

    @property
    def waiting(self) -> list[Suggestion]:
        gone = {row.pk for row in self.decided}
        return [row for row in self.group if row.pk not in gone]


@require_http_methods(["GET", "HEAD", "POST"])
@for_deciders
def decide(request: Request, key: int) -> HttpResponse:
    """Look at a suggestion with all that say the same, and accept or decline those that are chosen."""
    suggestion = Suggestion.objects.keyed([key]).for_queue().first()
    if suggestion is None:
        raise Http404(_("Nothing of that name is here."))
    sheet = sheet_of(request, group_around(suggestion))
    if request.method == "POST" and (led := done(request, sheet)):
        return SeeOther(led)
    return render(request, "desk/suggestion.html", {"sheet": sheet}, status=sheet.status)


def sheet_of(request: Request, group: Sequence[Suggestion]) -> Sheet:
    """Each form holds what was sent, and otherwise begins with what the reader wrote."""
    first, verdict = group[0], request.POST.get("verdict", "")
    making = forms.ACCEPT_FORMS[first.kind]
    begun = request.POST.dict() if request.POST else making.begin(first)
    accept = making(request.POST if verdict == ACCEPT else None, initial=begun, **choices_for(first))
    return Sheet(
        group=group,
        accept=accept if may_accept(curator_of(request), first) else None,
        reason=ReasonForm(request.POST or None, needed=verdict == DECLINE),
        chosen=[row.pk for row in group if row.is_pending],
        decided=[row for row in group if not row.is_pending],
    )


def choices_for(suggestion: Suggestion) -> dict[str, Any]:
    """What there is to choose from where a claim comes of it."""
    motion, kind = suggestion.on, suggestion.kind
    if kind not in (Suggestion.Kind.CLAIM, Suggestion.Kind.COUNTERPOINT):
        return {}
    told: dict[str, Any] = {"sides": motion.sides.all()}
    if suggestion.claim is not None:
        told |= {"claims": Claim.objects.of_motion(motion), "around": relations_around(suggestion.claim)}
        told |= {"near": nearest_claims(motion, suggestion.text)}
    return told


def done(request: Request, sheet: Sheet) -> str:
    """Do what was sent; where to go on, '' where something is in the way: then the sheet says what."""
    verdict = request.POST.get("verdict", "")
    try:
        sheet.chosen = forms.keys_told(request.POST)
        led = decided(request, sheet, verdict)
    except Decided as error:
        sheet.decided, sheet.status = list(Suggestion.objects.keyed(error.keys).for_queue()), 409
        return ""
    except ValidationError as error:
        tell(error, sheet)
        led = ""
    if led:
        messages.success(request, said(verdict, len(set(sheet.chosen))))
        if verdict == ACCEPT and sheet.first.kind == Suggestion.Kind.CORRECTION:
            messages.info(request, _("What the reader wrote: %s") % sheet.first.text)
    else:
        sheet.status = 422
    return led


def decided(request: Request, sheet: Sheet, verdict: str) -> str:
    if not sheet.reason.is_valid():
        return ""
    answer = Answer(curator_of(request), sheet.chosen, sheet.reason.cleaned_data["reason"])
    if verdict == DECLINE:
        deciding.decline(answer)
        return reverse("suggestion-queue")
    if verdict != ACCEPT:
        raise ValidationError(_("Accept it, or decline it."))
    if sheet.accept is None:
        raise PermissionDenied(_("What would come of this is for curators to write."))
    return ACCEPTING[sheet.first.kind](answer, sheet.accept) if sheet.accept.is_valid() else ""


def said(verdict: str, count: int) -> str:
    if verdict == ACCEPT:
        return ngettext("Accepted.", "%(count)d accepted.", count) % {"count": count}
    return ngettext("Declined; the reader sees why.", "%(count)d declined; their readers see why.", count) % {
        "count": count
    }


def tell(error: ValidationError, sheet: Sheet) -> None:
    """Say what is wrong beside the field that it lies with, else above all."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, problems in by_field.items():
        form = next(
            (each for each in (sheet.accept, sheet.reason) if each and each.is_bound and name in each.fields), None
        )
        if form is not None:
            form.add_error(name, problems)
        else:
            sheet.problems += problems


# What comes of each kind, and where that leads.


def claim_made(answer: Answer, form: AcceptForm) -> str:
    deciding.accept_claim(answer, Wording(**cast("forms.AcceptClaimForm", form).wording()))
    return reverse("suggestion-queue")


def counterpoint_made(answer: Answer, form: AcceptForm) -> str:
    told = cast("forms.AcceptCounterpointForm", form)
    deciding.accept_counterpoint(answer, told.chosen() or Wording(**told.wording()), **told.drawn())
    return reverse("suggestion-queue")


def tag_made(answer: Answer, form: AcceptForm) -> str:
    deciding.accept_tag(answer, form.cleaned_data["name"])
    return reverse("suggestion-queue")


def correction_made(answer: Answer, _form: AcceptForm) -> str:
    """To the page on which the row is corrected."""
    target = deciding.accept_correction(answer).target
    return reverse(f"admin:debate_{target._meta.model_name}_change", args=[target.pk])


def essay_made(answer: Answer, form: AcceptForm) -> str:
    """To the workbench, where the draft waits to be taken apart."""
    return reverse("workbench", args=[deciding.accept_essay(answer, **form.cleaned_data).slug])


ACCEPTING: dict[str, Callable[[Answer, AcceptForm], str]] = {
    Suggestion.Kind.CLAIM: claim_made,
    Suggestion.Kind.COUNTERPOINT: counterpoint_made,
    Suggestion.Kind.TAG: tag_made,
    Suggestion.Kind.CORRECTION: correction_made,
    Suggestion.Kind.ESSAY: essay_made,
}
