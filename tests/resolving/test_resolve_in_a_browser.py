"""In a real browser: a reader forecasts, a curator resolves in the room, the reader's score appears."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from debate.actions.crowd_days import put_days
from debate.actions.curators import make_curator
from debate.models import Forecast
from tests import factories as make
from tests.chromium import two_looks, wrong_with
from tests.conftest import SAME_ORIGIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def prediction(transactional_db):
    return make.PredictionFactory(motion=make.MotionFactory(featured=True))


@pytest.fixture
def clients(member_client):
    """A reader's browser, and a curator's."""
    client = Client(**SAME_ORIGIN)
    client.force_login(make_curator(email="cara@example.org", password="a long enough passphrase", username="cara"))
    return member_client, client


@two_looks
def test_forecast_then_resolved_then_scored(open_page, clients, prediction, width, theme):
    own, room = clients
    reader = open_page(prediction.get_absolute_url(), width=width, theme=theme, client=own)
    reader.get_by_role("button", name="likely", exact=False).first.click()
    expect(reader.locator("#forecast")).to_contain_text("Your forecast")
    # The page is the reader's of today; what is scored was given nine days ago.
    Forecast.objects.update(made_at=timezone.now() - timedelta(days=9))
    put_days(prediction.pk)

    desk = open_page(f"/admin/debate/prediction/{prediction.pk}/change/", width=width, theme=theme, client=room)
    desk.get_by_role("link", name="Resolve…").click()
    desk.get_by_label("yes", exact=True).check()
    desk.get_by_label("Why").fill("It was in the newspaper.")
    desk.get_by_role("button", name="Resolve").click()
    expect(desk.locator(".errorlist")).to_contain_text("A yes or a no needs the address of its evidence.")
    assert wrong_with(desk) == []
    desk.get_by_label("Evidence").fill("https://example.org/news")
    desk.get_by_role("button", name="Resolve").click()
    expect(desk.locator(".messagelist")).to_contain_text("It is resolved, and its forecasts are scored.")

    reader.goto(prediction.get_absolute_url())
    expect(reader.get_by_role("heading", name="Resolved: yes")).to_be_visible()
    expect(reader.locator(".scores")).to_contain_text("Peer")
    expect(reader.locator("#forecast")).to_contain_text("is what the crowd expected at closing")
    assert wrong_with(reader) == []
