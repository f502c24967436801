"""Predictions by how they stand: open, due, upcoming, resolved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from debate.keyset import Page, Place, page_of
from debate.models import Essay, Motion, Prediction, User

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


def prediction_list(
    motion: Motion, essays: Mapping[int, Essay], *, essay: Essay | None, state: str, place: Place, reader: User | None
) -> PredictionList:
    """The group of one state from a place on; of every state that has any, from the top, where none is named.

    `essays`: those of the motion, with their authors. One query for the counts and one a group.
    """
    rows = Prediction.objects.visible().of_motion(motion)
    rows = rows.from_essay(essay) if essay else rows
    counts = rows.count_by_state()
    shown = rows.for_list_page().with_answers_of(reader)
    groups = []
    for name, (word, columns) in STATES.items():
        if name == state or (not state and counts[name]):
            page = page_of(shown.in_state(name).order_by(*columns), columns, name, place)
            for row in page.rows:
                row.essay = essays.get(row.essay_id, row.essay)
            groups.append(Group(name, str(word), counts[name], page))
    return PredictionList(groups, counts)
