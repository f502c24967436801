"""Readers see how a prediction came out, what they scored, and, once it is theirs to see, how the crowd did."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from debate.actions.forecasting import make_forecast, withdraw_forecast
from debate.actions.resolution import reopen_prediction, resolve_prediction
from debate.models import ModerationEntry
from tests import factories as make
from tests.conftest import SAME_ORIGIN
from tests.resolving.conftest import CLOSES, OPENED

pytestmark = pytest.mark.django_db
IN_PLACE = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def prediction(db):
    return make.PredictionFactory(motion=make.MotionFactory(featured=True), opens_at=OPENED, closes_at=CLOSES)


@pytest.fixture
def ann(say):
    """80 % from the first day on, with Bob at 20 % from the 50th."""
    reader = make.MemberFactory()
    say(reader, 0.8, 0)
    say(make.GuestFactory(), 0.2, 50)
    return reader


def browser(reader):
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(reader)
    return client


def html_of(client, prediction):
    return unescape(client.get(prediction.get_absolute_url()).content.decode())


def words_of(html):
    return " ".join(strip_tags(html.replace("</", " </")).split())


def words(client, prediction):
    return words_of(html_of(client, prediction))


def test_everybody_sees_how_when_why_and_by_whose_judgement(resolve, client, prediction):
    resolve("yes", note="It was in\nthe newspaper.")
    html = html_of(client, prediction)
    told = words_of(html)
    assert "Resolved: yes, on 11 April 2026" in told
    assert "It was in<br>the newspaper." in html
    assert "The evidence , example.org judged by a curator, by these criteria" in told
    assert '<a href="https://example.org/news" rel="nofollow noopener">' in html


def test_one_decided_early_tells_until_when_forecasts_count(resolve, client, prediction):
    resolve("yes", day=60, at=70)
    told = words(client, prediction)
    assert "How it was judged" in told
    assert "; decided early, they count until 2 March 2026 began" in told


def test_no_curator_is_named_in_public(resolve, client, prediction, curator):
    curator.display_name = "Cara Curator"
    curator.save()
    resolve("no")
    assert not re.search(f"Cara|{curator.username}|{curator.email}", html_of(client, prediction))


def test_a_forecaster_sees_each_score_with_its_formula(ann, resolve, prediction):
    resolve("yes")
    html = html_of(browser(ann), prediction)
    told = words_of(html)
    assert "Your score Peer +69.3" in told
    assert "Baseline +67.8" in told
    assert "Brier 0.040" in told
    assert "Log −0.223" in told
    assert "Coverage 100%" in told
    for number in ("peer", "baseline", "brier", "log-score", "coverage"):
        assert f'href="/about/method/#{number}"' in html


def test_the_crowds_median_at_closing_is_scored_too(ann, resolve, prediction):
    resolve("yes")
    told = words(browser(ann), prediction)
    assert "50% is what the crowd expected at closing Median of 2 forecasters." in told
    assert "By itself it scores: Brier 0.250, log −0.693, baseline 0.0." in told


def test_the_crowd_stands_as_it_did_when_forecasts_ceased_to_count(ann, say, resolve, prediction):
    say(make.GuestFactory(), 0.99, 60.5)
    resolve("yes", day=60, at=70)
    assert "50% is what the crowd expected at closing Median of 2 forecasters." in words(browser(ann), prediction)
    resolve("yes", day=40)
    assert "80% is what the crowd expected at closing Median of 1 forecaster." in words(browser(ann), prediction)


def test_where_nobody_stood_yet_it_says_so(ann, resolve, prediction):
    resolve("yes", day=0)
    told = words(browser(ann), prediction)
    assert "Nobody’s forecast stood here when it closed." in told
    assert "You have no score here: none of your forecasts stood before the day on which it was decided." in told


@pytest.mark.parametrize("how", ["ambiguous", "annulled"])
def test_what_scores_nobody_says_so(ann, resolve, prediction, how):
    resolve(how)
    told = words(browser(ann), prediction)
    assert f"It is {how}, so nobody is scored." in told
    assert "50% is what the crowd expected at closing" in told
    assert "By itself it scores" not in told
    assert "Your score" not in told


def test_the_crowd_stays_hidden_from_who_has_neither_forecast_nor_asked(
    ann, resolve, client, reader_client, prediction
):
    before = html_of(client, prediction)
    resolve("yes")
    told = words(client, prediction)
    assert "expected at closing" not in told
    assert "What others expected is hidden until you ask: see it now" in told
    assert "Your score" not in told
    assert "50%" not in html_of(client, prediction).replace(before, "")
    reader_client.post(f"{prediction.get_absolute_url()}reveal/")
    assert "50% is what the crowd expected at closing" in words(reader_client, prediction)


def test_who_withdrew_sees_the_own_score_and_asks_for_the_crowds(ann, resolve, clock, prediction):
    clock.at(50)
    withdraw_forecast(reader=ann, prediction=prediction)
    resolve("yes")
    told = words(browser(ann), prediction)
    assert "Your score Peer 0.0" in told
    assert "expected at closing" not in told


def test_asked_for_in_place_the_panel_tells_it(ann, resolve, reader_client, prediction):
    resolve("yes")
    html = reader_client.post(f"{prediction.get_absolute_url()}reveal/", **IN_PLACE).content.decode()
    assert "is what the crowd expected at closing" in html


def test_a_page_for_everybody_is_the_same_whatever_was_forecast(resolve, client, prediction, say):
    resolve("yes")
    before = client.get(prediction.get_absolute_url())
    assert not before.cookies
    reopen_prediction(curator=make.CuratorFactory(), prediction=prediction, note="So.")
    say(make.MemberFactory(), 0.9, 20)
    resolve("yes")
    assert client.get(prediction.get_absolute_url()).content == before.content


def test_after_reopening_nothing_of_it_is_left(ann, resolve, reopen, prediction):
    resolve("yes")
    reopen("They took it back.")
    told = words(browser(ann), prediction)
    assert "Your score" not in told
    assert "Resolved:" not in told


def test_the_list_tells_how_it_came_out_and_when(resolve, client, prediction):
    resolve("annulled")
    for query in ("", "?state=resolved"):
        told = words_of(unescape(client.get(f"/predictions/{query}").content.decode()))
        assert re.search(r"11 April 2026 The thing .* resolved: annulled", told)


def test_the_timeline_tells_it(resolve, client, prediction):
    resolve("no")
    assert "resolved: no" in words_of(client.get("/timeline/").content.decode())


def test_the_public_log_has_a_line_for_each_act_without_a_name(resolve, reopen, prediction, curator):
    resolve("yes")
    resolve("no")
    reopen("They took it back.")
    told = ModerationEntry.objects.order_by("pk").values_list("verb", "reason", "address", "by")
    assert list(told) == [
        (verb, reason, prediction.get_absolute_url(), curator.pk)
        for verb, reason in (
            ("resolved", "yes. It was in the newspaper."),
            ("corrected", "no. It was in the newspaper."),
            ("reopened", "They took it back."),
        )
    ]


def test_a_page_costs_as_many_queries_with_many_forecasters(client, django_assert_max_num_queries):
    opened = timezone.now() - timedelta(days=90)
    prediction = make.PredictionFactory(motion=make.MotionFactory(featured=True), opens_at=opened)
    readers = make.MemberFactory.create_batch(20)
    for number, reader in enumerate(readers):
        make_forecast(reader=reader, prediction=prediction, probability=0.1 + number / 30, informed=False)
    reader = browser(readers[0])
    resolve_prediction(
        curator=make.CuratorFactory(),
        prediction=prediction,
        resolution="yes",
        resolved_on=timezone.now().date(),
        note="So.",
        evidence_url="https://example.org/",
    )
    with django_assert_max_num_queries(12):
        reader.get(prediction.get_absolute_url())
