"""PostgreSQL: an index on the tsvector expression, which the condition repeats to the letter."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

from debate.search.tables import INDEXED
from debate.search.words import words_of


def vector(table: str, columns: Sequence[str]) -> str:
    joined = " || ' ' || ".join(f"{table}.{name}" for name in columns)
    return f"to_tsvector('english', {joined})"


def matching(table: str, words: str) -> Q:
    found = words_of(words)
    if not found:
        return Q(pk__in=[])
    query = " & ".join([*found[:-1], f"{found[-1]}:*"])
    rows = f"SELECT id FROM {table} WHERE {vector(table, INDEXED[table])} @@ to_tsquery('english', %s)"
    return Q(pk__in=RawSQL(rows, [query]))


def prepare(cursor: CursorWrapper, table: str, columns: Sequence[str]) -> None:
    cursor.execute("SELECT to_regclass(%s)", [f"{table}_search"])
    if cursor.fetchone()[0] is None:
        cursor.execute(f"CREATE INDEX {table}_search ON {table} USING gin ({vector(table, columns)})")


def is_complete(cursor: CursorWrapper, table: str) -> bool:
    """Whether the index is there and usable: what it holds, the database keeps in step itself."""
    cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [f"{table}_search"])
    return bool(cursor.fetchone() == (True,))
