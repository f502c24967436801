"""In a real browser: a guest votes, signs up, keeps the votes, looks at their record, and deletes everything."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from debate.actions.corpus import refresh
from debate.models import ClaimTally, ClaimVote, Forecast, User
from tests import factories as make
from tests.chromium import two_looks, wrong_with
from tests.keeping.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "story@example.org"


@pytest.fixture
def claim(transactional_db):
    motion = make.motion_with_claims(3, featured=True)
    make.PredictionFactory(motion=motion, essay=motion.essays.get())
    refresh(motion)
    return motion.claims.order_by("pk")[0]


def vote_and_sign_up(page: Page) -> None:
    page.click("#vote-agree")
    expect(page.locator("#vote-agree")).to_have_attribute("aria-pressed", "true")
    page.goto("/you/")
    expect(page.locator(".guest-notice")).to_contain_text("lives in this browser only")
    page.click(".guest-notice >> text=Sign up")
    page.fill("[name=email]", ADDRESS)
    for field in ("password1", "password2"):
        page.fill(f"[name={field}]", PASSWORD)
    page.click("main button.main")
    expect(page.locator(".notices")).to_contain_text("The one answer you gave before is kept.")


def take_back_and_put_back(page: Page) -> None:
    page.goto("/you/votes/")
    page.click("text=Take it back")
    expect(page.locator(".offer")).to_contain_text("Your vote is taken back.")
    assert ClaimVote.objects.get().value == "withdrawn"
    assert wrong_with(page) == []
    page.click("#put-back")
    expect(page.locator(".offer")).to_have_count(0)
    expect(page.locator(".again [aria-pressed=true]")).to_have_text("Agree")


def forecast(page: Page) -> None:
    page.goto("/predictions/")
    page.click("main .claim-text a")
    page.fill("#percent", "63")
    page.click("#forecast-save")
    expect(page.locator("#forecast")).to_contain_text("63%")
    page.goto("/you/forecasts/?state=open")
    page.fill(".again [name=percent]", "70")
    page.click("text=Revise")
    expect(page.locator(".rows.own")).to_contain_text("You say 70%.")
    assert Forecast.objects.count() == 2


def download(page: Page) -> dict:
    page.goto("/you/data/")
    with page.expect_download() as kept:
        page.click("#json")
    assert re.fullmatch(r"ten-years-\d{4}-\d\d-\d\d\.json", kept.value.suggested_filename)
    return json.loads(Path(kept.value.path()).read_text())


def delete(page: Page) -> None:
    page.click("#to-delete")
    assert wrong_with(page) == []
    page.fill("[name=password]", "wrong")
    page.click("#delete-now")
    expect(page.locator(".problems")).to_contain_text("This is not your password.")
    page.fill("[name=password]", PASSWORD)
    page.click("#delete-now")
    expect(page.locator("h1")).to_have_text("Everything of yours is deleted")


def test_votes_kept_seen_and_deleted(open_page, claim):
    page = open_page(claim.get_absolute_url())
    vote_and_sign_up(page)
    take_back_and_put_back(page)
    forecast(page)
    told = download(page)
    assert [vote["value"] for vote in told["votes"]] == ["agree"]
    assert [row["probability"] for row in told["forecasts"]] == [0.63, 0.7]
    delete(page)
    page.goto("/you/")
    expect(page.locator("h1")).to_have_text("Nothing of yours is here yet")
    assert (User.objects.count(), ClaimTally.objects.get(claim=claim).total) == (0, 0)


def test_without_script_a_guest_changes_takes_back_and_deletes(open_page, claim):
    page = open_page(claim.get_absolute_url(), script=False)
    page.click("#vote-agree")
    page.goto("/you/")
    page.click(".again >> text=Disagree")
    assert ClaimVote.objects.get().value == "disagree"
    page.click("text=Take it back")
    page.click("#put-back")
    assert ClaimVote.objects.get().value == "disagree"
    page.goto("/you/delete/")
    page.fill("[name=word]", "delete")
    page.click("#delete-now")
    assert not User.objects.exists()
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] in ("reader", "revealed")]


@two_looks
def test_every_page_of_it_is_open_to_all(open_page, claim, width, theme):
    page = open_page(claim.motion.get_absolute_url(), width=width, theme=theme)
    page.click("#before-yes")
    expect(page.locator("#ballot")).to_contain_text("Before reading you said:")
    page.goto(claim.get_absolute_url())
    page.click("#vote-agree")
    expect(page.locator("#vote-agree")).to_have_attribute("aria-pressed", "true")
    for address in ("/you/", "/you/votes/", "/you/ballots/", "/you/data/"):
        page.goto(address)
        assert wrong_with(page) == []
