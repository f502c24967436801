"""Full-text search: one interface, an engine for each database. Knows tables by name, no models.

`matching` gives a condition for a queryset of the table; `prepare` makes its index (safe to repeat).
"""

from django.db import connections
from django.db.models import Q

from debate.search import postgres, sqlite
from debate.search.tables import INDEXED


def matching(table: str, words: str, using: str = "default", *, some: bool = False) -> Q:
    """The rows of the table that hold every word, or `some` of them; nothing at all where there is no word."""
    if connections[using].vendor == "postgresql":
        return postgres.matching(table, words, some=some)
    return sqlite.matching(table, words, some=some)


def prepare(using: str = "default") -> None:
    """Make or mend the index of every searchable table."""
    connection = connections[using]
    engine = postgres if connection.vendor == "postgresql" else sqlite
    for table, columns in INDEXED.items():
        with connection.cursor() as cursor:
            engine.prepare(cursor, table, columns)


def incomplete(using: str = "default") -> list[str]:
    """The tables whose index does not hold exactly what the table holds."""
    connection = connections[using]
    engine = postgres if connection.vendor == "postgresql" else sqlite
    with connection.cursor() as cursor:
        return [table for table in INDEXED if not engine.is_complete(cursor, table)]
