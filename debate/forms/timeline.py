"""How the timeline is asked for, in a page's address."""

from django.http import QueryDict

from debate.forms.address import known_only


def motion_asked(query: QueryDict) -> str:
    """The motion that an address names, '' for none. Raises BadRequest on anything else that is asked."""
    return known_only(query, ("motion",)).get("motion", "")
