"""What this is, how its numbers are made, and what machines may read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.http import Request
from debate.lenses.method import examples


@require_safe
def about(request: Request) -> HttpResponse:
    return render(request, "about/about.html")


@require_safe
def method(request: Request) -> HttpResponse:
    return render(request, "about/method.html", {"example": examples()})


@require_safe
def robots(request: Request) -> HttpResponse:
    return render(request, "about/robots.txt", content_type="text/plain; charset=utf-8")
