"""How the questions that tell where a reader stands are asked for, in a page's address."""

import re
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from debate.forms.address import known_only


@dataclass(frozen=True)
class StandAsked:
    """'' for the featured motion; a question by its number, 0 for the first that is open; or what they come to."""

    motion: str = ""
    number: int = 0
    done: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> "StandAsked":
        """What an address asks for. Raises BadRequest on anything else, and on what is no number of a question."""
        told = known_only(query, ("motion", "n", "done"))
        number = told.get("n", "")
        if number and not re.fullmatch("[1-9][0-9]?", number):
            raise BadRequest(_("The questions are numbered from 1; this address asks for another."))
        return cls(told.get("motion", ""), int(number or 0), done="done" in told)
