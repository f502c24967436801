"""Who is signed in where."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection, models
from django.utils import timezone

from debate.models.authored import Edition
from debate.models.people import User

FOUND = """
    SELECT reader.*, kept.session_data AS kept_data, edition.number AS edition_number, edition.changed_at AS edition_at
    FROM debate_session AS kept
    LEFT JOIN debate_user AS reader ON reader.id = kept.reader
    LEFT JOIN debate_edition AS edition ON edition.id = 1
    WHERE kept.session_key = %s AND kept.expire_date > %s
"""


class Found(NamedTuple):
    """What a session holds, still signed; whose it is; and the mark of the edition at that moment."""

    data: str
    user: User | None
    edition: str


def found_session(key: str) -> Found | None:
    """The session of this key with its reader, unless it has run out. One query.

    Written out, since each request of a member asks it.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    row = next(iter(User.objects.raw(FOUND, [key, now])), None)
    if row is None:
        return None
    data, number, changed_at = (row.__dict__.pop(name) for name in ("kept_data", "edition_number", "edition_at"))
    return Found(data, row if row.pk else None, Edition.mark(number, changed_at) if number else "")


class Session(AbstractBaseSession):
    """A session as Django keeps it, and whose it is, so that all of one reader's can be ended. No session, no row.

    No foreign key: a session outlives its reader where they sign in while they are being deleted, and knows nobody.
    """

    reader = models.BigIntegerField(null=True, db_index=True, help_text="The key of who is signed in or signing in.")

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore
