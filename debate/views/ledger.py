"""Counterpoints that nobody has answered, and what answers the others: a page and a feed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from debate.access import edition_of, motion_of
from debate.feeds import Unanswered
from debate.forms.ledger import LedgerAsked
from debate.http import Request
from debate.keyset import place_of
from debate.lenses.ledger import ledger_of, order_of
from debate.lenses.ledger_news import news_of


@require_safe
def page(request: Request) -> HttpResponse:
    asked = LedgerAsked.read(request.GET)
    motion = motion_of(request)
    place = place_of(asked.page, order_of(asked.author, asked.status))
    ledger = ledger_of(edition_of(request), motion, author=asked.author, status=asked.status, place=place)
    context = {
        "motion": motion,
        "asked": asked,
        "ledger": ledger,
        "authors": list(zip(ledger.authors, asked.towards(author.slug for author in ledger.authors), strict=True)),
    }
    return render(request, "ledger/page.html", context)


@require_safe
def feed(request: Request) -> HttpResponse:
    asked = LedgerAsked.of_feed(request.GET)
    news = news_of(edition_of(request), motion_of(request), asked.author)
    return Unanswered()(request, news=news)
