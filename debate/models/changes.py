"""What was changed in a row, as plain values that can wait in the database, and how such a change stands by now."""

import json
from collections.abc import Iterable
from typing import Any, TypedDict

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

from debate.models.authored import Authored, Status
from debate.models.motions import Side

Values = dict[str, Any]
ADD, CHANGE, DELETE = "add", "change", "delete"


class Change(TypedDict):
    """One row of one saving. `key` of a row that is added is the one it had for a moment, before it was held.

    `old` and `new` hold the fields that differ: all of them of a row that comes or goes.
    """

    noun: str
    key: int
    act: str
    old: Values
    new: Values


def noun_of(change: Change) -> type[Authored]:
    found: type[Authored] = apps.get_model("debate", change["noun"])
    return found


def links_of(version: Any) -> dict[str, list[int]]:
    """The many-to-many links that a version of a row kept, by field."""
    told: dict[str, list[int]] = {}
    for field in version._history_m2m_fields:
        column = f"{field.m2m_reverse_field_name()}_id"
        told[field.name] = sorted(getattr(version, field.name).values_list(column, flat=True))
    return told


def plain(value: Any) -> Any:
    """As it comes back from the database that a change waits in."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def values_of(row: Any, noun: type[Authored]) -> Values:
    """What somebody wrote in a row, or in a version of it, as plain values: of links the keys."""
    told = {field.name: getattr(row, field.attname) for field in noun.authored_fields()}
    if isinstance(row, noun):
        links = {name: sorted(getattr(row, name).values_list("pk", flat=True)) for name in linked(noun)}
    else:
        links = links_of(row)
    return {name: plain(value) for name, value in {**told, **links}.items()}


def linked(noun: Any) -> list[str]:
    return [field.name for field in noun.history.model._history_m2m_fields]


def into_sight(old: Values, new: Values) -> bool:
    """Whether a draft is published: whoever passes that looks at the whole row."""
    return old.get("status") != new.get("status") and new.get("status") == Status.PUBLISHED


def out_of_sight(change: Change) -> bool:
    """Whether a row is taken back to draft."""
    return change["act"] == CHANGE and change["new"].get("status", Status.PUBLISHED) != Status.PUBLISHED


def differing(old: Values, new: Values) -> tuple[Values, Values]:
    names = [name for name in new if old.get(name) != new[name]]
    return {name: old[name] for name in names if name in old}, {name: new[name] for name in names}


def row_of(change: Change) -> Any:
    """The row as the database now holds it, None where it is not there."""
    return noun_of(change)._base_manager.filter(pk=change["key"]).first()


def seen_among(noun: Any, keys: Iterable[int]) -> set[int]:
    """Those of the rows of a noun that readers see, by key, as the database now is."""
    if noun is Side:
        return set(Side.objects.filter(pk__in=keys, motion__status=Status.PUBLISHED).values_list("pk", flat=True))
    return set(noun._default_manager.all().visible().filter(pk__in=keys).values_list("pk", flat=True))


def is_seen(change: Change) -> bool:
    return change["key"] in seen_among(noun_of(change), [change["key"]])


def overtaken(change: Change) -> Values:
    """The fields whose old values are not there any more, with what is there.

    All of them where the row is gone, or is a claim that was merged into another and is closed.
    """
    if change["act"] == ADD:
        return {}
    row = row_of(change)
    if row is None:
        return dict.fromkeys(change["old"])
    now, closed = values_of(row, noun_of(change)), getattr(row, "status", "") == "merged"
    return {name: now.get(name) for name, value in change["old"].items() if closed or now.get(name) != value}
