"""Pages of a list that go on from the last row seen, at the same cost however far down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import BadRequest
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound=Model)
PAGE_SIZE = 20
SIGNER = signing.Signer(salt="page")  # without a time: the same page has the same address
LOST = _("This page of the list cannot be found. Start again from the top of it.")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page, and the token that asks for the next, '' where this is the last."""

    rows: list[Row]
    next: str


@dataclass(frozen=True)
class Place:
    """Where a page begins: the day whose shuffle it follows, and the sort values of the last row seen."""

    day: date
    values: tuple[Any, ...] = ()


def place_of(token: str, order: str) -> Place:
    """The place that a token of this order names; the top of today's list for none. Raises BadRequest on a bad one."""
    if not token:
        return Place(timezone.now().date())
    try:
        told_order, day, *values = SIGNER.unsign_object(token)
        place = Place(date.fromisoformat(day), tuple(values))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadRequest(LOST) from error
    if told_order != order:
        raise BadRequest(LOST)
    return place


def token_for(order: str, day: date, values: Sequence[Any]) -> str:
    return SIGNER.sign_object([order, day.isoformat(), *values])


def after(columns: Sequence[str], values: Sequence[Any]) -> Q:
    """The rows behind these values in an order of `columns`, each `name` or `-name`."""
    condition, equal = Q(), Q()
    for column, value in zip(columns, values, strict=True):
        name, direction = (column[1:], "lt") if column.startswith("-") else (column, "gt")
        condition |= equal & Q(**{f"{name}__{direction}": value})
        equal &= Q(**{name: value})
    return condition


def value_of(row: Model, column: str) -> Any:
    value: Any = row
    for part in column.lstrip("-").split("__"):
        value = getattr(value, part)
    return value.isoformat() if hasattr(value, "isoformat") else value


def page_of(
    rows: "QuerySet[Row]", columns: Sequence[str], order: str, place: Place, size: int = PAGE_SIZE
) -> Page[Row]:
    """One page of rows that are sorted by `columns`, from the place on. One query."""
    found = list(rows.filter(after(columns, place.values))[: size + 1] if place.values else rows[: size + 1])
    kept = found[:size]
    more = len(found) > size
    last = [value_of(kept[-1], column) for column in columns] if more else ()
    return Page(kept, token_for(order, place.day, last) if more else "")
