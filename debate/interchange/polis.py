"""What Polis gives out of a conversation: a folder with comments, participants' votes and a summary, as CSV.

The files and their columns are those of Polis' own data export (compdemocracy.org/export): `summary.csv` has a fact a
line, name first; `comments.csv` a statement a line (`moderated` -1: taken out by the moderators, 0: not looked at, 1:
let in); `participants-votes.csv` a participant a line and a statement a column, 1 agree, -1 disagree, 0 pass, empty no
vote. `votes.csv`, where it is there, tells when each vote was given (timestamps count milliseconds since 1970); where
it is not, all were given when the last statement was made.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar
from unicodedata import category

from debate.actions.importing import Answers, Conversation, Statement
from debate.models import ClaimVote

VALUES = {"1": ClaimVote.Value.AGREE, "-1": ClaimVote.Value.DISAGREE, "0": ClaimVote.Value.PASS}
COMMENTS, VOTES, TIMES, SUMMARY = "comments.csv", "participants-votes.csv", "votes.csv", "summary.csv"
MODERATED_OUT = "-1"
CREDIT = (
    "The statements and votes were gathered with [Polis](https://compdemocracy.org/polis/), in the conversation at "
    "<{address}>; exports that The Computational Democracy Project publishes are licensed under "
    "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/) with attribution to it."
)
Value = TypeVar("Value")
Times = dict[tuple[int, int], int]


class BadExport(ValueError):
    """A file that is missing or says something that cannot be: which, in which line, and what was expected."""


class Line(NamedTuple):
    """A line of a file as columns by name; raises BadExport in words that tell where it stands."""

    file: Path
    number: int
    cells: dict[str, str]

    @property
    def place(self) -> str:
        return f"{self.file.name}, line {self.number}"

    def read(self, column: str, parse: Callable[[str], Value], expected: str) -> Value:
        try:
            return parse(self.cells[column])
        except (KeyError, ValueError, OverflowError, OSError) as error:
            message = f"{self.place}: “{self.cells[column][:40]}” in the column “{column}”; expected {expected}"
            raise BadExport(message) from error

    def number_in(self, column: str) -> int:
        return self.read(column, whole, "a whole number from 0 on")


class Columns(NamedTuple):
    """The statements' columns of the votes, and the counts beside them that have to agree with these."""

    statements: list[tuple[int, str]]
    counts: list[tuple[str, str]]


