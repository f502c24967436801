"""In a real browser: a pasted essay is marked by keys alone, linked by keys and by hand, seen by two, and nothing that
was typed is lost with the connection."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from debate.models import Claim, Passage, Relation
from tests import factories as make
from tests.chromium import two_looks, wrong_with
from tests.desk.conftest import BENCH

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAYS = ("A name outlasts its duties.", "Most of the work may go elsewhere.", "Someone disagrees with all of it.")


@pytest.fixture
def actions():
    """Counts what a curator does: a key press with an effect, or a text typed whole."""
    return []


@pytest.fixture
def bench(essay, curator_client, open_page):
    return lambda **look: open_page(BENCH, client=curator_client, **look)


def press(page, actions, key):
    actions.append(key)
    page.keyboard.press(key)


def write(page, actions, text):
    actions.append(text)
    page.keyboard.type(text)


def said(page, text):
    expect(page.locator("#bench-state .state")).to_contain_text(text)


def mark_next(page, actions, text, key="j"):
    """From one paragraph to the next, and what that claims."""
    press(page, actions, key)
    press(page, actions, "Enter")
    write(page, actions, text)
    press(page, actions, "Control+Enter")
    said(page, f"Marked: “{text}”")


def reword(page, text):
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")


@two_looks
def test_three_claims_are_marked_by_four_actions_each(bench, actions, width, theme):
    page = bench(width=width, theme=theme)
    for number, text in enumerate(SAYS, start=1):
        mark_next(page, actions, text, "Home" if number == 1 else "j")
        assert len(actions) <= 4 * number
    expect(page.locator("#claims .card")).to_have_count(3)
    places = Passage.objects.order_by("number").values_list("heading", "paragraph", "gist")
    assert list(places) == [("", 1, SAYS[0]), ("", 2, SAYS[1]), ("What others say", 1, SAYS[2])]
    assert wrong_with(page) == []


def test_one_that_is_here_is_attached_to_by_keys(bench, actions, motion):
    there = make.ClaimFactory(motion=motion, text="Names outlast the duties that stood behind them.")
    page = bench()
    press(page, actions, "Enter")
    write(page, actions, "names outlast duties")
    expect(page.locator("#similar .option")).to_have_count(1)
    press(page, actions, "ArrowDown")
    press(page, actions, "Enter")
    said(page, "A passage is attached to")
    assert Passage.objects.get().stance.claim == there
    expect(page.locator("#entry-text")).to_have_value("")


def test_claims_are_linked_by_keys_and_by_hand(bench, actions):
    page = bench()
    mark_next(page, actions, SAYS[0], "Home")
    mark_next(page, actions, SAYS[1])
    press(page, actions, "c")
    press(page, actions, "l")
    expect(page.locator("#entry-kind")).to_be_focused()
    write(page, actions, "r")
    press(page, actions, "Tab")
    write(page, actions, "the answer is no")
    expect(page.locator("#targets .option").first).to_contain_text("The answer is no.")
    press(page, actions, "Enter")
    expect(page.locator("#entry-rationale")).to_be_focused()
    write(page, actions, "What goes elsewhere leaves the name.")
    press(page, actions, "Control+Enter")
    said(page, "Linked: it rebuts “The answer is no.”")
    assert Relation.objects.get().source.text == SAYS[1]
    first, second = page.locator("#claims .card").all()
    second.scroll_into_view_if_needed()
    first.drag_to(second)
    expect(page.locator("#entry-target")).to_have_value(SAYS[1])
    assert wrong_with(page) == []


def test_nothing_typed_is_lost_with_the_connection(bench, actions, complaints):
    page = bench()
    page.context.set_offline(True)
    press(page, actions, "Home")
    press(page, actions, "Enter")
    write(page, actions, SAYS[0])
    press(page, actions, "Control+Enter")
    said(page, "No connection.")
    expect(page.locator("#outbox li")).to_have_text(SAYS[0])
    press(page, actions, "j")
    press(page, actions, "Enter")
    write(page, actions, "Half of a sen")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#claims .card")).to_have_count(1)
    assert Passage.objects.get().gist == SAYS[0]
    page.keyboard.press("Home")
    page.keyboard.press("j")
    expect(page.locator("#entry-text")).to_have_value("Half of a sen")
    expect(page.locator("#outbox")).to_be_hidden()
    complaints.clear()


def test_what_is_refused_is_found_again_where_it_was_typed(bench, actions, complaints):
    page = bench()
    press(page, actions, "Home")
    press(page, actions, "Enter")
    write(page, actions, SAYS[2])
    page.get_by_label("Stance").select_option("reports")
    press(page, actions, "Control+Enter")
    said(page, "Who is reported? Name the speaker.")
    expect(page.get_by_label("Speaker")).to_be_focused()
    press(page, actions, "Escape")
    press(page, actions, "j")
    expect(page.locator("#entry-text")).to_have_value("")
    press(page, actions, "k")
    press(page, actions, "Enter")
    expect(page.locator("#entry-text")).to_have_value(SAYS[2])
    page.get_by_label("Speaker").fill("Somebody")
    press(page, actions, "Control+Enter")
    said(page, "Marked")
    assert Passage.objects.get().speaker == "Somebody"
    complaints.clear()


def test_a_device_that_is_full_keeps_it_as_long_as_the_page_is_open(bench, actions, complaints):
    page = bench()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    page.context.set_offline(True)
    press(page, actions, "Home")
    press(page, actions, "Enter")
    write(page, actions, SAYS[0])
    said(page, "This device keeps nothing")
    press(page, actions, "Control+Enter")
    expect(page.locator("#outbox li")).to_have_text(SAYS[0])
    page.context.set_offline(False)
    expect(page.locator("#claims .card")).to_have_count(1)
    expect(page.locator("#outbox")).to_be_hidden()
    complaints.clear()


def test_what_was_sent_while_signed_out_waits(bench, actions, complaints):
    page = bench()
    cookies = page.context.cookies()
    page.context.clear_cookies()
    press(page, actions, "Home")
    press(page, actions, "Enter")
    write(page, actions, SAYS[0])
    press(page, actions, "Control+Enter")
    said(page, "You are signed out.")
    page.context.add_cookies(cookies)
    expect(page.locator("#claims .card")).to_have_count(1)
    complaints.clear()


def test_another_curators_change_appears_and_is_not_overwritten(bench, actions, open_page, complaints):
    mine = bench()
    mark_next(mine, actions, SAYS[0], "Home")
    other = Client()
    other.force_login(make.CuratorFactory(display_name="Bert"))
    theirs = open_page(BENCH, client=other)
    for page in (mine, theirs):
        page.keyboard.press("c")
        page.keyboard.press("e")
        expect(page.locator("#entry-text")).to_be_focused()
    reword(theirs, "A name outlives its duties.")
    said(theirs, "Saved")
    reword(mine, "A name outlasts all of its duties.")
    expect(mine.locator(".differences")).to_contain_text("Bert has saved this meanwhile.")
    expect(mine.locator("#entry-text")).to_have_value("A name outlasts all of its duties.")
    assert Claim.objects.get(origin="essay").text == "A name outlives its duties."
    mine.keyboard.press("Control+Enter")
    said(mine, "Saved")
    assert Claim.objects.get(origin="essay").text == "A name outlasts all of its duties."
    expect(theirs.locator("#claims .card .claim-text")).to_have_text("A name outlasts all of its duties.")
    complaints.clear()


def test_a_change_is_undone_and_the_next_claim_has_the_focus(bench, actions):
    page = bench()
    for number, text in enumerate(SAYS[:2]):
        mark_next(page, actions, text, "j" if number else "Home")
    press(page, actions, "c")
    press(page, actions, "e")
    expect(page.locator("#entry-text")).to_be_focused()
    reword(page, "Something else entirely.")
    said(page, "Saved: “Something else")
    page.locator("#put-back").click()
    said(page, f"Saved: “{SAYS[1]}”")
    assert set(Claim.objects.filter(origin="essay").values_list("text", flat=True)) == set(SAYS[:2])
    page.locator("#claims .card").first.focus()
    press(page, actions, "d")
    said(page, "Taken out.")
    expect(page.locator("#claims .card")).to_be_focused()


def test_without_script_links_and_forms_do_the_same(bench):
    page = bench(script=False, width=360)
    page.get_by_role("link", name="Mark paragraph 3").click()
    page.get_by_label("What it claims").fill(SAYS[2])
    page.get_by_role("button", name="Mark it").click()
    expect(page.locator(".notices")).to_contain_text("Marked")
    assert Passage.objects.get().heading == "What others say"
    page.locator('#claims a[href^="?link"]').click()
    page.get_by_label("What", exact=True).fill("The answer is yes.")
    page.get_by_label("Why, in a sentence").fill("So it is.")
    page.get_by_role("button", name="Link it").click()
    page.locator("#claims").get_by_role("button", name="Take out: A").or_(
        page.locator("#claims .card-mark button")
    ).first.click()
    page.get_by_role("button", name="Put it back").click()
    assert (Passage.objects.count(), Relation.objects.count()) == (1, 1)
