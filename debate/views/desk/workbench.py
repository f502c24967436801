"""The workbench: one essay, its text on the left and its claims on the right."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.access import essay_at_desk, for_curators
from debate.http import Request
from debate.models import SourceParagraph


@require_safe
@for_curators
def page(request: Request, slug: str) -> HttpResponse:
    essay = essay_at_desk(slug)
    paragraphs = SourceParagraph.objects.of_essay(essay).with_claimed()
    return render(request, "desk/workbench.html", {"essay": essay, "paragraphs": paragraphs})
