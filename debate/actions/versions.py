"""The first version of rows that are written many at once."""

from collections.abc import Sequence
from typing import Any

from debate.models import Authored, User

BATCH = 500


def by_model(rows: Sequence[Authored]) -> dict[type[Authored], list[Authored]]:
    groups: dict[type[Authored], list[Authored]] = {}
    for row in rows:
        groups.setdefault(type(row), []).append(row)
    return groups


def keep_versions(rows: Sequence[Authored], *, reason: str, by: User | None = None, update: bool = False) -> None:
    """One line of history for each row as it now is, with all that it is tied to. `update`: it was there before."""
    for model, members in by_model(rows).items():
        versions = model.history.bulk_history_create(  # type: ignore[attr-defined]
            members, batch_size=BATCH, update=update, default_user=by, default_change_reason=reason
        )
        note_links(members, versions)


def note_links(rows: Sequence[Authored], versions: Sequence[Any]) -> None:
    """Keep in each row's version what it is tied to many to many, which history made in bulk leaves out."""
    for field in versions[0]._history_m2m_fields:
        kept, through = getattr(type(versions[0]), field.name).model, getattr(type(rows[0]), field.name).through
        version_of, mine = dict(zip((row.pk for row in rows), versions, strict=True)), field.m2m_column_name()
        columns = [column.attname for column in through._meta.fields]
        for start in range(0, len(rows), BATCH):
            part = [row.pk for row in rows[start : start + BATCH]]
            links = through._default_manager.filter(**{f"{mine}__in": part}).values(*columns)
            kept._default_manager.bulk_create(kept(history=version_of[link[mine]], **link) for link in links)
