"""The first page of the desk."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from debate.access import for_either, may_curate
from debate.forms.address import page_only
from debate.http import Request
from debate.lenses.desk import desk_at


@require_safe
@for_either
def start(request: Request) -> HttpResponse:
    """A moderator has one thing to do here: to answer readers."""
    if not may_curate(request.user):
        return redirect("suggestion-queue")
    return render(request, "desk/start.html", {"desk": desk_at(page_only(request.GET))})
