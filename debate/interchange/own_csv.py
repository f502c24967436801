"""A reader's own data as a ZIP of CSV files, one a table."""

import csv
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from debate.interchange.own_data import Table, tables_of
from debate.models import User

IN_MEMORY = 1024 * 1024
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def zip_of(reader: User) -> IO[bytes]:
    """An open file, to be read from its beginning: kept in memory while it is small, on the disk beyond."""
    file = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - whoever sends it closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for table in tables_of(reader):
            put(archive, table)
    file.seek(0)
    return file


def put(archive: ZipFile, table: Table) -> None:
    with archive.open(f"{table.name}.csv", "w") as member, TextIOWrapper(member, "utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(table.columns)
        for row in table.rows():
            writer.writerow([cell(value) for value in row])


def cell(value: Any) -> Any:
    """What stands in a cell. Text that a spreadsheet would take for a formula has an apostrophe before it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULAS):
        return f"'{value}"
    return value
