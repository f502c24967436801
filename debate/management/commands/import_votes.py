"""Bring a conversation held in Polis in, to look at it here."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from debate.actions.importing import Refused, import_conversation
from debate.interchange.polis import BadExport, read_conversation


class Command(BaseCommand):
    help = (
        "Import the folder of a Polis export as a motion of its own: statements become claims, participants guests. "
        "Statements that moderators took out, that are too long for a claim or say the same as another stay out. "
        "All or nothing; done again it adds only what has come since."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="with comments.csv, participants-votes.csv and summary.csv")
        parser.add_argument("--motion", default="", metavar="SLUG", help="the motion's slug; made from the topic")
        parser.add_argument("--credit", default="", help="whose the data are and under which licence (Markdown)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = import_conversation(
                conversation=read_conversation(options["folder"], options["credit"]),
                slug=options["motion"],
                progress=lambda answers: tqdm(answers, desc="Participants", unit="", disable=None, leave=False),
            )
        except (BadExport, Refused) as error:
            raise CommandError(f"{error}. Nothing was imported.".replace("..", ".")) from error
        for place in done.left:
            self.stdout.write(f"Left out: {place}")
        self.stdout.write(f"{done.claims:,} claims, {done.readers:,} readers and {done.votes:,} votes are new.")
        self.stdout.write(f"The motion is at {done.motion.get_absolute_url()}")
