"""A table is brought in, all of it or nothing; and written out."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _
from tablib import Dataset

from debate.actions.curation import refresh_motions
from debate.actions.promises import keeping_promises
from debate.actions.tables.nouns import TABLES
from debate.actions.tables.resource import TableOf
from debate.actions.tables.shapes import Problem, Table, TableReport
from debate.models import User


def bring_table(*, noun: type[Any], table: Table, by: User, write: bool) -> TableReport:
    """Bring the rows of a noun in, all or none; unless `write`, only find out what would come of it.

    Rows are known by their natural keys. What is equal is passed over, drafts are made and changed; what is published
    or in review is never changed by a table, and none publishes. A column that the table leaves out stays as it is.
    """
    resource, report = TABLES[noun](by=by, reason=table.name), TableReport(table.name)
    report.problems = list(faults_of_head(resource, table.head))
    if report.problems:
        return report
    ordered = resource.in_order(table)
    with keeping_promises():
        told = {"dry_run": not write, "use_transactions": True, "rollback_on_validation_errors": True}
        result = resource.import_data(Dataset(*ordered.rows, headers=ordered.head), **told)
        take_down(report, result, ordered.numbers)
        if write and report.is_news and not report.problems:
            refresh_motions(resource.motions)
    return report


def faults_of_head(resource: TableOf, head: tuple[str, ...]) -> Iterator[Problem]:
    known = [column.column_name for column in resource.columns()]
    for name in dict.fromkeys(head):
        if name not in known:
            said = _("There is no such column; there are: %(known)s.") % {"known": ", ".join(known)}
            yield Problem(0, name, said)
        elif head.count(name) > 1:
            yield Problem(0, name, _("This column is there twice."))
    for name in resource.keys:
        if name not in head:
            yield Problem(0, name, _("This column is needed: it tells which row is meant."))


def take_down(report: TableReport, result: Any, numbers: list[int]) -> None:
    """What the library found, in our words."""
    for number, row in zip(numbers, result.rows, strict=False):
        if row.is_skip():
            report.same += 1
        elif row.is_new():
            report.made.append((number, row.instance, row.diff))
        elif row.is_update():
            report.changed.append((number, row.instance, row.diff))
        for error in row.errors:
            report.problems.append(Problem(number, "", str(error.error)))
    report.problems += [Problem(0, "", str(error.error)) for error in result.base_errors]
    for invalid in result.invalid_rows:
        report.problems += problems_of(invalid, numbers[invalid.number - 1])
    report.problems.sort()


def problems_of(invalid: Any, number: int) -> Iterator[Problem]:
    for name, messages in invalid.error_dict.items():
        column = "" if name == NON_FIELD_ERRORS else name
        yield from (Problem(number, column, str(message)) for message in messages)


def take_out(*, noun: type[Any], keys: Any = None) -> Dataset:
    """The table of a noun; of the rows of these keys alone, a query or a list, if they are given."""
    resource = TABLES[noun]()
    rows = resource.rows()
    return resource.export(rows if keys is None else rows.filter(pk__in=keys))
