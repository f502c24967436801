"""In a real browser: say where you stand, read, say it again, see whether you moved and who else did."""

import re

import pytest
from playwright.sync_api import expect

from debate.actions.swinging import wrong_swing
from debate.models import Motion
from tests.balloting.ballots import counts, move
from tests.chromium import Open, two_looks, wrong_with
from tests.factories import GuestFactory, motion_with_claims

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def motion(transactional_db: None) -> Motion:
    """A motion on which nine readers have moved, and after whose essay nine have."""
    motion = motion_with_claims(3, featured=True)
    for reader in GuestFactory.create_batch(9):
        move(reader, motion, "undecided", "no")
    for reader in GuestFactory.create_batch(9):
        move(reader, motion.essays.get(), "yes", "yes")
    return motion


@two_looks
def test_before_read_after_see_the_swing(open_page: Open, motion: Motion, width: int, theme: str) -> None:
    essay = motion.essays.get()
    page = open_page("/", width=width, theme=theme)
    page.click("#before-yes")
    expect(page.locator("#ballot")).to_contain_text("you will be asked here whether you have changed your mind")
    page.goto(essay.get_absolute_url())
    page.click("#before-yes")
    expect(page.locator("#ballot")).to_contain_text("At the end you will be asked")
    expect(page.locator("#after")).to_contain_text("Before reading you said: It says yes")
    page.click("#ballot a[href='#after']")
    page.click("#after-no")
    expect(page.locator("#after .outcome")).to_have_text(re.compile(r"You moved from It says yes\s+to It says no\s*\."))
    expect(page.locator("#ballot")).to_contain_text("What you say after reading")
    expect(page.locator("body > [role=status]")).to_have_text("Your ballot: It says no. Saved.")
    assert wrong_with(page) == []
    page.click("#after .outcome ~ p a")
    expect(page.locator("h1")).to_have_text(f"Whom “{essay.title}” moved")
    expect(page.locator(".matrix-of tbody tr").first.locator("td")).to_have_text([re.compile("^9"), "1", "0", "10"])
    assert wrong_with(page) == []
    page.goto("/")
    page.click("#after-no")
    page.click("text=Who else changed their mind")
    expect(page.locator("svg.swing")).to_be_visible()
    assert wrong_with(page) == []
    assert counts(motion) == {("guest", "undecided", "no"): 9, ("guest", "yes", "no"): 1}
    assert list(wrong_swing()) == []


def test_without_script_each_answer_leads_back_to_its_place(open_page: Open, motion: Motion) -> None:
    essay = motion.essays.get()
    page = open_page(essay.get_absolute_url(), script=False, width=360)
    page.click("#before-undecided")
    expect(page).to_have_url(re.compile("#ballot$"))
    page.click("#after-yes")
    expect(page).to_have_url(re.compile("#after$"))
    expect(page.locator("#after")).to_contain_text("You moved from Undecided to It says yes")
    page.click("#after .outcome ~ p a")
    page.click(".switch >> text=Guests")
    expect(page.locator(".matrix-of")).to_contain_text("10")


@two_looks
def test_the_invitation_shuts_nobody_out(open_page: Open, motion: Motion, width: int, theme: str) -> None:
    assert wrong_with(open_page("/insights/swing/", width=width, theme=theme)) == []


def test_asking_takes_one_key(open_page: Open, motion: Motion) -> None:
    page = open_page("/insights/swing/", script=False)
    page.focus("form.ask button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/insights/swing/")
    expect(page.locator("main")).to_contain_text("It is too early to tell: 9 readers")
