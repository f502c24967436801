"""A reader reads in a real browser: on a phone, in the dark, by keyboard, with and without script."""

import gzip

import pytest
from playwright.sync_api import Page

from tests.chromium import Open, every_look, wrong_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("corpus")]
ESSAY = "/essays/omont-2020-wont-be-replaced/"
PAGES = [
    "/",
    "/motions/",
    "/essays/",
    ESSAY,
    "/authors/",
    "/authors/luke-posey/",
    "/about/",
    "/about/method/",
    "/none/",
]
PAPER = {"light": "rgb(251, 250, 246)", "dark": "rgb(22, 21, 19)"}


def paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@every_look
def test_no_page_shuts_anybody_out(open_page: Open, width: int, theme: str) -> None:
    page = open_page("/", width=width, theme=theme)
    found = {address: (page.goto(address), wrong_with(page))[1] for address in PAGES}
    assert {address: told for address, told in found.items() if told} == {}


@pytest.mark.parametrize("width", [320, 768])
def test_no_page_is_wider_than_its_window(open_page: Open, width: int) -> None:
    page = open_page("/", width=width)
    wide = {a: (page.goto(a), page.evaluate("document.documentElement.scrollWidth"))[1] for a in PAGES}
    assert {address: found for address, found in wide.items() if found > width} == {}


def test_the_menu_of_a_phone_opens_without_script(open_page: Open) -> None:
    page = open_page("/", width=360, script=False)
    page.click(".menu > summary")
    page.click(".menu a[href='/essays/']")
    assert page.url.endswith("/essays/")


def test_the_first_step_by_keyboard_skips_to_the_content(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_theme_follows_the_system_without_script(open_page: Open) -> None:
    assert paper(open_page("/", theme="dark", script=False)) == PAPER["dark"]


def test_without_script_there_is_no_switch_for_the_theme(open_page: Open) -> None:
    assert not open_page("/", script=False).is_visible(".theme")


def test_a_chosen_theme_lasts_on_the_next_page(open_page: Open) -> None:
    page = open_page("/")
    page.select_option(".head > .bar .theme select", "dark")
    page.goto("/essays/")
    assert (paper(page), page.input_value(".head > .bar .theme select")) == (PAPER["dark"], "dark")


def test_the_system_theme_can_be_chosen_again(open_page: Open) -> None:
    page = open_page("/")
    page.select_option(".head > .bar .theme select", "dark")
    page.select_option(".head > .bar .theme select", "")
    assert paper(page) == PAPER["light"]


def test_the_switch_says_system_after_the_curation_room_has_kept_its_own_word_for_it(open_page: Open) -> None:
    page = open_page("/")
    page.evaluate("localStorage.setItem('theme', 'auto')")
    page.reload()
    assert page.input_value(".head > .bar .theme select") == ""


def test_the_margin_stands_beside_the_summary_on_a_wide_screen(open_page: Open) -> None:
    page = open_page(ESSAY, script=False)
    text, note = (page.locator(name).first.bounding_box() for name in (".beside .prose", ".note"))
    assert text is not None
    assert note is not None
    assert note["x"] > text["x"] + text["width"]


def test_the_margin_folds_below_its_paragraph_on_a_phone(open_page: Open) -> None:
    page = open_page(ESSAY, width=360, script=False)
    folded = page.locator(".note").first.is_visible()
    page.locator(".notes > summary").first.click()
    assert (folded, page.locator(".note").first.is_visible()) == (False, True)


def test_print_is_on_light_paper_without_what_can_be_acted_on(open_page: Open) -> None:
    page = open_page(ESSAY, theme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert (paper(page), page.is_visible("#ballot")) == ("rgb(255, 255, 255)", False)


def test_the_search_in_the_head_asks_the_claims(open_page: Open) -> None:
    page = open_page("/")
    page.fill(".head > .bar input[name=q]", "monitoring")
    page.press(".head > .bar input[name=q]", "Enter")
    assert page.url.endswith("/claims/?q=monitoring")


def test_a_first_visit_weighs_under_sixty_kilobytes(open_page: Open) -> None:
    """All of it, compressed as the production server sends it or less well."""
    page, answers = open_page("/healthz", fresh=True), []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
    page.goto("/", wait_until="networkidle")
    weights = [len(gzip.compress(answer.body())) for answer in answers]
    assert (len(weights) > 5, 0 < sum(weights) < 60_000) == (True, True)
