"""Time how long essay files take to come in, and what they take of memory, in one command and a database of its own.

    python -m benchmarks.bringing                    2,500, 5,000 and 10,000 claims, in files of 500 and in one file
    python -m benchmarks.bringing --claims 20000

On SQLite, or where DATABASE_URL names an empty database, there; then only the greatest number, in files of 500.
Exits with a fault where 10,000 claims take 300 MB or more, or where twice the claims take over two and a half times as
long.
"""

import argparse
import os
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
MOST_MEMORY = 300
STEEPEST = 2.5
MOTION = """---
motion: bench
question: Will it come in?
opened: 2024-01-01
horizon: 2034-01-01
sides:
  - {slug: yes, label: It will, short_label: "yes", case: It does., glyph: left, colour: blue, position: 1}
  - {slug: no, label: It will not, short_label: "no", case: No., glyph: right, colour: orange, position: 2}
---

# Claims

## It comes in.
id: ends-yes
kind: forecast
side: yes
origin: curator

## It does not come in.
id: ends-no
kind: forecast
side: no
origin: curator
"""
ESSAY = """---
essay: essay-{name}
motion: bench
title: Essay {name}
authors:
  - slug: author-{name}
    name: Author {name}
publisher: The Press
source: https://example.org/{name}
published: 2024-05-01
---

Our summary of it.

# Claims
"""
CLAIM = """
## Claim {number} of essay {name} says one thing and no other.
id: claim-{name}-{number}
kind: observation
side: yes
tags: Speed, Tag {tag}
stance: asserts

- asserts at "Heading {heading}" {paragraph}: The essay says so in a paragraph of its own.
- reports at "Heading {heading}" {paragraph} (Somebody): It tells who said so before.
- supports [[{target}]]: What it says makes that likelier.
"""


class Measured(NamedTuple):
    """One command: claims a file, seconds, and the greatest memory in MB."""

    claims: int
    files: int
    seconds: float
    memory: int


def essay(name: str, claims: int) -> str:
    """A file of so many claims, each of which supports the one before it."""
    told = [ESSAY.format(name=name)]
    for number in range(1, claims + 1):
        target = f"claim-{name}-{number - 1}" if number > 1 else "ends-yes"
        place = {"heading": number // 50, "paragraph": number % 50 + 1}
        told.append(CLAIM.format(name=name, number=number, tag=number % 40, target=target, **place))
    return "".join(told)


def files_of(folder: Path, claims: int, each: int) -> list[Path]:
    motion = folder / "motion.md"
    motion.write_text(MOTION, encoding="utf-8")
    made = [motion]
    for number in range(claims // each):
        made.append(folder / f"essay-{number}.md")
        made[-1].write_text(essay(str(number), each), encoding="utf-8")
    return made


def measure(claims: int, each: int) -> Measured:
    """Migrate a new database and bring the files in; only the second is measured."""
    with TemporaryDirectory() as told:
        folder = Path(told)
        own = {"VAR_DIR": told, "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder / 'db.sqlite3'}")}
        manage = [sys.executable, str(ROOT / "manage.py")]
        subprocess.run([*manage, "migrate", "--verbosity=0"], env=os.environ | own, check=True)
        command = [*manage, "import_essay", *map(str, files_of(folder, claims, each))]
        since = time.perf_counter()
        process = subprocess.Popen(command, env=os.environ | own, stdout=subprocess.DEVNULL)
        _pid, status, usage = os.wait4(process.pid, 0)
        assert status == 0, "The import failed."
        return Measured(claims, claims // each, time.perf_counter() - since, usage.ru_maxrss // 1024)


def told(one: Measured) -> str:
    what = f"{one.claims:>7,} claims in {one.files:>3} files"
    return f"{what} {one.seconds:7.1f} s {one.claims / one.seconds:6,.0f} a second {one.memory:5} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=10_000)
    most = parser.parse_args().claims
    sizes = [most] if "DATABASE_URL" in os.environ else [most // 4, most // 2, most]
    found = []
    for claims, each in [*((size, 500) for size in sizes), *([(most, most)] if len(sizes) > 1 else [])]:
        found.append(measure(claims, each))
        print(told(found[-1]), flush=True)
    steep = [after for before, after in pairwise(found) if after.seconds > STEEPEST * before.seconds]
    if steep or max(one.memory for one in found) >= MOST_MEMORY:
        sys.exit("That is more than is promised.")


if __name__ == "__main__":
    main()
