"""Count again what votes, forecasts, relations, ballots and resolutions add up to."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from debate.actions.insights.recounting import recount_insights, wrong_insights
from debate.actions.recounting import (
    Difference,
    recount_crowd,
    recount_standings,
    recount_tally,
    wrong_crowds,
    wrong_standings_of,
    wrong_tallies,
)
from debate.actions.recounting_days import recount_days, wrong_days
from debate.actions.recounting_scores import recount_record, recount_scores, wrong_records, wrong_scores
from debate.actions.swinging import recount_swing, wrong_swing
from debate.models import Motion


class Command(BaseCommand):
    help = "Compare tallies, crowds, scores, swing, standings and insights with a recount; --fix repairs what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="repair what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        fix: bool = options["fix"]
        found = self.go_through("Tallies", wrong_tallies(), lambda key: recount_tally(claim=key), fix)
        found += self.go_through("Crowds", wrong_crowds(), lambda key: recount_crowd(prediction=key), fix)
        found += self.go_through("Days", wrong_days(), lambda key: recount_days(prediction=key), fix)
        found += self.go_through("Swing", wrong_swing(), lambda key: recount_swing(motion=key), fix)
        found += self.go_through("Scores", wrong_scores(), lambda key: recount_scores(prediction=key), fix)
        found += self.go_through("Records", wrong_records(), lambda key: recount_record(reader=key), fix)
        for motion in tqdm(Motion.objects.order_by("pk"), desc="Standings", unit="motion", leave=False, disable=None):
            wrong = sum(map(self.tell, wrong_standings_of(motion)))
            if wrong and fix:
                recount_standings(motion=motion)
            found += wrong
        found += self.go_through("Insights", wrong_insights(), lambda key: recount_insights(motion=key), fix)
        self.stdout.write(f"{found} rows differed{' and are repaired' if fix and found else ''}.")
        if found and not fix:
            sys.exit(1)

    def go_through(self, what: str, wrong: Iterable[Difference], repair: Callable[[int], None], fix: bool) -> int:
        """Tell each difference and repair it if asked; how many there were."""
        found = 0
        for difference in tqdm(wrong, desc=what, unit="row", leave=False, disable=None):
            found += self.tell(difference)
            if fix:
                repair(difference.key)
        return found

    def tell(self, difference: Difference) -> int:
        with tqdm.external_write_mode():
            self.stdout.write(str(difference))
        return 1
