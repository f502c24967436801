"""A table as plain text, and what bringing it in comes to."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Table(NamedTuple):
    """A head and rows of cells, all text, each as long as the head; `numbers`: where each row stands in the file."""

    name: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]
    numbers: list[int]

    def columns(self) -> list[dict[str, str]]:
        """The rows, each by the names of its columns."""
        return [dict(zip(self.head, row, strict=True)) for row in self.rows]

    def in_order(self, places: list[int]) -> "Table":
        """The same rows in another order."""
        return self._replace(rows=[self.rows[at] for at in places], numbers=[self.numbers[at] for at in places])


class Change(NamedTuple):
    """What a row changes in a column."""

    column: str
    old: str
    new: str


class Problem(NamedTuple):
    """What is wrong with a row of the file, and in which column; row 0 is the table as a whole."""

    row: int
    column: str
    said: str


@dataclass
class TableReport:
    """Rows that are made and changed, with their numbers in the file and what changes; how many stay the same."""

    name: str
    made: list[tuple[int, Any, list[Change]]] = field(default_factory=list)
    changed: list[tuple[int, Any, list[Change]]] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        return bool(self.made or self.changed)
