"""A curator says how a prediction came out, corrects that, or opens it again; scores follow at once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import URLValidator
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from debate.actions.forecasting import database_now, lock_crowd
from debate.actions.moderation_log import note as tell_readers
from debate.actions.rules import Fault
from debate.actions.scoring import OUTCOMES, score
from debate.actions.writing import writing
from debate.models import ModerationEntry, Prediction, Status, User

KNOWN = frozenset(Prediction.Resolution.values) - {Prediction.Resolution.OPEN.value}
LONGEST_ADDRESS = 500
is_web_address = URLValidator(schemes=["http", "https"])


class Verdict(NamedTuple):
    """How a prediction came out, on which day, how that was judged, and where one can see it."""

    resolution: str = ""
    resolved_on: date | None = None
    note: str = ""
    evidence_url: str = ""


def verdict_on(prediction: Prediction) -> Verdict:
    """The one that stands; an empty one where none does."""
    row = prediction
    return Verdict(row.resolution, row.resolved_on, row.resolution_note, row.evidence_url)


def resolve_prediction(
    *, curator: User, prediction: Prediction, resolution: str, resolved_on: date, note: str, evidence_url: str = ""
) -> bool:
    """Resolve a prediction yes, no, ambiguous or annulled, or correct how it is; whether that changed anything.

    `resolved_on` is the day in UTC on which it was decided: what was forecast on that day or later does not count, and
    from now on nothing is forecast. All who forecast are scored, or lose their scores where it is neither yes nor no.
    Raises ValidationError by argument, or for the whole, where a rule forbids it; nothing is written then.
    """
    verdict = Verdict(resolution, resolved_on, note.strip(), evidence_url.strip())
    with writing():
        row, now = held(prediction), database_now()
        if verdict_on(row) == verdict:
            return False
        require(faults_of(row, verdict, now))
        was = row.resolution
        told = f"corrected: {was} → {resolution}" if was and was != resolution else f"resolved: {resolution}"
        write(row, verdict, curator, told)
        verb = ModerationEntry.Verb.CORRECTED if was else ModerationEntry.Verb.RESOLVED
        tell_readers(by=curator, verb=verb, row=row, reason=f"{row.get_resolution_display()}. {verdict.note}")
    return True


def reopen_prediction(*, curator: User, prediction: Prediction, note: str) -> bool:
    """Take a resolution back, with its scores; whether there was one. Why is told in its history and in the public log.

    What was forecast still stands, and more can be forecast until the scheduled close. Raises ValidationError without
    a note.
    """
    with writing():
        row = held(prediction)
        if not row.resolution:
            return False
        if not note.strip():
            require(iter([Fault("note", _("Say in a sentence why it is opened again."))]))
        write(row, Verdict(), curator, f"reopened: {note.strip()}")
        shown = row.status == Status.PUBLISHED
        tell_readers(by=curator, verb=ModerationEntry.Verb.REOPENED, row=row, reason=note.strip(), public=shown)
    return True


def held(prediction: Prediction) -> Prediction:
    """The prediction as the database now holds it, locked after its crowd: no forecast comes in between."""
    lock_crowd(prediction)
    return Prediction.objects.select_for_update().get(pk=prediction.pk)


def keep_verdict(row: Prediction) -> None:
    """Before a prediction is saved by anybody else: it stays resolved, or open, as the database holds it now.

    So do, to the microsecond, the times by which it was scored.
    """
    stands = Prediction.objects.select_for_update().filter(pk=row.pk).first() if row.pk else None
    take(row, verdict_on(stands) if stands else Verdict())
    if stands and stands.resolution:
        row.opens_at, row.closes_at = stands.opens_at, stands.closes_at


def take(row: Prediction, verdict: Verdict) -> None:
    row.resolution, row.resolved_on, row.resolution_note, row.evidence_url = verdict


def write(row: Prediction, verdict: Verdict, curator: User, reason: str) -> None:
    """The scores first and the row last: writing it moves the edition, for which all other writers then wait."""
    take(row, verdict)
    score(row)
    row._history_user, row._change_reason = curator, reason  # type: ignore[attr-defined]
    row.save()


def require(faults: Iterator[Fault]) -> None:
    """Raises ValidationError where there are any."""
    found: dict[str, list[Any]] = {}
    for fault in faults:
        found.setdefault(fault.field, []).append(fault.message)
    if found:
        raise ValidationError(found)


def faults_of(row: Prediction, verdict: Verdict, now: datetime) -> Iterator[Fault]:
    if row.status != Status.PUBLISHED:
        yield Fault(NON_FIELD_ERRORS, _("Only a published prediction can be resolved."))
    if verdict.resolution not in KNOWN:
        yield Fault("resolution", _("It resolves yes, no, ambiguous or annulled."))
    if not verdict.note:
        yield Fault("note", _("Say in a sentence or two how it was judged."))
    yield from faults_of_time(row, verdict.resolved_on, now)
    yield from faults_of_evidence(verdict)


def faults_of_time(row: Prediction, day: date | None, now: datetime) -> Iterator[Fault]:
    opened = row.opens_at.astimezone(UTC)
    if now < opened:
        yield Fault(NON_FIELD_ERRORS, _("It has not opened yet, and cannot be resolved before."))
    elif day is None:
        yield Fault("resolved_on", _("Say on which day it was decided."))
    elif day > now.astimezone(UTC).date():
        yield Fault("resolved_on", _("This day has not come yet."))
    elif day < opened.date():
        told = date_format(opened, "j F Y")
        yield Fault("resolved_on", _("It opened on %(day)s; it cannot have been decided before.") % {"day": told})


def faults_of_evidence(verdict: Verdict) -> Iterator[Fault]:
    address = verdict.evidence_url
    if not address and verdict.resolution in OUTCOMES:
        yield Fault("evidence_url", _("A yes or a no needs the address of its evidence."))
    elif len(address) > LONGEST_ADDRESS:
        told = _("This address is too long; it may have %(most)d characters.")
        yield Fault("evidence_url", told % {"most": LONGEST_ADDRESS})
    elif address and not is_sound(address):
        yield Fault("evidence_url", _("This is no web address: it begins with http:// or https://."))


def is_sound(address: str) -> bool:
    try:
        is_web_address(address)
    except ValidationError:
        return False
    return True
