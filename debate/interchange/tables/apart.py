"""Has workbooks read and written by another process: the library takes twelve megabytes, and files are hostile."""

import json
import subprocess
from typing import Any

from django.utils.translation import gettext as _

from debate.interchange.apart import done_apart
from debate.interchange.tables.limits import MOST_COLUMNS, MOST_ROWS, Refused, too_many

SECONDS = 20


def rows_of_workbook(data: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the sheet that was open, each with its number. Takes half a second; raises Refused."""
    try:
        told: dict[str, Any] = json.loads(done_apart("tables", "read", data, seconds=SECONDS))
    except (subprocess.SubprocessError, ValueError) as error:
        raise Refused(_("This workbook cannot be read. Save it anew, or as CSV.")) from error
    if told.get("refused") == "rows":
        raise too_many(_("rows"), MOST_ROWS)
    if told.get("refused") == "columns":
        raise too_many(_("columns"), MOST_COLUMNS)
    return [(number, cells) for number, cells in told["rows"]]


def workbook_of(rows: list[list[str]]) -> bytes:
    """A workbook of one sheet, every cell text. Takes half a second; raises Refused."""
    try:
        return done_apart("tables", "write", json.dumps(rows).encode(), seconds=SECONDS)
    except subprocess.SubprocessError as error:
        raise Refused(_("A workbook cannot be made of it. Take it out as CSV.")) from error
