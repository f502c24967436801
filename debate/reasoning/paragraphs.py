"""A pasted text as its paragraphs, each with the place by which a passage names it."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

LONGEST_TEXT = 400_000
MOST_PARAGRAPHS = 1_500
LONGEST_HEADING = 200
LONGEST_GUESS = 100

MARKED = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*?))?[ \t#]*")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(.*)")
IMAGE = re.compile(r"!\[([^\]\n]{0,500})\]\([^()\n]{0,2000}\)")
LINK = re.compile(r"\[([^\]\n]{1,500})\]\([^()\n]{0,2000}\)")
STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1")
EMPHASIS = re.compile(r"(?<!\w)([*_])(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1(?!\w)")
CODE = re.compile(r"(`+)([^`\n]{1,1000})\1")


class Paragraph(NamedTuple):
    """A paragraph of a source: `number` runs over the whole text from 1, `paragraph` under its heading from 1.

    `heading` is '' before the first. Where a heading comes twice, its count goes on, so that a place is one paragraph.
    """

    number: int
    heading: str
    paragraph: int
    text: str


class TooLong(ValueError):
    """A text that is no essay: what it has too many of, and how many it may have."""

    def __init__(self, of: str, most: int) -> None:
        super().__init__(f"at most {most:,} {of}")
        self.of, self.most = of, most


def paragraphs_of(text: str) -> list[Paragraph]:
    """The paragraphs of a plain or Markdown text, in order, as plain text.

    A blank line, a heading or a new item of a list begins another paragraph; other line breaks are spaces. A heading
    is marked with # or underlined; in a text without any such mark, a short line by itself that ends in no stop and
    comes before a paragraph is taken for one. Raises TooLong.
    """
    if len(text) > LONGEST_TEXT:
        raise TooLong("characters", LONGEST_TEXT)
    blocks = list(blocks_of(text.splitlines()))
    if not any(is_heading for is_heading, _said in blocks):
        blocks = guessed(blocks)
    found = list(numbered((is_heading, plain(said)) for is_heading, said in blocks))
    if len(found) > MOST_PARAGRAPHS:
        raise TooLong("paragraphs", MOST_PARAGRAPHS)
    return found


def numbered(blocks: Iterator[tuple[bool, str]]) -> Iterator[Paragraph]:
    heading, number, under = "", 0, Counter[str]()
    for is_heading, said in blocks:
        if is_heading and said:
            heading = said[:LONGEST_HEADING].rstrip()
        elif said:
            number += 1
            under[heading] += 1
            yield Paragraph(number, heading, under[heading], said)


def blocks_of(lines: list[str]) -> Iterator[tuple[bool, str]]:
    """Headings and paragraphs as they stand, each with whether it is a heading."""
    held: list[str] = []
    for line in lines:
        marked = MARKED.fullmatch(line)
        underlines = len(held) == 1 and bool(UNDERLINE.fullmatch(line))
        ends = marked or underlines or not line.strip() or RULE.fullmatch(line) or ITEM.fullmatch(line)
        if ends and held:
            yield underlines, " ".join(held)
            held = []
        if marked:
            yield True, marked[1] or ""
        elif not underlines and not RULE.fullmatch(line) and line.strip():
            held.append(without_bullet(line))
    if held:
        yield False, " ".join(held)


def without_bullet(line: str) -> str:
    item = ITEM.fullmatch(line)
    return (item[1] if item else line.removeprefix(">")).strip()


def guessed(blocks: list[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """The blocks of a text that marks no heading, those that look like one marked so."""
    said = [text for _is_heading, text in blocks]
    return [(looks_like_heading(text, after), text) for text, after in zip_longest(said, said[1:], fillvalue="")]


def looks_like_heading(said: str, after: str) -> bool:
    short = len(said) <= LONGEST_GUESS < len(after)
    return short and bool(re.search(r"[\w?!)”\"'’]$", said)) and not re.match(r"[a-z(\[“\"]", said)


def plain(said: str) -> str:
    """A text without marks of Markdown for links, pictures, emphasis and code, its spaces single."""
    for mark, kept in ((IMAGE, r"\1"), (LINK, r"\1"), (CODE, r"\2"), (STRONG, r"\2"), (EMPHASIS, r"\2")):
        said = mark.sub(kept, said)
    return " ".join(said.replace("\0", "").split())
