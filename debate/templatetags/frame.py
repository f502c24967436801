"""What stands around every page, rendered once for each kind of reader and part of the site, then kept.

It depends on nothing that can change while the process runs: words, addresses, hashed file names, and who reads.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from debate.context import PLACES
from debate.models import User

register = template.Library()


class Who(NamedTuple):
    """What the frame of a page tells of its reader."""

    guest: bool = False
    member: bool = False
    staff: bool = False
    name: str = ""


def who_is(reader: User | None) -> Who:
    if reader is None:
        return Who()
    if reader.is_guest:
        return Who(guest=True)
    return Who(member=True, staff=reader.is_staff, name=reader.display_name)


@lru_cache(maxsize=1_000)
def rendered(part: str, _language: str | None, site_name: str, section: str, who: Who) -> SafeString:
    context: dict[str, Any] = {"SITE_NAME": site_name, "section": section, "who": who, "places": PLACES}
    return SafeString(render_to_string(f"frame/{part}.html", context))


@register.simple_tag(takes_context=True)
def frame(context: Context, part: str) -> SafeString:
    """A part of the frame: links, header or foot."""
    reader = getattr(context.get("request"), "reader", None)
    section = context.get("section", "") if part == "header" else ""
    section = section if section in dict(PLACES) else ""
    who = who_is(reader) if part == "header" else Who()
    return rendered(part, get_language(), context.get("SITE_NAME", ""), section, who)
