"""An essay as it is taken apart: its paragraphs, and a card for each claim it speaks to. About seven queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch, prefetch_related_objects

from debate.models import Claim, Essay, Passage, Relation, Side, SourceParagraph, Stance, Status


@dataclass(frozen=True)
class Mark:
    """A passage, the paragraph of the source that it stands at (None where there is none), and its version."""

    passage: Passage
    at: int | None
    version: str


@dataclass
class Card:
    """A claim with the essay's stance, the places that show it, and what it bears on and is borne upon by."""

    stance: Stance
    marks: list[Mark]
    outward: list[Relation] = field(default_factory=list)
    inward: list[Relation] = field(default_factory=list)

    @property
    def claim(self) -> Claim:
        return self.stance.claim

    @property
    def is_draft(self) -> bool:
        return self.claim.status == Claim.Status.DRAFT

    @property
    def first(self) -> tuple[int, int]:
        """Where the card stands among others: by the first place in the text; without one, last."""
        places = [mark.at for mark in self.marks if mark.at is not None]
        return (min(places, default=10_000), self.stance.pk)


@dataclass
class Paragraph:
    """A paragraph of the source with the marks that stand at it, each with its card."""

    row: SourceParagraph
    marks: list[tuple[Card, Mark]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return not self.marks and not self.row.set_aside


@dataclass(frozen=True)
class Bench:
    essay: Essay
    paragraphs: list[Paragraph]
    cards: list[Card]
    sides: list[Side]

    @property
    def is_open(self) -> bool:
        """Whether the essay is taken apart here: once it is published, what it says is corrected by revisions."""
        return self.essay.status != Status.PUBLISHED

    @cached_property
    def open_paragraphs(self) -> list[Paragraph]:
        return [paragraph for paragraph in self.paragraphs if paragraph.is_open]

    def paragraph(self, number: int | None) -> SourceParagraph | None:
        """The paragraph of this number; without one the first that is open, else the first."""
        if number is not None:
            return next((paragraph.row for paragraph in self.paragraphs if paragraph.row.number == number), None)
        first = [*self.open_paragraphs, *self.paragraphs][:1]
        return first[0].row if first else None

    def mark(self, key: int) -> tuple[Card, Mark] | None:
        return next(((card, mark) for card in self.cards for mark in card.marks if mark.passage.pk == key), None)

    def card(self, slug: str) -> Card | None:
        return next((card for card in self.cards if card.claim.slug == slug), None)


def bench_of(essay: Essay) -> Bench:
    prefetch_related_objects([essay.motion], Prefetch("sides", Side.objects.with_thesis()))
    rows = list(SourceParagraph.objects.of_essay(essay))
    places = {(row.heading, row.paragraph): row.number for row in rows}
    cards = sorted(cards_of(essay, places), key=lambda card: card.first)
    draw(essay, cards)
    paragraphs = [Paragraph(row) for row in rows]
    by_number = {paragraph.row.number: paragraph for paragraph in paragraphs}
    for card in cards:
        for mark in card.marks:
            if mark.at is not None:
                by_number[mark.at].marks.append((card, mark))
    return Bench(essay, paragraphs, cards, list(essay.motion.sides.all()))


def cards_of(essay: Essay, places: dict[tuple[str, int], int]) -> Iterable[Card]:
    """Two queries."""
    for stance in Stance.objects.of_essay(essay).for_workbench():
        stance.essay = essay
        marks = [mark_of(passage, stance, places) for passage in stance.passages.all()]
        yield Card(stance, marks)


def mark_of(passage: Passage, stance: Stance, places: dict[tuple[str, int], int]) -> Mark:
    passage.stance = stance
    return Mark(passage, places.get((passage.heading, passage.paragraph)), passage.mark_version)


def draw(essay: Essay, cards: list[Card]) -> None:
    """Give each card the relations that its claim is an end of. One query."""
    by_claim = {card.claim.pk: card for card in cards}
    for relation in Relation.objects.of_claims(by_claim).for_workbench(essay):
        if source := by_claim.get(relation.source_id):
            source.outward.append(relation)
        struck = relation.struck.pk
        if struck in by_claim and struck != relation.source_id:
            by_claim[struck].inward.append(relation)
