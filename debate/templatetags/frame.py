"""What stands around every page, rendered once for each kind of reader and part of the site, then kept.

It depends on nothing that can change while the process runs: words, addresses, hashed file names, and who reads.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from debate.context import PLACES
from debate.models import User

register = template.Library()
OWN = "you"


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
    section = section if section in dict(PLACES) or section == OWN else ""
    who = who_is(reader) if part == "header" else Who()
    return rendered(part, get_language(), context.get("SITE_NAME", ""), section, who)


class Called(Node):
    """What a page is called and what stands on it: said once by its template, told to browsers and in previews.

    Of what a page says, a preview has these two sentences alone; no block for them may hold what readers think.
    """

    child_nodelists = ("title", "description")

    def __init__(self, title: NodeList, description: NodeList) -> None:
        self.title, self.description = title, description

    def render(self, context: Context) -> SafeString:
        title, description = (attribute(part.render(context)) for part in (self.title, self.description))
        site = attribute(conditional_escape(str(context.get("SITE_NAME", ""))))
        metas = [("name", "description", description), ("property", "og:title", title)]
        metas += [("property", "og:description", description), ("property", "og:type", "website")]
        metas += [("property", "og:site_name", site)]
        lines = [f'<meta {key}="{name}" content="{content}">' for key, name, content in metas]
        return SafeString("\n".join([f"<title>{title} · {site}</title>", *lines]))


def attribute(html: str) -> str:
    """Text that is escaped already, such that it may stand between quotes as well."""
    return html.strip().replace('"', "&quot;")


@register.tag
def called(parser: Parser, _token: Token) -> Called:
    """{% called %} the title {% described %} the description {% endcalled %}"""
    title = parser.parse(("described",))
    parser.delete_first_token()
    description = parser.parse(("endcalled",))
    parser.delete_first_token()
    return Called(title, description)
