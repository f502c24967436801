"""How the insights of a motion are asked for, in the page's address."""

from dataclasses import dataclass

from django.http import QueryDict

from debate.forms.address import known_only


@dataclass(frozen=True)
class InsightsAsked:
    """'' for the featured motion."""

    motion: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "InsightsAsked":
        """What an address asks for. Raises BadRequest on anything else."""
        return cls(**known_only(query, ("motion",)))
