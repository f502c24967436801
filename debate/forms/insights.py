"""How the insights of a motion, and who moved, are asked for in a page's address."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from debate.forms.address import check, known_only

READERS = ("all", "members", "guests")


@dataclass(frozen=True)
class InsightsAsked:
    """'' for the featured motion."""

    motion: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "InsightsAsked":
        """What an address asks for. Raises BadRequest on anything else."""
        return cls(**known_only(query, ("motion",)))


@dataclass(frozen=True)
class SwingAsked:
    """'' for the featured motion, and for no essay."""

    motion: str = ""
    essay: str = ""
    readers: str = READERS[0]

    @classmethod
    def read(cls, query: QueryDict) -> "SwingAsked":
        """What an address asks for. Raises BadRequest on anything else."""
        asked = cls(**known_only(query, ("motion", "essay", "readers")))
        check(asked.readers, READERS, _("Readers are “all”, “members” or “guests”, not “%s”."))
        return cls(asked.motion, asked.essay, asked.readers or READERS[0])
