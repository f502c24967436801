"""How the matrix is asked for, in a page's address."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_plus

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from debate.forms.address import check, known_only, whole
from debate.forms.claims import tags_of
from debate.reasoning.arrangement import MOST

VOICES = ("shared", "parted", "silent")
NAMES = ("motion", "voices", "side", "page")


@dataclass(frozen=True)
class MatrixAsked:
    """The filters of a matrix; '' where one is not given, no author where the page chooses them."""

    motion: str = ""
    voices: str = ""
    side: str = ""
    page: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict) -> "MatrixAsked":
        """What an address asks for. Raises BadRequest on a filter there is not, and on more authors than fit."""
        told = known_only(query, (*NAMES, "author", "tag"), several=("author", "tag"))
        check(told.get("voices", ""), VOICES, _("The claims are shared, parted or silent; there is no “%s”."))
        return cls(**told, authors=authors_of(query), tags=tags_of(query))

    def address(self, **changes: Any) -> str:
        """The query of the matrix with these changes, without its page unless that is one; '' for the whole."""
        asked = replace(self, **({"page": ""} | changes))
        told = [(name, getattr(asked, name)) for name in NAMES]
        told += [("author", slug) for slug in asked.authors] + [("tag", slug) for slug in asked.tags]
        return "&".join(f"{name}={quote_plus(value)}" for name, value in told if value)

    @property
    def only_motion(self) -> str:
        """The query, with its mark, of the whole matrix of the same motion."""
        return f"?motion={quote_plus(self.motion)}" if self.motion else ""


def authors_of(query: QueryDict) -> tuple[str, ...]:
    authors = tuple(dict.fromkeys(slug for value in query.getlist("author") if (slug := whole(value, 100))))
    if len(authors) > MOST:
        raise BadRequest(_("At most %d authors at once.") % MOST)
    return authors
