"""What people type, as words."""

import re

MOST_WORDS = 12


def words_of(text: str) -> list[str]:
    """The letters-and-digits runs of a text, at most twelve; signs and operators drop out."""
    return re.findall(r"\w+", text.replace("_", " "))[:MOST_WORDS]
