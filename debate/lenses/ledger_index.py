"""Every counterpoint of a motion by keys: how it stands, overall or towards one author, and what meets it."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.http import Http404
from django.utils.translation import gettext as _

from debate.lenses.answers import Held, held_in
from debate.lenses.essays_of import essays_of
from debate.lenses.kept import Kept
from debate.models import Author, Essay, Motion, Relation, Stance
from debate.models.claims import SHUFFLE, shuffle_factor
from debate.models.essays import EssayQuerySet
from debate.reasoning.answering import ACCEPTING, Aim, Stand, stand_of
from debate.reasoning.graph import Link, meeting

Rank = tuple[int, int, int, int]
RANKS = {stand: rank for rank, stand in enumerate(Stand)}
LISTED = {
    "unanswered": (Stand.OPEN, Stand.UNDATED, Stand.LATER),
    "answered": (Stand.ANSWERED,),
    "granted": (Stand.GRANTED,),
}


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
        """How many stand in each way, and `unanswered`: in one of those that nothing answers."""
        told = {stand.value: sum(entry.stand == stand for entry in self.entries) for stand in Stand}
        return told | {"unanswered": sum(told[stand] for stand in LISTED["unanswered"])}

    def ranked(self, status: str, day: date) -> list[tuple[Rank, Entry]]:
        """Those of a status, as LISTED has them, by how they stand, what most hangs on first, equals shuffled.

        Kept for the day that was asked for last: a page further on asks for the same.
        """
        kept = self.orders.get(status)
        if kept is None or kept[0] != day:
            kept = self.orders[status] = (day, self.sorted_for(day, LISTED[status]))
        return kept[1]

    @cached_property
    def orders(self) -> dict[str, tuple[date, list[tuple[Rank, Entry]]]]:
        return {}

    def sorted_for(self, day: date, stands: Container[Stand]) -> list[tuple[Rank, Entry]]:
        factor = shuffle_factor(day)
        kept = (entry for entry in self.entries if entry.stand in stands)
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


class Drawn(NamedTuple):
    """What a counterpoint is aimed at, and the essays that drew it, hidden ones among them."""

    aim: Aim
    by: list[int]


def index_towards(edition: str, whole: LedgerIndex, author: Author) -> LedgerIndex:
    """The counterpoints to what the author asserts, that others drew, and how they stand towards them."""
    essays = essays_of(edition, whole.motion)
    own = [essays[key] for key in authors_of(edition, whole.motion)[author] if key in essays]
    theirs = Essay.objects.visible().of_motion(whole.motion).by_author(author)
    held = held_in(Stance.objects.visible().shown().of_essays(theirs), own)
    drawn = {key: told for key, told in drawn_against(theirs).items() if told.aim.strikes(held)}
    entries = [entry for entry in whole.entries if entry.key in drawn]
    return LedgerIndex(
        whole.motion, author, [towards(entry, drawn[entry.key].by, own, held, essays) for entry in entries]
    )


def drawn_against(essays: EssayQuerySet) -> dict[int, Drawn]:
    """The counterpoints to what these essays assert, by their keys."""
    found: dict[int, Drawn] = {}
    rows = (
        Relation.objects.visible()
        .answering(essays)
        .values_list("pk", "target_claim", "target_relation__source", *("drew", "end"), "drawn_by")
    )
    for key, claim, attacked, drew, end, essay in rows:
        aim = Aim(claim or attacked, claim is None, drew, end)
        found.setdefault(key, Drawn(aim, [])).by.extend([essay] if essay else [])
    return found


def towards(entry: Entry, drawn: Iterable[int], own: Sequence[Essay], held: Held, essays: Mapping[int, Essay]) -> Entry:
    others = [essays[key] for key in drawn if key in essays and essays[key] not in own]
    stand = stand_of(
        granted=held.get(entry.source) in ACCEPTING,
        answered=entry.stand == Stand.ANSWERED,
        drawn=[essay.written_within for essay in others],
        wrote=[essay.written_within for essay in own],
    )
    return entry._replace(stand=stand)
