"""Columns of a table: a row's value as text, and text as the row's value. What cannot be one raises ValueError."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _
from import_export.fields import Field

Rows = Callable[[Any], Any]
"""The rows that a column of this row may name, as a queryset."""
BETWEEN = ", "


def one_line(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Column(Field):  # type: ignore[misc]
    """Text as it is, without space around it."""

    def __init__(self, name: str) -> None:
        super().__init__(attribute=name, column_name=name)

    def text(self, row: Any) -> str:
        return str(getattr(row, self.attribute) or "").strip()

    def put(self, row: Any, told: str) -> None:
        setattr(row, self.attribute, told.strip())

    def export(self, instance: Any, **_kwargs: Any) -> str:
        return self.text(instance)

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **_kwargs: Any) -> None:  # noqa: ARG002
        """As the library calls it: take the value of this column over."""
        self.put(instance, row[self.column_name])


class Prose(Column):
    """Markdown, whose lines end alike however they were typed."""

    def text(self, row: Any) -> str:
        return one_line(str(getattr(row, self.attribute)))

    def put(self, row: Any, told: str) -> None:
        setattr(row, self.attribute, one_line(told))


class Flag(Column):
    WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}

    def text(self, row: Any) -> str:
        return "yes" if getattr(row, self.attribute) else "no"

    def put(self, row: Any, told: str) -> None:
        word = told.strip().lower()
        if word not in self.WORDS:
            raise ValueError(_("Say yes or no; “%(told)s” is neither.") % {"told": told})
        setattr(row, self.attribute, self.WORDS[word])


class Number(Column):
    def text(self, row: Any) -> str:
        value = getattr(row, self.attribute)
        return "" if value is None else str(value)

    def put(self, row: Any, told: str) -> None:
        digits = told.strip()
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            raise ValueError(_("“%(told)s” is no whole number.") % {"told": told})
        setattr(row, self.attribute, int(digits) if digits else None)


class Day(Column):
    def text(self, row: Any) -> str:
        value = getattr(row, self.attribute)
        return value.isoformat() if value else ""

    def put(self, row: Any, told: str) -> None:
        try:
            value = date.fromisoformat(told.strip()) if told.strip() else None
        except ValueError as error:
            raise ValueError(_("“%(told)s” is no day; write it as 2026-01-31.") % {"told": told}) from error
        setattr(row, self.attribute, value)


class Instant(Column):
    """In UTC unless the text says otherwise; a day alone is its beginning."""

    def text(self, row: Any) -> str:
        value = getattr(row, self.attribute)
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else ""

    def put(self, row: Any, told: str) -> None:
        try:
            value = datetime.fromisoformat(told.strip()) if told.strip() else None
        except ValueError as error:
            said = _("“%(told)s” is no instant; write it as 2026-01-31T12:00:00Z.")
            raise ValueError(said % {"told": told}) from error
        setattr(row, self.attribute, value if value is None or value.tzinfo else value.replace(tzinfo=UTC))


class Named(Column):
    """Another row, by its slug."""

    def __init__(self, name: str, rows: Rows) -> None:
        super().__init__(name)
        self.rows = rows

    def text(self, row: Any) -> str:
        named = getattr(row, self.attribute) if getattr(row, f"{self.attribute}_id") else None
        return named.slug if named else ""

    def put(self, row: Any, told: str) -> None:
        slug = told.strip()
        setattr(row, self.attribute, self.found(row, slug) if slug else None)

    def found(self, row: Any, slug: str) -> Any:
        found = self.rows(row).filter(slug=slug).first()
        if found is None:
            raise ValueError(_("There is no “%(slug)s” here.") % {"slug": slug})
        return found


class Several(Named):
    """Other rows, by their slugs with commas between. What is told waits on the row until it is saved (`keep`)."""

    def text(self, row: Any) -> str:
        told = vars(row).get(self.waits)
        return BETWEEN.join(sorted(self.words(told if told is not None else self.held(row))))

    @property
    def waits(self) -> str:
        return f"told_{self.attribute}"

    def words(self, rows: Iterable[Any]) -> list[str]:
        return [named.slug for named in rows]

    def held(self, row: Any) -> Iterable[Any]:
        return getattr(row, self.attribute).all() if row.pk else ()

    def put(self, row: Any, told: str) -> None:
        words = dict.fromkeys(word for part in told.split(",") if (word := part.strip()))
        vars(row)[self.waits] = [self.found(row, word) for word in words]

    def keep(self, row: Any) -> None:
        told = vars(row).pop(self.waits, None)
        if told is not None and set(told) != set(self.held(row)):
            self.set(row, told)

    def set(self, row: Any, told: list[Any]) -> None:
        getattr(row, self.attribute).set(told)
