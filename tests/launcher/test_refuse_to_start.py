"""What cannot work is refused in one clear sentence, without a traceback."""

import os
import socket
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launcher.conftest import Start

pytestmark = pytest.mark.sqlite
SECRET = "a secret of the site's own, long and of many signs, 1234567890"


def refusal(start: Start, **settings: str) -> str:
    """The one sentence that a start ends with."""
    process = start(**settings)
    said, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in said + complaint
    assert len(complaint.splitlines()) == 1
    return complaint


@pytest.fixture
def taken_port() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield str(listening.getsockname()[1])


def test_a_taken_port(start: Start, taken_port: str) -> None:
    sentence = refusal(start, PORT=taken_port)
    assert f"Port {taken_port} is taken" in sentence
    assert f"PORT={int(taken_port) + 1} make run" in sentence


@pytest.mark.parametrize("port", ["http", "-1", "65536", "80.5"])
def test_a_port_that_is_none(start: Start, port: str) -> None:
    assert f"PORT={port} is not a whole number" in refusal(start, PORT=port)


def test_a_number_of_workers_that_is_none(start: Start) -> None:
    assert "WORKERS=0 is not a whole number from 1" in refusal(start, WORKERS="0")


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "x" * 300])
def test_a_host_that_is_not_here(start: Start, host: str) -> None:
    sentence = refusal(start, HOST=host, SECRET_KEY=SECRET, ALLOWED_HOSTS="ten-years.example")
    assert f"HOST={host} is not an address of this machine" in sentence


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "SECRET_KEY and ALLOWED_HOSTS must be given"),
        ({"SECRET_KEY": SECRET}, "so ALLOWED_HOSTS must be given"),
        ({"ALLOWED_HOSTS": "ten-years.example"}, "so SECRET_KEY must be given"),
    ],
)
def test_serving_others_without_a_secret_or_hosts(start: Start, given: dict[str, str], missing: str) -> None:
    assert missing in refusal(start, HOST="0.0.0.0", **given)  # noqa: S104


def test_a_name_for_others_without_a_secret(start: Start) -> None:
    assert "SECRET_KEY" in refusal(start, ALLOWED_HOSTS="ten-years.example")


@pytest.mark.parametrize("secret", ["a", "s" * 60, SECRET[:49]])
def test_a_secret_that_could_be_guessed(start: Start, secret: str) -> None:
    said = "SECRET_KEY has to be at least 50 random characters"
    assert said in refusal(start, SECRET_KEY=secret, ALLOWED_HOSTS="ten-years.example")


def test_a_secret_of_before_that_could_be_guessed(start: Start) -> None:
    given = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "ten-years.example", "SECRET_KEY_FALLBACKS": f"{SECRET},a"}
    assert "SECRET_KEY_FALLBACKS has to be" in refusal(start, **given)


@pytest.mark.parametrize("hosts", ["*", "ten-years.example,*"])
def test_a_name_for_everybody(start: Start, hosts: str) -> None:
    assert "ALLOWED_HOSTS=* would answer to any name" in refusal(start, SECRET_KEY=SECRET, ALLOWED_HOSTS=hosts)


@pytest.mark.parametrize("contact", ["somebody", "javascript:alert(1)", "a b@example.org"])
def test_a_contact_that_nobody_could_write_to(start: Start, contact: str) -> None:
    assert f"CONTACT={contact} is neither" in refusal(start, CONTACT=contact)


def test_a_folder_that_cannot_be_made(start: Start, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    sentence = refusal(start, VAR_DIR=str(tmp_path / "file" / "var"))
    assert "cannot be written to" in sentence
    assert "VAR_DIR=" in sentence


def test_a_folder_that_is_read_only(start: Start, tmp_path: Path) -> None:
    folder = Path("/proc/self/task") if os.geteuid() == 0 else tmp_path / "read-only"
    folder.mkdir(mode=stat.S_IRUSR | stat.S_IXUSR, exist_ok=True)
    assert f"{folder} cannot be written to" in refusal(start, VAR_DIR=str(folder))


def test_a_database_that_does_not_answer(start: Start) -> None:
    url = "postgres://reader:hidden-password@127.0.0.1:1/ten_years"
    sentence = refusal(start, DATABASE_URL=url)
    assert "The database ten_years at 127.0.0.1:1 cannot be reached" in sentence
    assert "hidden-password" not in sentence


def test_a_database_in_a_folder_that_does_not_exist(start: Start, tmp_path: Path) -> None:
    where = tmp_path / "nowhere" / "db.sqlite3"
    assert f"The database {where} cannot be reached" in refusal(start, DATABASE_URL=f"sqlite:///{where}")


def test_a_file_that_is_no_database(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "letters.txt"
    file.write_text("dear reader, " * 1000)
    assert f"The database {file} cannot be" in refusal(start, DATABASE_URL=f"sqlite:///{file}")


def test_a_database_of_something_else(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite3"
    with sqlite3.connect(file) as other:
        other.execute("create table django_content_type (words text)")
    assert f"The database {file} cannot be used" in refusal(start, DATABASE_URL=f"sqlite:///{file}")


@pytest.mark.parametrize("url", ["oracle-of-delphi://x/y", "not an address"])
def test_an_address_of_no_database(start: Start, url: str) -> None:
    assert "The settings do not hold together" in refusal(start, DATABASE_URL=url)


def test_a_setting_of_the_wrong_kind(start: Start) -> None:
    assert "DEBUG" in refusal(start, DEBUG="perhaps")
