"""Who changed their mind, between before reading and after: hidden until a reader has said so too, or asks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.drawing.swing import Answer, draw_swing
from debate.lenses.ballot_panel import BallotPanel, Said
from debate.models import Ballot, Essay, Motion, MovingClaim, Side, SwingCount, User
from debate.reasoning.swing import Swing, foremost, swing

FEWEST_PAIRS = 10
MOST_CLAIMS = 12
KINDS = {"all": ("member", "guest"), "members": ("member",), "guests": ("guest",)}
"""By what the address says of readers: which kinds are counted."""
Key = int | None


@dataclass(frozen=True, slots=True)
class Row:
    """Those who gave one answer before (None: undecided), by what they say after; which of these is the same one."""

    side: Side | None
    readers: Sequence[tuple[int, bool]]
    all: int


@dataclass(frozen=True, slots=True)
class Gained:
    """An answer, how many gave it before and after, and the difference in points of a hundred of all pairs."""

    side: Side | None
    before: int
    after: int
    pairs: int

    @property
    def net(self) -> int:
        return self.after - self.before

    @property
    def signed(self) -> str:
        return signed(self.net)

    @property
    def points(self) -> str:
        return signed(round(100 * self.net / self.pairs))

    @property
    def began_with(self) -> float:
        return self.before / self.pairs


@dataclass(frozen=True, slots=True)
class Went:
    """So many went from one answer to another."""

    before: Side | None
    after: Side | None
    readers: int


@dataclass(frozen=True, slots=True)
class Swung:
    """Pairs enough to be told, as a whole."""

    sides: Sequence[Side | None]
    told: Swing[Key]

    @property
    def by_key(self) -> dict[Key, Side | None]:
        return {key_of(side): side for side in self.sides}

    @property
    def rows(self) -> list[Row]:
        return [
            Row(side, [(readers, place == column) for column, readers in enumerate(row)], sum(row))
            for place, (side, row) in enumerate(zip(self.sides, self.told.matrix, strict=True))
        ]

    @property
    def gains(self) -> list[Gained]:
        named = self.by_key
        return [Gained(named[gain.answer], gain.before, gain.after, self.told.pairs) for gain in self.told.gains]

    @property
    def moves(self) -> list[Went]:
        named = self.by_key
        return [Went(named[move.before], named[move.after], move.readers) for move in self.told.moves]

    @property
    def winner(self) -> Gained | None:
        """By Intelligence Squared's rule: the side, not undecided, that gained most; None where there is no such."""
        ahead = foremost([gain for gain in self.told.gains if gain.answer is not None])
        return next((gain for gain in self.gains if gain.side and gain.side.pk == ahead), None)

    @property
    def moved(self) -> int:
        return sum(move.readers for move in self.told.moves)

    @property
    def from_undecided(self) -> int:
        return sum(move.readers for move in self.told.moves if move.before is None)

    @property
    def point(self) -> float:
        """What one reader is worth, in points of a hundred."""
        return 100 / self.told.pairs

    @property
    def chart(self) -> SafeString:
        """Drawn from numbers and words that the drawing escapes."""
        answers = [
            Answer(side.short_label, side.colour, side.glyph) if side else Answer(_("Undecided"), "neither", "")
            for side in self.sides
        ]
        title = _("Ribbons from what readers said before reading to what they say after. The table has the numbers.")
        ends = _("Before reading"), _("After reading")
        return SafeString(draw_swing(answers, self.told.matrix, title=title, ends=ends))


class Counted(NamedTuple):
    """Pairs by what they went from and to, for each kind of reader."""

    member: Counter[tuple[Key, Key]]
    guest: Counter[tuple[Key, Key]]

    def of(self, readers: str) -> Counter[tuple[Key, Key]]:
        return sum((getattr(self, kind) for kind in KINDS[readers]), Counter())

    def tells_on(self, readers: str) -> bool:
        """Whether showing these would, by what is left of all, show few others."""
        rest = self.of("all").total() - self.of(readers).total()
        return 0 < rest < FEWEST_PAIRS


