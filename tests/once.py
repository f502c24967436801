"""What takes long to make and every process of a run may share."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.databases import alone

Made = TypeVar("Made")


def once(shared_folder: Path, name: str, make: Callable[[], Made]) -> Made:
    """What make() returns, made by whichever process of the run asks first; the others wait, then read it."""
    folder = shared_folder / name
    folder.mkdir(exist_ok=True)
    kept = folder / "made.pickle"
    with alone(folder):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make()))
    return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S301
