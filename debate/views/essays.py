"""The library, and one essay."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.access import edition_of, one_or_404
from debate.forms.address import page_only
from debate.http import Request
from debate.lenses import essay as reading
from debate.lenses.library import essays_page
from debate.models import Essay, Motion


@require_safe
def index(request: Request) -> HttpResponse:
    page = essays_page(edition_of(request), page_only(request.GET))
    featured, several = Motion.objects.featured().first(), Motion.objects.visible().are_several()
    return render(request, "essays/list.html", {"page": page, "several": several, "featured": featured})


@require_safe
def detail(request: Request, slug: str) -> HttpResponse:
    essay = one_or_404(Essay.objects.visible().for_essay_page(), slug)
    page = reading.page_of(edition_of(request), essay, request.reader)
    return render(request, "essays/detail.html", {"page": page})
