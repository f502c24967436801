"""How the leaderboard is asked for, in a page's address, and how a member asks to stand on it."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from debate.forms.address import check, known_only
from debate.models import Listing

GROUPS = (Listing.RANKED.value, Listing.EARLY.value)
WISHES = {"on": True, "off": False}


@dataclass(frozen=True)
class LeaderboardAsked:
    """'' for what is not given."""

    group: str = ""
    page: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "LeaderboardAsked":
        """What an address asks for. Raises BadRequest on a group that there is not, or a page without one."""
        told = known_only(query, ("group", "page"))
        check(told.get("group", ""), GROUPS, _("The leaderboard has no part “%s”."))
        if told.get("page") and not told.get("group"):
            raise BadRequest(_("This page of the list cannot be found. Start again from the top of it."))
        return cls(**told)


def wish_of(fields: QueryDict) -> bool:
    """Whether a member asks to be listed. Raises BadRequest on anything but on or off."""
    told = fields.get("listed", "")
    if told not in WISHES:
        raise BadRequest(_("You are listed or you are not: say “on” or “off”."))
    return WISHES[told]
