"""What bringing a file in comes to: what is made, what is there already, what changes, and what waits or is wrong."""

from dataclasses import dataclass, field
from typing import NamedTuple

from debate.actions.bringing.shapes import Problem


class Change(NamedTuple):
    """A row that is made or changed: its noun, how a person knows it, and of a change which fields."""

    noun: str
    label: str
    fields: tuple[str, ...] = ()


class Waiting(NamedTuple):
    """Something that a line names and that is not there yet."""

    line: int
    slug: str


@dataclass
class Report:
    """Of one file."""

    name: str
    created: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    matched: int = 0
    waiting: list[Waiting] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        return bool(self.created or self.changed)

    def counted(self) -> dict[str, int]:
        """How many rows of each noun are made."""
        counts: dict[str, int] = {}
        for made in self.created:
            counts[made.noun] = counts.get(made.noun, 0) + 1
        return counts
