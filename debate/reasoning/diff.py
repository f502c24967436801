"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

WORD = re.compile(r"\S+\s*|\s+")


class Piece(NamedTuple):
    """A run of words that is kept, gone or new."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The two texts as one: kept words once, gone words before the new ones that took their place."""
    before, after = WORD.findall(old), WORD.findall(new)
    pieces: list[Piece] = []
    for what, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("kept", "".join(before[start:end])))
            continue
        gone, come = "".join(before[start:end]), "".join(after[begin:stop])
        pieces += [Piece(kind, text) for kind, text in (("gone", gone), ("new", come)) if text]
    return pieces
