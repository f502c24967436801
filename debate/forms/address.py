"""What may stand in the query of a page's address: known names, each once, whole and short enough."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from debate.forms.asked import readable

LONGEST = {"q": 200, "page": 500, "undo": 400, "text": 700}
PASSED_OVER = ("utm_", "fbclid", "gclid", "msclkid")


def known_only(query: QueryDict, names: Collection[str], several: Collection[str] = ("tag",)) -> dict[str, str]:
    """Each name that an address gives, with its value; those of several values, and marks of where a link was found,
    are passed over.

    Raises BadRequest on a name that is none of these, and on one given twice that is not of several values.
    """
    given = [name for name in query if not name.startswith(PASSED_OVER)]
    for name in given:
        if name not in names:
            raise BadRequest(_("There is no filter “%s”.") % shown(name))
    return {name: once(query, name) for name in given if name not in several}


def page_only(query: QueryDict) -> str:
    """The token of the page that is asked for, '' for the first. Raises BadRequest on anything else that is asked."""
    return known_only(query, ("page",)).get("page", "")


def once(query: QueryDict, name: str) -> str:
    """The one value of a name. Raises BadRequest where it is given twice, too long, or did not come over whole."""
    values = query.getlist(name)
    if len(values) > 1:
        raise BadRequest(_("“%s” is given twice; once is enough.") % shown(name))
    return whole(values[0], LONGEST.get(name, 100))


def whole(value: str, longest: int) -> str:
    if len(value) > longest or not readable(value):
        raise BadRequest(_("Part of this address cannot be read."))
    return value.strip()


def check(value: str, known: Any, message: str) -> None:
    if value and value not in known:
        raise BadRequest(message % shown(value))


def shown(text: str) -> str:
    return text[:40] if readable(text[:40]) else "?"
