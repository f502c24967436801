"""Somebody who has given something of every sort, and how to look for what is left of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from debate.actions.balloting import cast_ballot
from debate.actions.corpus import refresh
from debate.actions.forecasting import make_forecast
from debate.actions.revealing import reveal
from debate.actions.suggesting import suggest
from debate.actions.tagging import propose_tag
from debate.actions.voting import cast_vote
from debate.cookies import READER_COOKIE, keep_guest
from debate.models import Claim, ForecasterRecord, InsightRun, Motion, Prediction, ReaderPlace, Score, User
from tests import factories as make

PASSWORD = "correct horse battery staple"
DAY = timedelta(days=1)


@pytest.fixture
def motion(db: None) -> Motion:
    return make.motion_with_claims(4, featured=True)


@pytest.fixture
def claims(motion: Motion) -> list[Claim]:
    return list(motion.claims.order_by("pk"))


@pytest.fixture
def predictions(motion: Motion) -> list[Prediction]:
    """Two, both open."""
    made = make.PredictionFactory.create_batch(2, motion=motion, essay=motion.essays.get())
    refresh(motion)
    return made


@pytest.fixture
def guest(db: None) -> User:
    return User.objects.create_guest()


@pytest.fixture
def guest_client(reader_client: Client, guest: User) -> Client:
    return with_cookie_of(guest, reader_client)


def with_cookie_of(guest: User, client: Client) -> Client:
    """The browser, with the guest's cookie."""
    response = HttpResponse()
    keep_guest(response, guest)
    client.cookies[READER_COOKIE] = response.cookies[READER_COOKIE].value
    return client


def resolve(prediction: Prediction, how: str = "yes") -> None:
    """As a curator's act leaves it; what scores follow is told by the test."""
    prediction.closes_at, prediction.resolved_on = timezone.now() - DAY, date(2026, 11, 1)
    prediction.resolution, prediction.resolution_note = how, "So it was."
    prediction.save()


def give_everything(reader: User, claims: list[Claim], predictions: list[Prediction]) -> None:
    """Ballots, a vote of each sort, two forecasts with a revision, of which the first is resolved and scored, a tag of
    their own, a reveal and a place among the groups."""
    motion = claims[0].motion
    yes, no = motion.sides.order_by("slug").reverse()
    cast_ballot(reader=reader, motion=motion, essay=None, phase="before", side=yes)
    cast_ballot(reader=reader, motion=motion, essay=None, phase="after", side=no)
    cast_ballot(reader=reader, motion=motion, essay=motion.essays.get(), phase="before", side=None)
    for claim, value in zip(claims, ("agree", "disagree", "pass"), strict=False):
        cast_vote(reader=reader, claim=claim, value=value, informed=False)
    for prediction in predictions:
        for probability in (0.3, 0.4):
            make_forecast(reader=reader, prediction=prediction, probability=probability, informed=False)
    propose_tag(reader=reader, claim=claims[0], name="Fresh word")
    if not reader.is_guest:
        suggest(reader=reader, kind="tag", target=claims[0], text="Quaggas")
    reveal(reader=reader, thing=motion)
    place(reader, motion)
    resolve(predictions[0])
    give_scores(reader, predictions[0])


def give_scores(reader: User, prediction: Prediction) -> None:
    told = {"peer": 12.5, "coverage": 0.5}
    Score.objects.create(user=reader, prediction=prediction, brier=0.36, log=-0.92, baseline=-16.1, **told)
    ForecasterRecord.objects.create(user=reader, predictions=1, score=0.4, **told)


def place(reader: User, motion: Motion) -> None:
    run = InsightRun.objects.of_motion(motion).first() or InsightRun.objects.create(motion=motion, shown=True, voters=1)
    ReaderPlace.objects.create(run=run, user=reader, group=0, x=0.1, y=0.2)


def mentions(*needles: Any) -> Iterator[str]:
    """Every place in the whole database, table and column, that holds one of these: a key as it is, a text within."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from (
                    f"{table}.{column}: {value}"
                    for column, value in zip(columns, row, strict=True)
                    if any(str(needle).lower() in str(value).lower() for needle in needles)
                )
