"""Workbooks as rows of texts, and rows of texts as workbooks; for a process that may be lost."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl

from debate.interchange.tables.limits import MOST_COLUMNS, MOST_ROWS


class TooMany(ValueError):
    """More "rows" or "columns" than a table may have."""


def read(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the sheet that was open when it was saved, each with its number."""
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    sheet = book.active
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MOST_ROWS + 1:
            raise TooMany("rows")
        if len(cells) > MOST_COLUMNS * 10:
            raise TooMany("columns")
        yield number, [text_of(cell) for cell in cells]


def text_of(value: Any) -> str:
    """A cell's value as it would stand in a CSV file; a formula as it is written."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(getattr(value, "text", None) or value)


def written(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("table")
    for row in rows:
        sheet.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()
