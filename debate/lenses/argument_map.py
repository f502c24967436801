"""A part of a motion's argument as an outline: from the theses outward, what supports and what counters each claim."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape

from debate.lenses.claim_index import ClaimIndex
from debate.lenses.kept import Kept
from debate.models import Claim, Motion, Relation, Side
from debate.reasoning.graph import Link
from debate.reasoning.outline import Graph, Outliner, Place, around, leading_to_theses, most_central

GRAPHS: Kept[Graph] = Kept(most=40)
MOST_SHOWN = 300
MOST_BYTES = 278_000  # of what all readers see alike; a reader's own votes and strengths by votes come on top
MOST_VOICES = 8
ALL_OPEN = 40
# What the templates write besides words, in bytes: of a claim in full, of the fold of what
# bears on it, of the link to what more does, of a reference, of a voice; measured on pages of 30 to 300 claims.
FULL, BEARING, FURTHER, REFERENCE, VOICE = 435, 110, 150, 188, 55


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the map: '' and None for what does not narrow it; `steps` counts from the claim."""

    author: str = ""
    tag: str = ""
    claim: Claim | None = None
    steps: int = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the outline with its claim; `above`: where it is not told in full here, whether it was before."""

    place: Place
    claim: Claim
    undercuts: Sequence["Entry"]
    below: Sequence["Entry"]
    open: bool
    between: bool
    focus: bool

    @property
    def kind(self) -> str:
        return self.place.link.kind if self.place.link else "thesis"

    @property
    def word(self) -> str:
        """What it does, as a relation says it: "supports"."""
        return str(Relation.Kind(self.kind).label) if self.place.link else ""

    @property
    def full(self) -> bool:
        return self.place.full

    @property
    def above(self) -> bool:
        return self.place.home is not None and self.place.home.number < self.place.number

    @property
    def supports(self) -> int:
        return sum(entry.kind == "supports" for entry in self.below)

    @property
    def counters(self) -> int:
        return len(self.below) - self.supports

    @property
    def bearing(self) -> int:
        """How many claims bear on it in the whole motion, undercuts of what it bears on among them."""
        return len(self.below) + self.place.more


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """`theses` with the side of each; `edge`: claims that the theses do not lead to here; `loose`: nor anywhere.

    `claims` counts what the part holds, `keys` are those that are shown; `relations` counts what is told of them.
    """

    motion: Motion
    theses: Sequence[tuple[Side, Entry]]
    edge: Sequence[Entry]
    loose: Sequence[Entry]
    claims: int
    relations: int
    keys: Sequence[int]
    between: int

    @property
    def capped(self) -> bool:
        return len(self.keys) < self.claims


def argument_map(edition: str, index: ClaimIndex, part: Part) -> ArgumentMap:
    """One query, and one once an edition. Raises Http404 where an author or tag names nothing in the motion."""
    graph = graph_of(edition, index)
    chosen, within, order = part_of(graph, index, part)
    rows = Claim.objects.keyed(order).for_list_page().in_bulk()
    shown = fitting(graph, [key for key in order if key in rows], rows)
    outliner = Outliner(graph, set(shown))
    starts = outliner.outline()
    teller = Teller(rows, shown, chosen, part.claim)
    return teller.tell(index.motion, starts, len(within), len(outliner.told))


def graph_of(edition: str, index: ClaimIndex) -> Graph:
    """The motion's visible claims and relations, without a word of theirs. One query once an edition."""

    def make() -> Graph:
        central = dict(zip(index.keys, index.central, strict=True))
        rows = Relation.objects.visible().of_motion(index.motion)
        links = rows.values_list("pk", "source", "kind", "target_claim", "target_relation")
        theses = [side.thesis_id for side in index.motion.sides.all() if side.thesis_id]
        return Graph(central, (Link(*row) for row in links), theses)

    return GRAPHS.get(edition, index.motion.pk, make)


def part_of(graph: Graph, index: ClaimIndex, part: Part) -> tuple[set[int], set[int], list[int]]:
    """The claims asked for, these with what ties them together, and those to show, the first to take in first."""
    if part.claim is not None:
        near = around(graph, part.claim.pk, part.steps)
        order = sorted(near, key=lambda claim: (near[claim], -graph.central.get(claim, 0), claim))
        return set(near), set(near), order[:MOST_SHOWN]
    mask = index.all
    for name, slug in (("author", part.author), ("tag", part.tag)):
        mask = mask & index.mask(name, slug) if slug else mask
    chosen = {key for key, bit in zip(index.keys, reversed(f"{mask:b}"), strict=False) if bit == "1"}
    within = chosen if mask == index.all else leading_to_theses(graph, chosen)
    return chosen, within, most_central(graph, within, MOST_SHOWN)


def fitting(graph: Graph, order: Sequence[int], rows: Mapping[int, Claim]) -> list[int]:
    """As many of the claims, from the first on, as a page has room for."""
    found: dict[int, int] = {}
    room, here = MOST_BYTES, set(order)
    for key in order:
        claim, bearing = rows[key], {link.source for link in graph.bearing_on(key)}
        room -= FULL + size_of(claim) + 2 * len(claim.slug)
        room -= (BEARING if bearing & here else 0) + (FURTHER + len(claim.slug) if bearing - here else 0)
        room -= sum(reference(rows[link.source]) for link in graph.to_claim.get(key, ()) if link.source in found)
        told = sum(not found.keys().isdisjoint(graph.ends(link)) for link in graph.from_claim.get(key, ()))
        room -= max(0, told - 1) * reference(claim)
        if room < 0:
            break
        found[key] = key
    return list(found)


def size_of(claim: Claim) -> int:
    """The bytes of a claim's words and of who says what of it."""
    voices = claim.standing.voices[:MOST_VOICES] if hasattr(claim, "standing") else ()
    return written(claim.text) + sum(VOICE + written(who) for who, _kind in voices)


def reference(claim: Claim) -> int:
    return REFERENCE + written(claim.text) + len(claim.slug)


def written(text: str) -> int:
    return len(escape(text).encode())


class Teller:
    """Gives the places of an outline their claims."""

    def __init__(self, rows: Mapping[int, Claim], shown: Sequence[int], chosen: set[int], focus: Claim | None) -> None:
        self.rows, self.shown, self.between = rows, shown, set(shown) - chosen
        self.focus = focus.pk if focus else None

    def tell(self, motion: Motion, starts: Iterable[Place], claims: int, relations: int) -> ArgumentMap:
        sides = {side.thesis_id: side for side in motion.sides.all()}
        entries = [self.entry(place, 0) for place in starts]
        others = [entry for entry in entries if entry.claim.pk not in sides]
        return ArgumentMap(
            motion=motion,
            theses=[(sides[entry.claim.pk], entry) for entry in entries if entry.claim.pk in sides],
            edge=[entry for entry in others if not self.is_loose(entry.claim)],
            loose=[entry for entry in others if self.is_loose(entry.claim)],
            claims=claims,
            relations=relations,
            keys=self.shown,
            between=len(self.between),
        )

    def entry(self, place: Place, depth: int) -> Entry:
        return Entry(
            place=place,
            claim=self.rows[place.claim],
            undercuts=[self.entry(under, depth + 1) for under in place.undercuts],
            below=[self.entry(below, depth + 1) for below in place.below],
            open=len(self.shown) <= ALL_OPEN or (depth == 0 and len(place.below) <= ALL_OPEN),
            between=place.claim in self.between,
            focus=place.claim == self.focus,
        )

    @staticmethod
    def is_loose(claim: Claim) -> bool:
        return bool(getattr(claim.standing, "loose", True)) if hasattr(claim, "standing") else True
