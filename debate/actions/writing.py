"""One transaction for one act, taken in turn."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

LOCK = Path(settings.VAR_DIR) / "write.lock"


@contextmanager
def _in_turn() -> Iterator[None]:
    """Queue for SQLite's only writer in the kernel: its own busy loop serves late comers first.

    A transaction already under way has its turn. PostgreSQL needs no queue.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with LOCK.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def writing() -> Iterator[None]:
    """The transaction of an action: all of it or nothing."""
    with _in_turn(), transaction.atomic():
        yield
