"""A graph of claims as arrays: what pulls at which claim, and how hard."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from debate.reasoning.graph import grouped

Claim = TypeVar("Claim", bound=Hashable)
Edge = tuple[Claim, Claim]
Undercut = tuple[Claim, Edge[Claim]]
Floats = NDArray[np.float64]
Places = NDArray[np.intp]


def score(value: float) -> float:
    """A base score as a float. Raises ValueError outside of [0, 1]."""
    if not 0 <= value <= 1:
        raise ValueError(f"a base score lies between 0 and 1; this one is {value}")
    return float(value)


class Wiring(Generic[Claim]):
    """Claims by number, in the order of `base`; relations sorted by their target; undercuts by their relation.

    `sign` is +1 for a support and -1 for an attack. An undercut that names several relations stands for each.

    Raises ValueError on a base score outside of [0, 1] or NaN, on a relation or undercut of a claim without a base
    score, and on an undercut of a relation that is not there.
    """

    def __init__(
        self,
        base: Mapping[Claim, float],
        supports: Iterable[Edge[Claim]],
        attacks: Iterable[Edge[Claim]],
        undercuts: Iterable[Undercut[Claim]] = (),
    ) -> None:
        self.claims = list(base)
        self.base = np.array([score(value) for value in base.values()], dtype=np.float64)
        self.number = {claim: number for number, claim in enumerate(self.claims)}
        supporting, attacking = list(supports), list(attacks)
        ends = [(self.numbered(source), self.numbered(target)) for source, target in [*supporting, *attacking]]
        signs = [1.0] * len(supporting) + [-1.0] * len(attacking)
        given: Places = np.array(ends, dtype=np.intp).reshape(-1, 2)
        order = np.argsort(given[:, 1], kind="stable")
        self.source, self.target = given[order].T
        self.sign: Floats = np.array(signs, dtype=np.float64)[order]
        self.cut(list(undercuts))

    def numbered(self, claim: Claim) -> int:
        if claim not in self.number:
            raise ValueError(f"there is no base score for {claim!r}")
        return self.number[claim]

    def cut(self, undercuts: list[Undercut[Claim]]) -> None:
        """Find the relations that are undercut, each of the same ends."""
        places: dict[tuple[int, int], list[int]] = {}
        for place, ends in enumerate(zip(self.source.tolist(), self.target.tolist(), strict=True)):
            places.setdefault(ends, []).append(place)
        found: list[tuple[int, int]] = []
        for undercutter, (source, target) in undercuts:
            pair = self.numbered(source), self.numbered(target)
            if pair not in places:
                raise ValueError(f"{undercutter!r} undercuts a relation that is not there: {source!r} to {target!r}")
            found += [(place, self.numbered(undercutter)) for place in places[pair]]
        cuts: Places = np.array(sorted(found), dtype=np.intp).reshape(-1, 2)
        self.cut_edge, self.cutter = cuts.T

    def arrows(self) -> list[tuple[int, int]]:
        """Which claim's strength another's depends on: (what, whose), undercutters included."""
        relations = zip(self.source.tolist(), self.target.tolist(), strict=True)
        cuts = zip(self.cutter.tolist(), self.target[self.cut_edge].tolist(), strict=True)
        return [*relations, *cuts]

    def part(self, claims: Iterable[int]) -> "Part":
        """What moves these claims."""
        return Part(self, np.array(sorted(claims), dtype=np.intp))


def freed(claims: Iterable[int], arrows: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The claims in levels: each depends on earlier levels alone. What is on a cycle, or depends on one, is left out.

    Arrows from or to other claims are passed over. A. B. Kahn's order (1962, CACM 5:558-562).
    """
    within = set(claims)
    kept = [(source, target) for source, target in arrows if source in within and target in within]
    waiting, further = Counter(target for _source, target in kept), grouped(kept)
    levels, level = [], [claim for claim in within if not waiting[claim]]
    while level:
        levels.append(level)
        following = []
        for target in (target for claim in level for target in further.get(claim, ())):
            waiting[target] -= 1
            if not waiting[target]:
                following.append(target)
        level = following
    return levels


class Part:
    """Some of the claims with everything that bears on them. A state tells the strength of every claim of the graph."""

    def __init__(self, wiring: Wiring[Claim], claims: Places) -> None:
        self.claims, self.base = claims, wiring.base[claims]
        edges = spans(wiring.target, claims)
        self.source, self.sign = wiring.source[edges], wiring.sign[edges]
        self.fed, self.starts = np.unique(np.searchsorted(claims, wiring.target[edges]), return_index=True)
        cuts = spans(wiring.cut_edge, edges)
        self.cutter = wiring.cutter[cuts]
        self.cut_edges, self.cut_starts = np.unique(np.searchsorted(edges, wiring.cut_edge[cuts]), return_index=True)

    def pulls(self, state: Floats) -> Floats:
        """How hard each relation pulls, in [0, 1]: its source's strength, less what undercuts leave of it."""
        pulls: Floats = state[self.source]
        if len(self.cut_edges):
            pulls[self.cut_edges] *= np.multiply.reduceat(1.0 - state[self.cutter], self.cut_starts)
        return pulls

    def quadratic_energy(self, state: Floats) -> Floats:
        """What these claims' strengths tend to in this state, in the quadratic energy model."""
        energy = np.zeros(len(self.claims))
        if len(self.fed):
            energy[self.fed] = np.add.reduceat(self.sign * self.pulls(state), self.starts)
        square = energy * energy
        moved: Floats = self.base + square / (1.0 + square) * np.where(energy > 0, 1.0 - self.base, -self.base)
        return moved

    def df_quad(self, state: Floats) -> Floats:
        """The same in DF-QuAD."""
        spared = np.ones((2, len(self.claims)))
        if len(self.fed):
            left = 1.0 - self.pulls(state)
            for row, sign in zip(spared, (1.0, -1.0), strict=True):
                row[self.fed] = np.multiply.reduceat(np.where(self.sign == sign, left, 1.0), self.starts)
        lead = spared[1] - spared[0]  # what supports bring together less what attacks do
        moved: Floats = self.base + lead * np.where(lead > 0, 1.0 - self.base, self.base)
        return moved


def spans(keys: Places, wanted: Places) -> Places:
    """The places in `keys`, which is sorted, of those that are `wanted`, sorted as well."""
    first, last = np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right")
    lengths = last - first
    offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    places: Places = np.repeat(first, lengths) + offsets
    return places
