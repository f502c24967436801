"""An operator starts the site, finds it, and ends it."""

import os
import signal
import stat
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from tests.launcher.conftest import Start, lines_of_start

on_sqlite = pytest.mark.sqlite


def address_in(lines: list[str]) -> str:
    return next(word.rstrip(";") for word in lines[-2].split() if word.startswith("http"))


@on_sqlite
def test_a_first_start_tells_each_step(first_lines: list[str]) -> None:
    assert [line.split(":")[0] for line in first_lines[:3]] == ["Database", "Corpus", "Static files"]
    assert first_lines[0].startswith("Database: created")


@on_sqlite
def test_a_second_start_changes_nothing(start: Start, prepared: str) -> None:
    """That it takes less than three seconds, `.ci/run` holds: it has the machine to itself there."""
    lines = lines_of_start(start(VAR_DIR=prepared))
    assert lines[0] == "Database: up to date."
    assert lines[2] == "Static files: unchanged."


@on_sqlite
def test_it_answers_at_the_address_that_it_ends_with(start: Start, prepared: str) -> None:
    lines = lines_of_start(start(VAR_DIR=prepared))
    assert address_in(lines).startswith("http://localhost:")
    assert lines[-1].endswith("make curator")
    with urllib.request.urlopen(f"{address_in(lines)}/healthz", timeout=10) as response:
        assert response.status == 200


@on_sqlite
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_told_without_a_traceback(start: Start, prepared: str, how: signal.Signals) -> None:
    process = start(VAR_DIR=prepared)
    lines_of_start(process)
    process.send_signal(how)
    said, complaints = process.communicate(timeout=120)
    assert process.returncode == 0
    assert said.splitlines()[-1] == "Ended."
    assert "Traceback" not in complaints


@on_sqlite
def test_ctrl_c_which_reaches_every_worker_too_ends_it_quietly(start: Start, prepared: str) -> None:
    process = start(VAR_DIR=prepared)
    lines_of_start(process)
    time.sleep(2)  # the first worker answers before the last one has come up
    os.killpg(process.pid, signal.SIGINT)
    said, complaints = process.communicate(timeout=120)
    assert (process.returncode, said, complaints) == (0, "Ended.\n", "")


@on_sqlite
def test_the_secret_is_kept_for_its_owner_only(prepared: str) -> None:
    assert stat.S_IMODE((Path(prepared) / "secret_key").stat().st_mode) == 0o600


@pytest.fixture
def empty_postgres() -> Iterator[str]:
    """The address of a new database on the server that the tests run on."""
    given = os.environ.get("DATABASE_URL") or pytest.skip("DATABASE_URL names no server")
    name = f"launcher_{uuid4().hex}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        connection.execute(f"drop database {name} with (force)")


@pytest.mark.postgresql
def test_it_starts_on_postgresql_too(start: Start, empty_postgres: str) -> None:
    process = start(DATABASE_URL=empty_postgres)
    lines = lines_of_start(process)
    assert lines[0].startswith("Database: created")
    process.terminate()
    process.communicate(timeout=120)
