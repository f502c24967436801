"""How near a reader stands to each author of a motion: by their votes, and by what the visible essays say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.drawing.interval import draw_interval
from debate.drawing.tracks import draw_scale
from debate.lenses.board import Board, Voice, Voices, board_of
from debate.lenses.claim_index import ClaimIndex
from debate.lenses.kept import Kept
from debate.lenses.prediction_page import range_in_words
from debate.models import Author, Claim, ClaimVote, Essay, Motion, User
from debate.reasoning.asking import asked_of_all, next_questions
from debate.reasoning.nearness import LEAST, Near, Stands, gaps, ranked

HELD: "Kept[Held]" = Kept(most=40)
MOST_GAPS, MOST_SHOWN, MOST_NEXT = 3, 12, 3
FEW = 20
MEANT: Mapping[str, int] = {ClaimVote.Value.AGREE: 1, ClaimVote.Value.DISAGREE: -1, ClaimVote.Value.PASS: 0}


class Held:
    """Who accepts and who denies which claims of a motion, by the claims' keys, and the claims that tell most of it."""

    def __init__(self, board: Board) -> None:
        self.board, keys = board, board.index.keys
        self.authors = {
            slug: {keys[place]: stand for place, stand in voices.stands.items() if stand}
            for slug, voices in board.authors.items()
        }
        self.weight = dict(zip(keys, board.index.central, strict=True))
        self.sides = sides_of(board.index)

    @property
    def motion(self) -> Motion:
        return self.board.index.motion

    @cached_property
    def ten(self) -> Sequence[int]:
        """The claims, ten at most, that tell the authors apart best, in the order in which they are asked."""
        return asked_of_all(self.authors, self.sides, self.weight)

    def next_after(self, answers: Stands) -> Sequence[int]:
        return next_questions(answers, self.authors, self.sides, self.weight, count=MOST_NEXT)

    def stance_on(self, slug: str, claim: int) -> tuple[str, Essay]:
        """The stance by which an author accepts or denies a claim, and the essay that takes it."""
        place = next(self.board.index.places_of([claim]))
        voice = cast("Voice", self.board.authors[slug].voice_on(place))
        return voice.kind, self.board.essays[voice.essay]


def sides_of(index: ClaimIndex) -> dict[int, int]:
    """By claim, the side that it favours; those of neither left out."""
    sides = index.motion.sides.all()
    return {key: side.pk for side in sides for key in index.keys_within(index.mask("side", side.slug))}


def held_on(edition: str, slug: str) -> Held:
    """On the motion of this slug, on the featured one for ''. Raises Http404 where there is none.

    No query besides those of the board, once an edition.
    """
    board = board_of(edition, slug)
    return HELD.get(edition, board.index.motion.pk, lambda: Held(board))


