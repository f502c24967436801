"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

WORD = re.compile(r"\S+\s*|\s+")
MOST_PAIRS = 1_000_000  # comparing two texts takes time by the number of their words multiplied


class Piece(NamedTuple):
    """A run of words that is kept, gone or new."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The two texts as one: kept words once, gone words before the new ones that took their place.

    Long texts that differ from end to end are told apart as a whole.
    """
    before, after = WORD.findall(old), WORD.findall(new)
    first = same_from_the_start(before, after)
    last = same_from_the_start(before[first:][::-1], after[first:][::-1])
    left, right = before[first : len(before) - last], after[first : len(after) - last]
    between = compared(left, right) if len(left) * len(right) <= MOST_PAIRS else changed(left, right)
    return joined([*kept(before[:first]), *between, *kept(before[len(before) - last :])])


def same_from_the_start(one: list[str], other: list[str]) -> int:
    """How many words the two begin with in common."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def compared(before: list[str], after: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for what, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        same = what == "equal"
        pieces += kept(before[start:end]) if same else changed(before[start:end], after[begin:stop])
    return pieces


def kept(words: list[str]) -> list[Piece]:
    return [Piece("kept", "".join(words))] if words else []


def changed(gone: list[str], come: list[str]) -> list[Piece]:
    return [Piece(kind, "".join(words)) for kind, words in (("gone", gone), ("new", come)) if words]


def joined(pieces: list[Piece]) -> list[Piece]:
    """The pieces, neighbours of one kind as one."""
    runs = groupby(pieces, key=lambda piece: piece.kind)
    return [Piece(kind, "".join(piece.text for piece in run)) for kind, run in runs]
