"""The first page of the desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.access import for_curators
from debate.forms.address import page_only
from debate.http import Request
from debate.lenses.desk import desk_at


@require_safe
@for_curators
def start(request: Request) -> HttpResponse:
    return render(request, "desk/start.html", {"desk": desk_at(page_only(request.GET))})
