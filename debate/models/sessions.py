"""Who is signed in where."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """A session as Django keeps it, and whose it is, so that all of one reader's can be ended. No session, no row.

    No foreign key: a session outlives its reader where they sign in while they are being deleted, and knows nobody.
    """

    reader = models.BigIntegerField(null=True, db_index=True, help_text="The key of who is signed in or signing in.")

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore
