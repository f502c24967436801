"""Every counterpoint of a motion by keys: how it stands, overall or towards one author, and what meets it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.http import Http404
from django.utils.translation import gettext as _

from debate.lenses.essays_of import essays_of
from debate.lenses.kept import Kept
from debate.models import Author, Essay, Motion, Relation
from debate.models.claims import SHUFFLE, shuffle_factor
from debate.models.essays import EssayQuerySet
from debate.reasoning.answering import Stand, stand_of
from debate.reasoning.graph import Link, meeting

Rank = tuple[int, int, int, int]
RANKS = {stand: rank for rank, stand in enumerate(Stand)}


class Entry(NamedTuple):
    """A counterpoint: its keys, how central the claim is that it strikes, how it stands, and what relations meet it."""

    key: int
    source: int
    weight: int
    entered: datetime
    stand: Stand
    met_by: tuple[int, ...]


@dataclass(frozen=True)
class LedgerIndex:
    """`author`: towards whom it stands so; None for the whole motion, where it is open or answered."""

    motion: Motion
    author: Author | None
    entries: Sequence[Entry]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many stand in each way, and `unanswered` in any but the last."""
        told = {stand.value: sum(entry.stand == stand for entry in self.entries) for stand in Stand}
        return told | {"unanswered": len(self.entries) - told[Stand.ANSWERED]}

    def ranked(self, *, answered: bool, day: date) -> list[tuple[Rank, Entry]]:
        """Those that are answered, or are not, by how they stand, what most hangs on first, equals shuffled.

        Kept for the day that was asked for last: a page further on asks for the same.
        """
        kept = self.orders.get(answered)
        if kept is None or kept[0] != day:
            kept = self.orders[answered] = (day, self.sorted_for(day, answered=answered))
        return kept[1]

    @cached_property
    def orders(self) -> dict[bool, tuple[date, list[tuple[Rank, Entry]]]]:
        return {}

    def sorted_for(self, day: date, *, answered: bool) -> list[tuple[Rank, Entry]]:
        factor = shuffle_factor(day)
        kept = (entry for entry in self.entries if (entry.stand == Stand.ANSWERED) == answered)
        return sorted(
            ((RANKS[entry.stand], -entry.weight, entry.key * factor % SHUFFLE, entry.key), entry) for entry in kept
        )


WHOLE: Kept[LedgerIndex] = Kept(most=200)
TOWARDS: Kept[LedgerIndex] = Kept(most=200)
AUTHORS: Kept[dict[Author, list[int]]] = Kept(most=300)


def index_of(edition: str, motion: Motion, slug: str = "") -> LedgerIndex:
    """The index of the motion; of the author of this slug in it, where one is given. Raises Http404 for another.

    One query once an edition; for an author one more, and one for the authors.
    """
    whole = WHOLE.get(edition, motion.pk, lambda: index_of_motion(motion))
    if not slug:
        return whole
    author = author_among(authors_of(edition, motion), slug)
    return TOWARDS.get(edition, (motion.pk, author.pk), lambda: index_towards(edition, whole, author))


def index_of_motion(motion: Motion) -> LedgerIndex:
    rows = Relation.objects.visible().of_motion(motion).counterpoints().with_weight()
    told = list(
        rows.values_list(
            *("pk", "source", "kind", "target_claim", "target_relation"), "weight", "created_at", "standing__answered"
        )
    )
    met = meeting(Link(*row[:5]) for row in told)
    return LedgerIndex(
        motion,
        None,
        [
            Entry(key, source, weight, entered, Stand.ANSWERED if answered else Stand.OPEN, tuple(met[key]))
            for key, source, *_link, weight, entered, answered in told
        ],
    )


def authors_of(edition: str, motion: Motion) -> dict[Author, list[int]]:
    """Who wrote on the motion, by name, each with the keys of their visible essays. One query once an edition."""

    def make() -> dict[Author, list[int]]:
        found: dict[Author, list[int]] = {}
        for author in Author.objects.with_each_essay(motion):
            found.setdefault(author, []).append(author.essay)
        return found

    return AUTHORS.get(edition, motion.pk, make)


def author_among(authors: Iterable[Author], slug: str) -> Author:
    found = next((author for author in authors if author.slug == slug), None)
    if found is None:
        raise Http404(_("No author here goes by “%s”.") % slug)
    return found


def index_towards(edition: str, whole: LedgerIndex, author: Author) -> LedgerIndex:
    """The counterpoints to what the author asserts, that others drew, and how they stand towards them."""
    essays = essays_of(edition, whole.motion)
    own = authors_of(edition, whole.motion)[author]
    drawn = drawn_against(Essay.objects.visible().of_motion(whole.motion).by_author(author))
    entries = [entry for entry in whole.entries if entry.key in drawn]
    return LedgerIndex(whole.motion, author, [towards(entry, drawn[entry.key], own, essays) for entry in entries])


def drawn_against(essays: EssayQuerySet) -> dict[int, list[int]]:
    """For each counterpoint to what these essays assert, the essays that drew it, hidden ones among them."""
    found: dict[int, list[int]] = {}
    for key, essay in Relation.objects.visible().answering(essays).values_list("pk", "drawn_by"):
        found.setdefault(key, []).extend([essay] if essay else [])
    return found


def towards(entry: Entry, drawn: Sequence[int], own: Sequence[int], essays: Mapping[int, Essay]) -> Entry:
    stand = stand_of(
        answered=entry.stand == Stand.ANSWERED,
        drawn=[essays[key].written_within for key in drawn if key in essays and key not in own],
        wrote=[essays[key].written_within for key in own if key in essays],
    )
    return entry._replace(stand=stand)
