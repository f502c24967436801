"""SQLite FTS5, kept in step by triggers. Django drops triggers when it alters a table: prepare() remakes them."""

from collections.abc import Sequence

from django.db import DatabaseError
from django.db.backends.utils import CursorWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

from debate.search.words import words_of


def matching(table: str, words: str, *, some: bool = False) -> Q:
    found = words_of(words)
    if not found:
        return Q(pk__in=[])
    query = (" OR " if some else " ").join([*(f'"{word}"' for word in found[:-1]), f'"{found[-1]}"*'])
    return Q(pk__in=RawSQL(f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s", [query]))


def prepare(cursor: CursorWrapper, table: str, columns: Sequence[str]) -> None:
    names = ", ".join(columns)
    old = ", ".join(f"old.{name}" for name in columns)
    new = ", ".join(f"new.{name}" for name in columns)
    remove = f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.id, {old});"
    add = f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.id, {new});"
    cursor.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_fts USING fts5({names}, content='{table}', "
        "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')"
    )
    for event, body in (("insert", add), ("delete", remove), (f"update OF {names}", remove + add)):
        trigger = f"{table}_fts_{event.split()[0]}"
        cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        cursor.execute(f"CREATE TRIGGER {trigger} AFTER {event} ON {table} BEGIN {body} END")
    cursor.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")


def is_complete(cursor: CursorWrapper, table: str) -> bool:
    """Whether the index and its triggers are there, and hold what the table holds, by FTS5's own check."""
    names = [f"{table}_fts", *(f"{table}_fts_{event}" for event in ("insert", "delete", "update"))]
    cursor.execute("SELECT name FROM sqlite_master WHERE name IN (%s, %s, %s, %s)", names)
    if len(cursor.fetchall()) < len(names):
        return False
    try:
        cursor.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True
