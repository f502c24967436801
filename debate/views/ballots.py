"""Ballots: which side a reader takes, before reading and after."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from debate.access import bad, essay_of, has_looked, one_or_404
from debate.actions.balloting import Locked, cast_ballot, withdraw_ballot
from debate.forms.votes import BallotForm
from debate.http import Request
from debate.lenses.ballot_panel import ballot_panel
from debate.models import Ballot, Essay, Motion, User
from debate.views.readers import SeeOther, known, reader_or_guest, way_back

PARTS = {Ballot.Phase.BEFORE: "ballot", Ballot.Phase.AFTER: "after"}
"""Where on an essay's page a ballot is given, by its phase; on a motion's there is one place for both."""


@require_POST
def cast(request: Request, slug: str) -> HttpResponse:
    return take(request, one_or_404(Motion.objects.visible().with_sides(), slug), None)


@require_POST
def cast_on_essay(request: Request, slug: str) -> HttpResponse:
    essay = essay_of(slug)
    return take(request, one_or_404(Motion.objects.visible().with_sides(), essay.motion.slug), essay)


def take(request: Request, motion: Motion, essay: Essay | None) -> HttpResponse:
    """Give a ballot or take it back. Raises BadRequest on a side or phase that there is not, and on a locked ballot."""
    form = BallotForm(request.POST, motion=motion)
    if not form.is_valid():
        raise bad(form.problem)
    if form.withdraws and request.reader is None:
        return answer(request, form, essay, None, _("You have no ballot here."))
    reader = reader_or_guest(request)
    try:
        said = act(request, reader, motion, essay, form)
    except Locked:
        raise bad(_("What you said before reading stands, now that you have said where you stand after it.")) from None
    return known(request, reader, answer(request, form, essay, reader, said))


def act(request: Request, reader: User, motion: Motion, essay: Essay | None, form: BallotForm) -> str:
    """Do what the form says; what happened, in words."""
    phase = form.cleaned_data["phase"]
    if form.withdraws:
        withdraw_ballot(reader=reader, motion=motion, essay=essay, phase=phase)
        return _("Your ballot is withdrawn.")
    seen = has_looked(request, motion, essay)
    cast_ballot(reader=reader, motion=motion, essay=essay, phase=phase, side=form.chosen, revealed=seen)
    return _("Your ballot: %s. Saved.") % (form.chosen.label if form.chosen else _("undecided"))


def answer(request: Request, form: BallotForm, essay: Essay | None, reader: User | None, said: str) -> HttpResponse:
    """The ballot as it now is, or the page that has it, or the one that the form asks to come back to."""
    part = PARTS[form.cleaned_data["phase"]] if essay else "ballot"
    if request.htmx:
        context = {"panel": ballot_panel(reader, form.motion, essay), "part": part, "said": said}
        return render(request, "votes/ballot_answer.html", context)
    return SeeOther(way_back(request, f"{(essay or form.motion).get_absolute_url()}#{part}"))
