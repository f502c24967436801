"""Whether what was held so likely came true as often: one reader's forecasts, and the crowd's number.

Only predictions whose scheduled date has passed, those that resolved early among them: what resolves early is mostly a
yes, and would make everybody look too timid.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.drawing.calibration import Mark, draw_calibration
from debate.lenses.kept import Kept
from debate.models import FEWEST_SCORED, CrowdDay, Forecast, Prediction, User
from debate.reasoning.dates import counted_until, start_of
from debate.reasoning.scoring import Bin, calibration

MOST_FORECASTS = 10_000
MOST_PREDICTIONS = 1_000
CROWDS: "Kept[Calibration]" = Kept(most=2)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins that hold anything, and on how many predictions they rest."""

    bins: Sequence[Bin]
    predictions: int

    @property
    def is_enough(self) -> bool:
        return self.predictions >= FEWEST_SCORED

    @property
    def fewest(self) -> int:
        return FEWEST_SCORED

    @property
    def rows(self) -> list[tuple[Bin, bool]]:
        """Each bin, and whether what came true lies in its band."""
        return [(told, mark_of(told).within) for told in self.bins]

    @property
    def chart(self) -> SafeString:
        """The drawing escapes what it writes."""
        title = _("How often what was held so likely came true. The table below has the same numbers.")
        across, upward, count = _("held likely"), _("came true"), _("n")
        marks = [mark_of(told) for told in self.bins]
        return SafeString(draw_calibration(marks, across=across, upward=upward, count=count, title=title))


def mark_of(told: Bin) -> Mark:
    return Mark(told.lower, told.upper, told.forecast, told.happened, told.n, (told.band_lower, told.band_upper))


class Stood(NamedTuple):
    """That a probability stood for a prediction, from when until when; None where it was never withdrawn."""

    prediction: Prediction
    probability: float
    start: datetime
    end: datetime | None

    @property
    def share(self) -> float:
        """Of the time from the opening to the scheduled close; 0 or less for none of it."""
        opens, closes, decided = self.prediction.opens_at, self.prediction.closes_at, self.prediction.resolved_on
        until = counted_until(decided, closes) if decided else closes
        return (min(self.end or until, until) - max(self.start, opens)) / (closes - opens)


def calibration_of(reader: User) -> Calibration:
    """Of a reader's own forecasts. One query."""
    forecasts = Forecast.objects.by(reader).judged(timezone.now()).newest_first()[:MOST_FORECASTS]
    return made_of(Stood(row.prediction, row.probability, row.made_at, row.ended_at) for row in forecasts)


def calibration_of_crowd(edition: str) -> Calibration:
    """Of the crowd's number, for the predictions that closed last. Two queries once an edition and day."""
    now = timezone.now()
    return CROWDS.get(edition, now.date(), lambda: made_of(crowd_stood(now)))


def crowd_stood(now: datetime) -> Iterator[Stood]:
    """The number at the end of a day is taken for the whole of it, and until the next day on which it changed."""
    judged = Prediction.objects.visible().judged(now).for_scores()[:MOST_PREDICTIONS]
    predictions = {row.pk: row for row in judged}
    days = list(CrowdDay.objects.on_any(predictions).in_order())
    for day, following in zip_longest(days, days[1:]):
        end = start_of(following.day) if following and following.prediction_id == day.prediction_id else None
        if day.median is not None:
            yield Stood(predictions[day.prediction_id], day.median, start_of(day.day), end)


def made_of(stood: Iterable[Stood]) -> Calibration:
    rows = [(told.prediction, told.probability, told.share) for told in stood]
    counted = [(row.pk, p, float(row.resolution == "yes"), share) for row, p, share in rows if share > 0]
    return Calibration(calibration(counted), len({key for key, *_rest in counted}))
