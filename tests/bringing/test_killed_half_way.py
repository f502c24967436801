"""The machine fails while a large file comes in: what was in before is in, and nothing of the unfinished file."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection

from tests.bringing.conftest import SMALL

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
MOTION = """---
motion: the-motion
question: Will it?
opened: 2024-01-01
horizon: 2034-01-01
sides:
  - {slug: yes, label: It will, short_label: "yes", case: So., glyph: left, colour: blue, position: 1, thesis: thesis}
---

# Claims

## The thesis.
id: thesis
kind: forecast
origin: curator
"""
CLAIM = """
## It is so for the {number}th time.
kind: observation
stance: asserts

- asserts at {number}: She says so.
- supports [[thesis]]: It follows.
"""
LARGE = (
    SMALL.replace("small", "large").replace("It is so.", "It is so too.").replace("[[it-is-so]]", "[[it-is-so-too]]")
)
# The command itself; only that it says when the rows of the large file are written, and waits before they stay.
PAUSING = """
import sys
import django
from django.core.management import call_command

django.setup()
from debate.actions.bringing.claims import ClaimsOfFile

whole = ClaimsOfFile.relations

def pausing(self):
    whole(self)
    if len(self.parts) > 100:
        print("all of it is written", flush=True)
        sys.stdin.read()

ClaimsOfFile.relations = pausing
call_command("import_essay", *sys.argv[1:])
"""


def rows_of(path):
    """How many essays, claims, passages and relations another process finds, and lines of history of claims."""
    nouns = ("essay", "claim", "passage", "relation", "historicalclaim")
    with closing(sqlite3.connect(path)) as found:
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [found.execute(f"SELECT count(*) FROM debate_{noun}").fetchone()[0] for noun in nouns]  # noqa: S608


@pytest.fixture
def database(tmp_path):
    """A database file of its own, migrated."""
    source = sqlite3.connect(connection.settings_dict["NAME"])
    with closing(source), closing(sqlite3.connect(tmp_path / "db.sqlite3")) as own:
        source.backup(own)
    return tmp_path / "db.sqlite3"


@pytest.fixture
def files(tmp_path):
    texts = [MOTION, SMALL, LARGE + "".join(CLAIM.format(number=number) for number in range(1, 201))]
    paths = [tmp_path / f"{number}.md" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_nothing_of_the_unfinished_file_is_in(database, files, tmp_path):
    own = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "VAR_DIR": str(tmp_path)}
    own["DJANGO_SETTINGS_MODULE"] = "debate.settings"
    said = {"cwd": settings.BASE_DIR, "env": own, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", PAUSING, *files], **said) as process:
        assert process.stdout.readline() == b"all of it is written\n"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert rows_of(database) == [1, 2, 1, 1, 2]
    subprocess.run([sys.executable, "manage.py", "import_essay", *files], **said | {"stdin": None}, check=True)
    assert rows_of(database) == [2, 203, 202, 202, 203]
