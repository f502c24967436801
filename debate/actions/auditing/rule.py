"""What a rule is to the audit, and what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from debate.models import Relation, User

FEW = 5


class Finding(NamedTuple):
    """How many rows break a rule, and the first few of them in words."""

    rule: str
    rows: int
    examples: list[str]


@dataclass(frozen=True)
class Rule:
    """A sentence that holds, and what finds the rows of which it does not: a queryset, or whatever else is iterable."""

    name: str
    offenders: Callable[[], Iterable[Any]]

    def check(self) -> Finding:
        """Never holds more than a few offenders, however many there are."""
        found = self.offenders()
        if isinstance(found, QuerySet):
            first = list(found[: FEW + 1])
            count = found.count() if len(first) > FEW else len(first)
            return Finding(self.name, count, [told(row) for row in first[:FEW]])
        rest = iter(found)
        examples = [told(row) for row in islice(rest, FEW)]
        return Finding(self.name, len(examples) + sum(1 for _row in rest), examples)


def told(row: Any) -> str:
    """An offender in words that name no reader."""
    if isinstance(row, User):
        return f"reader {row.pk}"
    if isinstance(row, Relation):  # its target may be a ring without end
        return f"relation {row.pk}: {row.source} {row.get_kind_display()}"[:120]
    if isinstance(row, Model):
        return f"{row._meta.verbose_name} {row.pk}: {row}"[:120]
    return str(row)
