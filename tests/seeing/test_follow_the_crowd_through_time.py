"""Whoever may see what the crowd expects sees on the timeline how that moved, month by month."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debate.lenses.timeline import months_of
from debate.models import CrowdDay, PredictionCrowd
from tests.factories import MotionFactory, PredictionFactory
from tests.seeing.test_follow_the_timeline import drawing, page

pytestmark = pytest.mark.django_db
BEGUN = date(2024, 1, 15)


def kept(prediction, *told):
    """Days after the first, with the median of each; None for nobody's."""
    for after, median in told:
        numbers = {"forecasters": 0} if median is None else dict.fromkeys(("median", "lower", "upper"), median)
        day = BEGUN + timedelta(days=after)
        CrowdDay.objects.create(prediction=prediction, day=day, **{"forecasters": 1, **numbers})
    PredictionCrowd.objects.update_or_create(prediction=prediction, defaults={"forecasters": 1, "median": 0.5})


@pytest.fixture
def prediction(db):
    opened = datetime(2024, 1, 1, tzinfo=UTC)
    made = PredictionFactory(motion=MotionFactory(featured=True), opens_at=opened)
    kept(made, (0, 0.2), (3, 0.4), (20, None), (40, 0.6), (41, 0.7))
    return made


def test_of_each_month_the_last_day_is_drawn(prediction):
    assert months_of([prediction.pk]) == {
        prediction.pk: [(date(2024, 1, 18), 0.4), (date(2024, 2, 25), 0.7)],
    }


def test_it_is_hidden_until_asked_for(prediction, client):
    assert 'class="crowd"' not in page(client)


@pytest.mark.parametrize("name", ["wide", "phone"])
def test_whoever_asked_sees_it_and_is_told_how_to_read_it(prediction, reader_client, name):
    reader_client.post(f"{prediction.get_absolute_url()}reveal/")
    html = page(reader_client)
    assert drawing(html, name).count('class="crowd"') == 1
    assert "crowd’s median at the end of each month" in html


def test_within_one_month_there_is_no_line_to_draw(prediction, reader_client):
    other = PredictionFactory(motion=prediction.motion, essay=prediction.essay)
    kept(other, (0, 0.5), (10, 0.6))
    reader_client.post(f"{other.get_absolute_url()}reveal/")
    assert 'class="crowd"' not in page(reader_client)


def test_of_many_it_is_asked_at_once(prediction, reader_client):
    reader_client.post(f"/motions/{prediction.motion.slug}/reveal/")
    page(reader_client)
    with CaptureQueriesContext(connection) as one:
        page(reader_client)
    for other in PredictionFactory.create_batch(5, motion=prediction.motion, essay=prediction.essay):
        kept(other, (0, 0.5), (50, 0.6))
    page(reader_client)
    with CaptureQueriesContext(connection) as many:
        assert drawing(page(reader_client)).count('class="crowd"') == 6
    assert len(many) == len(one)
