"""Votes on claims, and asking to see what others think."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from debate.access import bad, edition_of, has_asked, one_or_404
from debate.actions.voting import Vote, cast_vote, withdraw_vote
from debate.cookies import covers, reveals_told
from debate.forms.votes import WITHDRAW, VoteForm
from debate.http import Request
from debate.lenses.kept import Kept
from debate.lenses.results import VotePanel, answer_of, vote_panel
from debate.models import Claim, ClaimVote, Motion, User
from debate.views.readers import SeeOther, known, or_to_the_survivor, reader_or_guest, reveal_to, way_back

ANCHOR = "#vote"
CLAIMS: Kept[Claim] = Kept(most=2_000)


def claim_named(edition: str, slug: str) -> Claim:
    """The visible claim of this slug, looked up once an edition, as voting is quick. Raises Http404 for none."""
    return CLAIMS.get(edition, slug, lambda: one_or_404(Claim.objects.visible(), slug))


@require_POST
@or_to_the_survivor(ANCHOR)
def cast(request: Request, slug: str) -> HttpResponse:
    """A vote, or its withdrawal. On a claim merged meanwhile it is not counted: the survivor may say more."""
    claim = claim_named(edition_of(request), slug)
    value = value_in(request)
    reader, vote = vote_of(request, claim, value)
    response = answer(request, claim, vote, asked=value == WITHDRAW and has_asked(request, claim))
    return known(request, reader, response) if reader else response


def value_in(request: Request) -> str:
    """What the form says: an answer, or that it is taken back. Raises BadRequest on anything else."""
    form = VoteForm(request.POST)
    if not form.is_valid():
        raise bad(form.problem)
    return str(form.cleaned_data["value"])


def vote_of(request: Request, claim: Claim, value: str) -> tuple[User | None, Vote | None]:
    """Do what the form says: whose vote it is, a new guest's where nobody was known, and how it stands now."""
    if value == WITHDRAW:
        return request.reader, withdraw_vote(reader=request.reader, claim=claim) if request.reader else None
    reader = reader_or_guest(request)
    return reader, cast_vote(reader=reader, claim=claim, value=value, informed=covers(reveals_told(request), claim))


def answer(request: Request, claim: Claim, vote: Vote | None, *, asked: bool) -> HttpResponse:
    """The panel as it now is, or the page that has it, or the one that the form asks to come back to."""
    if not request.htmx:
        return SeeOther(way_back(request, claim.get_absolute_url() + ANCHOR))
    panel = vote_panel(claim, value=vote.value if vote else "", asked=asked, tally=vote.tally if vote else None)
    return render(request, "votes/_panel.html", {"panel": panel, "said": said(panel)})


def said(panel: VotePanel) -> str:
    """What happened, for those who cannot see it happen."""
    if panel.answer:
        return _("Your vote: %s. Saved.") % dict(ClaimVote.Value.choices)[panel.answer]
    return _("You have no vote here.") if not panel.value else _("Your vote is withdrawn.")


@require_POST
@or_to_the_survivor(ANCHOR)
def reveal_claim(request: Request, slug: str) -> HttpResponse:
    claim = claim_named(edition_of(request), slug)
    if not request.htmx:
        return reveal_to(request, claim, SeeOther(claim.get_absolute_url() + ANCHOR))
    panel = vote_panel(claim, value=answer_of(request.reader, claim), asked=True)
    context = {"panel": panel, "said": _("What others think is shown.")}
    return reveal_to(request, claim, render(request, "votes/_panel.html", context))


@require_POST
def reveal_motion(request: Request, slug: str) -> HttpResponse:
    motion = one_or_404(Motion.objects.visible(), slug)
    return reveal_to(request, motion, SeeOther(way_back(request, motion.get_absolute_url())))
