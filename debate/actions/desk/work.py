"""What every act at the workbench has in common: one curator at a time on a motion, and an essay that is no longer
edited here once it is published."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _

from debate.actions.writing import writing
from debate.models import Authored, Essay, Motion, Status, User


class Changed(Exception):
    """Somebody has saved meanwhile what is to be changed; nothing was written. `row` is as it is now, None if gone."""

    def __init__(self, row: Any) -> None:
        super().__init__("changed meanwhile")
        self.row = row


@contextmanager
def working_on(essay: Essay) -> Iterator[Essay]:
    """One transaction on an essay that is not published, alone on its motion, as it is now.

    Raises ValidationError on one that is published, and where the database refuses what is written.
    """
    try:
        with writing():
            Motion.objects.select_for_update(no_key=True).only("pk").get(pk=essay.motion_id)
            now = Essay.objects.select_for_update(of=("self",)).select_related("motion").filter(pk=essay.pk).first()
            if now is None or now.status == Status.PUBLISHED:
                raise ValidationError(_("This essay is published: what it says is corrected by a revision, not here."))
            yield now
    except IntegrityError as error:
        said = _("This does not go together with what is there. Did somebody change that just now?")
        raise ValidationError(said) from error


def save_as(row: Authored, by: User) -> None:
    """Save a row that keeps the rules on its table, with who did it. Raises ValidationError where it breaks one."""
    row.full_clean()
    row._history_user = by  # type: ignore[attr-defined]
    row.save()


def delete_as(row: Authored, by: User) -> None:
    row._history_user = by  # type: ignore[attr-defined]
    row.delete()


def set_values(row: Model, values: dict[str, Any]) -> bool:
    """Give a row these values; whether any differs from before."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def refuse_faults(faults: Any) -> None:
    """Raises ValidationError, by field, where a rule across rows forbids something."""
    told: dict[str, list[str]] = {}
    for fault in faults:
        told.setdefault(fault.field, []).append(str(fault.message))
    if told:
        raise ValidationError(told)
