"""The leaderboard in a real browser: nobody shut out, and being listed takes one key and no script."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from debate.models import Motion, User
from tests.chromium import Open, two_looks, wrong_with
from tests.pages.crowd import forecasting_crowd

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def member(corpus: Motion) -> User:
    """Somebody with a score and without a wish, among many who are listed."""
    _best, _early, member, _author = forecasting_crowd(corpus)
    return member


@pytest.fixture
def client_of(member: User) -> Client:
    client = Client()
    client.force_login(member)
    return client


def unfold(page: Page) -> Page:
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    return page


@two_looks
def test_it_shuts_nobody_out(open_page: Open, client_of: Client, width: int, theme: str) -> None:
    page = open_page("/leaderboard/", width=width, theme=theme, client=client_of)
    assert wrong_with(unfold(page)) == []
    page.click(".board .title a >> nth=0")
    assert wrong_with(unfold(page)) == []


@two_looks
def test_an_authors_record_shuts_nobody_out(open_page: Open, member: User, width: int, theme: str) -> None:
    page = open_page("/authors/luke-posey/", width=width, theme=theme)
    assert wrong_with(page, "section:has(#predictions)") == []


def test_one_is_listed_and_taken_off_by_one_key_each(open_page: Open, client_of: Client) -> None:
    page = open_page("/leaderboard/", script=False, client=client_of)
    for button, heading in (("#list-me", "You are listed"), ("#unlist", "You are not listed")):
        page.focus(button)
        page.keyboard.press("Enter")
        expect(page.locator("#you h2")).to_have_text(heading)
