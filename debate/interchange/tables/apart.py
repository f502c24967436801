"""Has workbooks read and written by another process: the library takes twelve megabytes, and files are hostile."""

import json
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from debate.interchange.tables.limits import MOST_COLUMNS, MOST_ROWS, Refused, too_many

SECONDS = 20
# Nothing of ours goes along: no secret, no address of a database.
ENVIRONMENT = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def rows_of_workbook(data: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the sheet that was open, each with its number. Takes half a second; raises Refused."""
    try:
        told: dict[str, Any] = json.loads(done_apart("read", data))
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
        return done_apart("write", json.dumps(rows).encode())
    except subprocess.SubprocessError as error:
        raise Refused(_("A workbook cannot be made of it. Take it out as CSV.")) from error


def done_apart(act: str, data: bytes) -> bytes:
    command = [sys.executable, "-m", "debate.interchange.tables", act]
    return subprocess.run(  # noqa: S603 (the file goes in as data)
        command,
        input=data,
        capture_output=True,
        timeout=SECONDS,
        check=True,
        cwd=settings.BASE_DIR,
        env=ENVIRONMENT,
    ).stdout
