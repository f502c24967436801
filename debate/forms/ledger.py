"""How the ledger of the unanswered is asked for, in a page's address."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from debate.forms.address import check, known_only

STATUSES = ("unanswered", "answered", "granted")


@dataclass(frozen=True)
class LedgerAsked:
    """'' for what is not given; without a status, the unanswered. Only towards an author is anything granted."""

    motion: str = ""
    author: str = ""
    status: str = "unanswered"
    page: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "LedgerAsked":
        """What an address asks for. Raises BadRequest on a filter or status that there is not."""
        told = known_only(query, ("motion", "author", "status", "page"))
        there = STATUSES if told.get("author") else STATUSES[:2]
        check(told.get("status", ""), there, _("Counterpoints are answered or unanswered; there is no “%s”."))
        return cls(**told | {"status": told.get("status") or "unanswered"})

    @classmethod
    def of_feed(cls, query: QueryDict) -> "LedgerAsked":
        """What a feed is asked for: a motion's, or one author's in it. Raises BadRequest on anything else."""
        return cls(**known_only(query, ("motion", "author")))

    def to(self, *, author: str | None = None, status: str | None = None) -> str:
        """The query of the same ledger with another author or status; '' for the plain one."""
        told = {
            "motion": self.motion,
            "author": self.author if author is None else author,
            "status": self.status if status is None else status,
        }
        left_out = ("", "unanswered") if told["author"] else ("", "unanswered", "granted")
        return urlencode({name: value for name, value in told.items() if value not in left_out})

    def towards(self, authors: Iterable[str]) -> list[str]:
        """The queries of the same ledger towards each of these authors."""
        return [self.to(author=author) for author in authors]

    @property
    def to_all(self) -> str:
        return self.to(author="")

    @property
    def to_unanswered(self) -> str:
        return self.to(status="unanswered")

    @property
    def to_answered(self) -> str:
        return self.to(status="answered")

    @property
    def to_granted(self) -> str:
        return self.to(status="granted")

    @property
    def to_start(self) -> str:
        return self.to()

    @property
    def kept(self) -> str:
        """What the address of a further page keeps, each part followed by &."""
        return f"{told}&" if (told := self.to()) else ""

    @property
    def feed(self) -> str:
        """The query of the feed of the same."""
        return self.to(status="unanswered")
