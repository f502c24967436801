"""What is new in the ledger: counterpoints that nothing answers, and those that something now does, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from debate.lenses.ledger import Row, rows_of
from debate.lenses.ledger_index import Entry, LedgerIndex, index_of
from debate.models import Author, Motion, Stance
from debate.reasoning.answering import Stand

MOST_NEWS = 50


@dataclass(frozen=True, slots=True)
class Item:
    """A counterpoint, and since when it stands here as it does: since it was entered, or first answered."""

    row: Row
    at: datetime

    @property
    def answered(self) -> bool:
        return self.row.stand == Stand.ANSWERED


@dataclass(frozen=True, slots=True)
class News:
    motion: Motion
    author: Author | None
    items: Sequence[Item]


def news_of(edition: str, motion: Motion, author: str = "") -> News:
    """The newest of the motion, or of what stands against one author. Raises Http404 for another author.

    Four queries; three more once an edition.
    """
    index = index_of(edition, motion, author)
    since = changes_of(edition, index)
    told = [entry for entry in index.entries if entry.stand != Stand.GRANTED]
    newest = sorted(told, key=lambda entry: (since[entry.key], entry.key), reverse=True)[:MOST_NEWS]
    rows = rows_of(edition, index, newest)
    return News(motion, index.author, [Item(row, since[row.relation.pk]) for row in rows])


def changes_of(edition: str, index: LedgerIndex) -> dict[int, datetime]:
    """Since when each counterpoint stands as it does, by its key: as far as the rows tell, none keeps its past."""
    whole = index_of(edition, index.motion).entries
    entered = {entry.key: entry.entered for entry in whole}
    countered = Stance.objects.visible().countering().of_motion(index.motion).first_entered()
    return {entry.key: changed(entry, entered, countered) for entry in index.entries}


def changed(entry: Entry, entered: Mapping[int, datetime], countered: Mapping[int, datetime]) -> datetime:
    answers = [entered[key] for key in entry.met_by if key in entered]
    answers += [countered[entry.source]] if entry.source in countered else []
    if entry.stand != Stand.ANSWERED or not answers:
        return entry.entered
    return max(entry.entered, min(answers))
