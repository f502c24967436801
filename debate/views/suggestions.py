"""A reader suggests a claim, counterpoint, tag, correction or essay, and sees what came of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from debate.access import address_of, bad, one_or_404, survivor_or_404
from debate.actions import suggesting
from debate.actions.allowances import Spent, spend
from debate.actions.writing import writing
from debate.forms.suggestions import AGAIN, FORMS, KINDS, NAME, UNNAME, WITHDRAW, ActForm, SuggestionForm, kind_asked
from debate.forms.you import OwnAsked
from debate.http import Request
from debate.keyset import place_of
from debate.lenses.own_suggestions import own_suggestions
from debate.models import Claim, Essay, Motion, Prediction, Suggestion, Tag, User
from debate.models.suggestions import Target
from debate.views.readers import SeeOther, way_back
from debate.views.you import for_whom_it_is, queries_of, told

DRAFT = "suggestion"
"""Where a session keeps what somebody wrote before they signed in."""
DRAFTS_PER_HOUR = 60
TOO_MANY = gettext_lazy("%d suggestions of yours wait already. Take one back, or wait for an answer.")
GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Asked:
    """What is suggested here: its kind, on what, and the address of the page that takes it."""

    kind: Suggestion.Kind
    target: Target

    @property
    def page(self) -> str:
        noun = self.target._meta.model_name
        return reverse(f"suggest-on-{noun}", args=[self.target.slug])

    @property
    def address(self) -> str:
        return f"{self.page}?kind={self.kind}"

    @property
    def kinds(self) -> tuple[Suggestion.Kind, ...]:
        return KINDS[type(self.target)]

    @property
    def to_come_back(self) -> str:
        return urlencode({"next": self.address})


def member_behind(request: Request) -> User | None:
    return request.reader if request.reader is not None and not request.reader.is_guest else None


@GET_AND_POST
def on_claim(request: Request, slug: str) -> HttpResponse:
    try:
        claim = one_or_404(Claim.objects.visible(), slug)
    except Http404:
        claim = survivor_or_404(slug)
    return suggest(request, claim)


@GET_AND_POST
def on_essay(request: Request, slug: str) -> HttpResponse:
    return suggest(request, one_or_404(Essay.objects.visible(), slug))


@GET_AND_POST
def on_prediction(request: Request, slug: str) -> HttpResponse:
    return suggest(request, one_or_404(Prediction.objects.visible(), slug))


@GET_AND_POST
def on_motion(request: Request, slug: str) -> HttpResponse:
    return suggest(request, one_or_404(Motion.objects.visible(), slug))


def suggest(request: Request, target: Target) -> HttpResponse:
    """The page of a suggestion; whoever has no account may fill it in, and sends it once they have signed in."""
    asked, member = Asked(kind_asked(request.GET, target), target), member_behind(request)
    called = member.display_name if member else ""
    if request.method != "POST":
        kept = kept_draft(request, asked)
        return show(request, asked, FORMS[asked.kind](initial=kept, called=called), kept=bool(kept))
    form = FORMS[asked.kind](request.POST, called=called)
    if not form.is_valid():
        return show(request, asked, form)
    return keep_draft(request, asked, form) if member is None else send(request, asked, form, member)


def show(request: Request, asked: Asked, form: SuggestionForm, *, kept: bool = False, status: int = 0) -> HttpResponse:
    """The page with this form, as 422 where something is wrong with it. `kept`: whether it holds a draft."""
    context = {"asked": asked, "form": form, "kept": kept, "member": member_behind(request)}
    return render(request, "suggestions/suggest.html", context, status=status or (422 if form.errors else 200))


def send(request: Request, asked: Asked, form: SuggestionForm, member: User) -> HttpResponse:
    """Put it into the queue; where it cannot be, say why beside what was typed."""
    try:
        suggesting.suggest(reader=member, kind=asked.kind, target=asked.target, **form.facts())
    except suggesting.SaidAlready as said:
        form.add_error(None, _("You have suggested just this before: it is %s.") % said.earlier.get_state_display())
    except suggesting.ThereAlready as there:
        form.add_error(None, link_to(there.row))
    except suggesting.TooManyPending:
        form.add_error(None, TOO_MANY % suggesting.MOST_PENDING)
    except suggesting.TooManyToday:
        form.add_error(None, _("That was enough for one day. Please come back tomorrow."))
    if form.errors:
        return show(request, asked, form)
    request.session.pop(DRAFT, None)
    messages.success(request, _("Thank you. A curator will look at it; what comes of it stands here."))
    return SeeOther(reverse("your-suggestions"))


def link_to(row: Claim | Essay | Tag) -> SafeString:
    """What is there already, to be looked at."""
    link = format_html('<a href="{}">{}</a>', row.get_absolute_url(), row)
    return format_html(_("This is here already: {}"), link)


def kept_draft(request: Request, asked: Asked) -> dict[str, Any]:
    """What this visitor wrote on this page before they signed in."""
    kept = request.session.get(DRAFT) or {}
    return dict(kept["fields"]) if kept.get("address") == asked.address else {}


def keep_draft(request: Request, asked: Asked, form: SuggestionForm) -> HttpResponse:
    """Keep what was typed until its writer has signed in; told on the page, which leads there."""
    try:
        with writing():
            spend(what="drafts", address=address_of(request), most=DRAFTS_PER_HOUR)
    except Spent:
        form.add_error(None, _("Too much was written from your network without an account. Please sign in first."))
        return show(request, asked, form, status=429)
    fields = {name: value for name, value in form.cleaned_data.items() if name != "named"}
    request.session[DRAFT] = {"address": asked.address, "fields": fields}
    return SeeOther(f"{asked.address}#sign-in")


@for_whom_it_is(queries_of("state", tuple(Suggestion.State.values)))
def own(request: Request, reader: User, asked: OwnAsked) -> HttpResponse:
    found = own_suggestions(reader, asked.only, place_of(asked.page, f"suggestions {asked.only}"))
    return render(request, "you/suggestions.html", told(request, reader, asked, "your-suggestions", list=found))


@require_POST
def change(request: Request, key: int) -> HttpResponse:
    """Take one of one's own back, put it back, or say whether to be named. What is not one's own is not there."""
    form, member = ActForm(request.POST), member_behind(request)
    if not form.is_valid():
        raise bad(form.problem)
    if member is None or not Suggestion.objects.by(member).keyed([key]).exists():
        raise Http404(_("Nothing of that name is here."))
    if problem := problem_of(form.cleaned_data["act"], member, key):
        messages.error(request, problem)
    return SeeOther(way_back(request, reverse("your-suggestions")))


def problem_of(act: str, member: User, key: int) -> str:
    """Do it; why it could not be done, "" where it was."""
    if act in (NAME, UNNAME):
        suggesting.credit(reader=member, suggestion=key, named=act == NAME)
    elif act == WITHDRAW and not suggesting.withdraw(reader=member, suggestion=key):
        return _("It does not wait any more, so it was not taken back: see what came of it.")
    elif act == AGAIN:
        try:
            suggesting.put_back(reader=member, suggestion=key)
        except suggesting.TooManyPending:
            return str(TOO_MANY % suggesting.MOST_PENDING)
    return ""
