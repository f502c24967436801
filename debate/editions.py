"""The edition as a worker hears of it: PostgreSQL tells each worker of a change, so that a kept page needs no query.

SQLite is asked at every request, which costs less than listening would. On PostgreSQL a thread of the worker holds a
connection of its own. Whatever it misses (a change past our models, a pooler that hands no notices on) it reads
within a second; where it has heard nothing for longer, the database is asked as if there were no thread.
"""

import os
import time
from threading import Lock, Thread

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection

from debate.models import Edition

READ_EVERY = 1.0  # seconds
TRUSTED_FOR = 2.0  # seconds since the last word from the database
PAUSE = 1.0  # seconds between tries to connect


class Listener:
    """What the database last said of the edition. One a process; started by the first who asks."""

    def __init__(self) -> None:
        self.mark = ""
        self.heard_at = float("-inf")
        self.process = 0
        self.lock = Lock()

    def now(self) -> str:
        """The mark of the current edition; no query where the database was heard from lately."""
        if not settings.LISTENS or connection.vendor != "postgresql":
            return Edition.now()
        if self.process != os.getpid():
            self.start()
        mark = self.mark
        trusted = mark and time.monotonic() - self.heard_at < TRUSTED_FOR
        return mark if trusted else Edition.now()

    def start(self) -> None:
        with self.lock:
            if self.process != os.getpid():
                self.process, self.mark = os.getpid(), ""
                Thread(target=self.listen, name="editions", daemon=True).start()

    def stop(self) -> None:
        self.process = 0

    def listen(self) -> None:
        while self.process:
            try:
                self.follow()
            except (DatabaseError, psycopg.Error):
                time.sleep(PAUSE)
            finally:
                connection.close()

    def follow(self) -> None:
        """Read the edition now, at every notice and every second, until the connection breaks or it is stopped."""
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {Edition.CHANNEL}")
        while self.process:
            self.mark, self.heard_at = Edition.now(), time.monotonic()
            for _notice in connection.connection.notifies(timeout=READ_EVERY, stop_after=1):
                self.mark = ""


LISTENER = Listener()
