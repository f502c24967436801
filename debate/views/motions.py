"""The start page, and the page of any motion."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.access import edition_of, one_or_404
from debate.forms.address import page_only
from debate.http import Request
from debate.keyset import page_of, place_of
from debate.lenses.front import front_of
from debate.models import MOTIONS_IN_ORDER, Motion


@require_safe
def home(request: Request) -> HttpResponse:
    motion = Motion.objects.featured().with_sides().first()
    if motion is None:
        return render(request, "home/empty.html")
    return render(request, "home/home.html", {"front": front_of(edition_of(request), motion, request.reader)})


@require_safe
def index(request: Request) -> HttpResponse:
    place = place_of(page_only(request.GET), "motions")
    page = page_of(Motion.objects.visible().for_list_page(), MOTIONS_IN_ORDER, "motions", place)
    return render(request, "motions/list.html", {"page": page})


@require_safe
def detail(request: Request, slug: str) -> HttpResponse:
    motion = one_or_404(Motion.objects.visible().with_sides(), slug)
    return render(request, "motions/detail.html", {"front": front_of(edition_of(request), motion, request.reader)})
