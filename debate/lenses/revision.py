"""A correction that waits, word by word, beside what is there now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.db.models import ForeignKey, ManyToManyField
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.models import Revision
from debate.models.changes import ADD, CHANGE, DELETE, Change, noun_of, overtaken, row_of
from debate.reasoning.diff import Piece, word_diff

LONGEST_NAME = 120
ACTS = {ADD: gettext_lazy("added"), CHANGE: gettext_lazy("changed"), DELETE: gettext_lazy("deleted")}


class Field(NamedTuple):
    """A field as it was and would be; `now`: what is there by now, where somebody has changed it since."""

    label: str
    pieces: Sequence[Piece]
    now: Sequence[Piece] = ()


@dataclass(frozen=True)
class Part:
    """One row of a revision."""

    noun: str
    name: str
    act: str
    fields: list[Field]

    @property
    def overtaken(self) -> bool:
        return any(field.now for field in self.fields)


@dataclass(frozen=True)
class RevisionPage:
    revision: Revision
    parts: list[Part]

    @property
    def overtaken(self) -> bool:
        """Whether somebody has changed since what it would change."""
        return any(part.overtaken for part in self.parts)


def revision_page(revision: Revision) -> RevisionPage:
    """What a revision would change, or did. A query for each row, and for each noun that its fields name."""
    name = names_of(revision.changes)
    waits = revision.state == Revision.State.HELD
    return RevisionPage(revision, [part_of(change, name, asks=waits) for change in revision.changes])


def part_of(change: Change, name: Any, *, asks: bool) -> Part:
    noun, row = noun_of(change), row_of(change)
    since = overtaken(change) if asks else {}
    fields = [field_of(noun._meta.get_field(each), change, since, name) for each in {**change["old"], **change["new"]}]
    told = str(row)[:LONGEST_NAME] if row is not None else ""
    return Part(capfirst(str(noun._meta.verbose_name)), told, str(ACTS[change["act"]]), [f for f in fields if f.pieces])


def field_of(field: Any, change: Change, since: dict[str, Any], name: Any) -> Field:
    old, new = (in_words(field, change[side].get(field.name), name) for side in ("old", "new"))
    now = compared(field, old, in_words(field, since[field.name], name)) if field.name in since else ()
    return Field(capfirst(str(field.verbose_name)), compared(field, old, new), now)


def compared(field: Any, old: str, new: str) -> Sequence[Piece]:
    """Texts word by word, anything else as a whole; nothing of what is empty and stays so."""
    if not old and not new:
        return ()
    if is_text(field):
        return word_diff(old, new)
    if old == new:
        return [Piece("kept", old)]
    return [Piece("gone", old or _("none")), Piece("kept", " → "), Piece("new", new or _("none"))]


def is_text(field: Any) -> bool:
    return field.get_internal_type() in ("TextField", "CharField") and not field.flatchoices


def in_words(field: Any, value: Any, name: Any) -> str:
    """A plain value as a page tells it."""
    if value in (None, ""):
        return ""
    if isinstance(field, ManyToManyField):
        return ", ".join(name(field.related_model, key) for key in value)
    if isinstance(field, ForeignKey):
        return str(name(field.related_model, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.get_internal_type() == "DateTimeField":
        return date_format(field.to_python(value), "j F Y, H:i")
    return str(dict(field.flatchoices or ()).get(value, value))


def names_of(changes: Iterable[Change]) -> Any:
    """What gives the name of a row by noun and key, having asked for all of a noun's at once."""
    wanted: dict[Any, set[int]] = {}
    for change in changes:
        for values in (change["old"], change["new"]):
            for each, value in values.items():
                noun, keys = keys_in(noun_of(change)._meta.get_field(each), value)
                wanted.setdefault(noun, set()).update(keys)

    @cache
    def rows(noun: Any) -> dict[int, Any]:
        return dict(noun._base_manager.in_bulk(wanted.get(noun, set())))

    def name(noun: Any, key: int) -> str:
        return str(rows(noun).get(key, _("one that is gone")))[:LONGEST_NAME]

    return name


def keys_in(field: Any, value: Any) -> tuple[Any, Iterable[int]]:
    if isinstance(field, ManyToManyField):
        return field.related_model, value or ()
    if isinstance(field, ForeignKey):
        return field.related_model, () if value is None else (value,)
    return None, ()
