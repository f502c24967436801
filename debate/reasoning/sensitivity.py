"""What would change if one counterpoint fell: the strengths without it, less the strengths with it."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from debate.reasoning.forces import arrow_of, strengths_of
from debate.reasoning.graph import Link, grouped, leads_to, reaching, reversed_arrows, spread
from debate.reasoning.start import START

FAR = 1_000_000
MOST, LEAST = 100, 12
WORK = 100_000
"""Relations times counterpoints tried: about a second's work where all hangs together."""


class Fall(NamedTuple):
    """What each goal gains (below zero: loses) if the counterpoint of this key falls."""

    key: int
    gains: dict[int, float]

    @property
    def most(self) -> float:
        return max(map(abs, self.gains.values()), default=0.0)


class Web:
    """Relations with the strengths that they give, every claim beginning at one half."""

    def __init__(self, links: Iterable[Link], strengths: Mapping[int, float]) -> None:
        self.links = {link.key: link for link in links}
        self.strengths = strengths
        pulls = ((link.source, end) for link in self.links.values() if (end := self.end_of(link)) is not None)
        self.targets = grouped(pulls)
        self.claims = {
            claim for link in self.links.values() for claim in (link.source, link.claim) if claim is not None
        }
        self.into: dict[int, list[Link]] = {}
        for link in self.links.values():
            if (end := self.end_of(link)) is not None:
                self.into.setdefault(end, []).append(link)

    def end_of(self, link: Link) -> int | None:
        """The claim whose strength a relation works on; None where it works on none."""
        end: Link | None = link
        for _step in self.links:
            if end is None or end.claim is not None:
                break
            end = self.links.get(end.relation) if end.relation is not None else None
        return end.claim if end is not None and arrow_of(end) else None

    def changing(self, key: int, among: AbstractSet[int] | None = None) -> set[int]:
        """The claims whose strength may change if a relation falls: where it works, and on from there, if `among`."""
        end = self.end_of(self.links[key])
        if end is None or (among is not None and end not in among):
            return set()
        return spread(self.targets, [end], set() if among is None else self.claims - among)

    def without(self, key: int, among: AbstractSet[int] | None = None) -> dict[int, float]:
        """The strengths of the claims that may change if a relation falls, without it.

        Nothing else is computed: what lies before them enters with the strength that it has. To leave out what leads
        to none of the claims that matter, tell `among` which lead there.
        """
        changing = self.changing(key, among)
        links = [link for claim in changing for link in self.into.get(claim, ()) if link.key != key]
        base = {link.source: self.strengths.get(link.source, START) for link in links}
        base.update(dict.fromkeys(changing, START))
        found = strengths_of(base, links)
        return {claim: found[claim] for claim in changing}


def distances(links: Iterable[Link], goals: Iterable[int]) -> dict[int, int]:
    """How many steps each claim is away from the nearest goal that it leads to."""
    inward = grouped(reversed_arrows(leads_to(links)))
    found = dict.fromkeys(goals, 0)
    edge = deque(found)
    while edge:
        claim = edge.popleft()
        for source in inward.get(claim, ()):
            if source not in found:
                found[source] = found[claim] + 1
                edge.append(source)
    return found


def nearest(web: Web, goals: Iterable[int]) -> list[Link]:
    """The counterpoints that work on what leads to a goal: those nearest to one first, of these the strongest.

    Those that the goals themselves make are left out: that theses deny each other is what the question is.
    """
    away = distances(web.links.values(), goals)

    def rank(link: Link) -> tuple[int, float, int]:
        return away.get(web.end_of(link) or 0, FAR), -web.strengths.get(link.source, START), link.key

    points = [link for link in web.links.values() if link.kind in {"rebuts", "undercuts"}]
    return sorted((link for link in points if web.end_of(link) in away and away.get(link.source)), key=rank)


def affordable(relations: int) -> int:
    """How many counterpoints can be tried while a reader waits: each may change what all relations work on."""
    return max(LEAST, min(MOST, WORK // max(1, relations)))


def falls(web: Web, points: Iterable[Link], goals: Sequence[int]) -> Iterator[Fall]:
    """What the goals would gain if each of these counterpoints fell by itself."""
    among = reaching(((a, b) for a, ends in web.targets.items() for b in ends), goals)
    for point in points:
        after = web.without(point.key, among)
        gains = {goal: after.get(goal, web.strengths[goal]) - web.strengths[goal] for goal in goals}
        yield Fall(point.key, gains)
