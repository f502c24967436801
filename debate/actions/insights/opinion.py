"""Groups of opinion among the readers of a motion: who belongs together, and what unites and divides them."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from debate.actions.insights.sources import Answers
from debate.models import InsightRun, ReaderPlace
from debate.models.insights import FEWEST
from debate.reasoning.opinion import Telling, consensus, grouped_counts, groups, representative, steady

MOST_DOTS, CELLS, DIGITS = 500, 40, 3

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Opinion:
    """`labels`: the group of each reader, -1 for none; all -1 where it is too early. `placed`: how many could be.

    `consensus`, `division` and `shares` (by claim, then by group) are empty where there are no groups.
    """

    labels: NDArray[np.int64]
    positions: Floats
    placed: int
    consensus: list[float]
    division: list[float]
    shares: list[list[float]]
    telling: Mapping[int, list[Telling]]

    @property
    def names(self) -> list[int]:
        return [int(name) for name in np.unique(self.labels) if name >= 0]


def opinion_of(answers: Answers, before: Mapping[Hashable, int]) -> Opinion:
    """The groups, under the labels that most of their members had `before`."""
    found = groups(answers.votes) if answers.readers else None
    placed = 0 if found is None else int((found.labels >= 0).sum())
    if found is None or placed < FEWEST:
        none = np.full(len(answers.readers), -1, dtype=np.int64)
        return Opinion(none, np.zeros((len(none), 2)), placed, [], [], [], {})
    labels = steady(found.labels, answers.readers, before)
    _names, told = grouped_counts(answers.votes, labels)
    shares = (told.agree + 1) / (told.voted + 2)
    return Opinion(
        labels,
        found.positions,
        placed,
        consensus(answers.votes, labels).tolist(),
        (shares.max(axis=0) - shares.min(axis=0)).tolist(),
        shares.T.tolist(),
        representative(answers.votes, labels),
    )


def describe(run: InsightRun, answers: Answers, opinion: Opinion) -> None:
    """Set down what a run tells of its groups, and the dots on its map."""
    run.readers = opinion.placed
    run.groups = [group_row(label, answers, opinion) for label in opinion.names]
    run.dots = dots_of(opinion)


def group_row(label: int, answers: Answers, opinion: Opinion) -> dict[str, Any]:
    members = opinion.positions[opinion.labels == label]
    x, y = members.mean(axis=0).round(DIGITS).tolist()
    claims = [{**told._asdict(), "claim": answers.claims[told.claim]} for told in opinion.telling[label]]
    return {"label": label, "readers": len(members), "x": x, "y": y, "claims": claims}


def dots_of(opinion: Opinion) -> list[list[float]]:
    """x, y, group and how many readers, each reader apart as long as they are few, else gathered in cells."""
    kept = opinion.labels >= 0
    places, labels = opinion.positions[kept], opinion.labels[kept]
    if len(places) > MOST_DOTS:
        low, cell = places.min(axis=0), np.ptp(places, axis=0).max() / CELLS or 1.0
        places = low + (np.floor((places - low) / cell) + 0.5) * cell
    rounded = zip(places.round(DIGITS).tolist(), labels.tolist(), strict=True)
    found = Counter((x, y, label) for (x, y), label in rounded)
    return [[*place, readers] for place, readers in sorted(found.items())]


def places_of(run: InsightRun, answers: Answers, opinion: Opinion) -> Iterator[ReaderPlace]:
    rows = zip(answers.readers, opinion.positions.tolist(), opinion.labels.tolist(), strict=True)
    for reader, (x, y), label in rows:
        if label >= 0:
            yield ReaderPlace(run=run, user_id=reader, group=label, x=x, y=y)
