"""List the predictions that are closed and wait to be resolved, soonest first; with --remind, write to the curators.

Run it daily, under cron (`0 7 * * * cd /srv/ten-years && .venv/bin/python manage.py resolve_due --remind`) or by a
systemd timer (`OnCalendar=07:00`, `Type=oneshot`). One letter tells of all; about each prediction once a week.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from debate.actions.forecasting import database_now
from debate.actions.reminding import NobodyToRemind, due_predictions, remind
from debate.management.site import site_address
from debate.models import Prediction


class Command(BaseCommand):
    help = "List predictions that are closed and not resolved, with where to resolve them; --remind writes to curators."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remind", action="store_true", help="write to the curators, once a week a prediction")

    def handle(self, *args: Any, **options: Any) -> None:
        now = database_now()
        due = due_predictions(now)
        for prediction in due:
            self.tell(prediction)
        self.stdout.write(f"{len(due)} due." if due else "Nothing is due.")
        if options["remind"]:
            self.remind()

    def tell(self, prediction: Prediction) -> None:
        resolve, site = reverse("admin:debate_prediction_resolve", args=[prediction.pk]), site_address()
        self.stdout.write(prediction.statement)
        self.stdout.write(f"    closed {prediction.closes_at:%Y-%m-%d %H:%M} UTC, judged by {prediction.resolves_on}")
        self.stdout.write(f"    {site}{prediction.get_absolute_url()}")
        self.stdout.write(f"    {site}{resolve}")

    def remind(self) -> None:
        """Raises CommandError where no letter can go out at all."""
        if not settings.SENDS_MAIL:
            raise CommandError("No mail can be sent: give EMAIL_URL, see docs/deploy.md.")
        try:
            told = remind(site=site_address(), now=database_now())
        except NobodyToRemind as error:
            raise CommandError("No curator has an address: make one with manage.py make_curator.") from error
        except OSError as error:
            raise CommandError(f"The mail server did not take it, so nobody was reminded: {error}") from error
        self.stdout.write(f"Curators were written to about {len(told)}." if told else "No letter was due.")
