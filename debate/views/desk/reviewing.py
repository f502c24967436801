"""An essay before another curator: all of it on one page, and what is decided about it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from debate.access import curator_of, essay_at_desk, for_curators
from debate.actions.reviewing import ask_for_review, hide, pass_essay, send_back, withdraw
from debate.actions.second_eyes import may_pass
from debate.forms.reviewing import ReviewForm
from debate.http import Request
from debate.lenses.review import review_of
from debate.models import Essay, Status, User
from debate.views.readers import SeeOther

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@for_curators
def page(request: Request, slug: str) -> HttpResponse:
    essay = essay_at_desk(slug)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(request, essay, form):
        return SeeOther(reverse("review", args=[slug]))
    page = review_of(essay)
    may = essay.status != Status.PUBLISHED and may_pass(essay, curator_of(request), page.waiting)
    context = {"page": page, "form": form, "may_pass": may}
    return render(request, "desk/review/page.html", context, status=UNPROCESSABLE if form.errors else 200)


def done(request: Request, essay: Essay, form: ReviewForm) -> bool:
    """Whether the act was done, and said so; what forbids it stands in the form."""
    told = form.cleaned_data
    try:
        said = act(told["act"], essay, curator_of(request), told["comment"], told["seen"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, said)
    return True


def act(name: str, essay: Essay, by: User, words: str, seen: str) -> str:
    """What was done, in a sentence. Raises ValidationError where a rule forbids it."""
    if name == "ask":
        ask_for_review(essay=essay, by=by, note=words)
        return _("It waits for another curator now.")
    if name == "pass":
        pass_essay(essay=essay, by=by, comment=words, seen=seen)
        return _("It is published, with its claims and predictions.")
    if name == "send-back":
        send_back(essay=essay, by=by, comment=words)
        return _("It is a draft again, with your comment.")
    if name == "hide":
        hide(essay=essay, by=by, why=words)
        return _("Readers do not see it any more. What they gave is kept.")
    withdraw(essay=essay, by=by)
    return _("It is a draft again.")
