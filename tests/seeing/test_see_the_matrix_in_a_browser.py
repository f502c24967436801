"""The matrix in a real browser: what stays in view, the list on a phone, keys, the gist of a place, print."""

from typing import Any

import pytest
from playwright.sync_api import Page

from debate.models import Claim, Motion, Stance
from tests.chromium import Open, every_look, two_looks, wrong_with
from tests.factories import AuthorFactory, EssayFactory, PassageFactory, StanceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FACTS = """() => [...document.querySelectorAll(".matrix tbody tr:not(.group)")].map((row) => [
    row.querySelector("th").innerText.trim(),
    ...[...row.querySelectorAll("td")].filter((cell) => cell.checkVisibility()).map((cell) => cell.innerText.trim()),
])"""
FOCUS = "document.activeElement"


@pytest.fixture
def page(open_page: Open, corpus: Motion) -> Page:
    return open_page("/matrix/")


def facts(page: Page) -> list[list[str]]:
    """For each claim in its row, what every author says of it, in the words that show."""
    found: list[list[str]] = page.evaluate(FACTS)
    return [[" ".join(word.split()) for word in row] for row in found]


def box(page: Page, name: str) -> dict[str, Any]:
    found = page.locator(name).first.bounding_box()
    assert found is not None
    return dict(found)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def place(page: Page) -> tuple[int, int]:
    """The row and the column of the cell in focus, counting rows of claims."""
    return tuple(
        page.evaluate(
            """() => {
    const cell = document.activeElement.closest("td, th");
    const rows = [...document.querySelectorAll(".matrix tbody tr:not(.group)")];
    return [rows.indexOf(cell.parentElement), cell.cellIndex];
}"""
        )
    )


@every_look
def test_it_shuts_nobody_out(open_page: Open, corpus: Motion, width: int, theme: str) -> None:
    page = open_page("/matrix/?tag=hiring&author=luke-posey&author=nicolas-omont", width=width, theme=theme)
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    assert wrong_with(page) == []


@two_looks
def test_the_whole_of_it_shuts_nobody_out(open_page: Open, corpus: Motion, width: int, theme: str) -> None:
    assert wrong_with(open_page("/matrix/", width=width, theme=theme)) == []


@pytest.mark.parametrize("script", [True, False])
def test_the_authors_stay_in_view(open_page: Open, corpus: Motion, script: bool) -> None:
    page = open_page("/matrix/", script=script)
    page.mouse.wheel(0, 4000)
    page.wait_for_function("scrollY > 3000")
    assert 0 <= box(page, ".matrix thead th:last-child")["y"] < 5


def many_authors(motion: Motion) -> None:
    """Seven more authors who each speak to a few of the claims, so that not all columns stand abreast."""
    claims = list(Claim.objects.visible().of_motion(motion)[:40])
    for number in range(7):
        essay = EssayFactory(motion=motion, authors=[AuthorFactory()])
        for order, claim in enumerate(claims[number::3]):
            stance = StanceFactory(essay=essay, claim=claim, kind=Stance.Kind.values[order % 4])
            PassageFactory(stance=stance, number=order + 1)


def test_header_row_and_first_column_stay_in_view_where_it_scrolls_both_ways(open_page: Open, corpus: Motion) -> None:
    many_authors(corpus)
    page = open_page("/matrix/", width=900)
    before = box(page, ".matrix-scroll")
    page.evaluate("document.querySelector('.matrix-scroll').scrollTo(300, 1500)")
    head, column = box(page, ".matrix thead th:last-child"), box(page, ".matrix tbody tr:nth-child(30) th")
    assert abs(head["y"] - before["y"]) < 2
    assert abs(column["x"] - before["x"]) < 2


def test_a_wide_one_scrolls_within_its_region_and_not_the_page(open_page: Open, corpus: Motion) -> None:
    many_authors(corpus)
    page = open_page("/matrix/", width=900)
    assert page.evaluate("document.documentElement.scrollWidth") <= 900
    assert wrong_with(page) == []


def test_a_phone_lists_the_same_facts_as_the_table(open_page: Open, corpus: Motion) -> None:
    wide, narrow = (facts(open_page("/matrix/", width=width)) for width in (1280, 360))
    assert narrow == wide
    assert len(narrow) == 134


def test_on_a_phone_each_voice_names_its_author(open_page: Open, corpus: Motion) -> None:
    page = open_page("/matrix/", width=360)
    name = page.locator(".matrix td.denies span, .matrix td .denies span").first
    shown = name.bounding_box()
    assert shown is not None
    assert shown["width"] > 20


def test_on_a_phone_no_voice_runs_out_of_sight(open_page: Open, corpus: Motion) -> None:
    page = open_page("/matrix/", width=360)
    furthest = "Math.max(...[...document.querySelectorAll('.matrix *')].map((e) => e.getBoundingClientRect().right))"
    assert page.evaluate(furthest) <= 360


