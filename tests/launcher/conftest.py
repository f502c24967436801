"""How the tests of the launcher start it: in a process of its own, as an operator would."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.prepare import ROOT
from scripts.run_tests import NOT_FOR_TESTS

Start = Callable[..., "subprocess.Popen[str]"]


def settings_for_tests(**settings: str) -> dict[str, str]:
    """The environment without the operator's own settings, and with these."""
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}
    return inherited | settings


@pytest.fixture(scope="session")
def prepared_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a site that has been started before; the processes that run tests share one."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "prepared"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            prepare(folder)
    return folder


def prepare(folder: Path) -> None:
    """Start a site in this folder for the first time, write down what it says, and end it."""
    process = launch(VAR_DIR=str(folder), PORT="0")
    said_by(folder).write_text("\n".join(lines_of_start(process)), encoding="utf-8")
    process.terminate()
    process.communicate(timeout=120)


def said_by(folder: Path) -> Path:
    return folder.with_suffix(".said")


def launch(**settings: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "scripts.serve"],
        cwd=ROOT,
        env=settings_for_tests(**settings),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def lines_of_start(process: "subprocess.Popen[str]") -> list[str]:
    """What is printed up to the last line of a start."""
    assert process.stdout
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if "make curator" in line:
            break
    return lines


@pytest.fixture
def first_lines(prepared_once: Path) -> list[str]:
    """What the first start said."""
    return said_by(prepared_once).read_text(encoding="utf-8").splitlines()


@pytest.fixture
def prepared(prepared_once: Path, tmp_path: Path) -> str:
    """A copy of that folder for one test."""
    return str(shutil.copytree(prepared_once, tmp_path / "prepared"))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the site with these settings, on a free port and in an empty folder unless told."""
    started: list[subprocess.Popen[str]] = []

    def run(**settings: str) -> subprocess.Popen[str]:
        defaults = {"VAR_DIR": str(tmp_path / "var"), "PORT": "0", "PYTHONWARNINGS": "default"}
        process = launch(**defaults | settings)
        started.append(process)
        return process

    yield run
    for process in started:
        process.terminate()
        process.communicate(timeout=120)
