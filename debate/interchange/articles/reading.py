"""HTML as facts and blocks of plain text. Runs in a process of its own: see extraction.py."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from debate.interchange.articles.decoding import NO_TEXT

MOST_TAGS = 100_000
MOST_TEXT = 400_000  # bytes in UTF-8, so that a form can carry it back
MOST_AUTHORS = 20
FEWEST = 3  # blocks; a page with fewer may have its text in a table
LONGEST_FACT = 500
BLOCKS = {"p", "head", "item", "quote", "code", "list", "cell", "row", "table"}
LEFT_OUT = {"graphic", "ref-list"}
BREAK = "\0"  # which no text has any more when it comes here
PARAGRAPHS = re.compile(rf"{BREAK}\s*{BREAK}")


class Refused(Exception):
    """There is nothing to be had from this page; `why` in a word: tags, empty or long."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Block(NamedTuple):
    """A heading or a paragraph, as plain text."""

    is_heading: bool
    text: str


class Page(NamedTuple):
    """What a page says of an article. `date` is ISO or ""."""

    title: str
    authors: list[str]
    date: str
    publisher: str
    address: str
    blocks: list[Block]


def read_page(html: str) -> Page:
    """The article of a page. Raises Refused.

    Tables are left out, as what they hold is no sentence; but there are old pages that stand in one.
    """
    if html.count("<") > MOST_TAGS:
        raise Refused("tags")
    found, blocks = article_of(html, tables=False)
    if len(blocks) < FEWEST:
        found, blocks = max((found, blocks), article_of(html, tables=True), key=lambda one: len(one[1]))
    if all(block.is_heading for block in blocks):
        raise Refused("empty")
    if sum(len(block.text.encode()) for block in blocks) > MOST_TEXT:
        raise Refused("long")
    authors = [name for name in map(one_line, (found.author or "").split(";")) if name]
    publisher, address = one_line(found.sitename or found.hostname), one_line(found.url)
    return Page(one_line(found.title), authors[:MOST_AUTHORS], one_line(found.date), publisher, address, blocks)


def article_of(html: str, *, tables: bool) -> tuple[Any, list[Block]]:
    """What is known of the article, and its blocks; none where there is no article."""
    # Not at the top: it takes 27 MB and 0.2 s, which a worker of the site cannot spare and never needs.
    from trafilatura import bare_extraction  # noqa: PLC0415

    found: Any = bare_extraction(
        html,
        include_comments=False,
        include_tables=tables,
        with_metadata=True,
        # The dates that the page itself gives for its article, none that merely stands somewhere on it.
        date_extraction_params={"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"},
    )
    if found is None or found.body is None:
        return None, []
    return found, without_title(list(blocks_of(found.body)), one_line(found.title))


def without_title(blocks: list[Block], title: str) -> list[Block]:
    """The blocks from the first that is not the title once more: what follows stands before the first heading."""
    return blocks[1:] if blocks and blocks[0].text.casefold() == title.casefold() else blocks


def blocks_of(body: Any) -> Iterator[Block]:
    """Headings and paragraphs in the order of the page; items of lists and quotes are paragraphs of their own.

    Goes through the tree without calling itself, so that depth costs nothing.
    """
    held, is_heading = list[str](), False
    stack = [(body, False)]
    while stack:
        node, done = stack.pop()
        edge = node.tag in BLOCKS
        if edge:
            yield from pieces_of(held, is_heading)
        held, is_heading = ([], node.tag == "head" and not done) if edge else (held, is_heading)
        if done:
            held.append(node.tail or "")
            continue
        held.append(BREAK if node.tag == "lb" else node.text or "" if is_told(node) else "")
        stack.append((node, True))
        stack += [(child, False) for child in reversed(node) if is_told(node)]
    yield from pieces_of(held, is_heading)


def pieces_of(held: list[str], is_heading: bool) -> Iterator[Block]:
    """The text that was gathered; where two line breaks stand in a row, another paragraph begins."""
    for piece in PARAGRAPHS.split("".join(held)):
        if text := one_line(piece.replace(BREAK, " "), None):
            yield Block(is_heading, text)


def is_told(node: Any) -> bool:
    """Whether a node is text: no comment, no instruction, no picture."""
    return isinstance(node.tag, str) and node.tag not in LEFT_OUT


def one_line(text: str | None, longest: int | None = LONGEST_FACT) -> str:
    """Without signs that no text has: a page can say them by names or in JSON, past what was decoded."""
    return " ".join(NO_TEXT.sub("", text or "").split())[:longest]
