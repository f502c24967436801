"""What a file says becomes its text: always in the same order and form, so that equal contents give equal bytes."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import yaml

from debate.actions.bringing.shapes import (
    Arrow,
    AuthorPart,
    ClaimPart,
    EssayFile,
    File,
    MotionFile,
    PassagePart,
    PredictionPart,
)
from debate.interchange.essay_file.scanning import INDENT, SECTION


class Plain(yaml.SafeDumper):
    """Writes YAML without aliases and wraps no line; a text of several lines stands as it is."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Plain.add_representer(str, represent_text)


def write(file: File) -> str:
    """The text of a file; parsing it gives the file again."""
    facts = essay_facts(file) if isinstance(file, EssayFile) else motion_facts(file)
    opening = file.essay.summary if isinstance(file, EssayFile) else file.motion.context
    front = yaml.dump(facts, Dumper=Plain, allow_unicode=True, sort_keys=False, width=float("inf"))
    parts = [f"---\n{front}---"]
    if opening:
        parts.append("\n".join(escaped(line) for line in opening.split("\n")))
    if file.claims:
        parts += ["# Claims", *map(claim, file.claims)]
    if isinstance(file, EssayFile) and file.predictions:
        parts += ["# Predictions", *map(prediction, file.predictions)]
    return "\n\n".join(parts) + "\n"


def escaped(line: str) -> str:
    return f"\\{line}" if SECTION.fullmatch(line) else line


def given(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts that say something."""
    return {name: value for name, value in facts.items() if value not in ("", None, [], {}, ())}


def essay_facts(file: EssayFile) -> dict[str, Any]:
    essay = file.essay
    told: dict[str, Any] = {"essay": essay.slug, "motion": essay.motion, "title": essay.title}
    told["authors"] = [author_facts(author) for author in essay.authors]  # told where a draft has none yet, too
    return told | given(
        {
            "publisher": essay.publisher,
            "source": essay.source_url,
            "source_note": essay.source_note,
            "published": essay.published_on,
            "precision": essay.date_precision,
            "side": essay.side,
            "responds_to": essay.responds_to,
            "words": essay.words,
            "tags": file.tags,
        }
    )


def author_facts(author: AuthorPart) -> dict[str, Any] | str:
    if author.name is None:
        return author.slug
    named = None if author.named else False
    told = {"slug": author.slug, "name": author.name, "short_name": author.short_name, "about": author.about}
    return given(told) | ({} if named is None else {"named": named})


def motion_facts(file: MotionFile) -> dict[str, Any]:
    motion = file.motion
    names = ("slug", "label", "short_label", "case", "glyph", "colour", "position", "thesis")
    return given(
        {
            "motion": motion.slug,
            "question": motion.question,
            "opened": motion.opened_on,
            "horizon": motion.horizon,
            "deciding_prediction": motion.deciding_prediction,
            "sides": [given({name: getattr(side, name) for name in names}) for side in motion.sides],
            "tags": file.tags,
        }
    )


def entry(heading: str, told: list[str], beneath: list[str]) -> str:
    """A heading, its fields and, after a blank line, its items."""
    blank = [""] if told and beneath else []
    return "\n".join([f"## {heading}", *told, *blank, *beneath])


def spread(text: str) -> str:
    """A text of several lines, each on a line of its own behind a |."""
    return f"\n{INDENT}| ".join(text.split("\n"))


def block(name: str, text: str) -> Iterator[str]:
    """A field of Markdown, its lines beneath it as they stand; nothing where it is empty."""
    if text:
        yield f"{name}:"
        yield from (f"{INDENT}{line}" if line else "" for line in text.split("\n"))


def fields(facts: dict[str, Any]) -> Iterator[str]:
    return (f"{name}: {value}" for name, value in facts.items() if value)


def claim(part: ClaimPart) -> str:
    facts = {"kind": part.kind, "side": part.side, "tags": ", ".join(part.tags or ()), "stance": part.stance}
    origin = {"origin": part.origin} if part.origin != "essay" else {}
    own = {"id": part.slug} if part.text else {}
    told = [*fields(own | facts | origin), *block("note", part.note or "")]
    shown = [passage(place) for place in part.passages]
    drawn = [f"- {arrow(each.arrow)}: {spread(each.rationale)}" for each in part.relations]
    return entry(spread(part.text) if part.text else f"[[{part.slug}]]", told, [*shown, *drawn])


def place(heading: str, paragraph: int) -> str:
    return f"at {json.dumps(heading, ensure_ascii=False)} {paragraph}" if heading else f"at {paragraph}"


def passage(part: PassagePart) -> str:
    number = "" if part.number is None else f" #{part.number}"
    speaker = f" ({named(part.speaker)})" if part.speaker else ""
    told = f"- {part.kind}{number} {place(part.heading, part.paragraph)}{speaker}: {spread(part.gist)}"
    return "\n".join([told, *(f"{INDENT}> {line}".rstrip() for line in part.quote.split("\n") if part.quote)])


def named(speaker: str) -> str:
    """A name, in quotation marks where it has signs that would end it."""
    return json.dumps(speaker, ensure_ascii=False) if re.search(r'[()"\n]', speaker) else speaker


def arrow(drawn: Arrow) -> str:
    """A relation as it is written beneath its source."""
    if isinstance(drawn.target, Arrow):
        return f"{drawn.kind} [[{drawn.target.source}]] {arrow(drawn.target)}"
    return f"{drawn.kind} [[{drawn.target}]]"


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def prediction(part: PredictionPart) -> str:
    lines: list[str] = []
    beneath: list[str] = []
    if part.statement and part.opens_at and part.closes_at:
        dates = {"opens": instant(part.opens_at), "closes": instant(part.closes_at), "resolves": part.resolves_on}
        lines += fields({"id": part.slug, "origin": part.origin, **dates})
        lines += block("criteria", part.criteria or "")
    for reading in part.readings:
        where = place(reading.heading, reading.paragraph)
        beneath.append(f"- reads {reading.low!r} to {reading.high!r} {where}: {spread(reading.note)}")
    beneath += [f"- {bears.outcome} if [[{bears.claim}]]: {spread(bears.rationale)}" for bears in part.bearings]
    beneath += [f"- implies [[{follows.conclusion}]]: {spread(follows.rationale)}" for follows in part.entailments]
    return entry(spread(part.statement) if part.statement else f"[[{part.slug}]]", lines, beneath)
