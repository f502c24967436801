"""Two authors side by side in a real browser: chosen by hand, shared as a link, read on a phone, printed."""

import pytest
from playwright.sync_api import Page

from debate.models import Motion
from tests.chromium import Open, every_look, wrong_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "/compare/?a=luke-posey&b=nicolas-omont"
UNFOLD = "document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })"


def heading(page: Page) -> str:
    return page.inner_text("h1")


@every_look
def test_it_shuts_nobody_out(open_page: Open, corpus: Motion, width: int, theme: str) -> None:
    page = open_page(ADDRESS, width=width, theme=theme)
    page.evaluate(UNFOLD)
    assert wrong_with(page) == []


@every_look
def test_the_choice_shuts_nobody_out(open_page: Open, corpus: Motion, width: int, theme: str) -> None:
    assert wrong_with(open_page("/compare/?a=luke-posey&b=luke-posey", width=width, theme=theme)) == []


def test_two_are_chosen_without_script(open_page: Open, corpus: Motion) -> None:
    page = open_page("/compare/", script=False, width=360)
    page.select_option("#one", "jonathon-belotti")
    page.select_option("#other", "luke-posey")
    page.click(".picker button")
    assert heading(page) == "Jonathon Belotti and Luke Posey"


def test_they_are_swapped_by_a_link(open_page: Open, corpus: Motion) -> None:
    page = open_page(ADDRESS)
    page.click("text=Swap them")
    assert heading(page) == "Nicolas Omont and Luke Posey"


def test_a_shared_link_opens_the_same_for_somebody_else(open_page: Open, corpus: Motion) -> None:
    mine = open_page("/compare/")
    mine.click(".pairs a")
    theirs = open_page(mine.url, width=360, theme="dark", script=False)
    assert (heading(theirs), theirs.inner_text("#parting")) == (heading(mine), mine.inner_text("#parting"))


def test_a_locator_opens_the_place_in_the_essay(open_page: Open, corpus: Motion) -> None:
    page = open_page(ADDRESS)
    page.click("#shared ~ ul .locator a >> nth=0")
    page.locator(":target").wait_for()
    assert "/essays/" in page.url


@pytest.mark.parametrize("part", ["shared", "parting", "collisions", "conceded", "left", "predictions"])
def test_every_part_is_one_link_away(open_page: Open, corpus: Motion, part: str) -> None:
    page = open_page(ADDRESS)
    page.click(f".on-page a[href='#{part}']")
    assert page.locator(f"h2#{part}").is_visible()


def test_how_readers_vote_shows_where_it_was_asked_for(open_page: Open, corpus: Motion) -> None:
    page = open_page(ADDRESS)
    page.click("text=Show me how readers vote")
    assert page.url.endswith("#readers")
    assert page.locator("text=Too early to say").count() > 0


@pytest.mark.parametrize("width", [320, 768])
def test_no_width_is_too_narrow(open_page: Open, corpus: Motion, width: int) -> None:
    page = open_page(ADDRESS, width=width)
    page.evaluate(UNFOLD)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_only_a_screen_can_use_is_not_printed(open_page: Open, corpus: Motion) -> None:
    page = open_page(ADDRESS)
    page.emulate_media(media="print")
    shown = [page.locator(name).first.is_visible() for name in (".picker", ".on-page", ".views", "#parting")]
    assert shown == [False, False, False, True]
