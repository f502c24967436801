"""A featured motion whose claims, essay and prediction are there to be suggested about."""

import pytest
from django.test import Client

from debate.actions.corpus import refresh
from debate.models import Claim, Essay, Motion, Prediction, User
from tests import factories as make
from tests.conftest import SAME_ORIGIN


def client_of(member: User) -> Client:
    """A browser in which the member is signed in."""
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(member)
    return client


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
