"""A file line by line: front matter, opening text, and entries with their fields and items, each with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from debate.actions.bringing.shapes import Problem
from debate.interchange.essay_file.front_matter import FENCE

SECTIONS = ("Claims", "Predictions")
SECTION = re.compile(rf"# ({'|'.join(SECTIONS)})\s*")
ENTRY = re.compile(r"##(?:\s+(.*?))?\s*")
FIELD = re.compile(r"([a-z][a-z_ ]*):(?:\s(.*)|)")
ITEM = re.compile(r"- +(.*)")
INDENT = "  "
LONGEST_LINE = 20_000


@dataclass(slots=True)
class Piece:
    """A field's value or an item, with the indented lines that go on with it."""

    line: int
    lines: list[str]

    @property
    def text(self) -> str:
        """One paragraph, however it is wrapped; a line that begins with | is a line of its own."""
        whole = self.lines[0].strip()
        for line in (part.strip() for part in self.lines[1:] if not is_quote(part)):
            if line.startswith("|"):
                whole += "\n" + line[1:].removeprefix(" ")
            elif line:
                whole += (" " if whole and not whole.endswith("\n") else "") + line
        return whole.strip()

    @property
    def quote(self) -> str:
        """What stands behind > beneath an item."""
        return "\n".join(part.strip()[1:].removeprefix(" ") for part in self.lines[1:] if is_quote(part)).strip()

    @property
    def markdown(self) -> str:
        """The lines as they stand."""
        return "\n".join(self.lines).strip("\n")


def is_quote(line: str) -> bool:
    return line.lstrip().startswith(">")


@dataclass(slots=True)
class Entry:
    """A heading of the second level with what stands beneath it."""

    line: int
    heading: Piece
    fields: dict[str, Piece] = field(default_factory=dict)
    items: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Scan:
    """What a file consists of. `opening`: the Markdown between the front matter and the first section."""

    front: str = ""
    front_line: int = 2
    opening: str = ""
    opening_line: int = 1
    sections: dict[str, list[Entry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def scan(text: str) -> Scan:
    """Take a file apart. What has no place is among the problems, and the rest is there nevertheless."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    found = Scan()
    body = take_front_matter(lines, found)
    if body is None:
        said = _("The file begins with a line “---”, facts by name, and another line “---”.")
        found.problems.append(Problem(1, said))
        return found
    start = next((at for at in range(body, len(lines)) if SECTION.fullmatch(lines[at])), len(lines))
    found.opening_line = body + 1
    found.opening = "\n".join(unescaped(line) for line in lines[body:start]).strip()
    Body(found).read(enumerate(lines[start:], start + 1))
    return found


def take_front_matter(lines: list[str], found: Scan) -> int | None:
    """Take the front matter out; where the rest begins, or None where there is none."""
    if lines[0].rstrip() != FENCE:
        return None
    end = next((at for at in range(1, len(lines)) if lines[at].rstrip() == FENCE), None)
    if end is None:
        return None
    found.front = "\n".join(lines[1:end])
    return end + 1


def unescaped(line: str) -> str:
    """A line of the opening that looks like the beginning of a section is written with a backslash before it."""
    return line[1:] if line.startswith("\\# ") and SECTION.fullmatch(line[1:]) else line


class Body:
    """Reads the sections, remembering where the next line belongs."""

    def __init__(self, found: Scan) -> None:
        self.found = found
        self.section: list[Entry] = []
        self.entry: Entry | None = None
        self.piece: Piece | None = None
        self.blanks = 0

    def read(self, lines: Iterator[tuple[int, str]]) -> None:
        for number, line in lines:
            if len(line) > LONGEST_LINE:
                self.refuse(number, _("A line may have %(most)d characters at most.") % {"most": LONGEST_LINE})
            elif not line.strip():
                self.blanks += 1
            elif not (self.goes_on(line) or self.begins(number, line)):
                self.refuse(number, self.expected())

    def goes_on(self, line: str) -> bool:
        """Whether the line is indented and belongs to the field or item above it."""
        if self.piece is None or not line.startswith(INDENT):
            return False
        self.piece.lines += [*[""] * self.blanks, line.removeprefix(INDENT)]
        self.blanks = 0
        return True

    def begins(self, number: int, line: str) -> bool:
        """Whether the line begins a section, an entry, a field or an item."""
        self.blanks = 0
        section, entry = SECTION.fullmatch(line), ENTRY.fullmatch(line)
        if section:
            self.section, self.entry, self.piece = self.found.sections.setdefault(section[1], []), None, None
            return True
        if entry:
            self.piece = Piece(number, [entry[1] or ""])
            self.entry = Entry(number, self.piece)
            self.section.append(self.entry)
            return True
        return self.entry is not None and self.adds_to(self.entry, number, line)

    def adds_to(self, entry: Entry, number: int, line: str) -> bool:
        item, named = ITEM.fullmatch(line), FIELD.fullmatch(line)
        if item:
            self.piece = Piece(number, [item[1]])
            entry.items.append(self.piece)
        elif named:
            self.piece = Piece(number, [named[2] or ""])
            if named[1] in entry.fields:
                self.refuse(number, _("“%(name)s” is given twice.") % {"name": named[1]})
            entry.fields.setdefault(named[1], self.piece)
        return bool(item or named)

    def expected(self) -> str:
        if self.entry is None:
            return _("Here an entry was expected: a line that begins with “## ”.")
        return _("Expected a field (“kind: forecast”), an item (“- …”), a line indented by two spaces, or “## …”.")

    def refuse(self, number: int, said: str) -> None:
        self.found.problems.append(Problem(number, said))
