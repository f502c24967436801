"""How a part of the argument map is asked for, in a page's address."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from debate.forms.address import check, known_only, once

NAMES = ("motion", "author", "tag", "claim", "steps")
STEPS = ("1", "2", "3")


@dataclass(frozen=True)
class MapAsked:
    """'' for what is not given; `steps` counts from the claim, and is 2 where not told."""

    motion: str = ""
    author: str = ""
    tag: str = ""
    claim: str = ""
    steps: int = 2

    @classmethod
    def read(cls, query: QueryDict) -> "MapAsked":
        """What an address asks for. Raises BadRequest on what is not a part of the map."""
        told = known_only(query, NAMES)
        tag = once(query, "tag") if "tag" in query else ""
        steps = told.pop("steps", "")
        check(steps, STEPS, _("A neighbourhood has one, two or three steps; there is no “%s”."))
        if steps and not told.get("claim"):
            raise BadRequest(_("Steps are counted from a claim, and this address names none."))
        if told.get("claim") and (told.get("author") or tag):
            raise BadRequest(_("Ask for the neighbourhood of a claim, or for an author and a tag; not for both."))
        return cls(**told, tag=tag, steps=int(steps or 2))

    @property
    def whole(self) -> bool:
        return not (self.author or self.tag or self.claim)

    def address(self, **changes: str) -> str:
        """The query of the map with these changes, '' for the featured motion as a whole."""
        told = {name: getattr(self, name) for name in NAMES if name != "steps"} | changes
        if self.claim and "steps" not in changes:
            told["steps"] = str(self.steps)
        return urlencode({name: value for name, value in told.items() if value})
