"""Before a view: the cache of public pages, where a POST comes from, and who reads."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import md5
from time import monotonic
from typing import cast

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from debate import access
from debate.cookies import READER_COOKIE, REVEAL_COOKIE, guest_told
from debate.editions import LISTENER
from debate.http import Request
from debate.models import User
from debate.sessions import SessionStore, user_behind

GetResponse = Callable[[HttpRequest], HttpResponse]
GONE = _("You signed in while this was on its way, so it was not stored. Please say it again.")
UNREADABLE = _("This request is not in UTF-8, or holds what no text can.")
NOT_THIS_WAY = _("This address takes only what a page of ours sends it.")
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
DESK = "/curate/new/"


@dataclass(frozen=True)
class KeptPage:
    """A public page as it was answered, with the edition that it shows."""

    response: HttpResponse
    edition: str
    made_at: float

    @property
    def size(self) -> int:
        """The bytes it takes, with what Python needs around them, about."""
        return len(self.response.content) + 2_000


class ReadableRequests:
    """Refuses what cannot be read as UTF-8 text: another charset would make one address mean two things."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_readable(request):
            return self.get_response(request)
        request.encoding = "utf-8"
        return render(request, "errors/400.html", {"message": UNREADABLE}, status=400)


def is_readable(request: HttpRequest) -> bool:
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if "debate.unreadable" in request.META:
        return False
    nul = "HTTP_COOKIE" in request.META and any("\0" in value for value in request.COOKIES.values())
    return charset in ("utf-8", "utf8") and not nul


class Marked:
    """Gives a public page its ETag before it is compressed: what gzip makes of a page differs each time."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method in ("GET", "HEAD") and is_shareable(response) and not response.has_header("ETag"):
            response["ETag"] = f'W/"{md5(response.content, usedforsecurity=False).hexdigest()}"'
        return response


class PublicPages:
    """Answers readers without a session from pages kept in this process, as long as their edition is the current one.

    All workers agree because each has the edition from the database; what each keeps is only the bytes.
    A page lives a minute at most, since some tell the time left.
    """

    most_bytes = 12 * 1024 * 1024
    seconds = 60

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.pages: OrderedDict[tuple[str, ...], KeptPage] = OrderedDict()
        self.bytes = 0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith((f"/{settings.STATIC_URL.strip('/')}/", "/healthz", "/readyz")):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD") or is_personal(request):
            return private(self.get_response(request))
        return self.public(request)

    def public(self, request: HttpRequest) -> HttpResponse:
        edition, key = LISTENER.now(), key_of(request)
        cast("Request", request).edition = edition
        kept = self.pages.get(key) if settings.PAGE_CACHE else None
        if kept is None or kept.edition != edition or monotonic() - kept.made_at > self.seconds:
            response = self.get_response(request)
            if not is_shareable(response):
                return response
            kept = KeptPage(shared(response), edition, monotonic())
            self.keep(key, kept)
        return answer_from(request, kept.response)

    def keep(self, key: tuple[str, ...], page: KeptPage) -> None:
        self.drop(self.pages.pop(key, None))
        self.pages[key] = page
        self.bytes += page.size
        while self.bytes > self.most_bytes:
            self.drop(self.pages.popitem(last=False)[1])

    def drop(self, page: KeptPage | None) -> None:
        self.bytes -= page.size if page else 0


def is_personal(request: HttpRequest) -> bool:
    """Whether the request carries anything of ours that makes its page one reader's own."""
    if "HTTP_COOKIE" not in request.META:
        return False
    return not request.COOKIES.keys().isdisjoint((settings.SESSION_COOKIE_NAME, READER_COOKIE, REVEAL_COOKIE))


def key_of(request: HttpRequest) -> tuple[str, ...]:
    meta = request.META
    zipped = "gzip" if "gzip" in meta.get("HTTP_ACCEPT_ENCODING", "") else ""
    return (
        request.scheme or "",
        meta.get("HTTP_HOST", ""),
        request.path,
        meta.get("QUERY_STRING", ""),
        zipped,
        meta.get("HTTP_HX_REQUEST", ""),
        request.method or "",
    )


