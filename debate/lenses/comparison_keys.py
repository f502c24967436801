"""What a comparison of two authors will show, by keys, before anything of it is fetched."""

from collections.abc import Iterable

from debate.lenses.clashes import foremost_answers, way_to
from debate.lenses.positions import Positions, Writer
from debate.reasoning.answering import Stand
from debate.reasoning.graph import Link
from debate.reasoning.parting import CONTRADICTING, Parting, collisions, first_and_next, opposed, partings

MOST_COMMON, MOST_CLASHES, MOST_FOLDED, MOST_CONCEDED, MOST_LEFT = 20, 4, 16, 12, 5
RESERVED = frozenset({"qualifies", "reports"})
LEFT_OPEN = (Stand.OPEN, Stand.UNDATED)


class ComparisonKeys:
    def __init__(self, positions: Positions, one: Writer, other: Writer) -> None:
        self.positions, self.one, self.other = positions, one, other
        first, beneath = first_and_next(partings(positions.walk, one.voice, other.voice, positions.weight))
        self.first, self.beneath = first, beneath
        above = {place.link.key for place in self.places if place.link}
        parted = {place.claim for place in first if place.claim is not None}
        both = one.taken.keys() & other.taken.keys()
        self.shared = self.heavy((one.voice.accepts & other.voice.accepts) | (one.voice.denies & other.voice.denies))
        self.reserved = self.heavy(
            claim for claim in both if RESERVED & {one.taken[claim].kind, other.taken[claim].kind}
        )
        self.opposed = self.heavy(opposed(one.voice, other.voice))
        self.denied = [claim for claim in self.opposed if claim not in {place.claim for place in self.places}]
        self.clashes = [self.clashing(*pair) for pair in self.pairs]
        self.unseen = [
            [link for link in links if link.key not in above and not {link.source, link.claim} <= parted]
            for links in self.clashes
        ]
        self.conceded = [self.conceded_by(*pair) for pair in self.pairs]
        self.left = [self.left_by(*pair) for pair in self.pairs]

    @property
    def pairs(self) -> tuple[tuple[Writer, Writer], tuple[Writer, Writer]]:
        return (self.one, self.other), (self.other, self.one)

    @property
    def places(self) -> list[Parting]:
        return [*self.first, *([self.beneath] if self.beneath else [])]

    def heavy(self, claims: Iterable[int]) -> list[int]:
        """The most central first."""
        return sorted(claims, key=lambda claim: (-self.positions.weight.get(claim, 0), claim))

    def clashing(self, one: Writer, other: Writer) -> list[Link]:
        """Contradictions first; then what one of the two drew; then the nearest to a thesis; then the heaviest."""
        walk, weight, drew = self.positions.walk, self.positions.weight, one.drew | other.drew

        def rank(link: Link) -> tuple[bool, bool, float, int, int]:
            depth = walk.struck_at(link)
            lighter = min(weight.get(link.source, 0), weight.get(self.positions.struck_by(link) or 0, 0))
            far = float("inf") if depth is None else depth
            return link.kind not in CONTRADICTING, link.key not in drew, far, -lighter, link.key

        return sorted(collisions(walk, one.voice, other.voice), key=rank)

    def conceded_by(self, one: Writer, other: Writer) -> list[int]:
        sides = {side.pk for side in other.sides} - {side.pk for side in one.sides}
        conceded = one.with_stance(["concedes"])
        return self.heavy(
            claim
            for claim in conceded
            if other.kind_on(claim) == "asserts" or self.positions.side_of.get(claim) in sides
        )

    def left_by(self, writer: Writer, other: Writer) -> dict[Stand, list[Link]]:
        """Counterpoints to what a writer asserts by how they stand; the other's first, then the heaviest."""
        found: dict[Stand, list[Link]] = {stand: [] for stand in Stand}
        for link in self.positions.against(writer):
            found[self.positions.stand_towards(writer, link)].append(link)
        weight = self.positions.weight
        for links in found.values():
            links.sort(key=lambda link: (link.source not in other.voice.accepts, -weight.get(link.source, 0), link.key))
        return found

    def shown_links(self) -> list[tuple[Link, Writer]]:
        """Every counterpoint that will be shown, with the writer whom it strikes."""
        found = [(place.link, writer) for place in self.places if place.link for writer in (self.one, self.other)]
        for (_one, other), links in zip(self.pairs, self.unseen, strict=True):
            found += [(link, other) for link in links[: MOST_CLASHES + MOST_FOLDED]]
        for (writer, _other), left in zip(self.pairs, self.left, strict=True):
            found += [(link, writer) for link in still_open(left)[:MOST_LEFT]]
        return found

    def relations(self) -> set[int]:
        keys = {link.key for place in self.places for link in way_to(self.positions, place)}
        for link, writer in self.shown_links():
            keys.add(link.key)
            answers = foremost_answers(self.positions, link, writer)
            keys.update(answer.key for answer in answers if isinstance(answer, Link))
        return keys

    def stances(self) -> set[int]:
        claims = {*self.shared[:MOST_COMMON], *self.reserved[:MOST_COMMON], *self.opposed}
        claims.update(claim for told in self.conceded for claim in told[:MOST_CONCEDED])
        for link, _writer in self.shown_links():
            claims.update({link.source, self.positions.struck_by(link) or 0})
        writers = (self.one, self.other)
        return {writer.taken[claim].stance for claim in claims for writer in writers if claim in writer.taken}


def still_open(left: dict[Stand, list[Link]]) -> list[Link]:
    return [link for stand in LEFT_OPEN for link in left[stand]]