def whole(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def instant(text: str) -> datetime:
    return datetime.fromtimestamp(whole(text) / 1000, UTC)


def readable(text: str) -> str:
    """A text without control characters, which no page or feed can carry."""
    return "".join(sign for sign in text if sign.isspace() or category(sign) != "Cc").strip()


# Files.


@contextmanager
def opened(file: Path) -> Iterator[Iterator[list[str]]]:
    """The rows of a file. Raises BadExport where it is missing or no CSV in UTF-8."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            yield csv.reader(stream, strict=True)
    except FileNotFoundError as error:
        raise BadExport(f"{file.parent} has no {file.name}; a Polis export has one") from error
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise BadExport(f"{file.name} cannot be read as CSV in UTF-8: {error}") from error


def lines(file: Path, *needed: str) -> Iterator[Line]:
    """Each line below the head. Raises BadExport where a needed column is missing or a line is cut off or too long."""
    with opened(file) as rows:
        head = next(rows, [])
        if missing := [name for name in needed if name not in head]:
            raise BadExport(f"{file.name}, line 1: no column “{missing[0]}”; expected {', '.join(needed)}")
        if len(set(head)) < len(head):
            raise BadExport(f"{file.name}, line 1: a column is there twice")
        for cells in rows:
            number = rows.line_num  # type: ignore[attr-defined]
            if len(cells) != len(head):
                raise BadExport(f"{file.name}, line {number}: {len(cells)} columns; expected {len(head)}")
            yield Line(file, number, dict(zip(head, cells, strict=True)))


# What they say.


def read_conversation(folder: Path, credit: str = "") -> Conversation:
    """The conversation of an export; its answers are read from the file as they are asked for.

    Raises BadExport, an answer's when it comes to it. Statements that moderators took out are left out.
    """
    if not folder.is_dir():
        raise BadExport(f"There is no folder {folder}")
    told = read_summary(folder / SUMMARY)
    address = told["url"]
    statements, known = read_statements(folder / COMMENTS)
    times = read_times(folder / TIMES)
    last = max(known.values(), default=datetime.fromtimestamp(0, UTC))
    return Conversation(
        topic=" ".join(told["topic"].split()),
        address=address,
        description=told.get("conversation-description", ""),
        credit=credit or CREDIT.format(address=address),
        ended=max(last, datetime.fromtimestamp(max(times.values(), default=0) / 1000, UTC)),
        statements=statements,
        answers=AnswersOf(folder / VOTES, known, times, last),
    )


def read_summary(file: Path) -> dict[str, str]:
    with opened(file) as rows:
        told = {row[0]: readable(row[1]) for row in rows if len(row) > 1}
    for name in ("topic", "url"):
        if not told.get(name):
            raise BadExport(f"{file.name}: no line “{name},…”; expected the conversation's {name}")
    if not told["url"].startswith(("https://", "http://")):
        raise BadExport(f"{file.name}: “{told['url'][:40]}” as url; expected an address that begins with https://")
    return told


def read_statements(file: Path) -> tuple[list[Statement], dict[int, datetime]]:
    """The statements that moderators left in, by number, and when each of all was made."""
    kept, known = [], dict[int, datetime]()
    for line in lines(file, "timestamp", "comment-id", "moderated", "comment-body"):
        number = line.number_in("comment-id")
        if number in known:
            raise BadExport(f"{line.place}: the statement {number} for a second time; expected each once")
        known[number] = line.read("timestamp", instant, "milliseconds since 1970")
        moderated = line.read("moderated", {"-1": "-1", "0": "0", "1": "1"}.__getitem__, "-1, 0 or 1")
        if moderated != MODERATED_OUT:
            kept.append(Statement(number, readable(line.cells["comment-body"]), known[number], line.place))
    return sorted(kept), known


class AnswersOf:
    """Every participant's answers, read anew each time they are gone through."""

    def __init__(self, file: Path, known: dict[int, datetime], times: Times, last: datetime) -> None:
        self.file, self.known, self.times, self.last = file, known, times, last

    def __iter__(self) -> Iterator[Answers]:
        seen = set[int]()
        for line in lines(self.file, "participant"):
            participant = line.number_in("participant")
            if participant in seen:
                raise BadExport(f"{line.place}: the participant {participant} for a second time; expected each once")
            seen.add(participant)
            yield Answers(participant, dict(self.votes_in(line, participant)))

    def votes_in(self, line: Line, participant: int) -> Iterator[tuple[int, tuple[str, datetime]]]:
        found = dict[int, str]()
        for column, cell in line.cells.items():
            if column.isdecimal() and cell:
                found[self.statement(column)] = line.read(column, VALUES.__getitem__, "1, -1, 0 or nothing")
        check_count(line, "n-agree", list(found.values()).count(VALUES["1"]))
        check_count(line, "n-disagree", list(found.values()).count(VALUES["-1"]))
        for statement, value in found.items():
            at = self.times.get((participant, statement))
            yield statement, (value, self.last if at is None else datetime.fromtimestamp(at / 1000, UTC))

    def statement(self, column: str) -> int:
        number = int(column)
        if number not in self.known:
            raise BadExport(f"{VOTES}, line 1: votes on the statement {number}; expected one that {COMMENTS} has")
        return number


def check_count(line: Line, column: str, counted: int) -> None:
    """A count beside the votes agrees with them: this tells an export whose votes have the other sign."""
    if column in line.cells and line.number_in(column) != counted:
        told = line.cells[column]
        raise BadExport(f"{line.place}: {column} says {told}, but the votes in this line add up to {counted}")


def read_times(file: Path) -> Times:
    """When each participant last voted on each statement, in milliseconds; nothing where there is no such file."""
    times: Times = {}
    if not file.exists():
        return times
    for line in lines(file, "timestamp", "comment-id", "voter-id"):
        key = line.number_in("voter-id"), line.number_in("comment-id")
        line.read("timestamp", instant, "milliseconds since 1970")
        times[key] = max(times.get(key, 0), int(line.cells["timestamp"]))
    return times
