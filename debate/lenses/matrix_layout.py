"""How a matrix is laid out: which author stands in which column, and which claim in which row."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date

from debate.lenses.board import Board, Voices
from debate.lenses.claim_index import ClaimIndex, Order, bits_of
from debate.lenses.kept import Kept
from debate.models.claims import SHUFFLE, shuffle_factor
from debate.reasoning.arrangement import MOST, disagreement, seriated

LAYOUTS: "Kept[Layout]" = Kept(most=20)
ROWS, CELLS, VOICES = 150, 1_000, 240  # what a page carries at most, by its weight


class Layout:
    """Authors in their columns, and every claim of the motion in its row.

    Sides in their order, then the claims of neither; within one, the further the authors of the columns part the
    higher, then by how much hangs on a claim; equals in the day's shuffle.
    """

    def __init__(self, board: Board, authors: Sequence[Voices], day: date) -> None:
        index, count = board.index, len(board.index.keys)
        self.columns = in_columns(authors)
        self.index, self.factor = index, shuffle_factor(day)
        self.rank = ranks_of(index)
        self.parted, self.strained, self.speaking = (array("l", [0]) * count for _measure in range(3))
        for place, voices in spoken_to(authors).items():
            self.parted[place], self.strained[place], self.speaking[place] = disagreement(voices)
        self.masks = self.masks_of(count)
        self.order = Order(array("l", sorted(range(count), key=self.key_of)), self.key_of)

    def masks_of(self, count: int) -> dict[str, int]:
        """The claims by who of the columns speaks to them, as bits: '' somebody, and none, two or more, opposed."""
        spoken = bits_of((place for place, many in enumerate(self.speaking) if many), count)
        shared = bits_of((place for place, many in enumerate(self.speaking) if many > 1), count)
        parted = bits_of((place for place, many in enumerate(self.parted) if many), count)
        return {"": spoken, "shared": shared, "parted": parted, "silent": self.index.all & ~spoken}

    def key_of(self, place: int) -> tuple[float, ...]:
        key = self.index.keys[place]
        measures = (self.parted[place], self.strained[place], self.speaking[place], self.index.central[place])
        return (self.rank[place], *(-measure for measure in measures), key * self.factor % SHUFFLE, key)

    def page(self, mask: int, after: Sequence[float]) -> tuple[list[int], tuple[float, ...] | None]:
        """The next places within the mask, as many as a page carries, and the last one's sort key if there are more."""
        places, last = self.order.page(mask, after, min(ROWS, CELLS // (len(self.columns) + 1)))
        carried = 0
        for number, place in enumerate(places):
            carried += sum(len(column.by_place.get(place, ())) for column in self.columns)
            if carried > VOICES and number:
                return places[:number], self.key_of(places[number - 1])
        return places, last


def in_columns(authors: Iterable[Voices]) -> list[Voices]:
    """By likeness; the end that comes first is the one whose side does, then by name."""
    named = {author.author.slug: author for author in sorted(authors, key=first_side)}
    return [named[slug] for slug in seriated({slug: author.stands for slug, author in named.items()})]


def first_side(author: Voices) -> tuple[int, str, str]:
    side = author.side
    return (side.position if side else 99, author.author.name, author.author.slug)


def spoken_to(authors: Iterable[Voices]) -> dict[int, list[list[str]]]:
    """The stances of each of these authors on each claim that one of them speaks to."""
    found: dict[int, list[list[str]]] = {}
    for author in authors:
        for place in author.by_place:
            found.setdefault(place, []).append(author.kinds_on(place))
    return found


def ranks_of(index: ClaimIndex) -> "array[int]":
    """For each claim the number of its side's group, those of neither side last."""
    ranks = array("l", [0]) * len(index.keys)
    for rank, option in enumerate(index.options.get("side", ())):
        for place, bit in enumerate(reversed(f"{index.masks['side', option.slug]:b}")):
            if bit == "1":
                ranks[place] = rank
    return ranks


def layout_of(edition: str, board: Board, picked: Sequence[str], day: date) -> Layout:
    """Columns for the authors picked, else for those who speak to most claims. Raises Http404 on an unknown author."""
    authors = board.named(picked) or most_spoken(board)
    key = (board.index.motion.pk, frozenset(author.author.pk for author in authors), day)
    return LAYOUTS.get(edition, key, lambda: Layout(board, authors, day))


def most_spoken(board: Board) -> list[Voices]:
    return sorted(board.authors.values(), key=lambda author: -author.mask.bit_count())[:MOST]
