"""What a page of a reader's own record is asked for: which part of a list, and what was just taken back."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from debate.forms.address import check, known_only
from debate.models import ClaimVote

ANSWERS = tuple(ClaimVote.Value.values)
STATES = ("open", "due", "resolved", "withdrawn")
PARTS = {"vote": 2, "forecast": 2, "ballot": 4, "tag": 2}
UNDONE = re.compile(r"[^:\x00-\x1f]{1,120}")


@dataclass(frozen=True)
class Undone:
    """Something just taken back: a vote (claim, answer), a forecast (prediction, percent), a ballot (motion or essay,
    its slug, phase, side) or a tag (claim, tag)."""

    what: str
    parts: tuple[str, ...]

    @classmethod
    def read(cls, told: str) -> "Undone":
        """Raises BadRequest on what names nothing."""
        what, *parts = told.split(":")
        if len(parts) != PARTS.get(what) or not all(map(UNDONE.fullmatch, parts)):
            raise BadRequest(_("Part of this address cannot be read."))
        return cls(what, tuple(parts))


@dataclass(frozen=True)
class OwnAsked:
    """'' for what is not given. `only`: the part of a list, by the name that its address gives it."""

    name: str = ""
    only: str = ""
    page: str = ""
    undone: Undone | None = None

    @classmethod
    def read(cls, query: QueryDict, name: str = "", known: Collection[str] = ()) -> "OwnAsked":
        """Raises BadRequest on a name, a part or a mark of what was undone that there is not."""
        told = known_only(query, ("page", "undo", *([name] if name else [])), several=())
        only, undo = told.get(name, ""), told.get("undo", "")
        check(only, known, _("There is no list of “%s”."))
        return cls(name, only, told.get("page", ""), Undone.read(undo) if undo else None)

    @property
    def list(self) -> str:
        """The query of the list from its top."""
        return urlencode({self.name: self.only}) if self.only else ""

    @property
    def query(self) -> str:
        """The query of this very page, without what was undone."""
        return "&".join(part for part in (self.list, f"page={quote(self.page)}" if self.page else "") if part)
