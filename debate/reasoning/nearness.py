"""How near a reader stands to each author, and which claims tell authors apart best.

An author is told by where they stand on claims: 1 accepts, -1 denies, as arrangement.stand says it. Asserting and
conceding accept a claim, denying denies it; qualifying and reporting are left out. Where essays of one author differ,
the latest counts, so that one who qualifies now what they once asserted is left out too.

A reader is told by their answers: 1 agrees, -1 disagrees, 0 passes.
"""

from collections.abc import Hashable, Mapping
from typing import Generic, NamedTuple, TypeVar

from debate.reasoning.tally import Share, wilson

Author = TypeVar("Author", bound=Hashable)
Stands = Mapping[int, int]
LEAST = 5
"""How many claims a reader and an author have in common before anything is said of how near they are."""


class Near(NamedTuple, Generic[Author]):
    """On how many of the claims that they have in common a reader and an author agree; the share with its interval."""

    author: Author
    agreed: int
    common: int
    share: Share

    @property
    def told(self) -> bool:
        """Whether they have enough in common for anything to be said."""
        return self.common >= LEAST


def nearness(author: Author, answers: Stands, stands: Stands) -> Near[Author]:
    """How near a reader is to one author; with nothing in common the share's value is None."""
    products = [answers[claim] * stands[claim] for claim in answers.keys() & stands.keys()]
    agreed, common = products.count(1), len(products) - products.count(0)
    return Near(author, agreed, common, wilson(agreed, common))


def ranked(answers: Stands, authors: Mapping[Author, Stands]) -> list[Near[Author]]:
    """Every author with whom a reader has any claim in common, the nearest first: by the lower bound of the interval.

    Of equals, for instance those with whom they agree on nothing, the higher upper bound; then the order given.
    """
    found = (nearness(author, answers, stands) for author, stands in authors.items())
    return sorted((near for near in found if near.common), key=lambda near: (-near.share.lower, -near.share.upper))


def nearest(answers: Stands, authors: Mapping[Author, Stands]) -> list[Near[Author]]:
    """The authors of whom enough is known, the nearest first."""
    return [near for near in ranked(answers, authors) if near.told]


def gaps(answers: Stands, stands: Stands, weight: Mapping[int, int]) -> list[int]:
    """The claims on which a reader and an author differ, those on which most hangs first."""
    differing = (claim for claim in answers.keys() & stands.keys() if answers[claim] * stands[claim] == -1)
    return sorted(differing, key=lambda claim: (-weight.get(claim, 0), claim))
