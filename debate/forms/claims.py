"""How a list of claims is asked for, in a page's address."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_plus

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from debate.forms.address import check, known_only, whole
from debate.models import ORDERS, Claim

ONE_OF_A_KIND = ("motion", "author", "essay", "side", "kind", "status", "q", "order", "page")
STATUSES = ("answered", "unanswered")
MOST_TAGS = 10


@dataclass(frozen=True)
class ClaimsAsked:
    """The filters and the order of a list of claims; '' where one is not given."""

    motion: str = ""
    author: str = ""
    essay: str = ""
    side: str = ""
    kind: str = ""
    status: str = ""
    q: str = ""
    order: str = "central"
    page: str = ""
    tags: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict) -> "ClaimsAsked":
        """What an address asks for. Raises BadRequest on a filter, kind, status or order that there is not."""
        told = known_only(query, (*ONE_OF_A_KIND, "tag"))
        check(told.get("kind", ""), Claim.Kind.values, _("There is no kind of claim called “%s”."))
        check(told.get("status", ""), STATUSES, _("Counterpoints are answered or unanswered; there is no “%s”."))
        check(told.get("order", ""), ORDERS, _("There is no order “%s”."))
        told["order"] = told.get("order") or "central"
        return cls(**told, tags=tags_of(query))

    @classmethod
    def of_tag(cls, query: QueryDict, slug: str) -> "ClaimsAsked":
        """The claims of one tag, from a page on. Raises BadRequest on anything else that is asked."""
        return cls(**known_only(query, ("motion", "page")), tags=(slug,))

    def address(self, **changes: Any) -> str:
        """The query of the list with these changes, without its page; '' for the whole list."""
        asked = replace(self, page="", **changes) if changes or self.page else self
        told = [(name, getattr(asked, name)) for name in ONE_OF_A_KIND if name != "order"]
        told += [("tag", tag) for tag in asked.tags]
        told += [("order", asked.order if asked.order != "central" else "")]
        return "&".join(f"{name}={quote_plus(value)}" for name, value in told if value)

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are on and take one value, in the order in which a page lists them."""
        told = {name: getattr(self, name) for name in ("author", "essay", "side", "kind", "status", "q")}
        return {name: value for name, value in told.items() if value}

    @property
    def in_matrix(self) -> str:
        """The query of the matrix of the same motion, side and tags."""
        return ClaimsAsked(motion=self.motion, side=self.side, tags=self.tags).address()


def tags_of(query: QueryDict) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(tag for value in query.getlist("tag") if (tag := whole(value, 100))))
    if len(tags) > MOST_TAGS:
        raise BadRequest(_("At most ten tags at once."))
    return tags
