"""The authors and essays that a search names: claims do not hold their names, so the list points to their pages."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import takewhile
from operator import and_
from unicodedata import combining, normalize

from django.db.models import Value

from debate.lenses.kept import Kept
from debate.models import Author, Essay

MOST = 3
SHORTEST = 3


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """An author or an essay ("author" or "essay", as addresses are called), with its name or title."""

    sort: str
    label: str
    slug: str


class Names:
    """Who and what can be found by the words of a name or a title."""

    def __init__(self, things: Iterable[Named]) -> None:
        self.things = sorted(things)
        self.holding: dict[str, set[int]] = defaultdict(set)
        for number, thing in enumerate(self.things):
            for word in words_in(thing.label):
                self.holding[word].add(number)
        self.words = sorted(self.holding)

    def found_by(self, typed: str) -> list[Named]:
        """Those that have every word, of which the last may be unfinished; an essay takes two words at least."""
        words = words_in(typed)
        if not words:
            return []
        numbers = reduce(and_, (self.holding.get(word, set()) for word in words[:-1]), self.begun(words[-1]))
        found = (self.things[number] for number in sorted(numbers))
        return [thing for thing in found if thing.sort == "author" or len(words) > 1][:MOST]

    def begun(self, start: str) -> set[int]:
        """Those with a word that begins so; with the very word where it is too short to begin one."""
        if len(start) < SHORTEST:
            return self.holding.get(start, set())
        following = self.words[bisect_left(self.words, start) :]
        return set().union(*(self.holding[word] for word in takewhile(lambda word: word.startswith(start), following)))


def words_in(text: str) -> list[str]:
    """The words of a text, as they are typed on any keyboard: small, without accents."""
    bare = "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
    return re.findall(r"\w+", bare.casefold().replace("_", " "))


NAMES: Kept[Names] = Kept(most=1)


def named_by(edition: str, typed: str) -> list[Named]:
    """The visible authors and essays, three at most, that are called so. One query once an edition."""
    return NAMES.get(edition, "all", lambda: Names(all_named())).found_by(typed) if typed else []


def all_named() -> Iterable[Named]:
    authors = Author.objects.visible().order_by().values_list(Value("author"), "name", "slug")
    essays = Essay.objects.visible().order_by().values_list(Value("essay"), "title", "slug")
    return (Named(*row) for row in authors.union(essays, all=True))
