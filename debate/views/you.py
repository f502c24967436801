"""A reader's own record: what they gave, who is nearest to them, and where their answers pull apart."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from debate.access import edition_of
from debate.forms.you import ANSWERS, STATES, OwnAsked
from debate.http import Request
from debate.keyset import place_of
from debate.lenses.calibration import calibration_of
from debate.lenses.coherence import coherence_of
from debate.lenses.leaderboard import own_of
from debate.lenses.nearness import Standing, standing_of
from debate.lenses.offers import offer_of
from debate.lenses.own_record import latest_of, own_ballots, own_forecasts, own_tags, own_votes
from debate.models import User

HEADINGS = {
    "you": _("Your record"),
    "your-votes": _("Your votes"),
    "your-forecasts": _("Your forecasts"),
    "your-ballots": _("Your ballots"),
    "your-tags": _("Your tags"),
    "your-suggestions": _("Your suggestions"),
    "your-data": _("Your data"),
}
Own = Callable[[Request, User, OwnAsked], HttpResponse]
Read = Callable[[QueryDict], OwnAsked]


def for_whom_it_is(read: Read) -> Callable[[Own], Callable[[Request], HttpResponse]]:
    """A page that its reader alone sees and no cache keeps; somebody new is told, as anybody is, how to begin."""

    def furnished(view: Own) -> Callable[[Request], HttpResponse]:
        @require_safe
        @wraps(view)
        def shown(request: Request) -> HttpResponse:
            asked = read(request.GET)
            if request.reader is None:
                return render(request, "you/begin.html")
            response = view(request, request.reader, asked)
            response["Cache-Control"] = "private, no-store"
            return response

        return shown

    return furnished


def told(request: Request, reader: User, asked: OwnAsked, here: str, **more: Any) -> dict[str, Any]:
    """What the pages have in common. `back`: this very page, to come back to; `undo`: the same, to be told what of."""
    back = f"{request.path}?{asked.query}" if asked.query else request.path
    offer = offer_of(reader, asked.undone.what, asked.undone.parts) if asked.undone else None
    undo = f"{back}{'&' if asked.query else '?'}undo="
    common = {"here": here, "heading": HEADINGS[here], "asked": asked, "offer": offer, "back": back, "undo": undo}
    return {**common, **more}


def queries_of(name: str = "", known: tuple[str, ...] = ()) -> Read:
    return lambda query: OwnAsked.read(query, name, known)


def standing_on_featured(request: Request, reader: User) -> Standing | None:
    """None where no motion is featured."""
    with suppress(Http404):
        return standing_of(edition_of(request), "", reader)
    return None


@for_whom_it_is(queries_of())
def overview(request: Request, reader: User, asked: OwnAsked) -> HttpResponse:
    latest, coherence = latest_of(reader, place_of("", "")), coherence_of(reader)
    standing = standing_on_featured(request, reader)
    found = {"latest": latest, "coherence": coherence, "standing": standing}
    return render(request, "you/overview.html", told(request, reader, asked, "you", **found))


@for_whom_it_is(queries_of("answer", ANSWERS))
def votes(request: Request, reader: User, asked: OwnAsked) -> HttpResponse:
    found = own_votes(reader, asked.only, place_of(asked.page, f"votes {asked.only}"))
    return render(request, "you/votes.html", told(request, reader, asked, "your-votes", list=found))


@for_whom_it_is(queries_of("state", STATES))
def forecasts(request: Request, reader: User, asked: OwnAsked) -> HttpResponse:
    found = own_forecasts(reader, asked.only, place_of(asked.page, f"forecasts {asked.only}"))
    more = {"list": found, "own": own_of(reader), "calibration": calibration_of(reader)}
    return render(request, "you/forecasts.html", told(request, reader, asked, "your-forecasts", **more))


@for_whom_it_is(queries_of())
def ballots(request: Request, reader: User, asked: OwnAsked) -> HttpResponse:
    found = own_ballots(reader, place_of(asked.page, "ballots"))
    return render(request, "you/ballots.html", told(request, reader, asked, "your-ballots", list=found))


@for_whom_it_is(queries_of())
def tags(request: Request, reader: User, asked: OwnAsked) -> HttpResponse:
    found = own_tags(reader, place_of(asked.page, "own tags"))
    return render(request, "you/tags.html", told(request, reader, asked, "your-tags", list=found))
