"""A table as the bytes of a file."""

from typing import cast

from tablib import Dataset

from debate.interchange.tables.cells import escaped

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_table(data: Dataset, form: str) -> bytes:
    """The table as "csv" or "xlsx", every cell text. CSV begins with the mark by which spreadsheets know UTF-8."""
    safe = Dataset(*([escaped(str(cell)) for cell in row] for row in data), headers=data.headers, title="table")
    written = safe.export(form)
    return cast("bytes", written) if form == "xlsx" else written.encode("utf-8-sig")
