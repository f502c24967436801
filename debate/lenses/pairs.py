"""Which authors of a motion are worth comparing: every pair with what lies between them, the most collisions first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from debate.lenses.kept import Kept
from debate.lenses.positions import Positions, Writer, positions_of
from debate.models import Motion
from debate.reasoning.graph import Link
from debate.reasoning.parting import collides

MOST_PAIRS = 30
CHOICES: "Kept[Choice]" = Kept(most=100)


@dataclass(frozen=True, slots=True)
class Pair:
    """How many counterpoints stand between two authors, and how many claims both accept."""

    one: Writer
    other: Writer
    collisions: int
    shared: int


@dataclass(frozen=True)
class Choice:
    """The authors by name, and the pairs worth comparing with how many more there are."""

    writers: Sequence[Writer]
    pairs: Sequence[Pair]
    more: int


def choice_of(edition: str, motion: Motion) -> Choice:
    """Three queries once an edition, shared with every comparison."""
    return CHOICES.get(edition, motion.pk, lambda: made_for(positions_of(edition, motion)))


def made_for(positions: Positions) -> Choice:
    names = {writer.key: rank for rank, writer in enumerate(positions.by_name)}
    clashing, sharing = counted(positions)
    found = []
    for keys in {*clashing, *sharing}:
        one, other = sorted((positions.writers[key] for key in keys), key=lambda writer: names[writer.key])
        found.append(Pair(one, other, clashing[keys], sharing[keys]))
    found.sort(key=lambda pair: (-pair.collisions, -pair.shared, names[pair.one.key], names[pair.other.key]))
    return Choice(positions.by_name, found[:MOST_PAIRS], max(0, len(found) - MOST_PAIRS))


def counted(positions: Positions) -> tuple[Counter[frozenset[int]], Counter[frozenset[int]]]:
    """For each two authors by keys, their collisions and the claims that both accept."""
    accepting: dict[int, list[Writer]] = {}
    for writer in positions.writers.values():
        for claim in writer.voice.accepts:
            accepting.setdefault(claim, []).append(writer)
    sharing = Counter(
        frozenset((one.key, other.key)) for writers in accepting.values() for one, other in combinations(writers, 2)
    )
    links = positions.walk.links
    clashing = Counter(
        frozenset((one.key, other.key))
        for link in links.values()
        for one in accepting.get(link.source, ())
        for other in struck(positions, link, accepting)
        if collides(link, links, one.voice, other.voice)
    )
    return clashing, sharing


def struck(positions: Positions, link: Link, accepting: dict[int, list[Writer]]) -> Iterable[Writer]:
    """Whom a counterpoint may strike: those who accept the claim it is aimed at, or drew the relation."""
    if link.kind == "supports":
        return []
    drawn = [writer for essay in positions.drawn.get(link.relation or 0, ()) for writer in positions.written_by[essay]]
    return dict.fromkeys([*accepting.get(positions.struck_by(link) or 0, ()), *drawn])
