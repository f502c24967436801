"""Whether the site can do its work now."""

from functools import cache
from typing import Any

from django.core.cache import cache as shared_cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

CACHE_ERRORS: tuple[type[Exception], ...] = (OSError, DatabaseError)


@cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of each app, as the code has them. Read from the files once a process."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def trouble() -> str:
    """What keeps the site from working, in a sentence; "" where nothing does."""
    try:
        waiting = newest_migrations() - set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return _("The database does not answer.")
    if waiting:
        return _("The database waits for migrations.")
    return trouble_with_cache()


def trouble_with_cache() -> str:
    try:
        shared_cache.get("readyz")
    except (*CACHE_ERRORS, *redis_errors()):
        return _("The cache does not answer.")
    return ""


def redis_errors() -> tuple[Any, ...]:
    """What a Redis client raises, where one is installed."""
    try:
        from redis.exceptions import RedisError  # noqa: PLC0415
    except ImportError:
        return ()
    return (RedisError,)
