"""A reader gives a probability, in words or in percent, revises it and takes it back."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape, strip_tags

from debate.actions import forecasting
from debate.actions.corpus import refresh
from debate.actions.forecasting import make_forecast
from debate.models import Forecast, Prediction, PredictionCrowd, User
from debate.views import forecasts as views
from tests.factories import MemberFactory, MotionFactory, PredictionFactory

pytestmark = pytest.mark.django_db
IN_PLACE = {"HTTP_HX_REQUEST": "true"}
DAY = timedelta(days=1)


@pytest.fixture
def prediction(db):
    prediction = PredictionFactory(motion=MotionFactory(featured=True))
    refresh(prediction.motion)
    return prediction


def forecast(client, prediction, _headers=None, **fields):
    return client.post(f"/predictions/{prediction.slug}/forecast/", fields, **(_headers or {}))


def words(client, prediction):
    html = client.get(f"/predictions/{prediction.slug}/").content.decode()
    return " ".join(strip_tags(html.replace("</", " </")).split())


def current(prediction):
    return [round(made.probability, 4) for made in Forecast.objects.current().on(prediction)]


@pytest.mark.parametrize("percent", [1, 37, 99])
def test_a_percentage_needs_no_account(prediction, reader_client, percent):
    answer = forecast(reader_client, prediction, percent=percent)
    assert (answer.status_code, answer["Location"]) == (303, f"/predictions/{prediction.slug}/#forecast")
    assert current(prediction) == [percent / 100]
    assert User.objects.get().is_guest
    assert answer.cookies["reader"]["httponly"] is True


@pytest.mark.parametrize(("said", "kept"), [("0.01", 0.01), ("0.5", 0.5), (".37", 0.37), ("0.99", 0.99)])
def test_a_probability_can_be_said_as_a_number_from_0_to_1(prediction, reader_client, said, kept):
    assert forecast(reader_client, prediction, probability=said).status_code == 303
    assert current(prediction) == [kept]


@pytest.mark.parametrize(
    ("step", "percent"), [("very-unlikely", 5), ("unlikely", 25), ("even", 50), ("likely", 75), ("very-likely", 95)]
)
def test_a_step_in_words_stands_for_a_percentage(prediction, reader_client, step, percent):
    forecast(reader_client, prediction, step=step)
    assert current(prediction) == [percent / 100]
    html = reader_client.get(f"/predictions/{prediction.slug}/").content.decode()
    assert re.findall(r'value="([\w-]+)" id="step-[\w-]+" aria-pressed="true"', html) == [step]


def test_the_page_shows_it_and_offers_to_revise(prediction, reader_client):
    forecast(reader_client, prediction, percent=63)
    told = words(reader_client, prediction)
    assert "Your forecast: 63%." in told
    assert "Revise" in told


def test_every_revision_is_kept_and_one_stands(prediction, reader_client):
    for percent in (10, 20, 30):
        forecast(reader_client, prediction, percent=percent)
    assert current(prediction) == [0.3]
    assert Forecast.objects.count() == 3
    told = words(reader_client, prediction)
    assert re.search(r"Your forecasts 3 .* UTC 30% stands .* UTC 20% .* UTC .* UTC 10% .* UTC", told)


def test_the_same_form_sent_twice_leaves_the_same_state(prediction, reader_client):
    for _ in range(3):
        forecast(reader_client, prediction, percent=40)
    assert Forecast.objects.count() == 1
    assert PredictionCrowd.objects.get().forecasters == 1


def test_it_can_be_withdrawn_visibly(prediction, reader_client):
    forecast(reader_client, prediction, percent=40)
    forecast(reader_client, prediction, withdraw="yes")
    assert current(prediction) == []
    assert "Your forecast: " not in words(reader_client, prediction)
    assert PredictionCrowd.objects.get().forecasters == 0


def test_what_was_withdrawn_is_told_and_can_be_taken_up_again(prediction, reader_client):
    forecast(reader_client, prediction, percent=40)
    assert "Withdrawn, it stops counting from then on" in words(reader_client, prediction)
    forecast(reader_client, prediction, withdraw="yes")
    assert "You withdrew your forecast of 40% on" in words(reader_client, prediction)
    html = reader_client.get(f"/predictions/{prediction.slug}/").content.decode()
    again = re.search(r'name="(probability)" value="([\d.]+)" id="forecast-again"', html)
    forecast(reader_client, prediction, **{again[1]: again[2]})
    assert current(prediction) == [0.4]
    assert Forecast.objects.count() == 2


def test_withdrawing_what_was_never_given_makes_no_guest(prediction, reader_client):
    assert forecast(reader_client, prediction, withdraw="yes").status_code == 303
    assert not User.objects.exists()


def test_in_place_the_answer_is_the_panel_and_says_what_happened(prediction, reader_client):
    html = forecast(reader_client, prediction, IN_PLACE, percent=63).content.decode()
    assert 'data-said="Your forecast: 63%. Saved."' in html
    assert "63%" in html
    assert "<html" not in html


def test_the_number_can_be_given_without_script(prediction, client):
    html = client.get(f"/predictions/{prediction.slug}/").content.decode()
    number = re.search(r'<input type="number"[^>]*>', html)[0]
    assert 'name="percent"' in number
    assert "hidden" in re.search(r'<input type="range"[^>]*>', html)[0]
    assert "name=" not in re.search(r'<input type="range"[^>]*>', html)[0]


ODD = ("NaN", "1e400", "inf", "", "maybe", "1_0", "٤٢", "5\x00", "007", " ", "-1", "1.5", "9" * 5000)
HOSTILE = [
    *({"percent": text} for text in (*ODD, "0", "100", "0.5")),
    *({"probability": text} for text in (*ODD, "0", "1", "40", "0.0", "1.0", "0.00", "0.005", "0,4", "4e-1")),
    {},
    {"step": "certain"},
    {"step": ""},
    {"withdraw": "no"},
    {"percent": ["20", "80"]},
    {"probability": ["0.2", "0.8"]},
    {"step": ["likely", "unlikely"]},
    {"percent": "20", "step": "likely"},
    {"percent": "20", "probability": "0.2"},
    {"percent": "20", "withdraw": "yes"},
]


@pytest.mark.parametrize("fields", HOSTILE, ids=lambda fields: str(fields)[:40])
def test_what_makes_no_sense_is_refused_beside_the_form_and_changes_nothing(prediction, reader_client, fields):
    answer = forecast(reader_client, prediction, **fields)
    assert answer.status_code == 422
    assert 'id="forecast-problem" role="alert"' in answer.content.decode()
    assert not User.objects.exists()
    assert not Forecast.objects.exists()


@pytest.mark.parametrize("typed", ["100", "0.5", "7 or so", '"><b>'])
def test_what_was_typed_is_still_there_to_be_put_right(prediction, reader_client, typed):
    html = forecast(reader_client, prediction, percent=typed).content.decode()
    assert f'value="{escape(typed)}" aria-invalid="true" aria-describedby="forecast-problem"' in html


def test_in_place_a_refusal_is_the_panel_with_the_reason(prediction, reader_client):
    answer = forecast(reader_client, prediction, IN_PLACE, percent="100")
    assert answer.status_code == 422
    assert 'data-said="Percent: A forecast is a whole number of percent from 1 to 99."' in answer.content.decode()


CLOSED = {
    "due": ({"closes_at": timezone.now() - DAY}, "takes no more forecasts"),
    "upcoming": ({"opens_at": timezone.now() + DAY}, "It takes forecasts from"),
    "resolved": (
        {
            "closes_at": timezone.now() - DAY,
            "resolution": "yes",
            "resolved_on": date(2026, 1, 1),
            "resolution_note": "So.",
        },
        "It is resolved and takes no more forecasts.",
    ),
}


SAYS = {
    "due": r"It closed on \d+ \w+ \d{4} at \d\d:\d\d UTC and takes no more forecasts\.",
    "upcoming": r"It takes forecasts from \d+ \w+ \d{4} at \d\d:\d\d UTC on\.",
    "resolved": r"It is resolved and takes no more forecasts\.",
}
GIVEN = {"you had said 40%.": {"percent": 40}, "you had said 50%.": {"step": "even"}}


@pytest.mark.parametrize("state", CLOSED)
@pytest.mark.parametrize("kept", GIVEN)
@pytest.mark.parametrize("headers", [{}, IN_PLACE], ids=["page", "in place"])
def test_one_that_is_not_open_takes_none_and_says_when_and_what_was_given(db, reader_client, state, kept, headers):
    facts, told = CLOSED[state]
    prediction = PredictionFactory(motion=MotionFactory(featured=True), **facts)
    answer = forecast(reader_client, prediction, headers, **GIVEN[kept])
    assert answer.status_code == 409
    assert re.search(f"{SAYS[state]} Nothing was saved: {kept}", answer.content.decode())
    assert told in words(reader_client, prediction)
    assert not Forecast.objects.exists()
    assert not User.objects.exists()


def test_one_that_closed_meanwhile_cannot_be_withdrawn_from(prediction, reader_client):
    forecast(reader_client, prediction, percent=40)
    Prediction.objects.update(closes_at=timezone.now())
    answer = forecast(reader_client, prediction, withdraw="yes")
    assert answer.status_code == 409
    assert "Nothing was saved: your forecast stands as it was." in answer.content.decode()
    assert current(prediction) == [0.4]


@pytest.mark.parametrize("who", ["reader_client", "member_client"])
def test_the_databases_clock_decides_when_it_closes(prediction, who, request, monkeypatch):
    client = request.getfixturevalue(who)
    for module in (forecasting, views):
        monkeypatch.setattr(module, "database_now", lambda: prediction.closes_at)
    answer = forecast(client, prediction, percent=40)
    assert answer.status_code == 409
    assert "It closed on" in answer.content.decode()
    assert 'name="percent"' not in answer.content.decode()
    Prediction.objects.update(closes_at=timezone.now() - DAY)
    for module in (forecasting, views):
        monkeypatch.setattr(module, "database_now", lambda: timezone.now() - 2 * DAY)
    assert forecast(client, prediction, percent=40).status_code == 303


def test_the_page_says_in_which_time_zone_it_closes(prediction, client):
    Prediction.objects.update(closes_at=datetime(2030, 4, 28, tzinfo=UTC))
    assert "Closes on 28 April 2030 at 00:00 UTC, in" in words(client, prediction)


def test_a_hidden_one_takes_none(db, reader_client):
    hidden = PredictionFactory(status="draft")
    assert forecast(reader_client, hidden, percent=40).status_code == 404
    assert reader_client.post(f"/predictions/{hidden.slug}/reveal/").status_code == 404


def test_a_guest_who_has_voted_is_the_same_forecaster(prediction, reader_client):
    forecast(reader_client, prediction, percent=40)
    other = PredictionFactory(motion=prediction.motion)
    assert "reader" not in forecast(reader_client, other, percent=60).cookies
    assert User.objects.count() == 1


# What the crowd expects.


@pytest.fixture
def crowd(prediction):
    for probability in (0.2, 0.4, 0.6):
        make_forecast(reader=MemberFactory(), prediction=prediction, probability=probability, informed=False)
    return prediction


READERS = pytest.mark.parametrize("who", ["reader_client", "member_client"])


def test_the_crowds_number_is_hidden_by_default_in_any_form(crowd, client):
    before = client.get(f"/predictions/{crowd.slug}/").content
    make_forecast(reader=MemberFactory(), prediction=crowd, probability=0.9, informed=False)
    assert client.get(f"/predictions/{crowd.slug}/").content == before
    assert b"see it now" in before


@READERS
def test_it_shows_once_a_forecast_is_given(crowd, who, request):
    client = request.getfixturevalue(who)
    forecast(client, crowd, percent=80)
    told = words(client, crowd)
    assert "is what the crowd expects" in told
    assert "Median of 4 forecasters" in told
    assert "As of the last forecast" in told


@READERS
def test_it_shows_once_asked_for(crowd, who, request):
    client = request.getfixturevalue(who)
    answer = client.post(f"/predictions/{crowd.slug}/reveal/")
    assert (answer.status_code, answer["Location"]) == (303, f"/predictions/{crowd.slug}/#forecast")
    assert "Median of 3 forecasters" in words(client, crowd)


def test_asking_shows_no_other_prediction(crowd, reader_client):
    reader_client.post(f"/predictions/{crowd.slug}/reveal/")
    other = PredictionFactory(motion=crowd.motion)
    assert "see it now" in words(reader_client, other)


def test_in_place_asking_shows_it_and_says_so(crowd, reader_client):
    html = reader_client.post(f"/predictions/{crowd.slug}/reveal/", **IN_PLACE).content.decode()
    assert "The crowd" in html
    assert "Median of 3 forecasters" in html


@READERS
def test_withdrawing_hides_it_again(crowd, who, request):
    client = request.getfixturevalue(who)
    forecast(client, crowd, percent=80)
    forecast(client, crowd, withdraw="yes")
    assert "what the crowd expects" not in words(client, crowd)


@READERS
def test_a_forecast_is_blind_unless_asked_before(crowd, who, request):
    client = request.getfixturevalue(who)
    forecast(client, crowd, percent=80)
    assert Forecast.objects.latest("pk").blind


@READERS
@pytest.mark.parametrize("thing", ["predictions", "motions"])
def test_a_forecast_after_asking_is_informed(crowd, who, thing, request):
    client = request.getfixturevalue(who)
    client.post(f"/{thing}/{(crowd if thing == 'predictions' else crowd.motion).slug}/reveal/")
    forecast(client, crowd, percent=80)
    assert not Forecast.objects.latest("pk").blind


@READERS
def test_a_revision_after_seeing_the_crowd_is_informed(crowd, who, request):
    client = request.getfixturevalue(who)
    forecast(client, crowd, percent=80)
    forecast(client, crowd, percent=70)
    assert not Forecast.objects.latest("pk").blind


def test_nobodys_forecast_is_said_gracefully(prediction, reader_client):
    reader_client.post(f"/predictions/{prediction.slug}/reveal/")
    assert "Nobody’s forecast stands here yet." in words(reader_client, prediction)


def test_own_forecasts_are_marked_in_the_list(crowd, reader_client):
    forecast(reader_client, crowd, percent=80)
    assert "your forecast: 80%" in reader_client.get("/predictions/").content.decode()
