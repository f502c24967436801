"""Two authors side by side: what they share, where they part and collide, what each concedes and leaves unanswered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from debate.lenses.clashes import Clash, Place, Said, Shelf
from debate.lenses.common_readings import CommonReadings, readings_of
from debate.lenses.comparison_keys import (
    MOST_CLASHES,
    MOST_COMMON,
    MOST_CONCEDED,
    MOST_FOLDED,
    MOST_LEFT,
    ComparisonKeys,
    still_open,
)
from debate.lenses.positions import Positions, Writer
from debate.models import Claim, Essay, Motion, Side


@dataclass(frozen=True)
class Common:
    """A claim to which both speak, and what each says."""

    claim: Claim
    said: Sequence[Said]


@dataclass(frozen=True)
class Listed:
    """The first of what there is, and how many more there are."""

    rows: Sequence[Common]
    more: int

    @property
    def total(self) -> int:
        return len(self.rows) + self.more


@dataclass(frozen=True)
class Against:
    """The counterpoints of one writer against the other, besides those that stand further up (`above` of `total`)."""

    one: Writer
    other: Writer
    total: int
    above: int
    rows: Sequence[Clash]
    folded: Sequence[Clash]
    more: int


@dataclass(frozen=True)
class Concessions:
    """What one writer concedes that the other asserts, or that favours the other's side."""

    one: Writer
    other: Writer
    rows: Sequence[Common]
    more: int


@dataclass(frozen=True)
class Left:
    """How counterpoints stand towards a writer: how many of each Stand, and the first of those they could have met."""

    writer: Writer
    counts: dict[str, int]
    rows: Sequence[Clash]
    more: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Comparison:
    """What the corpus says of two authors. `partings`: the first place where they part; `beneath`: the next one.

    `denied`: claims that the one accepts and the other denies, but for those where they part.
    `sides`: those that essays take or claims shown here favour, by key.
    """

    motion: Motion
    one: Writer
    other: Writer
    shared: Listed
    reserved: Listed
    partings: Sequence[Place]
    beneath: Place | None
    denied: Listed
    against: Sequence[Against]
    concessions: Sequence[Concessions]
    left: Sequence[Left]
    readings: CommonReadings
    sides: dict[int, Side]

    @property
    def crux(self) -> list[Claim]:
        """The claims about which they first part; beneath the theses too, where they part at these."""
        places = [*self.partings]
        if self.beneath is not None and self.at_theses:
            places.append(self.beneath)
        return list(dict.fromkeys(claim for place in places for claim in place.claims))

    @property
    def at_theses(self) -> bool:
        return any(place.at_thesis for place in self.partings)

    @property
    def collisions(self) -> int:
        return sum(against.total for against in self.against)

    @property
    def conceded(self) -> int:
        return sum(len(told.rows) + told.more for told in self.concessions)


def compare(positions: Positions, one: Writer, other: Writer) -> Comparison:
    """Three queries."""
    keys = ComparisonKeys(positions, one, other)
    shelf = Shelf(positions, keys.relations(), keys.stances())
    return Comparison(
        motion=positions.motion,
        one=one,
        other=other,
        shared=listed(shelf, keys.shared, keys),
        reserved=listed(shelf, keys.reserved, keys),
        partings=[shelf.place(place, one, other) for place in keys.first],
        beneath=shelf.place(keys.beneath, one, other) if keys.beneath else None,
        denied=listed(shelf, keys.denied, keys),
        against=[against(shelf, keys, number) for number in (0, 1)],
        concessions=[concessions(shelf, keys, number) for number in (0, 1)],
        left=[left(shelf, keys, number) for number in (0, 1)],
        readings=readings_of(one, other),
        sides=sides_among(positions.essays.values(), shelf.claims.values()),
    )


def sides_among(*things: Iterable[Essay | Claim]) -> dict[int, Side]:
    return {thing.side.pk: thing.side for rows in things for thing in rows if thing.side}


def common(shelf: Shelf, claims: Iterable[int], writers: Sequence[Writer]) -> list[Common]:
    return [
        Common(shelf.claims[claim], [said for writer in writers if (said := shelf.said(writer, claim))])
        for claim in claims
    ]


def listed(shelf: Shelf, claims: Sequence[int], keys: ComparisonKeys) -> Listed:
    rows = common(shelf, claims[:MOST_COMMON], (keys.one, keys.other))
    return Listed(rows, len(claims) - len(rows))


def against(shelf: Shelf, keys: ComparisonKeys, number: int) -> Against:
    one, other = keys.pairs[number]
    total, unseen = len(keys.clashes[number]), keys.unseen[number]
    clashes = [shelf.clash(link, one, other) for link in unseen[: MOST_CLASHES + MOST_FOLDED]]
    return Against(
        one,
        other,
        total=total,
        above=total - len(unseen),
        rows=clashes[:MOST_CLASHES],
        folded=clashes[MOST_CLASHES:],
        more=len(unseen) - len(clashes),
    )


def concessions(shelf: Shelf, keys: ComparisonKeys, number: int) -> Concessions:
    one, other = keys.pairs[number]
    claims = keys.conceded[number]
    return Concessions(
        one, other, common(shelf, claims[:MOST_CONCEDED], (one, other)), max(0, len(claims) - MOST_CONCEDED)
    )


def left(shelf: Shelf, keys: ComparisonKeys, number: int) -> Left:
    writer, other = keys.pairs[number]
    by_stand = keys.left[number]
    links = still_open(by_stand)
    rows = [shelf.clash(link, other, writer) for link in links[:MOST_LEFT]]
    return Left(writer, {stand.value: len(told) for stand, told in by_stand.items()}, rows, len(links) - len(rows))
