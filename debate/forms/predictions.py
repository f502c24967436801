"""How a list of predictions is asked for, in a page's address."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from debate.forms.address import check, known_only

STATES = ("open", "due", "upcoming", "resolved")


@dataclass(frozen=True)
class PredictionsAsked:
    """'' for what is not given."""

    motion: str = ""
    state: str = ""
    essay: str = ""
    page: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "PredictionsAsked":
        """What an address asks for. Raises BadRequest on a filter or state that there is not, or a page without one."""
        told = known_only(query, ("motion", "state", "essay", "page"))
        check(told.get("state", ""), STATES, _("A prediction is open, due, upcoming or resolved; there is no “%s”."))
        if told.get("page") and not told.get("state"):
            raise BadRequest(_("This page of the list cannot be found. Start again from the top of it."))
        return cls(**told)

    @property
    def to_all(self) -> str:
        """The query of the same list whatever its state."""
        return query_of(motion=self.motion, essay=self.essay)

    @property
    def to_start(self) -> str:
        """The query of the first page of this very list."""
        return query_of(motion=self.motion, state=self.state, essay=self.essay)

    @property
    def without_essay(self) -> str:
        return query_of(motion=self.motion, state=self.state)


def query_of(**told: str) -> str:
    return urlencode({name: value for name, value in told.items() if value})