def test_what_can_be_touched_is_large_enough(open_page: Open, corpus: Motion) -> None:
    page = open_page("/matrix/?tag=hiring", width=360)
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    small = """[...document.querySelectorAll('.matrix td a, .narrow-by a, main summary, .orders a, .active a')]
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 24).map((e) => e.outerHTML)"""
    assert page.evaluate(small) == []


def test_a_cell_leads_to_its_passage(page: Page) -> None:
    page.get_by_role("link", name="Posey denies").first.click()
    assert page.url.endswith("/essays/posey-2020-will-not-exist/#role-remains-distinct")
    assert page.locator("#role-remains-distinct").is_visible()


def test_arrow_keys_lead_from_cell_to_cell(page: Page) -> None:
    page.focus(".matrix tbody th a")
    press(page, "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft")
    assert place(page) == (2, 1)


def test_they_cross_from_one_side_to_the_next(page: Page) -> None:
    page.focus(".matrix tbody:nth-of-type(2) tr:nth-child(2) th a")
    press(page, "ArrowUp")
    assert place(page)[0] == 39


def test_home_and_end_lead_to_the_ends_of_a_row(page: Page) -> None:
    page.focus(".matrix tbody th a")
    press(page, "End")
    last = place(page)
    press(page, "Home")
    assert (last, place(page)) == ((0, 5), (0, 0))


def test_with_control_they_lead_to_the_ends_of_the_table(page: Page) -> None:
    page.focus(".matrix tbody th a")
    press(page, "Control+End")
    assert place(page)[0] == 133


def test_they_stop_at_the_edge(page: Page) -> None:
    page.focus(".matrix tbody th a")
    press(page, *["ArrowLeft"] * 3)
    assert place(page) == (0, 0)


def test_the_cell_in_focus_is_not_hidden_by_the_header(page: Page) -> None:
    page.focus(".matrix tbody th a")
    press(page, "ArrowRight", *["ArrowDown"] * 40, *["ArrowUp"] * 25)
    top, head = page.evaluate(f"{FOCUS}.getBoundingClientRect().top"), box(page, ".matrix thead th")
    assert top >= head["y"] + head["height"]


def test_on_a_phone_arrow_keys_scroll_as_ever(open_page: Open, corpus: Motion) -> None:
    page = open_page("/matrix/", width=360)
    page.focus(".matrix tbody th a")
    press(page, "ArrowRight")
    assert place(page) == (0, 0)


def test_a_cell_in_focus_tells_what_is_said_there(page: Page) -> None:
    page.focus(".matrix tbody th a")
    press(page, "ArrowRight")
    link = page.locator(":focus")
    told = page.locator(f"#{link.get_attribute('aria-describedby')}")
    assert str(link.get_attribute("data-gist")) in told.inner_text()


def test_a_pointed_at_cell_tells_it_too(page: Page) -> None:
    link = page.locator(".matrix td a").first
    link.hover()
    page.wait_for_selector(".peek", state="visible")
    assert str(link.get_attribute("data-gist")) in page.inner_text(".peek")


def test_what_it_tells_can_itself_be_pointed_at(page: Page) -> None:
    page.hover(".matrix td a")
    page.wait_for_selector(".peek", state="visible")
    page.hover(".peek")
    page.wait_for_timeout(500)
    assert page.is_visible(".peek")


def test_escape_lets_it_go(page: Page) -> None:
    page.hover(".matrix td a")
    page.wait_for_selector(".peek", state="visible")
    press(page, "Escape")
    assert not page.is_visible(".peek")


def test_the_table_can_be_skipped(page: Page) -> None:
    page.focus(".past")
    press(page, "Enter", "Tab")
    assert page.evaluate(f"document.querySelector('.foot').contains({FOCUS})")


def test_without_script_filters_and_cells_still_lead_on(open_page: Open, corpus: Motion) -> None:
    page = open_page("/matrix/", script=False)
    page.get_by_role("link", name="Where they part").click()
    assert page.locator(".matrix tbody tr:not(.group)").count() == 3
    page.get_by_role("link", name="Posey denies").click()
    assert page.url.endswith("#role-remains-distinct")


def test_in_print_the_header_is_repeated_and_nothing_is_cut_off(open_page: Open, corpus: Motion) -> None:
    many_authors(corpus)
    page = open_page("/matrix/", width=720)
    page.emulate_media(media="print")
    head = page.evaluate("getComputedStyle(document.querySelector('.matrix thead')).display")
    assert (head, page.evaluate("document.documentElement.scrollWidth") <= 720) == ("table-header-group", True)
