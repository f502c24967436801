"""A table as the bytes of a file."""

from django.utils.translation import gettext as _
from tablib import Dataset

from debate.interchange.tables.apart import workbook_of
from debate.interchange.tables.cells import UNSEEN, escaped
from debate.interchange.tables.limits import MOST_IN_A_WORKBOOKS_CELL, Refused

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_table(data: Dataset, form: str) -> bytes:
    """The table as "csv" or "xlsx", every cell text. CSV begins with the mark by which spreadsheets know UTF-8.

    Raises Refused where a text is longer than a workbook's cell may be.
    """
    rows = [[escaped(str(cell)) for cell in row] for row in data]
    if form == "csv":
        return str(Dataset(*rows, headers=data.headers).export("csv")).encode("utf-8-sig")
    if any(len(cell) > MOST_IN_A_WORKBOOKS_CELL for row in rows for cell in row):
        raise Refused(_("A text is too long for the cell of a workbook. Take it out as CSV."))
    shown = [[UNSEEN.sub("\N{REPLACEMENT CHARACTER}", cell) for cell in row] for row in rows]
    return workbook_of([list(data.headers), *shown])