def is_shareable(response: HttpResponse) -> bool:
    """A whole page that sets no cookie and that no view has marked as private."""
    told = response.get("Cache-Control", "")
    private_or_gone = any(word in told for word in ("private", "no-store", "no-cache"))
    return response.status_code == 200 and not response.streaming and not response.cookies and not private_or_gone


def shared(response: HttpResponse) -> HttpResponse:
    """A page that any cache may keep, if it asks before each use."""
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def private(response: HttpResponse) -> HttpResponse:
    """A page for one reader's eyes."""
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = "private, no-cache"
    return response


def answer_from(request: HttpRequest, kept: HttpResponse) -> HttpResponse:
    """The kept page, or 304 where the reader has it already. A copy: the server may change what it sends."""
    conditional = get_conditional_response(request, etag=kept["ETag"], response=None)
    if conditional is not None:
        for name in ("ETag", "Cache-Control", "Vary"):
            conditional[name] = kept[name]
        return conditional
    answer = HttpResponse(kept.content, status=kept.status_code)
    answer.headers = kept.headers
    return answer


class PostOrigin:
    """Refuses a POST from another site; one from a page of ours needs no token, so that cached pages can be used.

    The browser says where it comes from (Sec-Fetch-Site, else Origin). One that says neither is left to Django's
    token, whose failure page asks for a confirmation.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE:
            return self.get_response(request)
        if content_length(request) > most_bytes(request):
            return render(request, "errors/413.html", status=413)
        same = comes_from_here(request)
        if same is False:
            return render(request, "errors/403.html", {"message": _("This came from another site.")}, status=403)
        if same:
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return self.get_response(request)


def most_bytes(request: HttpRequest) -> int:
    """How much may be sent: a file to the desk, by a curator, is larger than any form of a reader."""
    if request.path.startswith(DESK) and access.may_curate(user_behind(request)):
        return int(settings.DESK_UPLOAD_MAX_SIZE)
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def content_length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdigit() else 0


def comes_from_here(request: HttpRequest) -> bool | None:
    """True from a page of this site, False from another, None where the browser does not say."""
    site = request.META.get("HTTP_SEC_FETCH_SITE", "")
    if site in ("same-origin", "cross-site", "same-site"):
        return bool(site == "same-origin")
    origin = request.META.get("HTTP_ORIGIN", "")
    if origin:
        return bool(origin == f"{request.scheme}://{request.get_host()}")
    return None


class SignedIn(AuthenticationMiddleware):
    """Django's, with the user that came with the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: user_behind(request))  # type: ignore[assignment]


class Reader:
    """Sets `request.reader`: the member, the guest whose signed cookie this is, or None.

    A page shows the edition that was read with the member's session; what changes the corpus asks for it again.

    What a reader can run into is turned into a page: that they have to wait, and that they, a guest when the request
    began, have signed in elsewhere while it was on its way.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = cast("Request", request)
        told.reader = reader_behind(request)
        edition = cast("SessionStore", request.session).edition
        if request.method in SAFE and edition:
            told.edition = edition
        response = self.get_response(request)
        return response if response.status_code != 405 or response.content else refused(request, response)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, access.TooMany):
            response = render(request, "429.html", {"message": str(exception)}, status=429)
            response["Retry-After"] = str(exception.retry_after)
            return response
        if is_of_nobody(request, exception):
            return render(request, "errors/400.html", {"message": GONE}, status=409)
        return None


def refused(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A page for a method that an address does not take."""
    page = render(request, "errors/405.html", {"message": NOT_THIS_WAY}, status=405)
    page["Allow"] = response["Allow"]
    return page


def is_of_nobody(request: HttpRequest, exception: Exception) -> bool:
    """Whether something failed because the guest it was for has become part of a member meanwhile."""
    if isinstance(exception, User.DoesNotExist):
        return True
    reader = cast("Request", request).reader
    return isinstance(exception, IntegrityError) and reader is not None and User.objects.gone(reader)


def reader_behind(request: HttpRequest) -> User | None:
    if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
        return request.user
    told = guest_told(request)
    return None if told is None else User.objects.guest(told)
