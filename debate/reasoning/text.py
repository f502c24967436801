"""Markdown to safe HTML, once, when it is written."""

import re
import threading
from typing import TypedDict

import nh3
from markdown import Markdown

EXTENSIONS = ["extra", "toc", "sane_lists", "smarty"]
CONFIGS = {"toc": {"marker": ""}}  # ids for headings only: each mark would bring all of them once more
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
MARK = re.compile(r"(?:(?<!\s)\s+)?\[\[([a-z0-9-]+)\]\]")

# Markdown takes time by the square of these; within them, no text takes longer than about a second.
LONGEST = 10_000
SIGNS = "[*_`<|"
MOST_OF_A_SIGN = 300
DEEPEST = 20
MOST_CELLS = 4_000
LEAD = re.compile(r"(?:[ \t>]|[*+:-][ \t]|\d+\.[ \t])*")
LEVEL = re.compile(r"[>*+:-]|\d+\.| {4}")


class Renderer(threading.local):
    """One a thread, used again: to make one costs more than most texts do."""

    def __init__(self) -> None:
        self.markdown = Markdown(extensions=EXTENSIONS, extension_configs=CONFIGS, output_format="html")

    def convert(self, source: str) -> str:
        """HTML as the source has it, of no other text's footnotes, abbreviations or links."""
        return self.markdown.reset().convert(source)


renderer = Renderer()


class TooMuch(ValueError):
    """A text that would take too long to render: what it has too many of, and how many it may have."""

    def __init__(self, of: str, most: int) -> None:
        super().__init__(f"at most {most:,} {of}")
        self.of, self.most = of, most


class Block(TypedDict):
    """A paragraph of a summary: its HTML, and the slugs of the claims that it rests on."""

    html: str
    claims: list[str]


def levels(line: str) -> int:
    """How many lists and quotes a line may be within, by what it begins with."""
    lead = LEAD.match(line)
    return len(LEVEL.findall(lead[0].expandtabs(4))) if lead else 0


def cells(source: str) -> int:
    """How many cells the tables of a text may have at most: each row has as many as the widest."""
    blocks = [part.split("\n") for part in re.split(r"\n[ \t]*\n", source) if "|" in part]
    return sum(len(lines) * max(line.count("|") for line in lines) for lines in blocks)


def measure(source: str) -> None:
    """Raises TooMuch on a text that Markdown would take too long over: each unclosed sign is sought to the end."""
    if len(source) > LONGEST:
        raise TooMuch("characters", LONGEST)
    if any(source.count(sign) > MOST_OF_A_SIGN for sign in SIGNS):
        raise TooMuch("signs", MOST_OF_A_SIGN)
    if max(map(levels, source.split("\n"))) > DEEPEST:
        raise TooMuch("levels", DEEPEST)
    if cells(source) > MOST_CELLS:
        raise TooMuch("cells", MOST_CELLS)


def render_markdown(source: str) -> str:
    """Sanitised HTML: no script, style, image or inline handler survives; links are http(s) or relative.

    Raises TooMuch on a text beyond measure.
    """
    measure(source)
    return nh3.clean(
        renderer.convert(source),
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
    """A summary, paragraph by paragraph, each with the claims it marks as [[slug]].

    Raises TooMuch on a text beyond measure.
    """
    measure(source)
    paragraphs = [part for part in re.split(r"\n\s*\n", source.strip()) if part.strip()]
    return [{"html": render_markdown(without_marks(part)), "claims": marked_claims(part)} for part in paragraphs]


def fold(text: str) -> str:
    """A text as two people mean the same by it: outer and doubled space dropped, case folded."""
    return " ".join(text.split()).casefold()
