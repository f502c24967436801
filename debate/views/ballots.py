"""Ballots: which side a reader takes, before reading and after."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from debate.access import bad, essay_of, has_looked, one_or_404
from debate.actions.balloting import Locked, cast_ballot, withdraw_ballot
from debate.forms.votes import BallotForm
from debate.http import Request
from debate.lenses.results import ballots_of
from debate.models import Essay, Motion, User
from debate.views.readers import SeeOther, known, reader_or_guest, way_back

ANCHOR = "#ballot"


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
        return answer(request, motion, essay, None, _("You have no ballot here."))
    reader = reader_or_guest(request)
    try:
        said = act(request, reader, motion, essay, form)
    except Locked:
        raise bad(_("What you said before reading stands, now that you have said where you stand after it.")) from None
    return known(request, reader, answer(request, motion, essay, reader, said))


def act(request: Request, reader: User, motion: Motion, essay: Essay | None, form: BallotForm) -> str:
    """Do what the form says; what happened, in words."""
    phase = form.cleaned_data["phase"]
    if form.withdraws:
        withdraw_ballot(reader=reader, motion=motion, essay=essay, phase=phase)
        return _("Your ballot is withdrawn.")
    seen = has_looked(request, motion, essay)
    cast_ballot(reader=reader, motion=motion, essay=essay, phase=phase, side=form.chosen, revealed=seen)
    return _("Your ballot: %s. Saved.") % (form.chosen.label if form.chosen else _("undecided"))


def answer(request: Request, motion: Motion, essay: Essay | None, reader: User | None, said: str) -> HttpResponse:
    """The ballot as it now is, or the page that has it, or the one that the form asks to come back to."""
    if request.htmx:
        context = {"motion": motion, "essay": essay, "ballots": ballots_of(reader, motion, essay), "said": said}
        return render(request, "votes/_ballot.html", context)
    return SeeOther(way_back(request, (essay or motion).get_absolute_url() + ANCHOR))
