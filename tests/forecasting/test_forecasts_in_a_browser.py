"""In a real browser: forecast, revise, see the line, withdraw, come back, and be told that it has just closed."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from debate.actions.corpus import refresh
from debate.actions.recounting import recount_crowd
from debate.actions.recounting_days import recount_days
from debate.models import Forecast, Prediction
from tests.chromium import two_looks, wrong_with
from tests.factories import GuestFactory, MotionFactory, PredictionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


@pytest.fixture
def prediction(transactional_db):
    """Two others forecast it some days ago."""
    prediction = PredictionFactory(motion=MotionFactory(featured=True), opens_at=timezone.now() - 9 * DAY)
    for days, probability in ((7, 0.2), (4, 0.6)):
        told = {"prediction": prediction, "user": GuestFactory(), "probability": probability}
        Forecast.objects.create(made_at=timezone.now() - days * DAY, **told)
    refresh(prediction.motion)
    return settled(prediction)


def settled(prediction):
    recount_crowd(prediction=prediction.pk)
    recount_days(prediction=prediction.pk)
    return prediction


def two_days_pass(prediction):
    """Everything is two days longer ago."""
    ended = Forecast.objects.filter(ended_at__isnull=False)
    ended.update(ended_at=F("ended_at") - 2 * DAY)
    Forecast.objects.update(made_at=F("made_at") - 2 * DAY)
    settled(prediction)


@two_looks
def test_forecast_revise_see_the_line_withdraw_and_come_back(open_page, complaints, prediction, width, theme):
    page = open_page(prediction.get_absolute_url(), width=width, theme=theme)
    page.evaluate("document.body.dataset.stayed = 'yes'")
    past, panel = page.locator("#past"), page.locator("#forecast")
    expect(past).to_contain_text("drawn here once you have given a forecast")

    page.click("#step-likely")
    expect(panel.locator(".voted")).to_contain_text("Your forecast: 75%. Saved.")
    expect(past.locator(".crowd-line:visible")).to_have_count(1)

    two_days_pass(prediction)
    page.focus("#slider")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#slider")).to_have_attribute("aria-valuetext", "76%")
    page.click("#forecast-save")
    expect(panel.locator(".voted")).to_contain_text("Your forecast: 76%. Saved.")
    expect(past.locator(".my-line:visible")).to_have_count(1)
    expect(past.locator("svg:visible .dot")).to_have_count(2)
    past.locator("summary").click()
    expect(past.locator("table").first).to_contain_text("stands")
    assert wrong_with(page) == []

    two_days_pass(prediction)
    page.click("#forecast-withdraw")
    expect(panel.locator(".withdrawn")).to_contain_text("You withdrew your forecast of 76% on")
    expect(past.locator("svg:visible .gone")).to_have_count(1)
    expect(past.locator(".crowd-line")).to_have_count(0)
    assert wrong_with(page) == []

    page.click("#forecast-again")
    expect(panel.locator(".voted")).to_contain_text("Your forecast: 76%. Saved.")
    expect(past.locator(".crowd-line:visible")).to_have_count(1)

    Prediction.objects.update(closes_at=timezone.now())
    page.fill("#percent", "33")
    page.click("#forecast-save")
    expect(panel.locator(".error")).to_contain_text("Nothing was saved: you had said 33%.")
    expect(page.locator("#percent")).to_have_count(0)
    assert page.evaluate("document.body.dataset.stayed") == "yes"
    assert ["409" in complaint for complaint in complaints] == [True]
    complaints.clear()


def test_steps_and_withdrawal_need_no_script(open_page, prediction):
    page = open_page(prediction.get_absolute_url(), script=False)
    page.click("#step-unlikely")
    expect(page.locator("#forecast .voted")).to_contain_text("Your forecast: 25%.")
    expect(page.locator("#past .crowd-line:visible")).to_have_count(1)
    page.click("#forecast-withdraw")
    expect(page.locator("#forecast .withdrawn")).to_contain_text("You withdrew your forecast of 25%")
    page.click("#forecast-again")
    page.fill("#percent", "40")
    page.click("#forecast-save")
    expect(page.locator("#forecast .voted")).to_contain_text("Your forecast: 40%.")
