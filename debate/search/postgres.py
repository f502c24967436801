"""PostgreSQL: an index on a tsvector expression, which the condition repeats to the letter.

There are two: of the words' stems without joining words, and of every word as it stands, for a search of joining words.
"""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

from debate.search.tables import INDEXED
from debate.search.words import only_join, words_of

INDEXES = {"english": "search", "simple": "search_plain"}


def vector(table: str, columns: Sequence[str], configuration: str) -> str:
    joined = " || ' ' || ".join(f"{table}.{name}" for name in columns)
    return f"to_tsvector('{configuration}', {joined})"


def matching(table: str, words: str, *, some: bool = False) -> Q:
    found = words_of(words)
    if not found:
        return Q(pk__in=[])
    configuration = "simple" if only_join(found) else "english"
    query = (" | " if some else " & ").join([*found[:-1], f"{found[-1]}:*"])
    held = vector(table, INDEXED[table], configuration)
    return Q(pk__in=RawSQL(f"SELECT id FROM {table} WHERE {held} @@ to_tsquery('{configuration}', %s)", [query]))


def prepare(cursor: CursorWrapper, table: str, columns: Sequence[str]) -> None:
    for configuration, name in INDEXES.items():
        cursor.execute("SELECT to_regclass(%s)", [f"{table}_{name}"])
        if cursor.fetchone()[0] is None:
            cursor.execute(
                f"CREATE INDEX {table}_{name} ON {table} USING gin ({vector(table, columns, configuration)})"
            )


def is_complete(cursor: CursorWrapper, table: str) -> bool:
    """Whether the indexes are there and usable: what they hold, the database keeps in step itself."""
    for name in INDEXES.values():
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [f"{table}_{name}"])
        if cursor.fetchone() != (True,):
            return False
    return True