@dataclass(frozen=True, slots=True)
class Part:
    """A motion as a whole (`essay` None) or one essay: its pairs, and what they tell; None where that is withheld.

    `early`: there are too few of them; else `apart`: it would tell on the few who are not among these readers.
    """

    essay: Essay | None
    pairs: int
    swung: Swung | None

    @property
    def early(self) -> bool:
        return self.pairs < FEWEST_PAIRS

    @property
    def missing(self) -> int:
        return max(0, FEWEST_PAIRS - self.pairs)


@dataclass(frozen=True, slots=True)
class SwingPage:
    """`shown`: whether this reader sees it. `essays` and `claims` only for a motion as a whole."""

    motion: Motion
    essay: Essay | None
    readers: str
    mine: BallotPanel
    shown: bool
    sides: Sequence[Side] = ()
    part: Part | None = None
    essays: Sequence[Part] = ()
    claims: Sequence[MovingClaim] = ()

    def query_for(self, readers: str) -> str:
        """The query of this page's address for these readers, '' where there is nothing to say."""
        about = (
            {"essay": self.essay.slug} if self.essay else {} if self.motion.featured else {"motion": self.motion.slug}
        )
        told = about if readers == "all" else {**about, "readers": readers}
        return f"?{urlencode(told)}" if told else ""

    @property
    def query(self) -> str:
        return self.query_for(self.readers)

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(query, word, whether it is chosen) of whose ballots can be counted."""
        words = {"all": _("Everybody"), "members": _("Members"), "guests": _("Guests")}
        return [(self.query_for(name), word, name == self.readers) for name, word in words.items()]

    @property
    def columns(self) -> int:
        """How many an essay's row has beside its title."""
        return len(self.sides) + 2


def own_ballots(motion: Motion, essay: Essay | None, reader: User | None) -> tuple[BallotPanel, bool]:
    """What the reader said, and whether they have said where they stand after it, or after the whole. One query."""
    rows = list(Ballot.objects.by(reader).anywhere_on(motion)) if reader else []
    here = {row.phase: Said(row.side, row.late) for row in rows if row.essay_id == (essay and essay.pk)}
    earned = any(row.phase == Ballot.Phase.AFTER and row.essay_id in (None, essay and essay.pk) for row in rows)
    return BallotPanel(motion, essay, here.get("before"), here.get("after")), earned


def shown_page(page: SwingPage) -> SwingPage:
    """The page with what it shows. Three queries; for one essay one, since its motion's sides are prefetched."""
    sides = list(page.motion.sides.all())
    rows = list(SwingCount.objects.of_motion(page.motion).on_visible())
    essays = {row.essay_id: row.essay for row in rows if row.essay is not None}
    parts = [part_of(rows, essay, sides, page.readers) for essay in essays.values()] if page.essay is None else []
    claims = list(MovingClaim.objects.telling(page.motion, MOST_CLAIMS)) if page.essay is None else []
    whole = part_of(rows, page.essay, sides, page.readers)
    return SwingPage(page.motion, page.essay, page.readers, page.mine, True, sides, whole, parts, claims)


def part_of(rows: Iterable[SwingCount], essay: Essay | None, sides: Sequence[Side], readers: str) -> Part:
    counted = Counted(Counter(), Counter())
    for row in rows:
        if row.essay_id == (essay and essay.pk):
            getattr(counted, row.kind)[row.before_id, row.after_id] += row.readers
    counts = counted.of(readers)
    if counts.total() < FEWEST_PAIRS or counted.tells_on(readers):
        return Part(essay, counts.total(), None)
    answers: list[Side | None] = [*sides, None]
    return Part(essay, counts.total(), Swung(answers, swing([key_of(side) for side in answers], counts)))


def signed(number: int) -> str:
    """With its sign, 0 without one."""
    return f"{number:+d}".replace("-", "−") if number else "0"


def key_of(side: Side | None) -> Key:
    return side.pk if side else None
