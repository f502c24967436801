"""Voting, forecasting and balloting update the page in place, say so, and work by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from debate.actions.corpus import refresh
from debate.models import Ballot, ClaimVote, Forecast
from tests.chromium import wrong_with
from tests.factories import PredictionFactory, motion_with_claims

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def motion(transactional_db):
    motion = motion_with_claims(2, featured=True)
    PredictionFactory(motion=motion, essay=motion.essays.get())
    refresh(motion)
    return motion


@pytest.fixture
def claim(motion):
    return motion.claims.first()


@pytest.fixture
def prediction(motion):
    return motion.predictions.get()


def announced(page):
    """What a screen reader is told."""
    return page.locator("body > [role=status]")


def stay(page):
    """Mark the page, so that a test can tell whether it was loaded anew."""
    page.evaluate("document.body.dataset.stayed = 'yes'")


def stayed(page):
    return page.evaluate("document.body.dataset.stayed") == "yes"


def test_a_click_votes_in_place_and_says_so(open_page, claim):
    page = open_page(claim.get_absolute_url())
    stay(page)
    page.click("#vote-agree")
    expect(page.locator("#vote-agree")).to_have_attribute("aria-pressed", "true")
    expect(announced(page)).to_have_text("Your vote: agree. Saved.")
    expect(page.locator("#vote .tally")).to_be_visible()
    assert stayed(page)
    assert ClaimVote.objects.get().value == "agree"


def test_by_keyboard_the_focus_stays_where_it_was(open_page, claim):
    page = open_page(claim.get_absolute_url())
    page.focus("#vote-agree")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#vote-disagree")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#vote-disagree")).to_be_focused()


def test_after_withdrawing_the_focus_is_in_the_panel(open_page, claim):
    page = open_page(claim.get_absolute_url())
    page.click("#vote-pass")
    page.focus("#vote-withdraw")
    page.keyboard.press("Enter")
    expect(announced(page)).to_have_text("Your vote is withdrawn.")
    assert page.evaluate("document.activeElement.closest('#vote') !== null")


def test_asking_for_results_shows_them_in_place(open_page, claim):
    page = open_page(claim.get_absolute_url())
    stay(page)
    page.click("#vote-reveal")
    expect(page.locator("#vote .tally")).to_be_visible()
    expect(announced(page)).to_have_text("What others think is shown.")
    assert stayed(page)


def test_a_switch_shows_members_or_guests_by_keyboard_and_without_script(open_page, claim):
    for script in (True, False):
        page = open_page(claim.get_absolute_url(), script=script)
        page.click("#vote-agree")
        expect(page.locator("#vote .of-everybody")).to_be_visible()
        page.focus("#whose-everybody")
        page.keyboard.press("ArrowRight")
        expect(page.locator("#vote .of-members")).to_contain_text("None of them has voted yet.")
        expect(page.locator("#vote .of-everybody")).to_be_hidden()
        page.check("#whose-guests")
        expect(page.locator("#vote .of-guests")).to_contain_text("100% of those who take a side agree.")
        assert not script or wrong_with(page, "#vote") == []


def test_a_refusal_says_why_and_changes_nothing(open_page, claim, settings):
    settings.GUESTS_PER_HOUR = 0
    page = open_page(claim.get_absolute_url())
    page.click("#vote-agree")
    expect(page.locator("#vote .state.error")).to_contain_text("from your network this hour")
    expect(page.locator("#vote-agree")).to_have_attribute("aria-pressed", "false")


def test_a_step_in_words_forecasts_in_place(open_page, prediction):
    page = open_page(prediction.get_absolute_url())
    stay(page)
    page.click("#step-likely")
    expect(page.locator("#step-likely")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#percent")).to_have_value("75")
    expect(announced(page)).to_have_text("Your forecast: 75%. Saved.")
    assert stayed(page)


def test_slider_and_number_move_each_other_also_after_saving(open_page, prediction):
    page = open_page(prediction.get_absolute_url())
    for percent in ("50", "51"):
        page.fill("#percent", percent)
        expect(page.locator("#slider")).to_have_value(percent)
        page.focus("#slider")
        page.keyboard.press("ArrowRight")
        moved = str(int(percent) + 1)
        expect(page.locator("#percent")).to_have_value(moved)
        page.click("#forecast-save")
        expect(announced(page)).to_have_text(f"Your forecast: {moved}%. Saved.")
    assert Forecast.objects.current().get().probability == pytest.approx(0.52)


def test_a_ballot_is_given_in_place(open_page, motion):
    page = open_page("/")
    stay(page)
    page.click("#before-yes")
    expect(page.locator("#ballot")).to_contain_text("Before reading you said:")
    page.click("text=I have read enough to answer now")
    page.click("#after-no")
    expect(page.locator("#after-no")).to_have_attribute("aria-pressed", "true")
    expect(announced(page)).to_have_text("Your ballot: It says no. Saved.")
    assert stayed(page)
    assert Ballot.objects.count() == 2


# Without script the same forms load the page anew.


def test_without_script_a_vote_is_saved_changed_and_withdrawn(open_page, claim):
    page = open_page(claim.get_absolute_url(), script=False)
    page.click("#vote-agree")
    expect(page).to_have_url(re.compile("#vote$"))
    expect(page.locator("#vote-agree")).to_have_attribute("aria-pressed", "true")
    page.click("#vote-disagree")
    expect(page.locator("#vote-disagree")).to_have_attribute("aria-pressed", "true")
    page.click("#vote-withdraw")
    expect(page.locator("#vote")).to_contain_text("You have withdrawn your vote.")


def test_without_script_the_number_alone_forecasts(open_page, prediction):
    page = open_page(prediction.get_absolute_url(), script=False)
    expect(page.locator("#slider")).to_be_hidden()
    page.fill("#percent", "63")
    page.click("#forecast-save")
    expect(page.locator("#forecast")).to_contain_text("Your forecast: 63%.")


def test_without_script_a_tag_is_proposed_and_undone(open_page, claim):
    page = open_page(claim.get_absolute_url(), script=False)
    page.click("text=Add a tag")
    page.fill("#tag-name", "Wages")
    page.click("text=Propose")
    expect(page.locator("#tags")).to_contain_text("Wages, proposed by you")
    page.click("#tags .proposed button")
    expect(page.locator("#tags")).not_to_contain_text("Wages")


def test_without_script_the_filters_unfold_on_a_phone_and_stand_open_beside_a_wide_list(open_page, motion):
    phone = open_page("/claims/", script=False, width=360)
    expect(phone.locator(".filters section").first).to_be_hidden()
    phone.click("text=Narrow the list")
    expect(phone.locator(".filters section").first).to_be_visible()
    wide = open_page("/claims/", script=False)
    expect(wide.locator(".filters section").first).to_be_visible()
