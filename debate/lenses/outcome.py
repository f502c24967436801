"""What a resolved prediction came to: for its reader, and for the crowd as it stood when forecasts ceased to count."""

from dataclasses import dataclass

from debate.models import CrowdDay, Prediction, Score, User
from debate.models.predictions import YES_OR_NO
from debate.reasoning.dates import counted_until
from debate.reasoning.scoring import baseline, brier, log_score


@dataclass(frozen=True, slots=True)
class Closing:
    """The crowd's median at closing, with what it scores; scores are None where nobody is scored."""

    median: float
    forecasters: int
    brier: float | None = None
    log: float | None = None
    baseline: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`mine`: the reader's score, None where there is none; `closing`: the crowd's number, where it may be shown."""

    prediction: Prediction
    mine: Score | None
    closing: Closing | None

    @property
    def scores_anybody(self) -> bool:
        return self.prediction.resolution in YES_OR_NO

    @property
    def early(self) -> bool:
        """Whether forecasts ceased to count before the scheduled close."""
        day = self.prediction.resolved_on
        return day is not None and counted_until(day, self.prediction.closes_at) < self.prediction.closes_at


def outcome_of(prediction: Prediction, reader: User | None, *, shows_crowd: bool) -> Outcome | None:
    """None where it is not resolved. A query for a reader's score, and one for the crowd's number where that shows."""
    if prediction.resolved_on is None:
        return None
    mine = Score.objects.by(reader).on(prediction).first() if reader else None
    return Outcome(prediction, mine, closing_of(prediction) if shows_crowd else None)


def closing_of(prediction: Prediction) -> Closing | None:
    """None where nobody's forecast stood then."""
    assert prediction.resolved_on is not None  # noqa: S101 -- asked of resolved ones alone
    until = counted_until(prediction.resolved_on, prediction.closes_at)
    last = CrowdDay.objects.on(prediction).last_before(until)
    if last is None or last.median is None:
        return None
    if prediction.resolution not in YES_OR_NO:
        return Closing(last.median, last.forecasters)
    told = last.median, prediction.resolution == Prediction.Resolution.YES
    return Closing(last.median, last.forecasters, brier(*told), log_score(*told), baseline(*told))
