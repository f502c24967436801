"""What readers see: published, or taken back to draft."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from debate.actions.curation import motions_of, refresh_motions
from debate.actions.promises import keeping_promises
from debate.actions.rules import faults_of
from debate.models import Claim, Essay, Motion, Prediction, Status, User

Publishable = Motion | Essay | Claim | Prediction


def publish(*, rows: Iterable[Publishable], by: User) -> int:
    """Publish what is not published yet; how many rows that was. Raises ValidationError where a rule forbids one."""
    return set_status(rows, Status.PUBLISHED, by)


def take_back(*, rows: Iterable[Publishable], by: User) -> int:
    """Make drafts of what is none; how many rows that was. Raises ValidationError where a rule forbids one."""
    return set_status(rows, Status.DRAFT, by)


def publish_whole(*, essays: Iterable[Essay], by: User) -> int:
    """Publish essays together with the draft claims they take a stance on and their draft predictions."""
    kept = list(essays)
    claims = Claim.objects.filter(stances__essay__in=kept, status=Claim.Status.DRAFT).distinct()
    predictions = Prediction.objects.filter(essay__in=kept)
    return publish(rows=[*kept, *claims, *predictions], by=by)


def set_status(rows: Iterable[Publishable], status: str, by: User) -> int:
    """One transaction for all; each row that changes gets its line of history. A merged claim stays as it is.

    Nothing but the status is written: what somebody else writes meanwhile, a resolution for one, stays.
    """
    with keeping_promises():
        changed = [row for row in rows if row.status not in (status, Claim.Status.MERGED)]
        for row in changed:
            row.status = status
            refuse(row)
            row._history_user = by  # type: ignore[union-attr]
            row.save(update_fields=["status", "updated_at"])
        if changed:
            refresh_motions(motions_of(changed))
    return len(changed)


def refuse(row: Publishable) -> None:
    """Raises ValidationError where a rule forbids the row as it would be, naming the row."""
    row.validate_constraints()
    faults = [_("%(row)s: %(fault)s") % {"row": row, "fault": fault.message} for fault in faults_of(row)]
    if faults:
        raise ValidationError(faults)
