"""Sessions kept in the database, each with whose it is."""

from collections.abc import Mapping
from typing import Any, cast

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import url_str_to_user_pk
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DjangosStore

from debate.models import Session


class SessionStore(DjangosStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.reader = reader_in(data)
        return row


def reader_in(data: Mapping[str, Any]) -> int | None:
    """The key of who is signed in by a session, or has begun to sign in: the password given, say, and no code yet."""
    begun = data.get(LOGIN_SESSION_KEY) or {}
    told = data.get(SESSION_KEY) or (begun.get("user_pk") and url_str_to_user_pk(begun["user_pk"]))
    return int(told) if told else None
