"""Who acts: the reader behind a POST, made a guest by their first act, and the cookies that tell us again."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from debate.access import TooMany, address_of, survivor_or_404
from debate.actions.allowances import Spent
from debate.actions.guests import make_guest
from debate.actions.revealing import reveal
from debate.cookies import Revealable, keep_guest, keep_reveal
from debate.http import Request
from debate.models import Claim, User

Answer = TypeVar("Answer", bound=HttpResponse)
Act = Callable[[Request, str], HttpResponse]


def reader_or_guest(request: Request) -> User:
    """The reader, made now where there is none yet. Raises TooMany where too many were made at this address."""
    if request.reader is not None:
        return request.reader
    try:
        return make_guest(address=address_of(request))
    except Spent as full:
        message = _("Many people have voted for the first time from your network this hour. Please try again later.")
        raise TooMany(message, full.retry_after) from full


def known(request: Request, reader: User, response: Answer) -> Answer:
    """The answer to what the reader did, with the cookie by which a new guest is known from now on."""
    if request.reader is None:
        keep_guest(response, reader)
    return response


class SeeOther(HttpResponseRedirect):
    """Sends a browser that posted a form to the page that shows what came of it."""

    status_code = 303


def go_to(request: Request, address: str) -> HttpResponse:
    """Send the reader to another page, also where only a part of this one was asked for."""
    return HttpResponseClientRedirect(address) if request.htmx else SeeOther(address)


def or_to_the_survivor(anchor: str) -> Callable[[Act], Act]:
    """For acts on a claim: of one merged meanwhile nothing is done, and the reader is led to what it lives on in."""

    def furnished(act: Act) -> Act:
        @wraps(act)
        def act_or_go(request: Request, slug: str) -> HttpResponse:
            try:
                return act(request, slug)
            except (Http404, Claim.DoesNotExist):
                return go_to(request, survivor_or_404(slug).get_absolute_url() + anchor)

        return act_or_go

    return furnished


def reveal_to(request: Request, thing: Revealable, response: HttpResponse) -> HttpResponse:
    """Show this reader what others think of the thing from now on: by a row of their own, and by a cookie."""
    if request.reader is not None:
        reveal(reader=request.reader, thing=thing)
    keep_reveal(request, response, thing)
    return response


def way_back(request: Request, otherwise: str) -> str:
    """The page of this site that a form asks to come back to."""
    told = request.POST.get("next", "")
    here = told.startswith("/") and told.isprintable() and url_has_allowed_host_and_scheme(told, allowed_hosts=None)
    return told if here else otherwise
