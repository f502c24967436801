"""Where two authors part, in a graph of claims and relations: by how far from the theses."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from debate.reasoning.graph import Link

CONTRADICTING = ("rebuts", "undercuts")
RANKS = {"rebuts": 0, "undercuts": 1, "qualifies": 2}
PATHS = ("supports", "rebuts", "qualifies", "undercuts")


class Voice(NamedTuple):
    """What one author makes of the claims, by keys: those they accept and deny, and the relations they drew.

    `concedes`: those among the accepted that they only grant, and do not put forward.
    """

    accepts: AbstractSet[int]
    denies: AbstractSet[int]
    drew: AbstractSet[int]
    concedes: AbstractSet[int] = frozenset()


class Parting(NamedTuple):
    """A place where two authors part: a claim that one accepts and the other denies, or a counterpoint between them.

    `depth`: how many relations lie between it and the nearest thesis. A counterpoint lies where it strikes: with the
    claim it is aimed at; one aimed at a relation half a step further out than where that relation leads.
    `in_passing`: one of the two only concedes what they would part over.
    """

    depth: float
    claim: int | None
    link: Link | None
    in_passing: bool = False

    @property
    def contradicts(self) -> bool:
        """Whether both cannot be had: to qualify a claim leaves it standing."""
        return self.link is None or self.link.kind in CONTRADICTING


class Walk:
    """The relations as met when walking from the theses outward, the nearest first (breadth first).

    `depth`: of each claim from which some path leads to a thesis, how many relations the shortest one has. An
    undercut leads where the relation that it attacks leads. Of paths equally short, one by supports is kept.
    """

    def __init__(self, links: Iterable[Link], theses: Iterable[int]) -> None:
        self.links = {link.key: link for link in links}
        self.depth = dict.fromkeys(theses, 0)
        self.inward: dict[int, Link] = {}
        arriving: dict[int, list[Link]] = {}
        for link in self.links.values():
            end = self.end_of(link)
            if end is not None:
                arriving.setdefault(end, []).append(link)
        self._spread(arriving)

    def _spread(self, arriving: Mapping[int, list[Link]]) -> None:
        edge = list(self.depth)
        while edge:
            ahead: list[int] = []
            arrived = [(link, claim) for claim in edge for link in arriving.get(claim, ())]
            for link, claim in sorted(arrived, key=lambda pair: (PATHS.index(pair[0].kind), pair[0].key)):
                if link.source not in self.depth:
                    self.depth[link.source] = self.depth[claim] + 1
                    self.inward[link.source] = link
                    ahead.append(link.source)
            edge = ahead

    def end_of(self, link: Link) -> int | None:
        """The claim that a relation leads to in the end; None where it leads nowhere."""
        seen: set[int] = set()
        end: Link | None = link
        while end is not None and end.claim is None and end.key not in seen:
            seen.add(end.key)
            end = self.links.get(end.relation) if end.relation is not None else None
        return end.claim if end is not None else None

    def struck_at(self, link: Link) -> float | None:
        """How deep a relation strikes; None where no path leads from there to a thesis."""
        end = self.end_of(link)
        if end not in self.depth:
            return None
        steps, at = 0, link
        while at.claim is None:
            steps, at = steps + 1, self.links[at.relation or 0]
        return self.depth[end] + steps / 2

    def path_from(self, claim: int) -> list[Link]:
        """The relations of a shortest path from a claim to a thesis, in that order."""
        path: list[Link] = []
        while claim in self.inward:
            path.append(self.inward[claim])
            claim = self.end_of(path[-1]) or 0
        return path


def collides(link: Link, links: Mapping[int, Link], one: Voice, other: Voice) -> bool:
    """Whether a counterpoint turns what the one accepts, and the other does not, against what only the other accepts.

    An undercut is aimed at a relation: that is the other's where they drew it, or where it is a support both ends of
    which they accept.
    """
    if link.kind == "supports" or link.source not in one.accepts or link.source in other.accepts:
        return False
    if link.claim is not None:
        return link.claim in other.accepts and link.claim not in one.accepts
    attacked = links.get(link.relation or 0)
    return attacked is not None and relies_on(other, attacked) and not relies_on(one, attacked)


def relies_on(voice: Voice, link: Link) -> bool:
    supports = link.kind == "supports" and link.source in voice.accepts and link.claim in voice.accepts
    return supports or link.key in voice.drew


def only_granted(link: Link, links: Mapping[int, Link], one: Voice, other: Voice) -> bool:
    """Whether a counterpoint of the one against the other starts from, or strikes, what its author only concedes."""
    attacked = links.get(link.relation or 0)
    struck = {link.claim} if attacked is None else {attacked.source, attacked.claim}
    drew = attacked is not None and attacked.key in other.drew
    return link.source in one.concedes or (not drew and not struck.isdisjoint(other.concedes))


def collisions(walk: Walk, one: Voice, other: Voice) -> list[Link]:
    """The counterpoints of the one against the other, in the order of the relations given."""
    return [link for link in walk.links.values() if collides(link, walk.links, one, other)]


def opposed(one: Voice, other: Voice) -> AbstractSet[int]:
    """The claims that one accepts and the other denies."""
    return (one.accepts & other.denies) | (other.accepts & one.denies)


def partings(walk: Walk, one: Voice, other: Voice, weight: Mapping[int, int]) -> list[Parting]:
    """Every place where two authors part and from which a path leads to a thesis, the nearest first.

    What one of them only concedes gives way to everything that both put forward, however near it is. Of places equally
    near: claims before counterpoints; then what one of the two drew before what others did; then rebuttals, undercuts,
    qualifications; then by the lighter of its two claims, the heavier first (`weight`).
    """
    found = list(places(walk, one, other))
    drew = one.drew | other.drew

    def rank(parting: Parting) -> tuple[bool, float, int, bool, int, int, int]:
        passing, depth, link = parting.in_passing, parting.depth, parting.link
        if link is None:
            key = parting.claim or 0
            return passing, depth, 0, False, 0, -weight.get(key, 0), key
        struck = link.claim if link.claim is not None else walk.links[link.relation or 0].source
        lighter = min(weight.get(link.source, 0), weight.get(struck, 0))
        return passing, depth, 1, link.key not in drew, RANKS.get(link.kind, 3), -lighter, link.key

    return sorted(found, key=rank)


def places(walk: Walk, one: Voice, other: Voice) -> Iterator[Parting]:
    for claim in opposed(one, other):
        if claim in walk.depth:
            yield Parting(walk.depth[claim], claim, None, claim in one.concedes | other.concedes)
    for this, that in ((one, other), (other, one)):
        for link in collisions(walk, this, that):
            depth = walk.struck_at(link)
            if depth is not None:
                yield Parting(depth, None, link, only_granted(link, walk.links, this, that))


def first_and_next(found: Iterable[Parting]) -> tuple[list[Parting], Parting | None]:
    """The first parting, and the contradiction beneath it. `found`: the nearest first.

    Of claims taken in opposite ways, all that lie as near are first. Beneath: the nearest contradiction further out;
    where the first only qualifies, the nearest contradiction there is.
    """
    told = list(found)
    if not told:
        return [], None
    nearest = told[0]
    as_near = (nearest.in_passing, nearest.depth)
    first = [p for p in told if p.claim is not None and (p.in_passing, p.depth) == as_near] or [nearest]
    beyond = (p for p in told if p.contradicts and (p.depth > nearest.depth or not nearest.contradicts))
    return first, next(beyond, None)
