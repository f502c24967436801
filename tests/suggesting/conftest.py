"""A featured motion whose claims, essay and prediction are there to be suggested about."""

import pytest

from debate.actions.corpus import refresh
from debate.models import Claim, Essay, Motion, Prediction
from tests import factories as make


@pytest.fixture
def motion(db: None) -> Motion:
    return make.motion_with_claims(3, featured=True)


@pytest.fixture
def claim(motion: Motion) -> Claim:
    return motion.claims.order_by("pk")[0]


@pytest.fixture
def essay(motion: Motion) -> Essay:
    return motion.essays.get()


@pytest.fixture
def prediction(motion: Motion, essay: Essay) -> Prediction:
    found: Prediction = make.PredictionFactory(motion=motion, essay=essay)
    refresh(motion)
    return found
