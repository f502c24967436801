"""What this is, how its numbers are made, and what machines may read."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.access import edition_of, has_asked
from debate.http import Request
from debate.lenses.method import examples
from debate.lenses.method_live import corpus_now, crowd_now
from debate.models import Motion


@require_safe
def about(request: Request) -> HttpResponse:
    return render(request, "about/about.html")


@require_safe
def method(request: Request) -> HttpResponse:
    motion = Motion.objects.featured().first()
    context = {"example": examples(), "motion": motion, **now_of(request, motion)}
    return render(request, "about/method.html", context)


def now_of(request: Request, motion: Motion | None) -> dict[str, Any]:
    """What the numbers come to on the motion now; what others think only for who has asked."""
    if motion is None:
        return {}
    asked = has_asked(request, motion)
    now = corpus_now(edition_of(request), motion)
    return {"now": now, "asked": asked, "crowd": crowd_now(motion) if asked else None}


@require_safe
def robots(request: Request) -> HttpResponse:
    return render(request, "about/robots.txt", content_type="text/plain; charset=utf-8")
