"""What waits for curators: readers' suggestions, those that say the same together, oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from debate.keyset import Place, token_for
from debate.lenses.own_record import Part, parts_of
from debate.models import Claim, Motion, Relation, Suggestion
from debate.reasoning.duplicates import group_with, groups_of, nearest

WINDOW = 500
"""How many waiting ones are compared with each other: the oldest. The rest come up as these are decided."""
GROUPS_A_PAGE = 20
SHOWN_OF_A_GROUP = 4
KINDS: dict[str, object] = {kind.value: str(kind.label).capitalize() for kind in Suggestion.Kind}


@dataclass(frozen=True, slots=True)
class Group:
    """Suggestions that say the same: the oldest, some of the others, and how many there are in all."""

    first: Suggestion
    others: Sequence[Suggestion]
    count: int

    @property
    def more(self) -> int:
        return self.count - 1 - len(self.others)


@dataclass(frozen=True, slots=True)
class Queue:
    groups: Sequence[Group]
    parts: Sequence[Part]
    next: str

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def over(self) -> bool:
        return self.total > WINDOW


def queue_page(kind: str, order: str, place: Place) -> Queue:
    """One page of groups; of one kind where that is given. Three queries, however many wait."""
    waiting = Suggestion.objects.pending()
    parts = parts_of(KINDS, waiting.counted_by_kind(), kind)
    compared = (waiting.of_kind(kind) if kind else waiting).order_by("pk").for_comparing()[:WINDOW]
    last = place.values[0] if place.values else 0
    groups = [keys for keys in groups_of([row.said() for row in compared]) if keys[0] > last]
    page = groups[:GROUPS_A_PAGE]
    token = token_for(order, place.day, (page[-1][0],)) if len(groups) > len(page) else ""
    return Queue(filled(page), parts, token)


def filled(groups: Sequence[Sequence[int]]) -> list[Group]:
    shown = list(chain.from_iterable(keys[:SHOWN_OF_A_GROUP] for keys in groups))
    rows = {row.pk: row for row in Suggestion.objects.keyed(shown).for_queue()}
    known = [([rows[key] for key in keys[:SHOWN_OF_A_GROUP] if key in rows], len(keys)) for keys in groups]
    return [Group(first, others, count) for (first, *others), count in known if count]


def group_around(suggestion: Suggestion) -> list[Suggestion]:
    """All that wait and say what this one says, itself first; itself alone where it does not wait any more."""
    compared = list(Suggestion.objects.beside(suggestion).for_comparing()[:WINDOW])
    keys = group_with(suggestion.pk, [row.said() for row in compared])
    rows = {row.pk: row for row in Suggestion.objects.keyed([*keys, suggestion.pk]).for_queue()}
    return [rows[key] for key in [suggestion.pk, *(key for key in keys if key != suggestion.pk)] if key in rows]


def nearest_claims(motion: Motion, text: str) -> list[Claim]:
    """Claims of the motion, drafts too, that say nearly the same, the nearest first. Two queries."""
    texts = dict(Claim.objects.of_motion(motion).unmerged().values_list("pk", "text"))
    keys = nearest(text, texts)
    rows = Claim.objects.in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def relations_around(claim: Claim) -> list[Relation]:
    """What an undercut could attack: what the claim bears on, and what is drawn to it. Two queries at most."""
    return list(Relation.objects.touching(claim).with_arrows())
