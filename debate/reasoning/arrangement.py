"""How authors and claims are laid out: claims by how far authors part on them, authors by whom they agree with.

Both measures are our own. A stance counts as in "nearest author": asserting and conceding accept a claim, denying
denies it; qualifying is neither, and a report is nobody's own.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from debate.reasoning.tally import wilson

Author = TypeVar("Author", bound=Hashable)
Claim = TypeVar("Claim", bound=Hashable)
MEANT = {"asserts": 1, "concedes": 1, "denies": -1, "qualifies": 0, "reports": None}
MOST = 12
Paths = dict[tuple[frozenset[int], int], tuple[float, tuple[int, ...]]]  # nodes seen and the end: cost and path


class Disagreement(NamedTuple):
    """How far authors part on a claim; the larger, the further."""

    parted: int  # pairs of authors of whom one accepts it and the other denies it
    strained: int  # pairs of whom one accepts or denies it and the other qualifies it
    speaking: int  # authors who are not silent


class Common(NamedTuple):
    """On how many claims two authors, each accepting or denying, say the same and the opposite."""

    same: int
    opposed: int


def stand(kinds: Iterable[str]) -> int | None:
    """Where an author stands who took these stances, oldest first: 1 accepts, -1 denies, 0 qualifies.

    The latest counts; None where every one is a report, or there is none. Raises ValueError on what is no stance.
    """
    kept = None
    for kind in kinds:
        if kind not in MEANT:
            raise ValueError(f"no stance is called {kind!r}")
        meant = MEANT[kind]
        kept = kept if meant is None else meant
    return kept


def disagreement(voices: Iterable[Sequence[str]]) -> Disagreement:
    """How far the authors part on one claim, each told by their stances on it, oldest first, none where silent."""
    spoken = [kinds for kinds in voices if kinds]
    stands = [stand(kinds) for kinds in spoken]
    accepting, denying, qualifying = (stands.count(meant) for meant in (1, -1, 0))
    return Disagreement(accepting * denying, qualifying * (accepting + denying), len(spoken))


def in_common(one: Mapping[Claim, int], other: Mapping[Claim, int]) -> Common:
    """What two authors have in common, each told by where they stand on claims."""
    products = [one[claim] * other[claim] for claim in one.keys() & other.keys()]
    return Common(products.count(1), products.count(-1))


def likeness(common: Common) -> float:
    """Lower bound of the 95 % Wilson interval of the share on which two authors agree; 0 with nothing in common."""
    return wilson(common.same, sum(common)).lower if sum(common) else 0.0


def seriated(stands: Mapping[Author, Mapping[Claim, int]]) -> list[Author]:
    """The authors in a row, each told by where they stand on claims.

    At the ends the two who are opposed on most claims, of such pairs the least alike. Between them, of all orders,
    the one in which the likeness of neighbours sums up highest. Of equals, and for which end comes first, the order
    given decides. Raises ValueError on more than MOST authors: the work grows as 2^n n².
    """
    authors = list(stands)
    if len(authors) > MOST:
        raise ValueError(f"at most {MOST} authors can be put in a row")
    if len(authors) < 3:
        return authors
    pairs = {pair: in_common(*(stands[authors[n]] for n in pair)) for pair in combinations(range(len(authors)), 2)}
    alike = {pair: likeness(common) for pair, common in pairs.items()}
    first, last = max(pairs, key=lambda pair: (pairs[pair].opposed, -alike[pair]))
    return [authors[n] for n in best_path(len(authors), alike, first, last)]


def best_path(count: int, alike: Mapping[tuple[int, int], float], first: int, last: int) -> tuple[int, ...]:
    """The path through 0 … count-1 between two ends with the highest sum; of equals the first in alphabetical order.

    Dynamic programming over sets of nodes: M. Held and R. Karp (1962), J. SIAM 10:196-210. `alike` holds each pair
    once, the smaller number first.
    """
    inner = [node for node in range(count) if node not in (first, last)]
    best: Paths = {(frozenset(), first): (0.0, (first,))}
    for _step in inner:
        further: Paths = {}
        for (seen, end), (cost, path) in best.items():
            for node in inner:
                if node not in seen:
                    told = (seen | {node}, node)
                    found = (cost_after(cost, alike, end, node), (*path, node))
                    further[told] = min(further.get(told, found), found)
        best = further
    ends = [(cost_after(cost, alike, end, last), (*path, last)) for (_seen, end), (cost, path) in best.items()]
    return min(ends)[1]


def cost_after(cost: float, alike: Mapping[tuple[int, int], float], end: int, node: int) -> float:
    """Rounded, so that sums that differ by the order of adding are equal."""
    return round(cost - alike[min(end, node), max(end, node)], 9)
