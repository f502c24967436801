"""Compute what readers' votes and ballots make of each motion.

Pages show what this command has computed, and as of when; they compute nothing of it themselves. Run it regularly,
under cron (`*/15 * * * * cd /srv/ten-years && .venv/bin/python manage.py compute_insights`) or by a systemd timer
(`OnCalendar=*:0/15`, `Type=oneshot`). Motions whose votes, ballots and relations have not changed are passed over, so
that a run without news is short; one at a time is enough. A motion of 3,000 readers took two seconds.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from debate.actions.insights.computing import compute
from debate.models import Motion


class Command(BaseCommand):
    help = (
        "Compute what votes and ballots make of each motion (strength, groups, crux, moving, support), where changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--motion", default="", help="the slug of one motion; all visible ones without it")
        parser.add_argument("--afresh", action="store_true", help="also where nothing has changed")

    def handle(self, *args: Any, **options: Any) -> None:
        motions = Motion.objects.visible().order_by("pk")
        if options["motion"]:
            motions = motions.filter(slug=options["motion"])
            if not motions:
                raise CommandError(f"No visible motion goes by “{options['motion']}”.")
        computed = 0
        for motion in tqdm(motions, desc="Insights", unit="motion", leave=False, disable=None):
            run = compute(motion=motion, afresh=options["afresh"])
            if run is not None:
                computed += 1
                self.tell(f"{motion.slug}: {run.readers} readers in {len(run.groups)} groups, {run.claims} claims")
        self.stdout.write(f"{computed} of {len(motions)} motions computed, the others unchanged.")

    def tell(self, line: str) -> None:
        with tqdm.external_write_mode():
            self.stdout.write(line)
