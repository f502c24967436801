"""Where a reader stands: ten claims, one at a time, then the authors nearest to them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from debate.access import edition_of
from debate.forms.standing import StandAsked
from debate.forms.votes import WITHDRAW
from debate.http import Request
from debate.lenses.asking import Question, Questions, questions_of
from debate.lenses.nearness import standing_of
from debate.models import Claim, ClaimVote, User
from debate.views.readers import go_to, known, or_to_the_survivor
from debate.views.votes import claim_named, value_in, vote_of

WORDS = dict(ClaimVote.Value.choices)


@require_safe
def page(request: Request) -> HttpResponse:
    """The question that is asked for, else the first that is open; where none is, what the answers come to."""
    asked = StandAsked.read(request.GET)
    questions = questions_of(edition_of(request), asked.motion, request.reader)
    if not questions.asked.tell:
        return render(request, "stand/empty.html", {"motion": questions.motion})
    if asked.number > questions.count:
        raise Http404(_("There is no question %d here.") % asked.number)
    number = 0 if asked.done else asked.number or next(iter(questions.open), 0)
    return ask(request, questions.question(number)) if number else tell(request, questions, asked.motion)


def ask(request: Request, question: Question) -> HttpResponse:
    context = {"motion": question.questions.motion, "question": question, "questions": question.questions}
    return render(request, "stand/question.html", context)


def tell(request: Request, questions: Questions, slug: str) -> HttpResponse:
    standing = standing_of(edition_of(request), slug, request.reader)
    context = {"motion": questions.motion, "questions": questions, "standing": standing}
    return render(request, "stand/result.html", context)


@require_POST
@or_to_the_survivor("#vote")
def cast(request: Request, slug: str) -> HttpResponse:
    """A vote on the claim like any other, blind unless the reader has asked; then the next question."""
    claim, value = claim_named(edition_of(request), slug), value_in(request)
    reader, _vote = vote_of(request, claim, value)
    response = go_on(request, claim, reader, value)
    return known(request, reader, response) if reader else response


def go_on(request: Request, claim: Claim, reader: User | None, value: str) -> HttpResponse:
    """The next question that is open, the same one where its answer was taken back, the result where none is."""
    motion = claim.motion
    questions = questions_of(edition_of(request), "" if motion.featured else motion.slug, reader)
    number = questions.number_of(claim)
    following = number if value == WITHDRAW else questions.open_after(number)
    if not (request.htmx and following):
        return go_to(request, questions.address(following))
    question = questions.question(following)
    return render(request, "stand/_question.html", {"question": question, "said": said(value, question)})


def said(value: str, question: Question) -> str:
    """What happened and what is asked now, for those who cannot see it happen."""
    done = _("Your vote is withdrawn.") if value == WITHDRAW else _("Your vote: %s. Saved.") % WORDS[value]
    place = {"number": question.number, "count": question.questions.count, "claim": question.claim.text}
    return f"{done} {_('%(number)d of %(count)d: %(claim)s') % place}"
