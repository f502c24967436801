"""PostgreSQL as Django speaks to it, with a connection's health looked at once a second instead of at every request.

A look is a round trip of its own: as dear as the one query that a kept page needs. A connection that breaks within
the second fails one request and is replaced for the next.

Queries are not compiled by its JIT: it takes the nested conditions of what readers can see for costly ones, and spent
15 seconds on compiling what then ran in half a second, on a motion of 10,000 claims.
"""

from time import monotonic

from django.db.backends.postgresql import base

SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    health_check_done: bool
    looked_at = 0.0

    def init_connection_state(self) -> None:
        super().init_connection_state()
        with self.connection.cursor() as cursor:
            cursor.execute("SET jit = off")

    def close_if_health_check_failed(self) -> None:
        """Once a request at most, and never within a transaction: what is passed over counts as done."""
        if self.health_check_done or monotonic() - self.looked_at < SECONDS:
            self.health_check_done = True
            return
        super().close_if_health_check_failed()
        self.looked_at = monotonic()
