"""Who acts: the reader behind a POST, made a guest by their first act, and the cookies that tell us again."""

from typing import TypeVar

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from debate.access import TooMany, address_of
from debate.actions.guests import TooManyGuests, make_guest
from debate.actions.revealing import reveal
from debate.cookies import Revealable, keep_guest, keep_reveal
from debate.http import Request
from debate.models import User

Answer = TypeVar("Answer", bound=HttpResponse)


def reader_or_guest(request: Request) -> User:
    """The reader, made now where there is none yet. Raises TooMany where too many were made at this address."""
    if request.reader is not None:
        return request.reader
    try:
        return make_guest(address=address_of(request))
    except TooManyGuests as full:
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
