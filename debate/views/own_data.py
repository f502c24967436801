"""What the site keeps of a reader: downloaded, or deleted for good."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from debate.access import TooMany
from debate.actions.leaving import LastAdministrator, leave
from debate.cookies import READER_COOKIE, REVEAL_COOKIE
from debate.forms.accounts import AgainForm
from debate.forms.address import known_only
from debate.forms.leaving import SureForm, WordForm
from debate.forms.you import OwnAsked
from debate.http import Request
from debate.interchange.own_csv import zip_of
from debate.interchange.own_json import json_of
from debate.models import User
from debate.views.readers import SeeOther
from debate.views.you import for_whom_it_is, queries_of, told

NO_STORE = {"Cache-Control": "private, no-store"}
WAIT = 60  # seconds, once a password was tried too often


@for_whom_it_is(queries_of())
def data(request: Request, reader: User, asked: OwnAsked) -> HttpResponse:
    return render(request, "you/data.html", told(request, reader, asked, "your-data"))


def named(ending: str) -> dict[str, str]:
    """The headers of a file to be kept by its reader and by nobody else."""
    name = f"{slugify(settings.SITE_NAME) or 'record'}-{timezone.now():%Y-%m-%d}.{ending}"
    return {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}


@require_safe
def as_json(request: Request) -> HttpResponseBase:
    known_only(request.GET, ())
    if request.reader is None:
        return redirect("your-data")
    return StreamingHttpResponse(json_of(request.reader), content_type="application/json", headers=named("json"))


@require_safe
def as_csv(request: Request) -> HttpResponseBase:
    known_only(request.GET, ())
    if request.reader is None:
        return redirect("your-data")
    return FileResponse(zip_of(request.reader), content_type="application/zip", headers=named("zip"))


def proof_of(request: Request, reader: User) -> Form | None:
    """How the reader confirms: by a password where that is all there is, by a word where there is none.

    Whoever has a passkey or an app shows first, at another address, that it is them: None until then.
    """
    given = request.POST if request.method == "POST" else None
    ways = [] if reader.is_guest else get_adapter().get_reauthentication_methods(reader)
    if not ways:
        return WordForm(given)
    if [way["id"] for way in ways] == ["reauthenticate"]:
        return AgainForm(given, user=reader)
    return SureForm(given) if did_recently_reauthenticate(request) else None


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: Request) -> HttpResponse:
    """Ask whether it is meant, and by whom; then delete everything."""
    known_only(request.GET, ())
    if request.reader is None:
        return redirect("you")
    form = proof_of(request, request.reader)
    if request.method == "POST" and form is None:
        return SeeOther(f"{reverse('account_reauthenticate')}?next={request.path}")
    if request.method == "POST" and form is not None:
        if isinstance(form, AgainForm):
            limit(request)
        if form.is_valid() and has_left(request.reader, form):
            return farewell(request, request.reader)
    context = {"form": form, "heading": _("Delete everything of yours"), "here": "your-data"}
    page = render(request, "you/delete.html", context, status=422 if form and form.errors else 200)
    page["Cache-Control"] = NO_STORE["Cache-Control"]
    return page


def limit(request: HttpRequest) -> None:
    """Raises TooMany where a password is tried too often."""
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        raise TooMany(_("That did not work too often. Wait a minute, then try again."), WAIT)


def has_left(reader: User, form: Form) -> bool:
    """Delete the reader; where they have to stay, say so in the form."""
    try:
        leave(reader=reader)
    except LastAdministrator:
        form.add_error(None, _("You are the only administrator: make somebody else one first."))
        return False
    return True


def farewell(request: Request, reader: User) -> HttpResponse:
    """The browser forgets, too, whose it was."""
    if not reader.is_guest:
        get_adapter().forget_tries(request, reader)
        logout(request)
    response = SeeOther(reverse("deleted"))
    for name in (READER_COOKIE, REVEAL_COOKIE):
        response.delete_cookie(name, samesite="Lax")
    return response


@require_safe
def deleted(request: Request) -> HttpResponse:
    known_only(request.GET, ())
    return render(request, "you/deleted.html")
