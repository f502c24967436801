"""Write essays and their motions out as files that can be brought in elsewhere."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from debate.interchange.essay_file import write
from debate.interchange.essay_file.taking_out import files_of
from debate.models import Motion


class Command(BaseCommand):
    help = (
        "Write every motion and essay, drafts too, as files into a folder (docs/essay-file.md): motions/ and essays/. "
        "Brought into an empty database and written out again, they are the same to the byte."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--motion", metavar="SLUG", help="only this motion and its essays")

    def handle(self, *args: Any, **options: Any) -> None:
        motions = Motion.objects.order_by("pk")
        if options["motion"]:
            motions = motions.filter(slug=options["motion"])
        count = 0
        for motion in motions:
            for file in files_of(motion):
                path = options["folder"] / file.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(write(file), encoding="utf-8")
                count += 1
        if not count:
            raise CommandError("There is no such motion." if options["motion"] else "There is no motion yet.")
        self.stdout.write(f"{count} files written to {options['folder']}.")
