"""Curators are written to about predictions that are closed and wait to be resolved."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import ngettext

from debate.actions.writing import writing
from debate.models import DueReminder, Prediction, User

QUIET = timedelta(days=7)


class NobodyToRemind(ValueError):
    """No curator has an address."""


def due_predictions(now: datetime) -> list[Prediction]:
    """Those that readers see and that are closed and not resolved, the first to close first."""
    return list(Prediction.objects.visible().due(now).order_by("closes_at", "pk"))


def remind(*, site: str, now: datetime) -> list[Prediction]:
    """Write one letter to all curators about what is due and was not told of in the last week; what it tells of.

    Nothing is sent where there is nothing to tell. `site`: the address of the site, without a slash at its end. Each
    prediction is noted as told of before the letter goes, and taken back where it does not: two at once send one.
    Raises NobodyToRemind, and OSError where the mail server does not take it.
    """
    addresses = list(User.objects.judges().values_list("email", flat=True))
    if not addresses:
        raise NobodyToRemind
    told = note_as_told(due_predictions(now), now)
    if told:
        try:
            letter_about(told, site, addresses).send()
        except OSError:
            DueReminder.objects.filter(prediction__in=told, sent_at=now).delete()
            raise
    return told


def note_as_told(due: Sequence[Prediction], now: datetime) -> list[Prediction]:
    """Those of the predictions that were not told of in the last week."""
    with writing():
        locked = list(Prediction.objects.select_for_update(no_key=True).keyed(row.pk for row in due).order_by("pk"))
        recent = DueReminder.objects.filter(prediction__in=locked, sent_at__gt=now - QUIET)
        known = set(recent.values_list("prediction_id", flat=True))
        told = [row for row in due if row.pk not in known]
        DueReminder.objects.bulk_create(
            [DueReminder(prediction=row, sent_at=now) for row in told],
            update_conflicts=True,
            unique_fields=["prediction"],
            update_fields=["sent_at"],
        )
    return told


def letter_about(told: Sequence[Prediction], site: str, addresses: Sequence[str]) -> EmailMessage:
    """No curator reads another's address in it."""
    what = ngettext("%d prediction waits to be resolved", "%d predictions wait to be resolved", len(told)) % len(told)
    body = render_to_string(
        "predictions/due_letter.txt", {"predictions": told, "site": site, "name": settings.SITE_NAME}
    )
    return EmailMessage(f"{settings.SITE_NAME}: {what}", body, bcc=addresses)
