"""Before and after: who changed their mind on a motion or after an essay."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.access import has_asked, motion_of, one_or_404
from debate.forms.insights import SwingAsked
from debate.http import Request
from debate.lenses.swing import SwingPage, own_ballots, shown_page
from debate.models import Essay, Motion


def subject_of(request: Request, asked: SwingAsked) -> tuple[Motion, Essay | None]:
    """The motion, and the one essay if one is named. Raises Http404 where that is of another motion than the named."""
    if not asked.essay:
        return motion_of(request), None
    essay = one_or_404(Essay.objects.visible().with_sides(), asked.essay)
    if asked.motion not in ("", essay.motion.slug):
        raise Http404(_("Nothing of that name is here."))
    return essay.motion, essay


@require_safe
def page(request: Request) -> HttpResponse:
    asked = SwingAsked.read(request.GET)
    motion, essay = subject_of(request, asked)
    mine, earned = own_ballots(motion, essay, request.reader)
    found = SwingPage(motion, essay, asked.readers, mine, earned or has_asked(request, motion))
    return render(request, "swing/page.html", {"page": shown_page(found) if found.shown else found})
