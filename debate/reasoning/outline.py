"""A graph of claims told as an outline: from the theses outward, each claim in full once, capped where it is large."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from heapq import heappop, heappush

from debate.reasoning.graph import Link, spread

KINDS = ("supports", "rebuts", "qualifies", "undercuts")
DEEPEST = 10


class Graph:
    """Claims, each with how much hangs on it, and the links between them, each looked up from either end."""

    def __init__(self, central: Mapping[int, int], links: Iterable[Link], theses: Iterable[int]) -> None:
        self.central = central
        self.theses = [thesis for thesis in theses if thesis in central]
        self.links = {link.key: link for link in links if link.source in central}
        self.to_claim: dict[int, list[Link]] = {}
        self.undercuts: dict[int, list[Link]] = {}
        self.from_claim: dict[int, list[Link]] = {}
        for link in sorted(self.links.values(), key=self.rank):
            self.from_claim.setdefault(link.source, []).append(link)
            if link.claim is not None:
                self.to_claim.setdefault(link.claim, []).append(link)
            elif link.relation is not None:
                self.undercuts.setdefault(link.relation, []).append(link)

    def rank(self, link: Link) -> tuple[int, int, int]:
        """Supports first, then counterpoints; of each, what most hangs on."""
        return KINDS.index(link.kind), -self.central[link.source], link.key

    def bearing_on(self, claim: int) -> Iterator[Link]:
        """Links to the claim, and undercuts of what it bears on: these strike the claim's force."""
        yield from self.to_claim.get(claim, ())
        for link in self.from_claim.get(claim, ()):
            yield from self.undercuts.get(link.key, ())

    def ends(self, link: Link) -> set[int]:
        """The claims that have to be there for the link to be told, its source left out."""
        if link.claim is not None:
            return {link.claim}
        attacked = self.links.get(link.relation or 0)
        return {attacked.source} | self.ends(attacked) if attacked else set()

    def beside(self, claim: int) -> set[int]:
        """The claims one relation away, whichever way it points."""
        found = {link.source for link in self.bearing_on(claim)}
        for link in self.from_claim.get(claim, ()):
            found |= self.ends(link)
        for link in self.to_claim.get(claim, ()):
            found |= {under.source for under in self.undercuts.get(link.key, ())}
        return found - {claim}


def around(graph: Graph, claim: int, steps: int) -> dict[int, int]:
    """The claims within so many steps of one, each with its distance."""
    found, edge = {claim: 0}, [claim]
    for step in range(1, steps + 1):
        edge = list(dict.fromkeys(near for each in edge for near in graph.beside(each) if near not in found))
        found |= dict.fromkeys(edge, step)
    return found


def leading_to_theses(graph: Graph, chosen: AbstractSet[int]) -> set[int]:
    """The chosen claims and those that lie between them and the theses, on paths with as few others as can be."""
    fewest = dict.fromkeys(graph.theses, 0)
    via: dict[int, Link] = {}
    waiting = deque(graph.theses)
    while waiting:
        claim = waiting.popleft()
        for link in graph.bearing_on(claim):
            others = fewest[claim] + (link.source not in chosen)
            if others < fewest.get(link.source, len(graph.central) + 1):
                fewest[link.source], via[link.source] = others, link
                (waiting.append if link.source not in chosen else waiting.appendleft)(link.source)
    found, wanted = set(chosen), list(chosen)
    while wanted:
        claim = wanted.pop()
        ends = graph.ends(via[claim]) - found if claim in via else set()
        found |= ends
        wanted += ends
    return found


class Growth:
    """Claims taken in from the theses outward, what most hangs on first: any start of `found` hangs together."""

    def __init__(self, graph: Graph, within: AbstractSet[int], most: int) -> None:
        self.graph, self.within, self.most = graph, within, most
        self.found: dict[int, int] = {}
        self.told: set[int] = set()
        self.waiting: list[tuple[int, int, int]] = []

    def grow(self, starts: Iterable[int]) -> None:
        for start in starts:
            self.offer(start, 0)
        while self.waiting and len(self.found) < self.most:
            _rank, claim, depth = heappop(self.waiting)
            if claim not in self.found:
                self.take(claim, depth)

    def offer(self, claim: int, depth: int) -> None:
        if claim in self.within and depth <= DEEPEST:
            heappush(self.waiting, (-self.graph.central[claim], claim, depth))

    def take(self, claim: int, depth: int) -> None:
        self.found[claim] = depth
        for link in self.graph.from_claim.get(claim, ()):
            if link.claim in self.found or link.relation in self.told:
                self.meet(link, depth)
        for link in self.graph.to_claim.get(claim, ()):
            self.meet(link, depth + 1)

    def meet(self, link: Link, depth: int) -> None:
        """What the link is aimed at is there: it can be told, or its source can be taken in."""
        if link.source not in self.found:
            self.offer(link.source, depth)
        elif link.key not in self.told:
            self.told.add(link.key)
            for under in self.graph.undercuts.get(link.key, ()):
                self.meet(under, depth + 1)