@dataclass(frozen=True, slots=True)
class Gap:
    """A claim on which a reader and an author differ: the answer, the stance, the essay that takes it."""

    claim: Claim
    answer: str
    kind: str
    essay: Essay

    @property
    def answer_word(self) -> str:
        return str(ClaimVote.Value(self.answer).label)

    @property
    def address(self) -> str:
        """The place in the page of the essay that shows the stance."""
        return f"{self.essay.get_absolute_url()}#{self.claim.slug}"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An author and how near the reader is to them; the widest gaps, and the essay that most of it rests on."""

    voices: Voices
    near: Near[str]
    gaps: Sequence[Gap]
    essay: Essay

    @property
    def author(self) -> Author:
        return self.voices.author

    @property
    def lamp(self) -> str:
        """The class that lights the lamp of the side that every essay of theirs takes."""
        return self.voices.side.colour if self.voices.side else "neither"

    @property
    def chart(self) -> SafeString:
        """The share with its interval, drawn from numbers alone, so that nothing in it needs escaping."""
        share, lower, upper = self.near.share
        told = {"share": round((share or 0) * 100), "range": range_in_words(lower, upper)}
        title = _("%(share)d%% agreement, plausibly %(range)s") % told
        return SafeString(draw_interval(share or 0, lower, upper, lamp=self.lamp, title=title))

    @property
    def differing(self) -> int:
        """On how many of the claims in common they differ."""
        return self.near.common - self.near.agreed

    @property
    def more_gaps(self) -> int:
        return self.differing - len(self.gaps)

    @property
    def wanting(self) -> int:
        """How many claims more they need in common until anything is said of them."""
        return max(0, LEAST - self.near.common)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a reader stands on a motion.

    `sided`, `passed`: how many claims they have agreed or disagreed with, and passed on. `nearest`: the authors of whom
    enough is known, the nearest first, and `more`, how many follow; `too_few`: those with something in common, but too
    little. `next_questions`: unanswered claims that would tell the nearest apart.
    """

    motion: Motion
    sided: int
    passed: int
    nearest: Sequence[Neighbour]
    more: int
    too_few: Sequence[Neighbour]
    next_questions: Sequence[Claim]

    @property
    def first(self) -> Sequence[Neighbour]:
        """Those nearest of all: several, where the reader stands equally near to them."""
        return [neighbour for neighbour in self.nearest if neighbour.near.share == self.nearest[0].near.share]

    @property
    def first_authors(self) -> Sequence[Author]:
        return [neighbour.author for neighbour in self.first]

    @property
    def too_few_authors(self) -> Sequence[Author]:
        return [neighbour.author for neighbour in self.too_few]

    @property
    def rests_on_few(self) -> bool:
        """Whether what is said of the nearest rests on so few claims that the reader had better be told."""
        return bool(self.nearest) and self.nearest[0].near.common < FEW

    @property
    def scale(self) -> SafeString:
        return SafeString(draw_scale())

    @property
    def is_apart(self) -> bool:
        """Whether the reader agrees with the nearest, too, on less than half."""
        return bool(self.nearest) and (self.nearest[0].near.share.value or 0) < 1 / 2

    @property
    def furthest(self) -> Neighbour | None:
        """Of those told, the one who agrees least with the reader, by the upper bound; None where nobody differs."""
        others = [neighbour for neighbour in self.nearest[1:] if neighbour.gaps]
        return min(others, key=lambda neighbour: neighbour.near.share.upper, default=None)


def standing_of(edition: str, slug: str, reader: User | None) -> Standing:
    """Where the reader stands on the motion of this slug, the featured one for ''. Raises Http404 where there is none.

    Two queries besides those of the board, once an edition.
    """
    held = held_on(edition, slug)
    given = ClaimVote.objects.answers_on(reader, held.motion) if reader else {}
    return Reckoning(held, given).standing()


class Reckoning:
    """What a reader's answers, by the claims' keys, come to beside what authors hold."""

    def __init__(self, held: Held, given: Mapping[int, str]) -> None:
        self.held, self.given = held, given
        self.answers = {claim: MEANT[value] for claim, value in given.items()}
        found = ranked(self.answers, held.authors)
        told = [near for near in found if near.told]
        self.shown, self.more = told[:MOST_SHOWN], max(0, len(told) - MOST_SHOWN)
        self.too_few = [near for near in found if not near.told][:MOST_SHOWN]
        self.next = held.next_after(self.answers)
        self.gaps = {near.author: self.widest(near.author) for near in self.shown}

    def widest(self, slug: str) -> Sequence[int]:
        return gaps(self.answers, self.held.authors[slug], self.held.weight)[:MOST_GAPS]

    def standing(self) -> Standing:
        """One query."""
        keys = {*self.next, *(claim for claims in self.gaps.values() for claim in claims)}
        claims = Claim.objects.visible().for_list_page().in_bulk(keys)
        counted = Counter(self.given.values())
        return Standing(
            motion=self.held.motion,
            sided=counted[ClaimVote.Value.AGREE] + counted[ClaimVote.Value.DISAGREE],
            passed=counted[ClaimVote.Value.PASS],
            nearest=[self.neighbour(near, claims) for near in self.shown],
            more=self.more,
            too_few=[self.neighbour(near, claims) for near in self.too_few],
            next_questions=[claims[key] for key in self.next if key in claims],
        )

    def neighbour(self, near: Near[str], claims: Mapping[int, Claim]) -> Neighbour:
        found = [self.gap(near.author, claims[key]) for key in self.gaps.get(near.author, ()) if key in claims]
        return Neighbour(self.held.board.authors[near.author], near, found, self.essay_behind(near.author))

    def gap(self, slug: str, claim: Claim) -> Gap:
        kind, essay = self.held.stance_on(slug, claim.pk)
        return Gap(claim, self.given[claim.pk], kind, essay)

    def essay_behind(self, slug: str) -> Essay:
        """The essay of an author that most of the claims in common rest on; of equals, the one met first."""
        common = sorted(self.answers.keys() & self.held.authors[slug].keys())
        return Counter(self.held.stance_on(slug, claim)[1] for claim in common).most_common(1)[0][0]
