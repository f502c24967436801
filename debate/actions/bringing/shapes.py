"""What an essay file or a motion file says, as plain values; each part knows the line that it stands on.

A value that a file does not give is None: of a row that exists already, it is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


class Problem(NamedTuple):
    """What is wrong on a line of a file, and what was expected there."""

    line: int
    said: str

    def __str__(self) -> str:
        return f"{self.line}: {self.said}"


class Arrow(NamedTuple):
    """A relation by what tells it from every other: `target` is a claim's slug or, of an undercut, a relation."""

    source: str
    kind: str
    target: str | Arrow

    @property
    def claims(self) -> Iterator[str]:
        """The slugs of all claims that it names."""
        yield self.source
        if isinstance(self.target, Arrow):
            yield from self.target.claims
        else:
            yield self.target


@dataclass(frozen=True, slots=True)
class RelationPart:
    arrow: Arrow
    rationale: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PassagePart:
    kind: str
    number: int | None
    heading: str
    paragraph: int
    speaker: str
    gist: str
    quote: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """A claim with what the essay of the file does with it. `text` is None where it is only named."""

    slug: str
    text: str | None = None
    kind: str | None = None
    side: str | None = None
    tags: tuple[str, ...] | None = None
    note: str | None = None
    origin: str | None = None
    stance: str | None = None
    passages: tuple[PassagePart, ...] = ()
    relations: tuple[RelationPart, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ReadingPart:
    low: float
    high: float
    heading: str
    paragraph: int
    note: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class BearingPart:
    claim: str
    outcome: str
    rationale: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class EntailmentPart:
    conclusion: str
    rationale: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PredictionPart:
    """A prediction of the essay, or one of another's that it is read on. `statement` is None where only named."""

    slug: str
    statement: str | None = None
    origin: str | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    resolves_on: date | None = None
    criteria: str | None = None
    readings: tuple[ReadingPart, ...] = ()
    bearings: tuple[BearingPart, ...] = ()
    entailments: tuple[EntailmentPart, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class AuthorPart:
    """`name` is None where the file names an author who is known already."""

    slug: str
    name: str | None = None
    short_name: str | None = None
    named: bool | None = None
    about: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class EssayPart:
    slug: str
    motion: str
    title: str
    authors: tuple[AuthorPart, ...]
    publisher: str
    source_url: str
    source_note: str
    published_on: date | None
    date_precision: str
    side: str
    responds_to: str
    words: int | None
    summary: str
    lines: dict[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class SidePart:
    slug: str
    label: str
    short_label: str
    case: str
    glyph: str
    colour: str
    position: int
    thesis: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class MotionPart:
    slug: str
    question: str
    opened_on: date
    horizon: date
    deciding_prediction: str
    sides: tuple[SidePart, ...]
    context: str
    lines: dict[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class EssayFile:
    """One essay, taken apart. `tags`: the names of tags by slug, of those that claims here carry."""

    name: str
    essay: EssayPart
    tags: dict[str, str]
    claims: tuple[ClaimPart, ...] = ()
    predictions: tuple[PredictionPart, ...] = ()


@dataclass(frozen=True, slots=True)
class MotionFile:
    """A motion with its sides, theses, and the claims and relations that no essay draws."""

    name: str
    motion: MotionPart
    tags: dict[str, str]
    claims: tuple[ClaimPart, ...] = ()


File = EssayFile | MotionFile
Coming = frozenset[str | Arrow]
"""What other files of the same call are about to bring: slugs of essays and predictions, and relations."""


class Unreadable(ValueError):
    """A file that says something else than the format allows; every problem that was found, in the order of lines."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.name, self.problems = name, sorted(problems)
        super().__init__("\n".join(f"{name}:{problem}" for problem in self.problems))
