"""The matrix of authors and claims: which of them a page shows, in which order, and what each cell says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import and_
from typing import Protocol

from django.utils.text import Truncator

from debate.keyset import Place
from debate.lenses.board import Board, Voice, Voices
from debate.lenses.claim_index import NO_SIDE
from debate.lenses.claim_list import counted
from debate.lenses.matrix_layout import Layout
from debate.models import Claim, Essay, Motion, Passage, Side, StanceKind

LONGEST_GIST = 200
MOST_ABREAST = 6


class Asked(Protocol):
    """What the reader asks for: debate.forms.matrix.MatrixAsked."""

    @property
    def voices(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def authors(self) -> tuple[str, ...]: ...
    @property
    def tags(self) -> tuple[str, ...]: ...
    def address(self, **changes: object) -> str: ...


@dataclass(frozen=True, slots=True)
class Said:
    """What one essay does with a claim, and the first place that shows it."""

    kind: str
    essay: Essay
    passage: Passage | None

    @property
    def word(self) -> str:
        return str(StanceKind(self.kind).label)

    @property
    def gist(self) -> str:
        return Truncator(self.passage.gist).chars(LONGEST_GIST) if self.passage else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one author says of a claim, in the order written; nothing where they are silent."""

    author: Voices
    said: Sequence[Said]

    @property
    def is_several(self) -> bool:
        return len(self.said) > 1


@dataclass(frozen=True, slots=True)
class Row:
    claim: Claim
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of claims that favour one side, or none; `count`: how many there are on all pages, in words."""

    side: Side | None
    count: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Matrix:
    """One page of a matrix; `last`: the sort values of its last row where there are more."""

    motion: Motion
    board: Board
    columns: Sequence[Voices]
    groups: Sequence[Group]
    count: str
    last: Sequence[float] | None

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > MOST_ABREAST

    @property
    def width(self) -> int:
        return len(self.columns) + 1

    @property
    def all_authors(self) -> int:
        return len(self.board.authors)

    @property
    def hidden_authors(self) -> int:
        return self.all_authors - len(self.columns)


class Within:
    """The claims that the filters let through, as bits, for all filters and for all but one."""

    def __init__(self, layout: Layout, asked: Asked) -> None:
        index = layout.index
        self.layout, self.asked = layout, asked
        self.masks = {"voices": layout.masks[asked.voices]}
        if asked.side:
            self.masks["side"] = index.mask("side", asked.side)
        for tag in asked.tags:
            self.masks[f"tag {tag}"] = index.mask("tag", tag)

    def without(self, name: str) -> int:
        return reduce(and_, (mask for other, mask in self.masks.items() if other != name), self.layout.index.all)

    @property
    def mask(self) -> int:
        return self.without("")


def matrix_of(board: Board, within: Within, place: Place) -> Matrix:
    """One page of the matrix, from a place on. Two queries."""
    layout = within.layout
    places, last = layout.page(within.mask, place.values)
    return Matrix(
        motion=board.index.motion,
        board=board,
        columns=layout.columns,
        groups=list(groups_of(board, within, places)),
        count=counted(within.mask.bit_count()),
        last=last,
    )


def groups_of(board: Board, within: Within, places: Sequence[int]) -> Iterable[Group]:
    layout, index = within.layout, board.index
    rows = rows_of(board, layout.columns, places)
    sides = {side.slug: side for side in index.motion.sides.all()}
    for rank, members in groupby(places, lambda place: layout.rank[place]):
        slug = index.options["side"][rank].slug
        count = (within.mask & index.masks["side", slug]).bit_count()
        found = [rows[place] for place in members if place in rows]
        yield Group(None if slug == NO_SIDE else sides[slug], counted(count), found)


def rows_of(board: Board, columns: Sequence[Voices], places: Sequence[int]) -> dict[int, Row]:
    keys = {board.index.keys[place]: place for place in places}
    heard = [voice for place in places for column in columns for voice in column.by_place.get(place, ())]
    shown = first_places(heard)

    def cell(author: Voices, place: int) -> Cell:
        told = author.by_place.get(place, ())
        return Cell(author, [Said(v.kind, board.essays[v.essay], shown.get(v.stance)) for v in told])

    claims = Claim.objects.keyed(keys).defer("note", "note_html")
    return {keys[claim.pk]: Row(claim, [cell(author, keys[claim.pk]) for author in columns]) for claim in claims}


def first_places(voices: Iterable[Voice]) -> dict[int, Passage]:
    """By stance, the first passage that shows it as the essay, all considered, takes it; else the first. One query."""
    kinds = {voice.stance: voice.kind for voice in voices}
    found: dict[int, Passage] = {}
    for passage in Passage.objects.showing(kinds):
        kept = found.setdefault(passage.stance_id, passage)
        if kept.kind != kinds[kept.stance_id] == passage.kind:
            found[passage.stance_id] = passage
    return found