def most_central(graph: Graph, within: AbstractSet[int], most: int) -> list[int]:
    """At most so many of the claims, from the theses outward, what most hangs on first; none deeper than DEEPEST."""
    growth = Growth(graph, within, most)
    inward = {claim: [link.source for link in graph.bearing_on(claim) if link.source in within] for claim in within}
    theses = [claim for claim in graph.theses if claim in within]
    growth.grow(theses)
    covered = spread(inward, theses, set())
    for start in outermost(graph, within - covered):
        if start not in covered:
            growth.grow([start])
            covered |= spread(inward, [start], covered)
    return list(growth.found)


def outermost(graph: Graph, within: Collection[int]) -> list[int]:
    """The claims in the order in which to begin with them: those first that bear on nothing here."""
    inside = set(within)

    def rank(claim: int) -> tuple[bool, int, int]:
        bears = any(not inside.isdisjoint(graph.ends(link)) for link in graph.from_claim.get(claim, ()))
        return bears, -graph.central[claim], claim

    return sorted(inside, key=rank)


@dataclass(slots=True)
class Place:
    """Where the outline tells of a claim: in full at its `home`, else by a reference to it.

    `link` is what it does to what it stands under, none at a start; `undercuts` attack that link, `below` bears on
    the claim, `more` counts what does and is not told. `number` runs as the outline is read.
    """

    claim: int
    link: Link | None = None
    home: "Place | None" = None
    undercuts: list["Place"] = field(default_factory=list)
    below: list["Place"] = field(default_factory=list)
    more: int = 0
    number: int = 0

    @property
    def full(self) -> bool:
        return self.home is self


class Outliner:
    """Finds each claim its home, level by level, so that the outline is as shallow as the graph allows."""

    def __init__(self, graph: Graph, shown: AbstractSet[int]) -> None:
        self.graph, self.shown = graph, shown
        self.homes: dict[int, Place] = {}
        self.told: set[int] = set()

    def outline(self) -> list[Place]:
        """The places to start from: theses, then whatever they do not lead to."""
        theses = [claim for claim in self.graph.theses if claim in self.shown]
        starts = self.spread(theses)
        for claim in outermost(self.graph, self.shown - self.homes.keys()):
            if claim not in self.homes:
                starts += self.spread([claim])
        for number, place in enumerate(in_order(starts)):
            place.number = number
            place.home = self.homes[place.claim]
        for place in self.homes.values():
            place.more = sum(link.key not in self.told for link in self.graph.bearing_on(place.claim))
        return starts

    def spread(self, claims: Sequence[int]) -> list[Place]:
        starts = [Place(claim) for claim in claims]
        self.homes |= {place.claim: place for place in starts}
        level = starts
        for _depth in range(DEEPEST + 1):
            offers: list[Place] = []
            for place in level:
                place.below = self.places(self.graph.to_claim.get(place.claim, ()), offers)
            level = self.settle(offers)
        return starts

    def places(self, links: Iterable[Link], offers: list[Place]) -> list[Place]:
        """A place for each link from a claim that is shown, and for what undercuts it; all of them are offers too."""
        found = [Place(link.source, link) for link in links if link.source in self.shown]
        for place in found:
            if place.link is not None:
                self.told.add(place.link.key)
                offers.append(place)
                place.undercuts = self.places(self.graph.undercuts.get(place.link.key, ()), offers)
        return found

    def settle(self, offers: Iterable[Place]) -> list[Place]:
        """Of several places for a claim that has no home yet, the one where it supports; then the first."""
        found: dict[int, Place] = {}
        for place in sorted(offers, key=lambda place: KINDS.index(place.link.kind) if place.link else 0):
            if place.claim not in self.homes:
                found.setdefault(place.claim, place)
        self.homes |= found
        return list(found.values())


def in_order(places: Iterable[Place]) -> Iterator[Place]:
    """Every place, as the outline is read."""
    for place in places:
        yield place
        yield from in_order(place.undercuts)
        yield from in_order(place.below)
