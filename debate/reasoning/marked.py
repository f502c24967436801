"""Paragraphs as a text that a person can correct: headings behind #, a blank line between paragraphs."""

import re
from collections.abc import Iterable, Iterator

from debate.reasoning.paragraphs import LONGEST_TEXT, MOST_PARAGRAPHS, Paragraph, TooLong, numbered

HEADING = re.compile(r"#{1,6}[ \t]+(.*)")
NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
ESCAPED = ("#", "\\")


def marked(paragraphs: Iterable[Paragraph]) -> str:
    """The paragraphs as text. A paragraph that looks like a heading has a backslash before it."""
    blocks, heading = list[str](), ""
    for one in paragraphs:
        if one.heading != heading:
            blocks.append(f"# {one.heading}")
            heading = one.heading
        blocks.append(f"\\{one.text}" if one.text.startswith(ESCAPED) else one.text)
    return "\n\n".join(blocks)


def unmarked(text: str) -> list[Paragraph]:
    """The paragraphs that a text of this kind says: what marked() wrote comes back the same.

    Nothing is guessed and nothing else is taken for a mark. Raises TooLong.
    """
    if len(text) > LONGEST_TEXT:
        raise TooLong("characters", LONGEST_TEXT)
    found = list(numbered(blocks_of(NO_TEXT.sub("", text))))
    if len(found) > MOST_PARAGRAPHS:
        raise TooLong("paragraphs", MOST_PARAGRAPHS)
    return found


def blocks_of(text: str) -> Iterator[tuple[bool, str]]:
    """Headings and paragraphs, each with whether it is a heading; lines of a paragraph are joined by spaces."""
    held: list[str] = []
    for line in [*text.splitlines(), ""]:
        heading = HEADING.fullmatch(line.strip())
        if (heading or not line.strip()) and held:
            yield False, one_line(held)
            held = []
        if heading:
            yield True, one_line([heading[1]])
        elif line.strip():
            held.append(line)


def one_line(lines: list[str]) -> str:
    said = " ".join(" ".join(lines).split())
    return said[1:] if said.startswith("\\") and said[1:].startswith(ESCAPED) else said
