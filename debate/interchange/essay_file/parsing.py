"""A file's text becomes what it says, or a list of what is wrong with it, line by line."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from django.utils.text import slugify
from django.utils.translation import gettext as _

from debate.actions.bringing.shapes import (
    AuthorPart,
    BearingPart,
    ClaimPart,
    EntailmentPart,
    EssayFile,
    EssayPart,
    File,
    MotionFile,
    MotionPart,
    PredictionPart,
    Problem,
    ReadingPart,
    SidePart,
    Unreadable,
)
from debate.interchange.essay_file import items
from debate.interchange.essay_file.front_matter import NotPlain, Told, read_front_matter
from debate.interchange.essay_file.scanning import Entry, Piece, Scan, scan
from debate.interchange.essay_file.values import Facts, instant
from debate.models import Claim, Essay, Prediction, Side

Part = TypeVar("Part")
EntryPart = TypeVar("EntryPart", ClaimPart, PredictionPart)
MOST_BYTES = 8 * 1024 * 1024
LONGEST_SLUG = 80
ESSAY = (
    *("essay", "motion", "title", "authors", "publisher", "source", "source_note", "published", "precision"),
    *("side", "responds_to", "words", "tags"),
)
MOTION = ("motion", "question", "opened", "horizon", "deciding_prediction", "sides", "tags")
SIDE = ("slug", "label", "short_label", "case", "glyph", "colour", "position", "thesis")
AUTHOR = ("slug", "name", "short_name", "named", "about")
CLAIM = ("id", "kind", "side", "tags", "note", "origin", "stance")
PREDICTION = ("id", "origin", "opens", "closes", "resolves", "criteria")
MARKDOWN = ("note", "criteria")


def parse(name: str, data: bytes) -> File:
    """What a file says. Raises Unreadable with every problem that was found, each with its line."""
    if len(data) > MOST_BYTES:
        raise Unreadable(name, [Problem(1, _("A file may have %(most)d bytes at most.") % {"most": MOST_BYTES})])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(name, [Problem(line, _("This is not UTF-8."))]) from error
    if "\0" in text:
        raise Unreadable(name, [Problem(text[: text.index("\0")].count("\n") + 1, _("This sign is in no text."))])
    found = scan(text)
    if found.problems and not found.front:
        raise Unreadable(name, found.problems)
    return Reading(name, found).whole()


class Reading:
    """Reads one scanned file; problems are gathered, so that all of them can be told at once."""

    def __init__(self, name: str, found: Scan) -> None:
        self.name, self.found = name, found
        self.problems: list[Problem] = found.problems

    def whole(self) -> File:
        try:
            facts = Facts(read_front_matter(self.found.front, self.found.front_line), self.problems)
        except NotPlain as error:
            raise Unreadable(self.name, [*self.problems, error.problem]) from error
        if not facts.values.keys() & {"essay", "motion"}:
            said = _("A file is of an essay or of a motion: name it by its slug, under “essay:” or “motion:”.")
            raise Unreadable(self.name, [*self.problems, Problem(self.found.front_line, said)])
        file = self.essay_file(facts) if "essay" in facts.values else self.motion_file(facts)
        if self.problems:
            raise Unreadable(self.name, self.problems)
        return file

    def refuse(self, line: int, said: str) -> None:
        self.problems.append(Problem(line, said))

    # The front matter.

    def essay_file(self, facts: Facts) -> EssayFile:
        facts.only(*ESSAY)
        essay = EssayPart(
            slug=self.slug(facts.text("essay", needed=True), facts.line_of("essay")),
            motion=facts.text("motion", needed=True),
            title=facts.text("title", needed=True),
            authors=tuple(self.author(told) for told in facts.parts("authors")),
            publisher=facts.text("publisher", needed=True),
            source_url=facts.text("source", needed=True),
            source_note=facts.text("source_note"),
            published_on=facts.day("published"),
            date_precision=self.precision(facts),
            side=facts.text("side"),
            responds_to=facts.text("responds_to"),
            words=facts.number("words"),
            summary=self.found.opening,
            lines={**facts.lines(), "summary": self.found.opening_line},
        )
        if "authors" not in facts.values:
            self.refuse(facts.line_of("authors"), _("An essay names its authors: a list of them under “authors:”."))
        return EssayFile(self.name, essay, facts.names("tags"), self.claims(), self.predictions())

    def precision(self, facts: Facts) -> str:
        given = bool(facts.text("published"))
        told = facts.text("precision") or ("day" if given else "unknown")
        if (told == Essay.Precision.UNKNOWN) == given:
            self.refuse(facts.line_of("precision"), _("A date needs its precision, and no date is “unknown”."))
        return facts.known("precision", told, Essay.Precision.values)

    def author(self, told: Told) -> AuthorPart:
        if isinstance(told.value, str):
            return AuthorPart(told.value, line=told.line)
        facts = Facts(told, self.problems)
        facts.only(*AUTHOR)
        slug = self.slug(facts.text("slug", needed=True), facts.line_of("slug"))
        name = facts.text("name", needed=True)
        short = facts.text("short_name") or name.rpartition(" ")[2]
        named = facts.flag("named")
        return AuthorPart(slug, name, short, named is not False, facts.text("about"), told.line)

    def motion_file(self, facts: Facts) -> MotionFile:
        facts.only(*MOTION)
        if "motion" not in facts.values:
            self.refuse(2, _("The front matter names the essay (“essay: its-slug”) or the motion of this file."))
        motion = MotionPart(
            slug=self.slug(facts.text("motion"), facts.line_of("motion")),
            question=facts.text("question", needed=True),
            opened_on=facts.day("opened", needed=True) or date.min,
            horizon=facts.day("horizon", needed=True) or date.min,
            deciding_prediction=facts.text("deciding_prediction"),
            sides=tuple(self.side(told) for told in facts.parts("sides")),
            context=self.found.opening,
            lines={**facts.lines(), "context": self.found.opening_line},
        )
        return MotionFile(self.name, motion, facts.names("tags"), self.claims())

    def side(self, told: Told) -> SidePart:
        facts = Facts(told, self.problems)
        facts.only(*SIDE)
        return SidePart(
            slug=self.slug(facts.text("slug", needed=True), facts.line_of("slug")),
            label=facts.text("label", needed=True),
            short_label=facts.text("short_label", needed=True),
            case=facts.text("case", needed=True),
            glyph=facts.choice("glyph", Side.Glyph.values),
            colour=facts.choice("colour", Side.Colour.values),
            position=facts.number("position", 99) or 0,
            thesis=facts.text("thesis"),
            line=told.line,
        )

    def slug(self, told: str, line: int) -> str:
        if told and (slugify(told) != told.lower() or len(told) > LONGEST_SLUG):
            self.refuse(line, _("A slug has letters, digits and hyphens, at most %(most)d.") % {"most": LONGEST_SLUG})
        return told

    # Claims.

    def claims(self) -> tuple[ClaimPart, ...]:
        return self.once([self.claim(entry) for entry in self.found.sections.get("Claims", ())])

    def claim(self, entry: Entry) -> ClaimPart:
        facts = self.facts_of(entry, CLAIM)
        slug, text = self.heading_of(entry, facts)
        kind = facts.choice("kind", Claim.Kind.values) if text else facts.optional("kind")
        stance = facts.optional("stance")
        facts.known("stance", stance or "", list(items.STANCES))
        facts.known("origin", facts.text("origin"), Claim.Origin.values)
        drawn = [piece for piece in entry.items if items.is_relation(piece)]
        passages = [piece for piece in entry.items if not items.is_relation(piece)]
        part = ClaimPart(
            slug=slug,
            text=text,
            kind=kind,
            side=facts.optional("side") if text is None else facts.text("side"),
            tags=self.tags_of(facts) if text is None or "tags" in facts.values else (),
            note=facts.optional("note") if text is None else facts.text("note"),
            origin=facts.optional("origin") if text is None else facts.text("origin") or Claim.Origin.ESSAY.value,
            stance=stance,
            passages=tuple(filter(None, (self.tried(items.passage, piece) for piece in passages))),
            relations=tuple(filter(None, (self.tried(partial(items.relation, slug), piece) for piece in drawn))),
            line=entry.line,
        )
        self.check_stance(part)
        return part

    def check_stance(self, part: ClaimPart) -> None:
        """A stance is shown by a passage of its kind, and a passage shows a stance."""
        kinds = {passage.kind for passage in part.passages}
        if part.stance and part.stance not in kinds:
            self.refuse(
                part.line, _("No passage shows the stance “%(kind)s”; at least one has to.") % {"kind": part.stance}
            )
        if kinds and not part.stance:
            self.refuse(part.line, _("Passages show a stance: add “stance: …”, what the essay, all considered, does."))
        for passage in part.passages:
            if passage.kind == "reports" and not passage.speaker:
                self.refuse(passage.line, _("Who is reported? Name the speaker: - reports at 3 (Name): …"))

    def tags_of(self, facts: Facts) -> tuple[str, ...] | None:
        told = facts.optional("tags")
        return None if told is None else tuple(part.strip() for part in told.split(",") if part.strip())

    def tried(self, read: Callable[[Piece], Part], piece: Piece) -> Part | None:
        """What an item says, None where it cannot be read."""
        try:
            return read(piece)
        except items.Unclear as error:
            self.refuse(piece.line, str(error))
            return None

    # Predictions.

    def predictions(self) -> tuple[PredictionPart, ...]:
        return self.once([self.prediction(entry) for entry in self.found.sections.get("Predictions", ())])

    def prediction(self, entry: Entry) -> PredictionPart:
        facts = self.facts_of(entry, PREDICTION)
        slug, statement = self.heading_of(entry, facts)
        found = [self.tried(items.beneath_a_prediction, piece) for piece in entry.items]
        whole = statement is not None
        return PredictionPart(
            slug=slug,
            statement=statement,
            origin=facts.choice("origin", Prediction.Origin.values) if whole else None,
            opens_at=self.instant(facts, "opens") if whole else None,
            closes_at=self.instant(facts, "closes") if whole else None,
            resolves_on=facts.day("resolves", needed=True) if whole else None,
            criteria=facts.text("criteria", needed=True) if whole else None,
            readings=tuple(part for part in found if isinstance(part, ReadingPart)),
            bearings=tuple(part for part in found if isinstance(part, BearingPart)),
            entailments=tuple(part for part in found if isinstance(part, EntailmentPart)),
            line=entry.line,
        )

    def instant(self, facts: Facts, name: str) -> datetime | None:
        told = facts.text(name, needed=True)
        found = instant(told) if told else None
        if told and found is None:
            said = _("“%(value)s” is no instant; write it with its time zone, as 2030-04-28T00:00:00Z.")
            self.refuse(facts.line_of(name), said % {"value": told})
        return found

    # Entries.

    def facts_of(self, entry: Entry, names: Iterable[str]) -> Facts:
        told = {
            name: Told(piece.line, piece.markdown if name in MARKDOWN else piece.text)
            for name, piece in entry.fields.items()
        }
        facts = Facts(Told(entry.line, dict(told)), self.problems)
        facts.only(*names)
        return facts

    def heading_of(self, entry: Entry, facts: Facts) -> tuple[str, str | None]:
        """The slug and the sentence of an entry; no sentence where the heading only names the row."""
        heading = entry.heading.text
        named = items.NAMED.fullmatch(heading)
        if named:
            return named[1], None
        if not heading:
            self.refuse(entry.line, _("The heading says the sentence, or names what is there already: ## [[slug]]."))
        slug = facts.text("id") or slugify(heading)[:LONGEST_SLUG].strip("-")
        return self.slug(slug, facts.line_of("id")), heading

    def once(self, parts: list[EntryPart]) -> tuple[EntryPart, ...]:
        """The parts; each slug may have one entry."""
        seen: set[str] = set()
        for part in parts:
            if part.slug in seen:
                self.refuse(part.line, _("“%(slug)s” has an entry above already.") % {"slug": part.slug})
            seen.add(part.slug)
        return tuple(parts)
