"""Which of several short texts say the same, near enough to be answered together."""

import re
from collections.abc import Hashable, Mapping, Sequence
from hashlib import sha256
from itertools import combinations
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

NEAR = 80.0
"""From which likeness of their sorted words on, in percent, two texts are taken for the same."""
SIMILAR, MOST_SIMILAR = 60.0, 5
"""From which likeness on a text is worth a look, in percent, and how many are shown at most."""
DENIALS = frozenset({"not", "no", "never", "none", "nobody", "nothing", "nor", "neither", "without", "cannot"})
WORD = re.compile(r"[^\W_]+")
SHORT_NOT = re.compile(r"n['’]t\b")


class Said(NamedTuple):
    """A text with its key, what it is said of (none is like one said of something else), and an address or ''."""

    key: int
    topic: Hashable
    text: str
    address: str = ""


class Bare(NamedTuple):
    """What is compared of a text: its words in order of the alphabet, its numbers, whether it denies; its address."""

    sorted_words: str
    numbers: frozenset[str]
    denies: bool
    address: str


def words_of(text: str) -> list[str]:
    """The words of a text without case, accents on their own and signs; "won't" is "wo not"."""
    return WORD.findall(SHORT_NOT.sub(" not", normalize("NFKC", text).casefold()))


def fingerprint(text: str) -> str:
    """The same for two texts of the same words in the same order, and for no others: 64 hexadecimal digits."""
    return sha256(" ".join(words_of(text)).encode()).hexdigest()


def bare_address(url: str) -> str:
    """An address without what makes no difference to where it leads: scheme, www, a slash at its end, a fragment."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # no address, as far as can be told
        return url.strip()
    host = (parts.netloc or "").casefold().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def bare(said: Said) -> Bare:
    words = words_of(said.text)
    numbers = frozenset(word for word in words if word.isdigit())
    denies = sum(word in DENIALS for word in words) % 2 == 1
    return Bare(" ".join(sorted(words)), numbers, denies, bare_address(said.address) if said.address else "")


def alike(one: Bare, other: Bare) -> bool:
    """Whether two say the same: at the same address, or in nearly the same words, with the same numbers.

    A text and its denial have nearly the same words, and never are alike.
    """
    if one.address and one.address == other.address:
        return True
    if one.denies != other.denies or one.numbers != other.numbers:
        return False
    likeness: float = fuzz.ratio(*sorted((one.sorted_words, other.sorted_words)), score_cutoff=NEAR)
    return likeness >= NEAR


def groups_of(said: Sequence[Said]) -> list[list[int]]:
    """The keys of texts that are alike, directly or through others: each group and the groups by their lowest key.

    Time by the square of how many are said of one topic.
    """
    leader = {each.key: each.key for each in said}

    def head(key: int) -> int:
        while leader[key] != key:
            leader[key] = key = leader[leader[key]]
        return key

    for together in by_topic(said):
        for (one, bare_one), (other, bare_other) in combinations(together, 2):
            if head(one) != head(other) and alike(bare_one, bare_other):
                first, second = sorted((head(one), head(other)))
                leader[second] = first
    found: dict[int, list[int]] = {}
    for key in sorted(leader):
        found.setdefault(head(key), []).append(key)
    return list(found.values())


def group_with(key: int, said: Sequence[Said]) -> list[int]:
    """The one of these groups that holds a key, without working out the others; none where no text has the key."""
    topic = next((each.topic for each in said if each.key == key), None)
    rest = {each.key: bare(each) for each in said if each.topic == topic}
    found, frontier = [key] if key in rest else [], [rest.pop(key)] if key in rest else []
    while frontier:
        one = frontier.pop()
        near = [other for other, text in rest.items() if alike(one, text)]
        frontier += [rest.pop(other) for other in near]
        found += near
    return sorted(found)


def by_topic(said: Sequence[Said]) -> list[list[tuple[int, Bare]]]:
    topics: dict[Hashable, list[tuple[int, Bare]]] = {}
    for each in said:
        topics.setdefault(each.topic, []).append((each.key, bare(each)))
    return list(topics.values())


def nearest(text: str, texts: Mapping[int, str]) -> list[int]:
    """The keys of the few texts that come nearest to a text, whether they affirm or deny it; the nearest first."""
    wanted = " ".join(sorted(words_of(text)))
    known = {key: " ".join(sorted(words_of(other))) for key, other in sorted(texts.items())}
    found = process.extract(wanted, known, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=MOST_SIMILAR)
    return [key for _text, _likeness, key in found]
