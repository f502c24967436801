"""A prediction that is open for a hundred days, and a clock that a test sets."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from debate.actions import forecasting, resolution
from debate.actions.forecasting import make_forecast
from debate.actions.resolution import reopen_prediction, resolve_prediction
from debate.models import Prediction, User
from tests import factories as make

OPENED = datetime(2026, 1, 1, tzinfo=UTC)
CLOSES = OPENED + timedelta(days=100)


class Clock:
    """The database's clock, as the actions ask it; it starts at the opening."""

    def __init__(self) -> None:
        self.now = OPENED

    def at(self, days: float) -> "Clock":
        """So many days after the opening."""
        self.now = OPENED + timedelta(days=days)
        return self

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in (forecasting, resolution):
        monkeypatch.setattr(module, "database_now", made)
    return made


@pytest.fixture
def curator(db: None) -> User:
    return make.CuratorFactory()


@pytest.fixture
def prediction(db: None) -> Prediction:
    return make.PredictionFactory(opens_at=OPENED, closes_at=CLOSES)


@pytest.fixture
def say(clock: Clock, prediction: Prediction) -> Callable[..., None]:
    """A reader gives a probability so many days after the opening."""

    def forecast(reader: User, probability: float, days: float, on: Prediction | None = None) -> None:
        clock.at(days)
        make_forecast(reader=reader, prediction=on or prediction, probability=probability, informed=False)

    return forecast


@pytest.fixture
def resolve(clock: Clock, prediction: Prediction, curator: User) -> Callable[..., bool]:
    """A curator resolves it, 120 days after the opening unless told otherwise."""

    def resolved(how: str = "yes", *, day: float = 100, at: float = 120, **told: Any) -> bool:
        clock.at(at)
        facts = {"note": "It was in the newspaper.", "evidence_url": "https://example.org/news", **told}
        return resolve_prediction(
            **{"curator": curator, "prediction": prediction, **facts},
            resolution=how,
            resolved_on=(OPENED + timedelta(days=day)).date(),
        )

    return resolved


@pytest.fixture
def reopen(prediction: Prediction, curator: User) -> Callable[..., bool]:
    """The curator opens it again."""
    return lambda note: reopen_prediction(curator=curator, prediction=prediction, note=note)
