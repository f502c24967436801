"""Time what is computed of readers' votes and of a graph of claims, in memory, without a database.

    python -m benchmarks.opinion                 opinion groups of 2,000 × 200 and 100,000 × 1,000, and strength
    python -m benchmarks.opinion --readers 5000 --claims 300 --voted 0.2

Each in a process of its own, whose greatest memory is told with it (the votes themselves included: 8 bytes each).
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from debate.reasoning.opinion import Groups, consensus, groups, project, representative
from debate.reasoning.strength import quadratic_energy

SIZES = [(2_000, 200, 0.5), (100_000, 1_000, 0.05)]
GRAPHS = [(134, 300), (10_000, 30_000)]


def votes_of(readers: int, claims: int, voted: float) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Readers of three minds, some rows at a time; of each row the given share is voted on."""
    random = np.random.default_rng(1)
    minds = random.random((3, claims))
    votes = np.empty((readers, claims))
    for start in range(0, readers, 2_000):
        rows = votes[start : start + 2_000]
        leaning = minds[random.integers(0, 3, len(rows))]
        rows[:] = np.where(random.random(rows.shape) < leaning, 1.0, -1.0)
        rows[random.random(rows.shape) < 0.1] = 0.0
        rows[random.random(rows.shape) >= voted] = np.nan
    return votes


def graph_of(claims: int, relations: int) -> tuple[dict[int, float], list[tuple[int, int]], list[tuple[int, int]]]:
    """Claims that bear on earlier ones, one relation in ten the other way round, so that there are cycles."""
    random = np.random.default_rng(1)
    sources = random.integers(1, claims, relations)
    targets = np.maximum(0, sources - 1 - random.integers(0, 60, relations))
    back = random.random(relations) < 0.1
    pairs = np.where(back[:, None], np.stack([targets, sources], 1), np.stack([sources, targets], 1)).tolist()
    arrows = [(source, target) for source, target in pairs]
    return dict.fromkeys(range(claims), 0.5), arrows[::2], arrows[1::2]


def timed(name: str, work: Callable[[], Any]) -> Any:
    since = time.perf_counter()
    made = work()
    print(f"  {name:<28}{time.perf_counter() - since:8.2f} s", flush=True)
    return made


def measure(readers: int, claims: int, voted: float) -> None:
    print(f"{readers:,} readers × {claims:,} claims, {voted:.0%} voted")
    votes = votes_of(readers, claims, voted)
    timed("project", lambda: project(votes))
    found: Groups = timed("groups", lambda: groups(votes))
    timed("groups, three of them", lambda: groups(votes, count=3))
    timed("consensus", lambda: consensus(votes, found.labels))
    timed("representative", lambda: representative(votes, found.labels))
    sizes = np.bincount(found.labels + 1)[1:].tolist()
    print(f"  groups of {sizes}; at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB held")


def measure_strength() -> None:
    for claims, relations in GRAPHS:
        base, supports, attacks = graph_of(claims, relations)
        print(f"{claims:,} claims, {relations:,} relations, with cycles")
        timed("quadratic energy", lambda: quadratic_energy(base, supports, attacks))  # noqa: B023


def calls(asked: argparse.Namespace) -> Iterator[list[str]]:
    """What each process is to measure."""
    sizes = [(asked.readers, asked.claims, asked.voted)] if asked.readers else SIZES
    for readers, claims, voted in sizes:
        yield ["--here", "--readers", str(readers), "--claims", str(claims), "--voted", str(voted)]
    if not asked.readers:
        yield ["--here"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=0)
    parser.add_argument("--claims", type=int, default=200)
    parser.add_argument("--voted", type=float, default=0.5, help="the share of claims that a reader votes on")
    parser.add_argument("--here", action="store_true", help="in this process")
    asked = parser.parse_args()
    if not asked.here:
        for words in calls(asked):
            subprocess.run([sys.executable, "-m", "benchmarks.opinion", *words], check=True)
    elif asked.readers:
        measure(asked.readers, asked.claims, asked.voted)
    else:
        measure_strength()


if __name__ == "__main__":
    main()
