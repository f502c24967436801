"""The leaderboard, one forecaster on it, and a member's wish to be listed."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from debate.access import edition_of
from debate.actions.listing import list_forecaster
from debate.forms.leaderboard import LeaderboardAsked, wish_of
from debate.http import Request
from debate.keyset import place_of
from debate.lenses.leaderboard import board_of, forecaster_of
from debate.models import ForecasterRecord
from debate.views.readers import SeeOther

LARGEST_KEY = 2**63 - 1
ONLY_MEMBERS = gettext_lazy("Only members are listed. Sign up first: all that you have forecast comes with you.")


@require_safe
def index(request: Request) -> HttpResponse:
    asked = LeaderboardAsked.read(request.GET)
    place = place_of(asked.page, asked.group)
    board = board_of(edition_of(request), group=asked.group, place=place, reader=request.reader)
    return render(request, "forecasters/list.html", {"asked": asked, "board": board})


@require_safe
def detail(request: Request, key: int) -> HttpResponse:
    """What one listed forecaster's scores come to. Who is not listed is not here."""
    records = ForecasterRecord.objects.listed().with_names().with_means("baseline", "brier", "log")
    record = records.keyed(key).first() if key <= LARGEST_KEY else None
    if record is None:
        raise Http404(_("No forecaster of that number is listed."))
    return render(request, "forecasters/detail.html", {"forecaster": forecaster_of(record)})


@require_POST
def enlist(request: Request) -> HttpResponse:
    """What a member wishes; nobody else is listed."""
    wish = wish_of(request.POST)
    if request.reader is None or request.reader.is_guest:
        raise PermissionDenied(ONLY_MEMBERS)
    list_forecaster(reader=request.reader, listed=wish)
    return SeeOther(reverse("leaderboard") + "#you")
