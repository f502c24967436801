"""Corrections to what readers see, which wait for somebody else to pass them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from debate.access import curator_of, for_curators
from debate.actions.revising import accept, decline, may_pass_revision, withdraw
from debate.forms.address import check, known_only
from debate.forms.reviewing import RevisionForm
from debate.http import Request
from debate.keyset import page_of, place_of
from debate.lenses.revision import revision_page
from debate.models import REVISIONS_IN_ORDER, Revision, User
from debate.views.readers import SeeOther

UNPROCESSABLE = 422
DECIDED = "decided"


@require_safe
@for_curators
def index(request: Request) -> HttpResponse:
    """What waits or, asked for, what was decided; newest first."""
    told = known_only(request.GET, ("show", "page"))
    check(told.get("show", ""), (DECIDED,), _("There is no list “%s”."))
    decided = "show" in told
    rows = Revision.objects.decided() if decided else Revision.objects.waiting()
    order = f"revisions {decided}"
    page = page_of(rows.with_people().in_order(), REVISIONS_IN_ORDER, order, place_of(told.get("page", ""), order))
    return render(request, "desk/revisions/list.html", {"page": page, "decided": decided})


@require_http_methods(["GET", "HEAD", "POST"])
@for_curators
def detail(request: Request, key: int) -> HttpResponse:
    revision = Revision.objects.with_people().keyed(key).first()
    if revision is None:
        raise Http404(_("Nothing of that name is here."))
    form = RevisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(request, revision, form):
        return SeeOther(reverse("revisions"))
    context = {
        "page": revision_page(revision),
        "form": form,
        "may_pass": may_pass_revision(revision, curator_of(request)),
        "own": revision.by_id == curator_of(request).pk,
    }
    return render(request, "desk/revisions/detail.html", context, status=UNPROCESSABLE if form.errors else 200)


def done(request: Request, revision: Revision, form: RevisionForm) -> bool:
    """Whether it was decided, and said so; what forbids it stands in the form."""
    told = form.cleaned_data
    try:
        said = act(told["act"], revision, curator_of(request), told["comment"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, said)
    return True


def act(name: str, revision: Revision, by: User, words: str) -> str:
    """What was done, in a sentence. Raises ValidationError where a rule forbids it."""
    if name == "accept":
        accept(revision=revision, by=by, comment=words)
        return _("It is passed, and readers see it.")
    if name == "decline":
        decline(revision=revision, by=by, comment=words)
        return _("It is sent back, with your comment.")
    withdraw(revision=revision, by=by)
    return _("It is taken back.")
