"""Hostile files are read by a process of their own, which knows nothing of the site and may take so much and no more.

Knows no Django: that process has no need of it.
"""

import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 1024**3
# Nothing of ours goes along: no secret, no address of a database.
ENVIRONMENT = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def done_apart(package: str, word: str, data: bytes, *, seconds: int) -> bytes:
    """What a package of this room answers, run with one word and these bytes.

    Raises subprocess.SubprocessError where it fails or takes more than so many seconds.
    """
    command = [sys.executable, "-m", f"debate.interchange.{package}", word]
    return subprocess.run(  # noqa: S603 (the file goes in as data)
        command, input=data, capture_output=True, timeout=seconds, check=True, cwd=ROOT, env=ENVIRONMENT
    ).stdout


def keep_within(seconds: int) -> None:
    """In that process: so many seconds of work, one gigabyte, and no picture of its memory when it fails."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
