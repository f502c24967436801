"""Forecasters with scores, as resolutions leave them."""

from typing import Any

from debate.models import ForecasterRecord, Listing, Score, User
from tests import factories as make


def forecaster(score: float = 10.0, *, predictions: int = 6, name: str = "", listed: bool = True) -> User:
    """A member with so many predictions scored, who is listed or not."""
    user: User = make.MemberFactory.create(display_name=name, ranked=listed)
    record(user, score, predictions=predictions, listing=Listing.of(predictions, listed=listed))
    return user


def record(user: User, score: float = 10.0, *, predictions: int = 6, **told: Any) -> ForecasterRecord:
    """As if each prediction had been covered for half of its time."""
    facts = {"peer": score * 30, "coverage": predictions / 2, "score": score, "predictions": predictions}
    return ForecasterRecord.objects.create(user=user, **facts, **told)


def scored(user: User, *, baseline: float = 30.0, brier: float = 0.1, log: float = -0.3) -> Score:
    """On a prediction of its own."""
    facts = {"baseline": baseline, "brier": brier, "log": log, "peer": 0.0, "coverage": 0.5}
    return Score.objects.create(user=user, prediction=make.PredictionFactory.create(), **facts)
