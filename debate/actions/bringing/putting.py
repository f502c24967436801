"""Rows put beside those that are there: made where missing, matched where equal, changed where nothing forbids it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from debate.actions.bringing.report import Change, Report
from debate.actions.bringing.shapes import Problem
from debate.actions.versions import by_model, keep_versions
from debate.models import Authored, User

Row = TypeVar("Row", bound=Authored)
BATCH = 500
LONGEST_LABEL = 90


class Putting:
    """Gathers rows of one file and writes them floor by floor, with their history; `settle` ends a floor."""

    def __init__(self, report: Report, by: User | None) -> None:
        self.report, self.by = report, by
        self.fresh: list[Authored] = []

    def refuse(self, line: int, said: str) -> None:
        self.report.problems.append(Problem(line, said))

    def put(self, held: Row | None, made: Row, values: dict[str, Any], line: int, *, free: bool) -> Row:
        """The row as it stands afterwards. `values`: what the file says of it, by field.

        `made` is the row to make where none is held. Where one is held and says otherwise, it is changed if it is
        free, and refused if readers see it: what is published is corrected at the desk.
        """
        if held is None:
            return self.make(made, line, free=free)
        differing = {name: value for name, value in values.items() if getattr(held, name) != value}
        if not differing:
            self.report.matched += 1
        elif free:
            self.change(held, differing, line)
        else:
            said = _("“%(row)s” is published and says otherwise (%(fields)s). Correct it at the desk, or leave it be.")
            self.refuse(line, said % {"row": label(held), "fields": ", ".join(differing)})
        return held

    def make(self, row: Row, line: int, *, free: bool) -> Row:
        if not free:
            said = _("What it belongs to is published, and has no “%(row)s” yet. Add that at the desk.")
            self.refuse(line, said % {"row": label(row)})
        self.check(row, line)
        self.fresh.append(row)
        self.report.created.append(Change(str(row._meta.verbose_name), label(row)))
        return row

    def change(self, row: Authored, values: dict[str, Any], line: int) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        self.check(row, line)
        self.report.changed.append(Change(str(row._meta.verbose_name), label(row), tuple(values)))
        if not self.report.problems:
            row._history_user = self.by  # type: ignore[attr-defined]
            row._change_reason = self.report.name[:100]  # type: ignore[attr-defined]
            row.save()

    def check(self, row: Authored, line: int) -> None:
        """Lengths, choices and the measure of Markdown; without a query."""
        relations = [field.name for field in row._meta.get_fields() if field.is_relation]
        try:
            row.clean_fields(exclude=relations)
            row.clean()
        except ValidationError as error:
            self.refuse(line, " ".join(error.messages))

    def settle(self, link: Callable[[], None] = lambda: None) -> None:
        """Write the rows gathered, unless something is wrong: then nothing of the file will be.

        `link` ties many to many what is written, before the history of it.
        """
        fresh, self.fresh = self.fresh, []
        if self.report.problems:
            return
        groups = by_model(fresh)
        for model, rows in groups.items():
            for row in rows:
                row.render()
                row.updated_at = timezone.now()
            model._default_manager.bulk_create(rows, batch_size=BATCH)
        link()
        keep_versions(fresh, by=self.by, reason=self.report.name[:100])


def label(row: Authored) -> str:
    told = str(row)
    return told if len(told) <= LONGEST_LABEL else told[: LONGEST_LABEL - 1] + "…"
