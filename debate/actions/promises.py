"""What readers are promised of a visible motion: sides with theses, what decides it, and who wrote its essays."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext as _

from debate.actions.writing import writing
from debate.models import Claim, Essay, Motion, Prediction, Side

FEWEST_SIDES = 2
Promises = dict[tuple[str, int], str]


def broken_promises() -> Promises:
    """Every promise that is not kept, with what to tell the curator about it."""
    motions = Motion.objects.visible()
    sides = Side.objects.filter(motion__in=motions)
    hidden = sides.filter(thesis__isnull=False).exclude(
        thesis__in=Claim.objects.visible().filter(thesis_of__isnull=False)
    )
    bare = sides.filter(motion__featured=True, thesis__isnull=True)
    decided = motions.filter(deciding_prediction__isnull=False)
    unseen = decided.exclude(deciding_prediction__in=Prediction.objects.visible().filter(decides__isnull=False))
    lopsided = motions.annotate(sides_n=Count("sides")).filter(sides_n__lt=FEWEST_SIDES)
    undecided = motions.filter(featured=True, deciding_prediction__isnull=True)
    unsigned = Essay.objects.visible().filter(authors__isnull=True)
    return {
        **told("lopsided", lopsided, _("“%(row)s” needs two sides before it is published.")),
        **told("hidden", hidden, _("Readers would not see the thesis of the side “%(row)s”.")),
        **told("bare", bare, _("The featured motion's side “%(row)s” would have no thesis.")),
        **told("unseen", unseen, _("Readers would not see the prediction that decides “%(row)s”.")),
        **told("undecided", undecided, _("Nothing would decide the featured motion “%(row)s”.")),
        **told("unsigned", unsigned, _("“%(row)s” needs an author before it is published, or one who is not named.")),
    }


def told(kind: str, rows: Any, message: str) -> Promises:
    return {(kind, row.pk): message % {"row": row} for row in rows}


@contextmanager
def keeping_promises() -> Iterator[None]:
    """A transaction that breaks no promise that was kept before. Raises ValidationError and undoes it where it does."""
    with writing():
        before = broken_promises()
        yield
        keep_promises(before)


def keep_promises(before: Promises) -> None:
    """Raises ValidationError where a promise is broken now that was kept before."""
    broken = [message for promise, message in broken_promises().items() if promise not in before]
    if broken:
        raise ValidationError(broken)
