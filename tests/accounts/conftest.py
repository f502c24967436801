"""Somebody with a browser who has, or has not, given something yet."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from debate.actions.balloting import cast_ballot
from debate.actions.forecasting import make_forecast
from debate.actions.revealing import reveal
from debate.actions.tagging import propose_tag
from debate.actions.voting import cast_vote
from debate.cookies import READER_COOKIE, keep_guest
from debate.models import Claim, Motion, Prediction, User
from tests import factories as make

PASSWORD = "correct horse battery staple"
NEW = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def motion(db: None) -> Motion:
    return make.motion_with_claims(4, featured=True)


@pytest.fixture
def claims(motion: Motion) -> list[Claim]:
    return list(motion.claims.order_by("pk"))


@pytest.fixture
def prediction(motion: Motion) -> Prediction:
    return make.PredictionFactory(motion=motion, essay=motion.essays.first())


@pytest.fixture
def guest(db: None) -> User:
    return User.objects.create_guest()


@pytest.fixture
def guest_client(reader_client: Client, guest: User) -> Client:
    """A browser with the guest's cookie."""
    response = HttpResponse()
    keep_guest(response, guest)
    reader_client.cookies[READER_COOKIE] = response.cookies[READER_COOKIE].value
    return reader_client


def give_everything(reader: User, claims: list[Claim], prediction: Prediction, **told: Any) -> None:
    """A ballot, a vote of each sort, a forecast, a proposed tag and a reveal."""
    motion = prediction.motion
    cast_ballot(reader=reader, motion=motion, essay=None, phase="before", side=motion.sides.first())
    for claim, value in zip(claims, ("agree", "disagree", "pass"), strict=False):
        cast_vote(reader=reader, claim=claim, value=value, informed=False)
    make_forecast(reader=reader, prediction=prediction, probability=told.get("probability", 0.3), informed=False)
    propose_tag(reader=reader, claim=claims[0], name="Fresh word")
    reveal(reader=reader, thing=motion)
