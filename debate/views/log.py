"""What curators did that readers can see: a page and a feed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.feeds import ModerationLog
from debate.forms.log import LogAsked
from debate.http import Request
from debate.keyset import place_of
from debate.lenses.moderation_log import log_page, newest


@require_safe
def page(request: Request) -> HttpResponse:
    asked = LogAsked.read(request.GET)
    log = log_page(asked.verb, asked.order, place_of(asked.page, asked.order))
    return render(request, "log/page.html", {"asked": asked, "log": log})


@require_safe
def feed(request: Request) -> HttpResponse:
    asked = LogAsked.of_feed(request.GET)
    query = f"?{asked.to_start}" if asked.to_start else ""
    return ModerationLog()(request, entries=newest(asked.verb), query=query)
