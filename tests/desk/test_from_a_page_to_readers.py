"""In a real browser, by keyboard: an essay that is not in the corpus goes from an HTML file to published claims."""

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect

from debate.models import Claim, Essay, Passage
from tests import factories as make
from tests.chromium import wrong_with
from tests.desk.test_work_by_keyboard import press, said, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = Path(__file__).parent.parent / "bringing" / "pages" / "essay.html"
SLUG = "marlow-2021-the-plumbing-outlasts-the"
MARKED = {
    1: "A failing feed of data is noticed where a retired model is not.",
    2: "Better tools have multiplied the pipelines each person tends.",
    3: "Only a tenth of the working week goes into learning from data.",
    5: "Platforms shift the hard part from training to judging data.",
    6: "A small company needs no specialist for its one model.",
    9: "People paid for knowing both models and servers will be there in 2030.",
}


def reach(page, role, name):
    """Tab by tab to something that can be acted on."""
    there = page.get_by_role(role, name=name, exact=True).first
    for _step in range(80):
        if there.evaluate("element => element === document.activeElement"):
            return there
        page.keyboard.press("Tab")
    raise AssertionError(f"No way by keyboard to the {role} “{name}”.")


def follow(page, role, name, address):
    reach(page, role, name)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def bring_in(page):
    follow(page, "link", "Bring an essay in", "**/curate/new/")
    reach(page, "button", "HTML file")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(PAGE)
    follow(page, "button", "Find what it says", "**/curate/new/article/*/")
    expect(page.get_by_label("Title")).to_have_value("The Plumbing Outlasts the Model")
    assert wrong_with(page) == []
    follow(page, "button", "Make the draft", f"**/curate/essays/{SLUG}/")


def mark(page, number, text):
    """What a paragraph claims: how many actions that takes from the paragraph before."""
    actions = []
    press(page, actions, "j" if number > 1 else "Home")
    press(page, actions, "Enter")
    write(page, actions, text)
    press(page, actions, "Control+Enter")
    said(page, f"Marked: “{text}”")
    return len(actions)


def pass_over(page):
    """Nothing is claimed in the next paragraph."""
    page.keyboard.press("j")
    page.keyboard.press("x")


def test_an_essay_goes_from_a_page_to_readers_by_keys(corpus, curator_client, open_page):
    page = open_page("/curate/", client=curator_client)
    bring_in(page)
    for number in range(1, 10):
        if number in MARKED:
            assert mark(page, number, MARKED[number]) <= 4
        else:
            pass_over(page)
    follow(page, "link", "Review and publish", f"**/{SLUG}/review/")
    reach(page, "button", "Ask for a review")
    page.keyboard.press("Enter")
    expect(page.locator(".notices")).to_contain_text("It waits for another curator now.")
    assert not Essay.objects.visible().filter(slug=SLUG).exists()

    other = Client()
    other.force_login(make.CuratorFactory())
    second = open_page(f"/curate/essays/{SLUG}/review/", client=other)
    reach(second, "button", "Publish all of it")
    second.keyboard.press("Enter")
    expect(second.locator(".notices")).to_contain_text("It is published")

    essay = Essay.objects.visible().get(slug=SLUG)
    assert set(Claim.objects.visible().filter(stances__essay=essay).values_list("text", flat=True)) == {
        *MARKED.values()
    }
    places = Passage.objects.filter(stance__essay=essay).order_by("number").values_list("heading", "paragraph")
    assert list(places)[-2:] == [("Where I may be mistaken", 1), ("Where I may be mistaken", 4)]
    reader = open_page(essay.get_absolute_url())
    expect(reader.locator("main")).to_contain_text(MARKED[9])
    assert "Every spring our team retires" not in reader.content()
