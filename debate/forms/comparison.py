"""How a comparison is asked for, in a page's address."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode

from debate.forms.address import known_only


@dataclass(frozen=True)
class CompareAsked:
    """Two authors by their addresses; '' for what is not given."""

    motion: str = ""
    a: str = ""
    b: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "CompareAsked":
        """What an address asks for. Raises BadRequest on any other filter."""
        return cls(**known_only(query, ("motion", "a", "b")))

    @property
    def both(self) -> bool:
        return bool(self.a and self.b)

    @property
    def same_twice(self) -> bool:
        return self.both and self.a == self.b

    @property
    def address(self) -> str:
        return query_of(a=self.a, b=self.b, motion=self.motion)

    @property
    def swapped(self) -> str:
        return query_of(a=self.b, b=self.a, motion=self.motion)


def query_of(**told: str) -> str:
    return urlencode({name: value for name, value in told.items() if value})
