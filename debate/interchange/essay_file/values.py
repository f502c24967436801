"""Fields of the front matter and of entries, each read as what it has to be."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from django.utils.translation import gettext as _

from debate.actions.bringing.shapes import Problem
from debate.interchange.essay_file.front_matter import Told


class Facts:
    """The named values of one mapping. What is wrong goes to `problems`; the value is then an empty one."""

    def __init__(self, told: Told, problems: list[Problem]) -> None:
        self.line, self.problems = told.line, problems
        self.values = told.value if isinstance(told.value, dict) else {}
        if not isinstance(told.value, dict):
            self.refuse(told.line, _("Expected facts by name here, such as “slug: …”."))

    def refuse(self, line: int, said: str) -> None:
        self.problems.append(Problem(line, said))

    def lines(self) -> dict[str, int]:
        return {name: value.line for name, value in self.values.items()}

    def only(self, *names: str) -> None:
        """Refuse every name that is none of these."""
        for name, value in self.values.items():
            if name not in names:
                known = ", ".join(names)
                self.refuse(value.line, _("“%(name)s” is not known here; known are: %(known)s.") % vars_of(name, known))

    def text(self, name: str, *, needed: bool = False) -> str:
        found = self.values.get(name)
        if found is not None and not isinstance(found.value, str):
            self.refuse(found.line, _("“%(name)s” takes one text.") % {"name": name})
            return ""
        if needed and (found is None or not found.value):
            self.refuse(found.line if found else self.line, _("“%(name)s” is missing.") % {"name": name})
        return str(found.value) if found else ""

    def optional(self, name: str) -> str | None:
        return self.text(name) if name in self.values else None

    def choice(self, name: str, values: Iterable[str]) -> str:
        return self.known(name, self.text(name, needed=True), list(values))

    def known(self, name: str, value: str, values: list[str]) -> str:
        if value and value not in values:
            told = {"name": name, "value": value, "known": ", ".join(values)}
            self.refuse(self.line_of(name), _("“%(name)s” is one of %(known)s, not “%(value)s”.") % told)
        return value

    def line_of(self, name: str) -> int:
        return self.values[name].line if name in self.values else self.line

    def day(self, name: str, *, needed: bool = False) -> date | None:
        told = self.text(name, needed=needed)
        return self.read_day(told, self.line_of(name)) if told else None

    def read_day(self, told: str, line: int) -> date | None:
        try:
            return date.fromisoformat(told)
        except ValueError:
            self.refuse(line, _("“%(value)s” is no date; write it as 2020-04-28.") % {"value": told})
            return None

    def number(self, name: str, most: int = 10_000_000) -> int | None:
        told = self.text(name)
        if not told:
            return None
        if not (told.isascii() and told.isdigit() and len(told) < 10 and int(told) <= most):
            self.refuse(self.line_of(name), _("“%(name)s” is a whole number.") % {"name": name})
            return None
        return int(told)

    def flag(self, name: str) -> bool | None:
        told = self.optional(name)
        if told is None:
            return None
        return self.known(name, told.lower(), ["true", "false"]) == "true"

    def parts(self, name: str) -> Iterator[Told]:
        """The members of a list; none where it is not given."""
        found = self.values.get(name)
        if found is None:
            return
        if not isinstance(found.value, list):
            self.refuse(found.line, _("“%(name)s” is a list.") % {"name": name})
            return
        yield from found.value

    def names(self, name: str) -> dict[str, str]:
        """Texts by name; none where it is not given."""
        found = self.values.get(name)
        if found is None or found.value == "":
            return {}
        inner = Facts(found, self.problems)
        return {key: inner.text(key, needed=True) for key in inner.values}


def vars_of(name: str, known: str) -> dict[str, str]:
    return {"name": name, "known": known}


def instant(told: str) -> datetime | None:
    """An instant with its time zone, in UTC; None where it is none."""
    try:
        found = datetime.fromisoformat(told)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
