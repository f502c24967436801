"""Which of many sentences say nearly the same as one that is being written."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz import fuzz, utils

MOST = 6
LEAST = 33.0
SAME = 88.0
"""From here on two sentences are so alike that somebody should look before both are kept."""
STEM = 6
"""Letters by which a word is known: what follows is mostly an ending."""
COMMON, FEW = 0.2, 8
"""A word that more than this share of the sentences has, and more than so few of them, hardly tells them apart."""
TELLING = 0.6
"""How much the words count that few sentences have; the rest is for all of them."""
JOINING = frozenset(
    """a an and are as at be been but by can do does for from had has have in into is it its just more most no not of
    on one only or other out so some than that the their them then there these they this to was were what when which
    who will with would""".split()  # noqa: SIM905
)


class Alike(NamedTuple):
    """A sentence by its key, and how like it is: 0 not at all, 100 the same but for order, case, signs and endings."""

    score: float
    key: int


def stems(text: str) -> list[str]:
    """The telling words of a text, each cut to its beginning; all its words where none is telling."""
    words = utils.default_process(text).split()
    return [word[:STEM] for word in words if word not in JOINING] or [word[:STEM] for word in words]


def likeness(one: list[str], other: list[str], common: AbstractSet[str] = frozenset()) -> float:
    """How alike two lists of stems are, those that are common counting less. 0 to 100."""
    whole = ratio(one, other)
    left, right = ([word for word in words if word not in common] for words in (one, other))
    return TELLING * ratio(left or one, right or other) + (1 - TELLING) * whole


def ratio(one: list[str], other: list[str]) -> float:
    """The mean of how alike two lists of words are in any order, and how far the shorter is within the other."""
    left, right = " ".join(one), " ".join(other)
    return float(fuzz.token_sort_ratio(left, right) + fuzz.token_set_ratio(left, right)) / 2


def common_among(sentences: Mapping[int, list[str]]) -> frozenset[str]:
    """The stems that too many of the sentences have to tell any of them from the others."""
    counted = Counter(stem for words in sentences.values() for stem in set(words))
    most = max(FEW, COMMON * len(sentences))
    return frozenset(stem for stem, count in counted.items() if count > most)


def most_alike(text: str, sentences: Mapping[int, str], most: int = MOST) -> list[Alike]:
    """At most so many of the sentences, the most like first; those that are hardly like it are left out."""
    told, stemmed = stems(text), {key: stems(said) for key, said in sentences.items()}
    common = common_among(stemmed)
    scored = (Alike(likeness(told, words, common), key) for key, words in stemmed.items())
    return nlargest(most, (alike for alike in scored if told and alike.score >= LEAST))
