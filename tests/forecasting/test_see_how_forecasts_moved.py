"""A reader sees their own line of forecasts over the crowd's, and every number behind it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from debate.actions.corpus import refresh
from debate.actions.recounting import recount_crowd
from debate.actions.recounting_days import recount_days
from debate.cookies import READER_COOKIE
from debate.models import CrowdDay, Forecast, Prediction
from tests.factories import GuestFactory, MotionFactory, PredictionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAY = timedelta(days=1)
IN_PLACE = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def prediction(db):
    prediction = PredictionFactory(motion=MotionFactory(featured=True), opens_at=NOW - 40 * DAY)
    refresh(prediction.motion)
    return prediction


def stood(prediction, user, *told):
    """(days ago, probability) of a reader's forecasts; a last one of None takes the one before back."""
    for (ago, probability), (until, _next) in zip(told, [*told[1:], (None, None)], strict=True):
        if probability is not None:
            ends = None if until is None else NOW - until * DAY
            told_of = {"prediction": prediction, "user": user, "probability": probability}
            Forecast.objects.create(made_at=NOW - ago * DAY, ended_at=ends, **told_of)


@pytest.fixture
def crowd(prediction):
    """Three who forecast over the last 40 days."""
    stood(prediction, GuestFactory(), (30, 0.2), (10, 0.3))
    stood(prediction, GuestFactory(), (20, 0.5))
    stood(prediction, GuestFactory(), (5, 0.7))
    return settled(prediction)


def settled(prediction):
    recount_crowd(prediction=prediction.pk)
    recount_days(prediction=prediction.pk)
    return prediction


@pytest.fixture
def guest(reader_client):
    """A guest, whose cookie the browser has."""
    from django.core import signing

    guest = GuestFactory()
    signer = signing.get_cookie_signer(salt=READER_COOKIE + READER_COOKIE)
    reader_client.cookies[READER_COOKIE] = signer.sign(str(guest.pk))
    return guest


def section(client, prediction, **headers):
    html = client.get(prediction.get_absolute_url(), **headers).content.decode()
    return re.search(r'<section class="past".*?</section>', html, re.DOTALL)[0]


def words(html):
    return " ".join(strip_tags(html.replace("</", " </")).split())


def test_nothing_of_it_shows_before_a_forecast_or_a_question(crowd, client):
    told = section(client, crowd)
    assert "drawn here once you have given a forecast or asked" in words(told)
    assert "<svg" not in told
    assert "<table" not in told


def test_own_forecasts_and_the_crowds_are_drawn_with_the_tables_behind(crowd, guest, reader_client):
    stood(crowd, guest, (15, 0.6), (8, 0.4))
    told = section(reader_client, settled(crowd))
    assert told.count('class="my-line"') == told.count('class="crowd-line"') == told.count('class="band"') == 2
    assert "You 40%" in told
    assert "Crowd 50%" in told
    assert "19 November 2026 at 12:00 UTC 40% stands" in words(told)
    assert "12 November 2026 at 12:00 UTC 60% 19 November 2026 at 12:00 UTC" in words(told)
    newest = CrowdDay.objects.latest("day")
    assert f"22 November 2026 50% {newest.lower:.0%}–{newest.upper:.0%} 4" in words(told)


def test_asking_shows_the_crowds_line_alone(crowd, reader_client):
    reader_client.post(f"{crowd.get_absolute_url()}reveal/")
    told = section(reader_client, crowd)
    assert 'class="crowd-line"' in told
    assert 'class="my-line"' not in told
    assert "Your forecasts" not in told


def test_after_withdrawing_ones_own_line_ends_in_a_ring_and_the_crowds_is_hidden(crowd, guest, reader_client):
    stood(crowd, guest, (15, 0.6), (8, None))
    told = section(reader_client, settled(crowd))
    assert 'class="gone"' in told
    assert "You " not in re.sub("<figcaption.*", "", told, flags=re.DOTALL)
    assert 'class="crowd-line"' not in told
    assert "The crowd’s line joins yours once you forecast again" in words(told)
    assert "The crowd, at the end" not in told


def test_a_gap_lies_between_a_withdrawal_and_coming_back(crowd, guest, reader_client):
    stood(crowd, guest, (15, 0.6), (10, None))
    stood(crowd, guest, (5, 0.4))
    told = section(reader_client, settled(crowd))
    assert re.search(r'class="my-line" d="M[\d.]+ [\d.]+H[\d.]+M[\d.]+ [\d.]+H[\d.]+"', told)
    assert "a ring where you took one back" in told


