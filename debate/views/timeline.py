"""Essays, predictions and what came of them, on one axis of time."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.access import edition_of, has_asked, motion_of
from debate.cookies import covers, reveals_told
from debate.forms.timeline import motion_asked
from debate.http import Request
from debate.lenses.timeline import times_of
from debate.lenses.timeline_chart import charts_of


@require_safe
def page(request: Request) -> HttpResponse:
    asked = motion_asked(request.GET)
    motion = motion_of(request)
    told = reveals_told(request)
    times = times_of(
        edition_of(request),
        motion,
        reader=request.reader,
        asked=has_asked(request, motion),
        covered=lambda prediction: covers(told, prediction),
    )
    context = {"motion": motion, "asked": asked, "times": times, "charts": charts_of(times)}
    return render(request, "timeline/page.html", context)
