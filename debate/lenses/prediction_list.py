"""Predictions by how they stand: open, due, upcoming, resolved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import time

from django.utils.translation import gettext_lazy as _

from debate.keyset import Page, Place, page_of
from debate.lenses.kept import Kept
from debate.models import Essay, Motion, Prediction, User
from debate.models.predictions import PredictionQuerySet

COUNTS: Kept[dict[str, int]] = Kept(most=2_400)

STATES = {
    "open": (_("Open"), ("closes_at", "pk")),
    "due": (_("Due"), ("closes_at", "pk")),
    "upcoming": (_("Upcoming"), ("opens_at", "pk")),
    "resolved": (_("Resolved"), ("-resolved_on", "-pk")),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The predictions of one state, with how many there are in all."""

    state: str
    label: str
    count: int
    page: Page[Prediction]


@dataclass(frozen=True, slots=True)
class PredictionList:
    """The groups shown, and how many predictions are in every state."""

    groups: Sequence[Group]
    counts: Mapping[str, int]

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """(state, word, count) of every state that has any."""
        return [(name, str(word), self.counts[name]) for name, (word, _columns) in STATES.items() if self.counts[name]]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which predictions: a motion's, of one essay or all, in one state or, for '', in any."""

    motion: Motion
    essay: Essay | None
    state: str

    @property
    def rows(self) -> PredictionQuerySet:
        rows = Prediction.objects.visible().of_motion(self.motion)
        return rows.from_essay(self.essay) if self.essay else rows


def counts_of(edition: str, wanted: Wanted) -> dict[str, int]:
    """How many are in each state; counted once a minute, since time alone moves them."""
    key = (wanted.motion.pk, wanted.essay and wanted.essay.pk, int(time() // 60))
    return COUNTS.get(edition, key, wanted.rows.count_by_state)


def prediction_list(edition: str, wanted: Wanted, *, place: Place, reader: User | None) -> PredictionList:
    """The group of the state wanted from a place on; of every state that has any, from the top, where none is.

    One query a group, and one a minute for the counts.
    """
    counts, state = counts_of(edition, wanted), wanted.state
    rows = wanted.rows
    shown = rows.for_list_page().with_answers_of(reader)
    groups = []
    for name, (word, columns) in STATES.items():
        if name == state or (not state and counts[name]):
            page = page_of(shown.in_state(name).order_by(*columns), columns, name, place)
            groups.append(Group(name, str(word), counts[name], page))
    return PredictionList(groups, counts)
