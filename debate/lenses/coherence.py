"""Where a reader's own answers pull in different directions, from the bearings and entailments that curators marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from debate.models import Bearing, Claim, Entailment, Prediction, User
from debate.reasoning.coherence import LEANS_YES, Reason, Tension, excesses, tensions

MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Pull:
    """A forecast and the claims that it is at odds with. `refused`: the reader disagrees with all of these, which lead
    the way of the forecast; else they agree with these, which lead the other way."""

    prediction: Prediction
    probability: float
    refused: bool
    claims: Sequence[Claim]

    @property
    def expects_yes(self) -> bool:
        """What the forecast expects."""
        return self.probability >= LEANS_YES


@dataclass(frozen=True, slots=True)
class Coherence:
    """The foremost of both sorts, and how many there are beyond those."""

    pulls: Sequence[Pull]
    excesses: Sequence[Entailment]
    more: int

    def __bool__(self) -> bool:
        return bool(self.pulls or self.excesses)


def coherence_of(reader: User) -> Coherence:
    """Of the forecasts that the reader can still revise. Two queries."""
    bearings = list(Bearing.objects.visible().answered_by(reader))
    pulls = pulls_among(bearings)
    over = excesses_among(list(Entailment.objects.visible().forecast_by(reader)))
    left = max(0, len(pulls) - MOST_TOLD) + max(0, len(over) - MOST_TOLD)
    return Coherence(pulls[:MOST_TOLD], over[:MOST_TOLD], left)


def pulls_among(bearings: Sequence[Bearing]) -> list[Pull]:
    forecasts = {bearing.prediction_id: bearing.my_probability for bearing in bearings}
    found = tensions(forecasts, map(reason_of, bearings))
    claims = {bearing.claim_id: bearing.claim for bearing in bearings}
    predictions = {bearing.prediction_id: bearing.prediction for bearing in bearings}

    def told(tension: Tension) -> Pull:
        key = tension.prediction
        return Pull(predictions[key], forecasts[key], tension.refused, [claims[claim] for claim in tension.claims])

    return [told(tension) for tension in found]


def reason_of(bearing: Bearing) -> Reason:
    expects_yes = bearing.outcome == Bearing.Outcome.YES
    return Reason(bearing.prediction_id, bearing.claim_id, expects_yes, bearing.my_answer == "agree")


def excesses_among(entailments: Sequence[Entailment]) -> list[Entailment]:
    by_ends = {(entailment.premise_id, entailment.conclusion_id): entailment for entailment in entailments}
    forecasts = {}
    for entailment in entailments:
        forecasts[entailment.premise_id] = entailment.premise_probability
        forecasts[entailment.conclusion_id] = entailment.conclusion_probability
    return [by_ends[ends] for ends in excesses(forecasts, by_ends)]
