"""Fill a database with synthetic rows, to measure by."""

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from debate.actions.populating import Plan, Refused, require_fit


class Command(BaseCommand):
    help = "Fill the database with synthetic motions, readers and votes, at a multiple of the corpus' size."

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("--motions", type=int, default=1_000, help="motions of the corpus' size")
        add("--large", type=int, default=10_000, help="claims of one large motion more; 0 for none")
        add("--readers", type=int, default=200_000, help="a quarter of them members")
        add("--votes", type=int, default=5_000_000)
        add("--forecasts", type=int, default=400_000)
        add("--ballots", type=int, default=60_000)
        add("--seed", type=int, default=1, help="the same seed makes the same rows")
        add("--force", action="store_true", help="even where there are members")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            require_fit(force=options["force"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        begun = perf_counter()
        for name, total, work in Plan(**{field: options[field] for field in Plan.__dataclass_fields__}).phases():
            since = perf_counter()
            with tqdm(desc=name, total=total, disable=None, leave=False) as bar:
                made = sum(bar.update(done) or done for done in work())
            self.stdout.write(f"{name}: {made:,} in {perf_counter() - since:.1f} s")
        self.stdout.write(f"Populated in {perf_counter() - begun:.0f} s.")
