"""What one saving changed, read off the history it left; and how the same is done again later."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Max, Model
from django.utils.translation import gettext as _

from debate.actions.roles import CORPUS
from debate.actions.rules import faults_of
from debate.models import Relation, Stance, TaggedClaim, TagVote, User
from debate.models.changes import (
    ADD,
    CHANGE,
    DELETE,
    Change,
    Values,
    differing,
    into_sight,
    linked,
    noun_of,
    overtaken,
    row_of,
    values_of,
)

NOUNS: tuple[Any, ...] = tuple(noun for noun in CORPUS if not noun._meta.proxy)
Marks = dict[type[Model], int]


class Overtaken(Exception):
    """A row is not any more as it was when the change was written."""


def marks() -> Marks:
    """The newest version of every noun: what comes after it was written since."""
    return {noun: noun.history.aggregate(newest=Max("history_id"))["newest"] or 0 for noun in NOUNS}


def versions_since(before: Marks, by: User) -> Iterator[tuple[Any, list[Any]]]:
    """For each row that somebody wrote since: its noun and its versions since, in the order of writing."""
    found: list[tuple[Any, list[Any]]] = []
    for noun, mark in before.items():
        versions = noun.history.filter(history_id__gt=mark, history_user=by).order_by("id", "history_id")  # type: ignore[attr-defined]
        found += [(noun, list(group)) for _key, group in groupby(versions, key=lambda version: version.id)]
    yield from sorted(found, key=lambda each: (each[1][0].history_date, each[1][0].history_id))


def changes_since(before: Marks, by: User) -> list[Change]:
    """What somebody changed since, as it stands now; the old values as the versions of before have them."""
    found = (change_of(noun, versions, before[noun]) for noun, versions in versions_since(before, by))
    return [change for change in found if change is not None]


def change_of(noun: Any, versions: Sequence[Any], mark: int) -> Change | None:
    """The versions of one row as one change; nothing where that comes to nothing."""
    comes, goes = versions[0].history_type == "+", versions[-1].history_type == "-"
    if comes and goes:
        return None
    key = versions[0].id
    was = None if comes else noun.history.filter(id=key, history_id__lte=mark).order_by("history_id").last()
    old = values_of(was, noun) if was is not None else {}
    new = {} if goes else values_of(versions[-1], noun)
    if not (comes or goes or into_sight(old, new)):
        old, new = differing(old, new)
    if old == new:
        return None
    act = ADD if comes else DELETE if goes else CHANGE
    return Change(noun=noun._meta.model_name, key=key, act=act, old=old, new=new)


def replay(changes: Iterable[Change], *, by: User | None, reason: str, keep_keys: bool) -> list[Any]:
    """Do it all again, in the same order, and return the rows that are there then.

    `keep_keys`: a row that is added gets the key that it had before. Raises Overtaken where a row is not as it was.
    """
    keys: dict[tuple[str, int], int] = {}
    done = []
    for change in changes:
        keep(change)
        if overtaken(change) or (change["act"] != ADD and row_of(change) is None):
            raise Overtaken
        row = replayed(change, keys, by, reason, keep_keys)
        if row is not None:
            done.append(row)
    return done


def keep(change: Change) -> None:
    """Let nobody else write the row until this transaction ends: saving it writes all of it."""
    rows = noun_of(change)._base_manager.select_for_update(no_key=True).filter(pk=change["key"])
    list(rows.values_list("pk"))


def replayed(change: Change, keys: dict[tuple[str, int], int], by: User | None, reason: str, keep_keys: bool) -> Any:
    row: Any = noun_of(change)() if change["act"] == ADD else row_of(change)
    row._history_user, row._change_reason = by, reason
    if change["act"] == DELETE:
        forget(row)
        return None
    if change["act"] == ADD and keep_keys:
        row.pk = change["key"]
    put(row, change["new"], keys)
    keys[change["noun"], change["key"]] = row.pk
    return row


def put(row: Any, values: Values, keys: Mapping[tuple[str, int], int]) -> None:
    """Write these values into a row, and save it by its model; `keys`: what has another key by now."""
    links = set(linked(type(row)))
    for name in values.keys() - links:
        field = row._meta.get_field(name)
        setattr(row, field.attname, told(field, values[name], keys))
    row.clean_fields(exclude={field.name for field in row._meta.fields} - values.keys())
    row.validate_constraints()
    if type(row) not in (Stance, Relation) and faults_of(row):  # of these, rows that are written after them decide
        raise ValidationError([fault.message for fault in faults_of(row)])
    row.save()
    for name in values.keys() & links:
        getattr(row, name).set(there(row._meta.get_field(name).related_model, values[name]))


def there(noun: Any, keys: Iterable[int]) -> list[Any]:
    """The rows of these keys. Raises ValidationError where one is gone."""
    found = noun._base_manager.in_bulk(list(keys))
    if len(found) < len(set(keys)):
        raise ValidationError(_("Something that it names is gone. Put that back first."))
    return list(found.values())


def told(field: Any, value: Any, keys: Mapping[tuple[str, int], int]) -> Any:
    if isinstance(field, ForeignKey):
        related: Any = field.related_model
        return keys.get((related._meta.model_name, value), value)
    return field.to_python(value)


def forget(row: Any) -> None:
    """Delete a row; of a tag that is taken off, what readers proposed goes along, or one more would bring it back."""
    if isinstance(row, TaggedClaim):
        TagVote.objects.on(row.content_object).filter(tag=row.tag_id).delete()
    row.delete()
