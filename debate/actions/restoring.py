"""A row is put back as one of its versions has it: changed since, or deleted, and then with what went along with it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CASCADE, ForeignKey
from django.utils.translation import gettext as _

from debate.actions.changes import NOUNS, put
from debate.actions.curation import motions_of, refresh_motions
from debate.actions.promises import keeping_promises
from debate.actions.revising import refuse_faults
from debate.models import Claim, Prediction, User
from debate.models.changes import Values, values_of

ONE_ACT = timedelta(seconds=5)
"""What was deleted in one transaction was deleted within this time."""
VERDICT = ("resolution", "resolved_on", "resolution_note", "evidence_url")


def restore(*, version: Any, by: User) -> Any:
    """Put a row back as this version of it, one of its history, has it; the row as it is then.

    One that was deleted comes back with its key, so with its history, and with all that was deleted along with it.
    What was said of its resolution stays as it is, and so does the status of one that is there. Raises ValidationError
    where a rule forbids it, or where what it names is gone; nothing is written then.
    """
    noun = version.instance_type
    with keeping_promises():
        row = noun._base_manager.select_for_update(of=("self",), no_key=True).filter(pk=version.id).first()
        before = motions_of([row]) if row else set()
        rows = [put_back(version, row, by)]
        if row is None:
            rows += [put_back(other, None, by) for other in went_along(version)]
        refuse_faults(rows)
        refresh_motions(before | motions_of(rows))
    return rows[0]


def put_back(version: Any, row: Any, by: User) -> Any:
    if isinstance(row, Claim) and row.status == Claim.Status.MERGED:
        raise ValidationError(_("This claim is merged into another and stays so."))
    noun = version.instance_type
    kept = row if row is not None else noun(pk=version.id)
    kept._history_user, kept._change_reason = by, _("put back as of %s") % f"{version.history_date:%Y-%m-%d %H:%M}"
    put(kept, told_by(version, row), {})
    return kept


def told_by(version: Any, row: Any) -> Values:
    values = values_of(version, version.instance_type)
    resolved = VERDICT if isinstance(row, Prediction) else ()
    standing = ("status",) if row is not None else ()
    return {name: value for name, value in values.items() if name not in {*resolved, *standing}}


def went_along(version: Any) -> Iterator[Any]:
    """The last versions of what was deleted in the same act because it hung on the row, parents first."""
    gone = version.instance_type.history.filter(id=version.id, history_type="-").order_by("-history_id").first()
    if gone is None:
        return
    known = {named(gone): gone}
    level = [gone]
    while level:
        hung = {named(child): child for parent in level for child in hanging(parent, gone)}
        level = [hung[name] for name in hung.keys() - known.keys()]
        known |= hung
        yield from level


def named(version: Any) -> tuple[Any, int]:
    return version.instance_type, version.id


def cascades(field: Any) -> bool:
    return field.remote_field.on_delete is CASCADE


def hanging(parent: Any, gone: Any) -> Iterator[Any]:
    """Deleted rows that named a deleted row, by their last versions."""
    moment = (gone.history_date - ONE_ACT, gone.history_date + ONE_ACT)
    for noun in NOUNS:
        for field in noun._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is parent.instance_type and cascades(field):
                rows = noun.history.filter(history_type="-", history_date__range=moment, **{field.attname: parent.id})
                there = noun._base_manager.values("pk")
                yield from rows.exclude(id__in=there).order_by("history_id")
