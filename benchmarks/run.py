"""Measure the site: every figure beside a constant page of the same server in the same run.

    make bench                      the corpus on SQLite, and on PostgreSQL where TEST_POSTGRES_URL is given
    make bench SCALE=1000           also at so many times the corpus' size (made once, kept under var/bench/)

Needs wrk (Debian: apt-get install wrk). Sends to 127.0.0.1 only.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks import workload
from benchmarks.places import Place, places

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS, WARM_UP = 16, 2


@dataclass(frozen=True)
class Figure:
    name: str
    per_second: float
    p50: float
    p99: float
    errors: int


def manage(place: Place, *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=place.environment(), check=True)


def prepare(place: Place) -> None:
    """Migrate, load, and at a larger scale make the data, once."""
    manage(place, "migrate", "--verbosity=0")
    manage(place, "load_corpus", "--if-empty")
    manage(place, "collectstatic", "--noinput", "--verbosity=0")
    if place.scale > 1 and not place.made.exists():
        large = ["--motions", str(place.scale), "--large", "10000"]
        manage(place, "populate", *large, "--readers", str(200 * place.scale), "--votes", str(5_000 * place.scale))
        place.made.touch()


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(200):
        if process.poll() is not None:
            sys.exit("The server stopped before it answered.")
        try:
            urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server did not answer within twenty seconds.")


@contextmanager
def served(place: Place) -> Iterator["subprocess.Popen[bytes]"]:
    """The production server over this place's database, as `make run` starts it."""
    environment = place.environment() | {"PORT": str(place.port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.serve"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{place.port}/healthz", process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def measure(place: Place, name: str, lines: list[str], seconds: int) -> Figure:
    """Send the requests in turn over sixteen connections for so many seconds, after a short warm-up."""
    asked = place.folder / "requests.txt"
    asked.write_text("\n".join(lines), encoding="utf-8")
    figure = None
    for duration in (WARM_UP, seconds):
        told = subprocess.run(
            [
                "wrk",
                "-t2",
                f"-c{CONNECTIONS}",
                f"-d{duration}s",
                "-s",
                "benchmarks/requests.lua",
                f"http://127.0.0.1:{place.port}/",
                "--",
                str(asked),
                f"localhost:{place.port}",
            ],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        count, micros, p50, p99, errors = next(
            line.split()[1:] for line in told.splitlines() if line.startswith("RESULT")
        )
        figure = Figure(name, int(count) / (int(micros) / 1e6), float(p50), float(p99), int(errors))
    assert figure is not None
    return figure


def memory_of(process: "subprocess.Popen[bytes]") -> list[int]:
    """Resident memory of each worker, in MB."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        if told.get("PPid") == str(process.pid) and "VmRSS" in told:
            found.append(int(told["VmRSS"].split()[0]) // 1024)
    return found


def table(figures: list[Figure]) -> str:
    constant = figures[0].per_second
    rows = ["| what | requests/s | share of constant | p50 ms | p99 ms | errors |", "|---|---:|---:|---:|---:|---:|"]
    rows += [
        f"| {f.name} | {f.per_second:,.0f} | {f.per_second / constant:.1%} | {f.p50:.1f} | {f.p99:.1f} | {f.errors} |"
        for f in figures
    ]
    return "\n".join(rows)


def run(place: Place, seconds: int) -> None:
    print(f"\n## {place.name}\n", flush=True)
    prepare(place)
    cases: dict[str, Any] = workload.cases(place.environment())
    with served(place) as server:
        figures = [measure(place, name, lines, seconds) for name, lines in cases.items()]
        print(table(figures))
        print(f"\nMemory of the workers: {', '.join(f'{mb} MB' for mb in memory_of(server))}.", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=int(os.environ.get("SECONDS_EACH", "8")))
    parser.add_argument("--scale", type=int, default=int(os.environ.get("SCALE", "1")))
    asked = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("make bench needs wrk: apt-get install wrk")
    for place in places(ROOT, asked.scale):
        run(place, asked.seconds)


if __name__ == "__main__":
    main()
