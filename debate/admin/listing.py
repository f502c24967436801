"""Rows that belong to the one on the page, each with a page of its own."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple


class Line(NamedTuple):
    text: str
    address: str
    facts: Sequence[Any] = ()


class Link(NamedTuple):
    text: Any
    address: str


class Listing(NamedTuple):
    title: Any
    lines: Iterable[Line]
    links: Sequence[Link] = ()
    empty: Any = ""
