"""One transaction for one act, taken in turn."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import local
from typing import TextIO, cast

from django.conf import settings
from django.db import connection, transaction

LOCK = Path(settings.VAR_DIR) / "write.lock"


own = local()


def own_lock() -> TextIO:
    """The lock file as this thread of this process opened it: one opened by another would not exclude it."""
    if getattr(own, "pid", None) != os.getpid():
        LOCK.parent.mkdir(parents=True, exist_ok=True)
        own.file, own.pid = LOCK.open("a"), os.getpid()
    return cast("TextIO", own.file)


@contextmanager
def _in_turn() -> Iterator[None]:
    """Queue for SQLite's only writer in the kernel: its own busy loop serves late comers first.

    A transaction already under way has its turn. PostgreSQL needs no queue.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    file = own_lock()
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def writing() -> Iterator[None]:
    """The transaction of an action: all of it or nothing."""
    with _in_turn(), transaction.atomic():
        yield


def tell_planner() -> None:
    """Let PostgreSQL count the rows at once: taking the tables for empty, it would walk them row by row."""
    if connection.vendor == "postgresql":
        count_rows()


def count_rows() -> None:
    """Let the database count, so that it plans queries by what is there now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
