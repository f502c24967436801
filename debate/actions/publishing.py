"""What readers see: published, or taken back to draft."""

from collections.abc import Collection, Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from debate.actions.curation import motions_of, refresh_motions
from debate.actions.moderation_log import note
from debate.actions.promises import keeping_promises
from debate.actions.rules import faults_of
from debate.actions.second_eyes import refuse_own_draft, settle_review
from debate.models import Claim, Essay, ModerationEntry, Motion, Prediction, Status, User

Publishable = Motion | Essay | Claim | Prediction


def publish(*, rows: Iterable[Publishable], by: User) -> int:
    """Publish what is not published yet; how many rows that was. Raises ValidationError where a rule forbids one.

    An essay that somebody else has to pass first is such a case.
    """
    kept = list(rows)
    return set_status(kept, Status.PUBLISHED, by, told=kept)


def take_back(*, rows: Iterable[Publishable], by: User, why: str = "") -> int:
    """Make drafts of what is none; how many rows that was. Raises ValidationError where a rule forbids one.

    Votes, forecasts and ballots on them stay, and count again when they are published again.
    """
    kept = list(rows)
    return set_status(kept, Status.DRAFT, by, told=kept, why=why)


def publish_whole(*, essays: Iterable[Essay], by: User, comment: str = "") -> int:
    """Publish essays together with the draft claims they take a stance on and their draft predictions.

    Raises ValidationError where a rule forbids one of them; then nothing is published. `comment`: what whoever passes
    them has to say to the curators.
    """
    kept = list(essays)
    with keeping_promises():
        rows = [*kept, *Claim.objects.drafts_of(kept), *Prediction.objects.drafts_of(kept)]
        return set_status(rows, Status.PUBLISHED, by, told=kept, comment=comment)


def set_status(
    rows: Sequence[Publishable],
    status: str,
    by: User,
    *,
    told: Collection[Publishable],
    why: str = "",
    comment: str = "",
) -> int:
    """One transaction for all; each row that changes gets its line of history. A merged claim stays as it is.

    Nothing but the status is written: what somebody else writes meanwhile, a resolution for one, stays. Readers are
    told of those rows of `told` that come into sight or go out of it, and `why`.
    """
    with keeping_promises():
        changed = [row for row in rows if row.status not in (status, Claim.Status.MERGED)]
        seen = seen_among(changed)
        for row in changed:
            put_status(row, status, by, comment)
        if changed:
            refresh_motions(motions_of(changed))
        tell(set(told) & (seen ^ seen_among(changed)), by, why)
    return len(changed)


def put_status(row: Publishable, status: str, by: User, comment: str) -> None:
    if isinstance(row, Essay) and status == Status.PUBLISHED:
        refuse_own_draft(row, by)
    row.status = status
    refuse(row)
    row._history_user = by  # type: ignore[union-attr]
    row.save(update_fields=["status", "updated_at"])
    if isinstance(row, Essay):
        settle_review(essay=row, by=by, comment=comment)


def seen_among(rows: Sequence[Publishable]) -> set[Publishable]:
    """Those of the rows that readers see. A query for each noun."""
    seen: set[Publishable] = set()
    for noun in {type(row) for row in rows}:
        of_noun = {row.pk: row for row in rows if type(row) is noun}
        seen |= {of_noun[key] for key in noun.objects.visible().filter(pk__in=of_noun).values_list("pk", flat=True)}
    return seen


def tell(rows: Iterable[Publishable], by: User, why: str) -> None:
    """A line in the public log for each row that came into sight or went out of it; of the latter, no name."""
    for row in sorted(rows, key=lambda row: (row._meta.model_name or "", row.pk)):
        public = row.status == Status.PUBLISHED
        verb = ModerationEntry.Verb.PUBLISHED if public else ModerationEntry.Verb.HIDDEN
        note(by=by, verb=verb, row=row, reason=why, public=public)


def refuse(row: Publishable) -> None:
    """Raises ValidationError where a rule forbids the row as it would be, naming the row."""
    row.validate_constraints()
    faults = [_("%(row)s: %(fault)s") % {"row": row, "fault": fault.message} for fault in faults_of(row)]
    if faults:
        raise ValidationError(faults)
