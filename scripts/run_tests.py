"""Run every test: on SQLite, on PostgreSQL where TEST_POSTGRES_URL is given, in a browser where one is found.

    python -m scripts.run_tests [what pytest takes]

With REQUIRE_ALL set, nothing may be left out and a skipped test fails. CHROMIUM names a browser that is not
on the path.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg

from scripts.prepare import Refusal, first_line, obeying, say

PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "polis"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What an operator may have set for a site of their own must not reach the tests.
NOT_FOR_TESTS = (
    *("ALLOWED_HOSTS", "CACHE_URL", "CONTACT", "DATABASE_URL", "DEBUG", "HOST", "PORT", "SECRET_KEY"),
    *("SITE_NAME", "SITE_URL", "STATIC_ROOT", "VAR_DIR", "WORKERS", "HTTPS", "BEHIND_PROXY", "PROXY_COUNT"),
    "PYTHONDONTWRITEBYTECODE",  # each process would read and compile every test anew
)


class Round(NamedTuple):
    """One run of pytest: on which database, and what it leaves out."""

    database: str
    settings: dict[str, str]
    without: list[str]


def find_browser() -> str | None:
    """The chromium to drive, if there is one."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


def rounds() -> Iterator[Round]:
    """SQLite always, with the browser; PostgreSQL where given, without: pages look the same on both."""
    browser, absent = find_browser(), without_data()
    if not browser:
        leave_out("Browser tests", "no chromium was found; CHROMIUM=/path/to/chromium names one")
    settings = {"CHROMIUM": browser} if browser else {}
    yield Round("SQLite", settings, ["postgresql", *absent, *([] if browser else ["browser"])])
    url = os.environ.get("TEST_POSTGRES_URL")
    if url:
        refuse_unreachable(url)
        yield Round("PostgreSQL", {"DATABASE_URL": url}, ["sqlite", "browser", *absent])
    else:
        leave_out("Tests on PostgreSQL", "TEST_POSTGRES_URL is not given")


def without_data() -> list[str]:
    """What to leave out where the data that others published, which is no part of the project, is not beside it."""
    if PUBLISHED.is_dir():
        return []
    say("Tests on published data", "left out, there is no ../shared/polis")
    return ["reference"]


def leave_out(what: str, why: str) -> None:
    """Say what is not tested; where everything has to be, refuse."""
    if os.environ.get("REQUIRE_ALL"):
        raise Refusal(f"{what} are required here, and {why}.")
    say(what, f"skipped, {why}")


def refuse_unreachable(url: str) -> None:
    """A server that does not answer is one sentence, not a thousand errors."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise Refusal(f"TEST_POSTGRES_URL cannot be reached: {first_line(error)}") from error


def workers() -> str:
    """As many as there are cores: with more, browsers and servers get in each other's way, and it takes longer."""
    return str(os.cpu_count() or 1)


def run(this: Round, arguments: list[str]) -> int:
    """Run pytest once, in processes of its own."""
    print(f"\nTests on {this.database}", flush=True)
    environment = {name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}
    strict = ["-p", "tests.no_skips"] if os.environ.get("REQUIRE_ALL") else []
    chosen = ["-m", " and ".join(f"not {marker}" for marker in this.without)]
    parallel = ["-n", os.environ.get("TEST_WORKERS") or workers(), "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", *parallel, *strict, *chosen, *arguments]
    return subprocess.run(command, env=environment | this.settings, check=False).returncode


def main() -> int:
    """Every round is run; the worst result counts."""
    planned = list(rounds())
    return max([run(each, sys.argv[1:]) for each in planned])


if __name__ == "__main__":
    sys.exit(obeying(main))
