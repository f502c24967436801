"""A reader's own data as one JSON document, piece by piece."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from debate.interchange.own_data import FORMAT, VERSION, Table, tables_of
from debate.models import User


def json_of(reader: User) -> Iterator[str]:
    """An object: `format`, `version`, `made_at`, and a list of objects by the name of each table."""
    head = {"format": FORMAT, "version": VERSION, "made_at": timezone.now().isoformat()}
    yield dumped(head)[:-1]
    for table in tables_of(reader):
        yield f",\n{dumped(table.name)}: ["
        yield from rows_of(table)
        yield "]"
    yield "}\n"


def rows_of(table: Table) -> Iterator[str]:
    for number, row in enumerate(table.rows()):
        yield ("," if number else "") + "\n" + dumped(dict(zip(table.columns, row, strict=True)))


def dumped(thing: Any) -> str:
    return json.dumps(thing, cls=Exact, ensure_ascii=False)


class Exact(DjangoJSONEncoder):
    """Instants to the microsecond, as they are stored."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
