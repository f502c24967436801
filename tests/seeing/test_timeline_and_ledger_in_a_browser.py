"""The timeline and the ledger in a real browser: on a phone, in the dark, by keyboard, in print, without script."""

import pytest
from playwright.sync_api import Page

from debate.models import Motion
from tests.chromium import Open, every_look, wrong_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TIMELINE, LEDGER = "/timeline/", "/unanswered/"
ADDRESSES = [TIMELINE, LEDGER, f"{LEDGER}?author=jonathon-belotti", f"{LEDGER}?status=answered"]
SMALL_TARGETS = """() => [...document.querySelectorAll('main a, main button')].filter(one => {
    const box = one.getBoundingClientRect();
    const inline = getComputedStyle(one).display === 'inline' && !one.closest('svg');
    return box.width && !inline && Math.min(box.width, box.height) < 24;
}).map(one => one.outerHTML.slice(0, 120))"""


@every_look
def test_neither_shuts_anybody_out(open_page: Open, corpus: Motion, width: int, theme: str) -> None:
    page = open_page(TIMELINE, width=width, theme=theme)
    assert {address: (page.goto(address), wrong_with(page))[1] for address in ADDRESSES} == {
        address: [] for address in ADDRESSES
    }


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_neither_is_wider_than_its_window(open_page: Open, corpus: Motion, width: int) -> None:
    page = open_page(TIMELINE, width=width)
    wide = [(page.goto(address), page.evaluate("document.documentElement.scrollWidth"))[1] for address in ADDRESSES]
    assert max(wide) <= width


@pytest.mark.parametrize("width", [360, 1280])
def test_what_can_be_touched_is_large_enough(open_page: Open, corpus: Motion, width: int) -> None:
    page = open_page(TIMELINE, width=width)
    assert [(page.goto(address), page.evaluate(SMALL_TARGETS))[1] for address in ADDRESSES] == [[]] * 4


@pytest.mark.parametrize(("width", "shown", "hidden"), [(1280, "wide", "phone"), (360, "phone", "wide")])
def test_one_drawing_is_shown(open_page: Open, corpus: Motion, width: int, shown: str, hidden: str) -> None:
    page = open_page(TIMELINE, width=width)
    assert (page.is_visible(f"svg.{shown}"), page.is_visible(f"svg.{hidden}")) == (True, False)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_words_of_the_drawing_can_be_read(open_page: Open, corpus: Motion, width: int) -> None:
    page = open_page(TIMELINE, width=width)
    heights = page.evaluate(
        "[...document.querySelectorAll('svg.timeline text')].filter(t => t.checkVisibility())"
        ".map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)"
    )
    assert min(heights) >= 10.5


@pytest.mark.parametrize("width", [360, 1280])
def test_no_word_of_the_drawing_lies_on_another(open_page: Open, corpus: Motion, width: int) -> None:
    page = open_page(TIMELINE, width=width)
    meeting = page.evaluate(
        """() => {
            const texts = [...document.querySelectorAll('svg.timeline text')].filter(t => t.checkVisibility());
            const boxes = texts.map(t => [t.textContent, t.getBoundingClientRect()]);
            const meet = (a, b) => a.left + 1 < b.right && b.left + 1 < a.right
                && a.top + 4 < b.bottom && b.top + 4 < a.bottom;
            const later = n => boxes.slice(n + 1);
            return boxes.flatMap(([one, a], n) => later(n).filter(([, b]) => meet(a, b)).map(([two]) => [one, two]));
        }"""
    )
    assert meeting == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"))


def test_an_essay_can_be_reached_by_keyboard_and_opened(open_page: Open, corpus: Motion) -> None:
    page = open_page(TIMELINE, script=True)
    page.locator("svg.wide a").first.focus()
    page.keyboard.press("Tab")
    assert focused(page).startswith("Posey · Absorbed, Machine Learning Engineers Will Not Exist")
    page.keyboard.press("Enter")
    page.wait_for_url("**/essays/posey-2020-will-not-exist/")


def test_the_focus_can_be_seen(open_page: Open, corpus: Motion) -> None:
    page = open_page(TIMELINE)
    page.locator("svg.wide a").first.focus()
    page.keyboard.press("Tab")
    stroke = page.evaluate("getComputedStyle(document.activeElement.querySelector('.touch')).stroke")
    assert stroke == "rgb(106, 63, 196)"


def test_both_work_without_script(open_page: Open, corpus: Motion) -> None:
    page = open_page(LEDGER, script=False)
    page.click("text=More counterpoints")
    page.click("text=Back to the start")
    page.click(".against >> text=Belotti")
    assert "jonathon-belotti" in page.url


def test_print_has_the_wide_drawing_and_no_invitation(open_page: Open, corpus: Motion) -> None:
    page = open_page(TIMELINE, theme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert (page.is_visible("svg.wide"), page.is_visible(".invite")) == (True, False)
