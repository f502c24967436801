"""Who takes which stance on which claim, for a whole motion, by author: what a matrix of them is cut from."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from django.http import Http404
from django.utils.translation import gettext as _

from debate.lenses.claim_index import ClaimIndex, bits_of, index_of
from debate.lenses.essays_of import essays_of
from debate.lenses.kept import Kept
from debate.models import Author, Essay, Side, Stance
from debate.reasoning.arrangement import stand

BOARDS: "Kept[Board]" = Kept(most=40)


class Voice(NamedTuple):
    """A stance: its key, its essay's, and what the essay does with the claim."""

    stance: int
    essay: int
    kind: str


class Voices:
    """One author of the motion: their essays, and their voices by the place of the claim in the index."""

    def __init__(self, author: Author) -> None:
        self.author = author
        self.essays: list[Essay] = []
        self.by_place: dict[int, list[Voice]] = {}
        self.mask = 0

    @property
    def side(self) -> Side | None:
        """The side that every essay of theirs takes; None where one takes none, or they differ."""
        sides = {essay.side for essay in self.essays}
        return sides.pop() if len(sides) == 1 else None

    @property
    def no_side(self) -> str:
        """Why no one side can be told."""
        return _("Takes both sides") if any(essay.side for essay in self.essays) else _("Leaves it open")

    def voices_on(self, place: int) -> list[Voice]:
        """Their voices on a claim, oldest first; an essay without a date counts as older than one with a date."""
        voices = self.by_place.get(place, [])
        if len(voices) < 2:
            return voices
        dated = {essay.pk for essay in self.essays if essay.published_on}
        return sorted(voices, key=lambda voice: voice.essay in dated)

    def kinds_on(self, place: int) -> list[str]:
        """Their stances on a claim, oldest first."""
        return [voice.kind for voice in self.voices_on(place)]

    def voice_on(self, place: int) -> Voice | None:
        """The voice on a claim that counts: their latest that is no report; None where they have none."""
        return next((voice for voice in reversed(self.voices_on(place)) if voice.kind != "reports"), None)

    @cached_property
    def stands(self) -> dict[int, int]:
        """Where they stand on each claim that they accept, deny or qualify."""
        told = ((place, stand(self.kinds_on(place))) for place in self.by_place)
        return {place: meant for place, meant in told if meant is not None}


class Board:
    """Every author of a motion with their voices, by the author's address."""

    def __init__(self, edition: str, index: ClaimIndex) -> None:
        self.index = index
        self.essays = essays_of(edition, index.motion)
        self.authors: dict[str, Voices] = {}
        self.take(self.by_essay())

    def by_essay(self) -> dict[int, list[Voices]]:
        """Who wrote which essay. One query."""
        found: dict[int, list[Voices]] = {}
        for row in Author.objects.with_each_essay(self.index.motion):
            voices = self.authors.setdefault(row.slug, Voices(row))
            voices.essays += [self.essays[row.essay]] if row.essay in self.essays else []
            found.setdefault(row.essay, []).append(voices)
        return found

    def take(self, by_essay: dict[int, list[Voices]]) -> None:
        for place, voice in self.told():
            for author in by_essay.get(voice.essay, ()):
                author.by_place.setdefault(place, []).append(voice)
        for author in self.authors.values():
            author.mask = bits_of(author.by_place, len(self.index.keys))

    def told(self) -> Iterator[tuple[int, Voice]]:
        """Every voice with the place of its claim, in the order the essays were written. One query."""
        places = {key: place for place, key in enumerate(self.index.keys)}
        stances = Stance.objects.visible().shown().of_motion(self.index.motion).in_order_written()
        for key, claim, essay, kind in stances.values_list("pk", "claim", "essay", "kind"):
            if claim in places:
                yield places[claim], Voice(key, essay, kind)

    def named(self, slugs: Sequence[str]) -> list[Voices]:
        """The authors of these addresses. Raises Http404 where one is not an author of the motion."""
        for slug in slugs:
            if slug not in self.authors:
                raise Http404(_("No author of this motion goes by “%s”.") % slug)
        return [self.authors[slug] for slug in slugs]


def board_of(edition: str, slug: str) -> Board:
    """The board of the motion of this slug, of the featured one for ''. Raises Http404 where there is none.

    Three queries once an edition, besides the four of the index that the list of claims shares.
    """
    index = index_of(edition, slug)
    return BOARDS.get(edition, index.motion.pk, lambda: Board(edition, index))
