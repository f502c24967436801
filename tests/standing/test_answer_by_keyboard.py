"""In a real browser: ten claims answered by keys alone, keys that keep out of the way, and the same without script."""

import re

import pytest
from playwright.sync_api import expect

from debate.models import ClaimVote
from tests.chromium import two_looks, wrong_with
from tests.standing.scene import Scene, two_who_differ

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told(transactional_db):
    return two_who_differ(Scene())


def expect_number(page, number):
    expect(page.locator(".progress [aria-current]")).to_have_text(re.compile(rf"^Claim {number}\b"))


def answered():
    return list(ClaimVote.objects.order_by("made_at", "pk").values_list("value", flat=True))


@two_looks
def test_ten_answers_by_keys_alone_lead_to_the_nearest(told, open_page, width, theme):
    page = open_page("/stand/", width=width, theme=theme)
    assert wrong_with(page) == []
    page.evaluate("document.body.dataset.stayed = 'yes'")
    for number, key in enumerate("ad1p23a1a", start=2):
        page.keyboard.press(key)
        expect_number(page, number)
    assert page.evaluate("document.body.dataset.stayed") == "yes"
    expect(page.locator("body > [role=status]")).to_have_text(
        re.compile(r"^Your vote: agree\. Saved\. 10 of 10: It is")
    )
    expect(page).to_have_url(re.compile(r"/stand/\?n=10$"))
    assert answered() == ["agree", "disagree", "agree", "pass", "disagree", "pass", "agree", "agree", "agree"]
    page.keyboard.press("A")
    expect(page.locator("h1")).to_contain_text("You stand")
    expect(page).to_have_url(re.compile(r"/stand/\?done=1$"))
    assert wrong_with(page) == []


def test_arrows_go_back_and_on_and_an_answer_is_changed(told, open_page):
    page = open_page("/stand/")
    page.keyboard.press("a")
    expect_number(page, 2)
    page.keyboard.press("ArrowLeft")
    expect_number(page, 1)
    expect(page.locator("#stand-agree")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("d")
    expect_number(page, 2)
    assert answered() == ["disagree"]
    page.keyboard.press("ArrowRight")
    expect_number(page, 3)
    page.focus("#stand-pass")
    page.keyboard.press("Enter")
    expect_number(page, 4)
    expect(page.locator("#stand-pass")).to_be_focused()


def test_keys_keep_out_of_the_way_and_can_be_turned_off(told, open_page):
    page = open_page("/stand/")
    expect(page.locator("#stand-agree")).to_have_attribute("aria-keyshortcuts", "A 1")
    for keys in ("Control+a", "Alt+d", "Shift+p"):
        page.keyboard.press(keys)
    page.locator(".head > .bar input[type=search]").press_sequentially("a1d")
    page.locator("#keys button").click()
    page.reload()
    expect(page.locator("#keys button")).to_have_text("Turn these keys on")
    page.keyboard.press("a")
    assert answered() == []
    page.locator("#keys button").click()
    page.keyboard.press("a")
    expect_number(page, 2)
    assert answered() == ["agree"]


def test_a_refusal_says_why_and_the_claim_stays(told, open_page, settings):
    settings.GUESTS_PER_HOUR = 0
    page = open_page("/stand/")
    page.keyboard.press("a")
    expect(page.locator("#question .state.error")).to_contain_text("from your network this hour")
    expect_number(page, 1)


def test_an_answer_given_at_once_stays_on_the_page(told, open_page):
    page = open_page("/stand/", fresh=True)
    page.add_init_script("const soon = setTimeout; setTimeout = (told, wait = 0) => soon(told, wait + 60_000)")
    page.reload()
    page.evaluate("document.body.dataset.stayed = 'yes'")
    page.keyboard.press("a")
    expect_number(page, 2)
    assert page.evaluate("document.body.dataset.stayed") == "yes"


def test_without_script_the_same_buttons_and_links_do_it(told, open_page):
    page = open_page("/stand/", script=False)
    expect(page.locator("#keys")).to_be_hidden()
    for _claim in range(10):
        page.click("#stand-agree")
    expect(page.locator("h1")).to_have_text("You stand nearest to Alba.")
    assert answered() == ["agree"] * 10
