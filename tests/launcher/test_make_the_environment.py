"""`scripts/venv.sh` chooses a Python and installs only what changed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.prepare import ROOT

pytestmark = pytest.mark.sqlite

# A Python that is too old says so to both questions that the script asks.
OLD = """#!/bin/sh
case "$2" in
    *version_info*) exit 1 ;;
    *python_version*) echo 3.9.2 ;;
esac
"""
SHIM = "#!/bin/sh\necho 'command not found' >&2\nexit 127\n"


def put(path: Path, text: str) -> Path:
    """A program at this place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def make_environment(*names: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run the script with nothing but these settings."""
    command = ["/bin/sh", str(ROOT / "scripts" / "venv.sh"), *names]
    environment = {"PATH": os.environ["PATH"]} | settings
    return subprocess.run(command, env=environment, text=True, capture_output=True, check=False)


def test_an_old_python_is_refused_in_one_sentence(tmp_path: Path) -> None:
    old = put(tmp_path / "python3", OLD)
    ended = make_environment("run", PYTHON=str(old), VENV=str(tmp_path / "venv"))
    assert ended.returncode == 1
    assert ended.stderr.startswith("Python 3.11 or newer is needed and this is Python 3.9.2")
    assert len(ended.stderr.splitlines()) == 1
    assert not (tmp_path / "venv").exists()


def test_a_python_that_does_not_run_is_refused_in_one_sentence(tmp_path: Path) -> None:
    broken = put(tmp_path / "python3", SHIM)
    ended = make_environment("run", PYTHON=str(broken), VENV=str(tmp_path / "venv"))
    assert ended.returncode == 1
    assert "does not run" in ended.stderr


def test_no_python_at_all_is_one_sentence(tmp_path: Path) -> None:
    for name in ("dirname", "cmp"):
        put(tmp_path / name, f'#!/bin/sh\nPATH=/usr/bin:/bin exec {name} "$@"\n')
    ended = make_environment("run", PATH=str(tmp_path), VENV=str(tmp_path / "venv"))
    assert ended.returncode == 1
    assert "none was found" in ended.stderr


def test_a_shim_that_fails_and_an_old_python_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path / "bin" / "python3.13", SHIM)
    put(tmp_path / "bin" / "python3.12", OLD)
    put(tmp_path / "bin" / "python3.11", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    ended = make_environment(PATH=path, VENV=str(tmp_path / "a venv"))
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "a venv" / "bin" / "pip").exists()


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ended = make_environment("run", VENV=str(tmp_path / "file" / "venv"))
    assert ended.returncode == 1
    assert ended.stderr.startswith("The virtual environment cannot be made")
    assert len(ended.stderr.splitlines()) == 1


def test_nothing_is_installed_where_nothing_changed(tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    put(venv / "bin" / "python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    put(venv / "bin" / "pip", "")
    (venv / "installed-run.txt").write_bytes((ROOT / "requirements" / "run.txt").read_bytes())
    ended = make_environment("run", VENV=str(venv))
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[-1] == "Requirements: unchanged."


def test_changed_requirements_are_installed_and_a_failure_is_one_sentence(tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    put(venv / "bin" / "python", '#!/bin/sh\ncase "$2" in pip) echo "no such package" >&2; exit 1 ;; esac\n')
    put(venv / "bin" / "pip", "")
    (venv / "installed-run.txt").write_text("of another day")
    ended = make_environment("run", VENV=str(venv))
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("The requirements in requirements/run.txt could not be")