def test_of_one_day_there_is_no_line_yet_and_the_tables_are_open(prediction, guest, reader_client):
    stood(prediction, guest, (0.1, 0.6))
    told = section(reader_client, settled(prediction))
    assert "So far everything happened on one day." in told
    assert "<svg" not in told
    assert '<details class="fold" open>' in told


def test_of_nobody_it_says_so_and_invites(prediction, reader_client):
    reader_client.post(f"{prediction.get_absolute_url()}reveal/")
    told = section(reader_client, prediction)
    assert "Nobody has forecast this yet, so there is no line. Yours would be the first" in words(told)


def test_before_the_opening_there_is_nothing_to_draw(prediction, client):
    Prediction.objects.update(opens_at=NOW + DAY)
    assert words(section(client, prediction)) == ""


def test_it_begins_with_the_opening(crowd, reader_client):
    reader_client.post(f"{crowd.get_absolute_url()}reveal/")
    assert "From its opening on 18 October 2026 until now." in words(section(reader_client, crowd))


def test_it_begins_with_the_first_forecast_where_that_came_late(crowd, reader_client):
    Prediction.objects.update(opens_at=NOW - 400 * DAY)
    reader_client.post(f"{crowd.get_absolute_url()}reveal/")
    assert "From the first forecast on 28 October 2026 until now." in words(section(reader_client, crowd))


def test_it_ends_with_the_close(crowd, reader_client):
    Prediction.objects.update(closes_at=NOW - 2 * DAY)
    reader_client.post(f"{crowd.get_absolute_url()}reveal/")
    assert "until 25 November 2026 at 12:00 UTC." in words(section(reader_client, crowd))


def test_a_resolved_one_ends_with_the_day_before_and_marks_the_outcome(crowd, reader_client):
    told = {"resolution": "yes", "resolved_on": date(2026, 11, 20), "resolution_note": "So."}
    Prediction.objects.update(**told)
    reader_client.post(f"{crowd.get_absolute_url()}reveal/")
    html = section(reader_client, crowd)
    assert "until 20 November 2026 at 00:00 UTC." in words(html)
    assert 'class="result"' in html
    assert "Crowd 40%" in html


def test_a_resolved_one_that_nobody_forecast_says_so(prediction, reader_client):
    told = {"resolution": "yes", "resolved_on": date(2026, 11, 20), "resolution_note": "So."}
    Prediction.objects.update(**told)
    reader_client.post(f"{prediction.get_absolute_url()}reveal/")
    assert "Nobody forecast this, so there is no line." in section(reader_client, prediction)


def test_in_place_the_answer_brings_the_lines_with_it(crowd, reader_client):
    html = reader_client.post(f"{crowd.get_absolute_url()}forecast/", {"percent": 40}, **IN_PLACE).content.decode()
    assert 'id="past" aria-labelledby="over-time" data-hx-swap-oob="outerMorph"' in html
    assert 'class="crowd-line"' in html


def test_the_page_itself_swaps_nothing(crowd, client):
    assert "hx-swap-oob" not in section(client, crowd)


def test_of_a_long_past_the_last_sixty_days_are_in_the_table_and_the_drawing_is_thinned(prediction, reader_client):
    Prediction.objects.update(opens_at=NOW - 500 * DAY)
    CrowdDay.objects.put_all(
        CrowdDay(prediction=prediction, day=(NOW - ago * DAY).date(), forecasters=1, median=0.5, lower=0.5, upper=0.5)
        for ago in range(1, 301)
    )
    reader_client.post(f"{prediction.get_absolute_url()}reveal/")
    told = section(reader_client, prediction)
    assert told.count('<th scope="row">') == 60
    assert "240 earlier days are in the drawing alone." in told
    assert "drawn in 200 steps" in told
    assert max(map(len, re.findall(r' d="([^"]*)"', told))) < 6_000


def test_it_costs_one_question_more_however_long_the_past(crowd, guest, reader_client):
    stood(crowd, guest, (15, 0.6), (14, None))
    stood(crowd, guest, (13.95, 0.6))
    settled(crowd)
    reader_client.get(crowd.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        reader_client.get(crowd.get_absolute_url())
    stood(crowd, guest, *((120 - n, 0.1 + n / 200) for n in range(100)), (16, None))
    with CaptureQueriesContext(connection) as many:
        reader_client.get(crowd.get_absolute_url())
    assert len(many) == len(few) <= 5
