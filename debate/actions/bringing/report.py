"""What bringing a file in comes to: what is made, what is there already, what changes, and what waits or is wrong."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from django.apps import apps

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

    def counted(self) -> list[str]:
        """How many rows of each noun are made, in words: 1 author, 2 claims."""
        plurals = {str(model._meta.verbose_name): model._meta.verbose_name_plural for model in apps.get_models()}
        counts = Counter(made.noun for made in self.created)
        return [f"{count} {noun if count == 1 else plurals[noun]}" for noun, count in counts.items()]
