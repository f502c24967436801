"""Load the corpus files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from debate.actions.loading import load_corpus
from debate.models import Motion


class Command(BaseCommand):
    help = "Load the corpus files. Rows that a curator has changed are left as they are, and listed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is a motion already")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if options["if_empty"] and Motion.objects.exists():
            self.stdout.write("The database has a corpus already; nothing was loaded.")
            return
        if not list(folder.glob("*.yaml")):
            raise CommandError(f"There is no corpus file in {folder}.")
        loaded = load_corpus(folder=folder)
        for row in loaded.left:
            self.stdout.write(f"Left as a curator has it: {row}")
        counts = f"{len(loaded.added)} rows added, {len(loaded.changed)} changed, {len(loaded.unchanged)} unchanged"
        self.stdout.write(f"{counts}, {len(loaded.left)} left.")
