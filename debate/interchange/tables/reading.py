"""The bytes of a file as a table of texts. Formulas are text; what is hostile or too large is refused, and told why."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from debate.actions.tables.shapes import Table
from debate.interchange.tables.apart import rows_of_workbook
from debate.interchange.tables.cells import UNSEEN, plain
from debate.interchange.tables.limits import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_IN_A_CELL,
    MOST_ROWS,
    Refused,
    too_many,
)
from debate.interchange.tables.unpacking import look_over

PACKED, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BETWEEN = ",;\t"
Lines = Iterable[tuple[int, list[str]]]


def read_table(name: str, data: bytes) -> Table:
    """The table in a CSV or XLSX file, by what the file is and not by how it is called. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise too_many(_("bytes"), MOST_BYTES)
    if data.startswith(OLD):
        raise Refused(_("This is an old or a locked workbook. Save it as XLSX without a password, or as CSV."))
    if data.startswith(PACKED):
        look_over(data)
        return table_of(name, rows_of_workbook(data))
    return table_of(name, lines_of_text(data))


def table_of(name: str, lines: Lines) -> Table:
    """The first line that is not empty is the head."""
    kept = (line for line in lines if any(map(str.strip, line[1])))
    _number, head = next(kept, (0, []))
    if not head:
        raise Refused(_("There is nothing in this file."))
    columns = tuple(cell.strip().lower() for cell in without_end(head))
    if len(columns) > MOST_COLUMNS:
        raise too_many(_("columns"), MOST_COLUMNS)
    table = Table(name, columns, [], [])
    for number, cells in kept:
        if len(table.rows) == MOST_ROWS:
            raise too_many(_("rows"), MOST_ROWS)
        table.rows.append(row_of(number, cells, columns))
        table.numbers.append(number)
    return table


def row_of(number: int, cells: list[str], columns: tuple[str, ...]) -> tuple[str, ...]:
    told = without_end(cells)
    if len(told) > len(columns):
        raise Refused(_("Row %(row)d has more cells than the head has columns.") % {"row": number})
    for column, cell in zip(columns, told, strict=False):
        place = {"row": number, "column": column}
        if len(cell) > MOST_IN_A_CELL:
            raise Refused(_("Row %(row)d is too long in the column “%(column)s”.") % place)
        if UNSEEN.search(cell):
            raise Refused(_("Row %(row)d has a sign that cannot be shown in the column “%(column)s”.") % place)
    return tuple(plain(cell) for cell in told) + ("",) * (len(columns) - len(told))


def without_end(cells: list[str]) -> list[str]:
    """The cells without empty ones at the end."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


# CSV.


def lines_of_text(data: bytes) -> Lines:
    """Separated by commas, semicolons or tabs: by whichever of them the head has most."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = _("This file is neither XLSX nor text in UTF-8. Save it as one of them; byte %(at)s is not UTF-8.")
        raise Refused(said % {"at": f"{error.start:,}"}) from error
    if "\0" in text:
        raise Refused(_("This file holds NUL signs, which no text has."))
    first = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(BETWEEN, key=first.count), strict=True)
    return rows_of(reader)


def rows_of(reader: Any) -> Lines:
    try:
        yield from enumerate(reader, 1)
    except csv.Error as error:
        place = {"line": reader.line_num, "why": error}
        raise Refused(_("This is no CSV from line %(line)d on: %(why)s.") % place) from error
