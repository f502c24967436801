"""The items beneath a claim or a prediction: passages, relations, readings, bearings and entailments."""

import json
import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from debate.actions.bringing.shapes import (
    Arrow,
    BearingPart,
    EntailmentPart,
    PassagePart,
    ReadingPart,
    RelationPart,
)
from debate.interchange.essay_file.scanning import Piece

STANCES = ("asserts", "denies", "qualifies", "concedes", "reports")
KINDS = ("supports", "rebuts", "qualifies")
QUOTED = r'"(?:[^"\\]|\\.)*"'
SLUG = r"\[\[([\w-]+)\]\]"
PLACE = rf"at (?:(?P<heading>{QUOTED}) )?(?P<paragraph>\d{{1,4}})"
PASSAGE = re.compile(
    rf"(?P<kind>{'|'.join(STANCES)})(?: #(?P<number>\d{{1,6}}))? {PLACE}"
    rf"(?: \((?P<speaker>{QUOTED}|[^()\"]+)\))?: (?P<gist>.+)",
    re.DOTALL,
)
READING = re.compile(rf"reads (?P<low>[\d.]+) to (?P<high>[\d.]+) {PLACE}: (?P<note>.+)", re.DOTALL)
BEARING = re.compile(rf"(yes|no) if {SLUG}: (.+)", re.DOTALL)
ENTAILMENT = re.compile(rf"implies {SLUG}: (.+)", re.DOTALL)
DIRECT = re.compile(rf"({'|'.join(KINDS)}) {SLUG}")
UNDERCUT = "undercuts "
DEEPEST = 4
NAMED = re.compile(SLUG)
BEGINS_RELATION = re.compile(rf"(?:{'|'.join(KINDS)}|undercuts) \[\[")


class Unclear(ValueError):
    """An item that cannot be read; what was expected."""


def unquoted(told: str | None) -> str:
    """What a text in straight double quotes says. Raises Unclear where the quotes are broken."""
    if not told or not told.startswith('"'):
        return (told or "").strip()
    try:
        return str(json.loads(told))
    except json.JSONDecodeError as error:
        raise Unclear(_('Within quotation marks a backslash goes before “"” and “\\” only.')) from error


def passage(piece: Piece) -> PassagePart:
    found = PASSAGE.fullmatch(piece.text)
    if found is None:
        raise Unclear(_('Expected a passage such as: - asserts at "A Heading" 3: what is said there.'))
    return PassagePart(
        kind=found["kind"],
        number=int(found["number"]) if found["number"] else None,
        heading=unquoted(found["heading"]),
        paragraph=int(found["paragraph"]),
        speaker=unquoted(found["speaker"]),
        gist=found["gist"].strip(),
        quote=piece.quote,
        line=piece.line,
    )


def arrow(source: str, told: str, deep: int = 1) -> tuple[Arrow, str]:
    """The relation that a text begins with, and the rest of it. Raises Unclear."""
    direct = DIRECT.match(told)
    if direct:
        return Arrow(source, direct[1], direct[2]), told[direct.end() :]
    named = NAMED.match(told.removeprefix(UNDERCUT)) if told.startswith(UNDERCUT) else None
    if named is None or deep > DEEPEST:
        raise Unclear(_("Expected a relation such as: - rebuts [[that-claim]]: why."))
    target, rest = arrow(named[1], told.removeprefix(UNDERCUT)[named.end() :].lstrip(), deep + 1)
    return Arrow(source, "undercuts", target), rest


def relation(source: str, piece: Piece) -> RelationPart:
    drawn, rest = arrow(source, piece.text)
    if not rest.startswith(":") or not rest[1:].strip():
        raise Unclear(_("A relation says why: - supports [[that-claim]]: one sentence."))
    return RelationPart(drawn, rest[1:].strip(), piece.line)


def probability(told: str) -> float:
    try:
        value = float(told)
    except ValueError:
        value = 0.0
    if not 0.01 <= value <= 0.99:
        raise Unclear(_("“%(value)s” is no probability from 0.01 to 0.99.") % {"value": told})
    return value


def reading(piece: Piece) -> ReadingPart:
    found = READING.fullmatch(piece.text)
    if found is None:
        raise Unclear(_('Expected a reading such as: - reads 0.05 to 0.2 at "A Heading" 3: why.'))
    low, high = probability(found["low"]), probability(found["high"])
    if low > high:
        raise Unclear(_("A reading runs from the lower to the higher probability."))
    place = unquoted(found["heading"]), int(found["paragraph"])
    return ReadingPart(low, high, *place, found["note"].strip(), piece.line)


def bearing(piece: Piece) -> BearingPart:
    found = BEARING.fullmatch(piece.text)
    if found is None:
        raise Unclear(_("Expected what a claim leads one to expect, such as: - no if [[that-claim]]: why."))
    return BearingPart(found[2], found[1], found[3].strip(), piece.line)


def entailment(piece: Piece) -> EntailmentPart:
    found = ENTAILMENT.fullmatch(piece.text)
    if found is None:
        raise Unclear(_("Expected what its yes implies, such as: - implies [[that-prediction]]: why."))
    return EntailmentPart(found[1], found[2].strip(), piece.line)


def is_relation(piece: Piece) -> bool:
    return bool(BEGINS_RELATION.match(piece.text))


Told = ReadingPart | BearingPart | EntailmentPart
READERS: dict[str, Callable[[Piece], Told]] = {
    "reads": reading,
    "yes": bearing,
    "no": bearing,
    "implies": entailment,
}


def beneath_a_prediction(piece: Piece) -> Told:
    """A reading, a bearing or an entailment, by the word that the item begins with."""
    read = READERS.get(piece.text.split(" ", 1)[0])
    if read is None:
        raise Unclear(_("Beneath a prediction stand items that begin with reads, yes if, no if or implies."))
    return read(piece)
