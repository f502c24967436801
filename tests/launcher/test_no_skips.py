"""Where every test is required, a skip is a failure that says why it was skipped."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.prepare import ROOT

pytestmark = pytest.mark.sqlite
SKIPPING = """
import pytest

def test_passes(): pass

def test_skips(): pytest.skip("no oracle here")

@pytest.mark.xfail(reason="known")
def test_expected_to_fail(): assert False
"""
SKIPPED_MODULE = 'import pytest\npytest.skip("no temple here", allow_module_level=True)\n'


def outcome(folder: Path, text: str, *plugins: str) -> str:
    """What pytest says of a file of tests, run on its own."""
    file = folder / "test_oracle.py"
    file.write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\n")
    options = [
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        "-c",
        str(folder / "pytest.ini"),
    ]
    command = [sys.executable, "-m", "pytest", *options, *plugins, str(file)]
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False).stdout


def test_a_skipped_test_fails(tmp_path: Path) -> None:
    said = outcome(tmp_path, SKIPPING, "-p", "tests.no_skips")
    assert "1 failed, 1 passed, 1 xfailed" in said
    assert "No skip is allowed here: Skipped: no oracle here" in said


def test_a_skipped_module_fails(tmp_path: Path) -> None:
    said = outcome(tmp_path, SKIPPED_MODULE, "-p", "tests.no_skips")
    assert "1 error" in said
    assert "no temple here" in said


def test_without_the_plugin_a_skip_is_a_skip(tmp_path: Path) -> None:
    assert "1 passed, 1 skipped, 1 xfailed" in outcome(tmp_path, SKIPPING)
