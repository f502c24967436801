"""Sessions kept in the database, each with whose it is: read with that reader and the edition, in one round trip."""

from collections.abc import Mapping
from typing import Any, cast

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import url_str_to_user_pk
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from debate.models import Session, User
from debate.models.sessions import found_session


class SessionStore(DjangosStore):
    """`user` and `edition`: as they were when the session was loaded; None and "" before, and where there are none."""

    user: User | None = None
    edition = ""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        found = found_session(self.session_key or "")
        if found is None:
            self._session_key = None
            return {}
        self.user, self.edition = found.user, found.edition
        return self.decode(found.data)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.reader = reader_in(data)
        return row


def reader_in(data: Mapping[str, Any]) -> int | None:
    """The key of who is signed in by a session, or has begun to sign in: the password given, say, and no code yet."""
    begun = data.get(LOGIN_SESSION_KEY) or {}
    told = data.get(SESSION_KEY) or (begun.get("user_pk") and url_str_to_user_pk(begun["user_pk"]))
    return int(told) if told else None


def user_behind(request: HttpRequest) -> User | AnonymousUser:
    """Who is signed in: the user that came with the session where all that Django would ask of it holds.

    Where it does not, Django is asked: it looks at older secrets too, and flushes a session that is no longer good.
    """
    kept = cast("SessionStore", request.session)
    key, user = kept.get(SESSION_KEY), kept.user
    if user is not None and str(user.pk) == key and is_sound(user, kept):
        return user
    return get_user(request)


def is_sound(user: User, kept: SessionStore) -> bool:
    told = kept.get(HASH_SESSION_KEY, "")
    known = kept.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    return known and user.is_active and constant_time_compare(told, user.get_session_auth_hash())
