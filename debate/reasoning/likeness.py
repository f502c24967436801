"""Which of many sentences say nearly the same as one that is being written."""

from collections.abc import Mapping
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz import fuzz, utils

MOST = 6
LEAST = 45.0
SAME = 82.0
"""From here on two sentences are so alike that somebody should look before both are kept."""


class Alike(NamedTuple):
    """A sentence by its key, and how like it is: 0 not at all, 100 the same but for order, case and signs."""

    score: float
    key: int


def likeness(one: str, other: str) -> float:
    """The mean of how alike two texts are word by word, in any order, and how far the shorter is within the other."""
    return float(fuzz.token_sort_ratio(one, other) + fuzz.token_set_ratio(one, other)) / 2


def most_alike(text: str, sentences: Mapping[int, str], most: int = MOST) -> list[Alike]:
    """At most so many of the sentences, the most like first; those that are hardly like it are left out."""
    told = utils.default_process(text)
    scored = (Alike(likeness(told, utils.default_process(said)), key) for key, said in sentences.items())
    return nlargest(most, (alike for alike in scored if told and alike.score >= LEAST))
