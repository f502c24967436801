"""How the moderation log is asked for, in a page's address."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from debate.forms.address import check, known_only
from debate.models import ModerationEntry

NO_VERB = _("Nothing in the log is “%s”.")


@dataclass(frozen=True)
class LogAsked:
    """What was done, by its name in an address; '' for all of it, and for the first page."""

    verb: str = ""
    page: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "LogAsked":
        """Raises BadRequest on a verb that there is not."""
        return cls(**known(query, "verb", "page"))

    @classmethod
    def of_feed(cls, query: QueryDict) -> "LogAsked":
        return cls(**known(query, "verb"))

    @property
    def order(self) -> str:
        """What a page's token is a place in."""
        return f"log {self.verb}"

    @property
    def to_start(self) -> str:
        """The query of the first page of the same, and of its feed."""
        return urlencode({"verb": self.verb}) if self.verb else ""


def known(query: QueryDict, *names: str) -> dict[str, str]:
    told = known_only(query, names, several=())
    check(told.get("verb", ""), ModerationEntry.Verb.values, NO_VERB)
    return told
