"""A request as the views meet it, after the middleware."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from debate.models import User


class Request(HttpRequest):
    """Knows who reads (the member, the guest, or nobody yet) and whether a part of the page is enough.

    `edition` is there where a public page was asked for; access.edition_of knows it anyway.
    """

    reader: User | None
    htmx: HtmxDetails
    edition: str
