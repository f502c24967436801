"""PostgreSQL as Django speaks to it, with a connection's health looked at once a second instead of at every request.

A look is a round trip of its own: as dear as the one query that a kept page needs. A connection that breaks within
the second fails one request and is replaced for the next.
"""

from time import monotonic

from django.db.backends.postgresql import base

SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    health_check_done: bool
    looked_at = 0.0

    def close_if_health_check_failed(self) -> None:
        """Once a request at most, and never within a transaction: what is passed over counts as done."""
        if self.health_check_done or monotonic() - self.looked_at < SECONDS:
            self.health_check_done = True
            return
        super().close_if_health_check_failed()
        self.looked_at = monotonic()
