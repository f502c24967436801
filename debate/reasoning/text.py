"""Markdown to safe HTML, once, when it is written."""

import re
from typing import TypedDict

import markdown
import nh3

EXTENSIONS = ["extra", "toc", "sane_lists", "smarty"]
TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a", "abbr", "sup", "sub", "div"),
    *("ul", "ol", "li", "dl", "dt", "dd", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "*": {"id"},
    "a": {"href", "title", "class"},
    "abbr": {"title"},
    "li": {"id"},
    "sup": {"id"},
    "div": {"class"},
    "ol": {"start"},
    "th": {"scope"},
}
MARK = re.compile(r"\s*\[\[([a-z0-9-]+)\]\]")


class Block(TypedDict):
    """A paragraph of a summary: its HTML, and the slugs of the claims that it rests on."""

    html: str
    claims: list[str]


def render_markdown(source: str) -> str:
    """Sanitised HTML: no script, style, image or inline handler survives; links are http(s) or relative."""
    html = markdown.markdown(source, extensions=EXTENSIONS, output_format="html")
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )


def marked_claims(source: str) -> list[str]:
    """The slugs marked as [[slug]] in a text, in order, each once."""
    return list(dict.fromkeys(MARK.findall(source)))


def without_marks(source: str) -> str:
    """The text as it reads without its [[slug]] marks."""
    return MARK.sub("", source)


def summary_blocks(source: str) -> list[Block]:
    """A summary, paragraph by paragraph, each with the claims it marks as [[slug]]."""
    paragraphs = [part for part in re.split(r"\n\s*\n", source.strip()) if part.strip()]
    return [{"html": render_markdown(without_marks(part)), "claims": marked_claims(part)} for part in paragraphs]


def fold(text: str) -> str:
    """A text as two people mean the same by it: outer and doubled space dropped, case folded."""
    return " ".join(text.split()).casefold()
