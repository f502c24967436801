"""A reader walks the drawn map: by keyboard, by search, folding and unfolding, and takes it away as a file."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page

from debate.models import Motion, Side
from tests.chromium import Open, every_look, two_looks, wrong_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DRAWN = ".argument-map[data-drawn]"
COUNTERS = {"rebuts", "qualifies", "undercuts"}
Draw = Callable[..., Page]


@pytest.fixture
def draw(open_page: Open, corpus: Motion) -> Draw:
    """Opens a map and waits until it is drawn; on a phone that takes the switch."""

    def drawn(address: str = "/map/", **options: Any) -> Page:
        page = open_page(address, **options)
        if options.get("width", 1280) < 900:
            page.click("[data-act=draw]")
        page.wait_for_selector(DRAWN, state="attached")
        return page

    return drawn


def at(page: Page) -> str:
    """The claim that has the focus."""
    return str(page.evaluate("document.activeElement.closest('.card')?.dataset.claim ?? ''"))


def cards(page: Page) -> int:
    return page.locator(".card").count()


def place(page: Page) -> list[float]:
    """Where the layer is and how large."""
    found = page.evaluate("[argumentMap.stage.x, argumentMap.stage.y, argumentMap.stage.zoom]")
    return [round(float(value), 3) for value in found]


def told(page: Page, part: str) -> str:
    page.wait_for_function("part => document.querySelector('[data-live]').textContent.includes(part)", arg=part)
    return page.locator("[data-live]").inner_text()


def walk_to_second_thesis(page: Page) -> None:
    page.focus(".map-canvas")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")


def counters_of(page: Page, slug: str) -> list[str]:
    links = page.evaluate("slug => argumentMap.graph.bearing(slug).map((link) => [link.kind, link.source])", slug)
    return [source for kind, source in links if kind in COUNTERS]


def test_the_keyboard_alone_leads_to_a_counterpoint_of_the_second_thesis(draw: Draw) -> None:
    page, second = draw(), Side.objects.get(position=2).thesis
    walk_to_second_thesis(page)
    assert second is not None
    assert at(page) == second.slug
    page.keyboard.press("+")
    counters = counters_of(page, second.slug)
    page.wait_for_function("slug => argumentMap.graph.hidden(slug) === 0", arg=second.slug)
    page.keyboard.press("ArrowDown")
    steps = 0
    while at(page) not in counters and steps < 40:
        page.keyboard.press("ArrowRight")
        steps += 1
    target = at(page)
    assert target in counters
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/claims/{target}/")


def test_moving_says_what_the_relation_is(draw: Draw) -> None:
    page = draw()
    walk_to_second_thesis(page)
    page.keyboard.press("ArrowDown")
    assert told(page, ":").split(":")[0] in {"Supports", "Rebuts", "Qualifies"}


def test_up_leads_back_to_where_one_came_from(draw: Draw) -> None:
    page = draw()
    walk_to_second_thesis(page)
    before = at(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert at(page) == before


def test_only_one_card_is_a_stop_of_the_tab_key(draw: Draw) -> None:
    page = draw()
    walk_to_second_thesis(page)
    assert page.locator(".card [tabindex='0']").count() == 1


def test_escape_leaves_the_cards_and_then_the_map(draw: Draw) -> None:
    page = draw()
    walk_to_second_thesis(page)
    page.keyboard.press("Escape")
    first = page.evaluate("document.activeElement.className")
    page.keyboard.press("Escape")
    assert [first, page.evaluate("document.activeElement.dataset.act")] == ["map-canvas", "draw"]


def test_arrow_keys_move_the_map_where_no_card_has_the_focus(draw: Draw) -> None:
    page = draw()
    before = place(page)
    page.focus(".map-canvas")
    page.keyboard.press("ArrowRight")
    assert place(page)[0] < before[0]


def test_going_back_restores_the_place(draw: Draw) -> None:
    page = draw()
    walk_to_second_thesis(page)
    page.keyboard.press("+")
    page.wait_for_function("() => argumentMap.graph.shown.size > 20")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    before = [at(page), cards(page), place(page)]
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/**")
    page.go_back()
    page.wait_for_selector(DRAWN, state="attached")
    page.wait_for_function("slug => document.activeElement.closest('.card')?.dataset.claim === slug", arg=before[0])
    assert [at(page), cards(page), place(page)] == before


def test_searching_finds_a_claim_that_is_folded(draw: Draw) -> None:
    page = draw()
    hidden = page.evaluate("[...argumentMap.graph.claims.values()].find((c) => !argumentMap.graph.shown.has(c.slug))")
    page.fill("#map-seek", hidden["text"])
    page.wait_for_selector(f".card.at[data-claim='{hidden['slug']}']")
    page.keyboard.press("ArrowDown")
    assert at(page) == hidden["slug"]


def test_enter_goes_from_hit_to_hit(draw: Draw) -> None:
    page = draw()
    page.fill("#map-seek", "software engineer")
    page.wait_for_selector(".card.at")
    first = page.locator(".card.at").get_attribute("data-claim")
    page.keyboard.press("Enter")
    page.wait_for_function("first => document.querySelector('.card.at')?.dataset.claim !== first", arg=first)
    assert page.locator("#map-hits").inner_text().startswith("2 of ")


def test_folding_takes_back_what_unfolding_brought(draw: Draw) -> None:
    page = draw()
    walk_to_second_thesis(page)
    before = cards(page)
    page.keyboard.press("+")
    page.wait_for_function("count => document.querySelectorAll('.card').length > count", arg=before)
    page.keyboard.press("-")
    page.wait_for_function("count => document.querySelectorAll('.card').length < count", arg=before)
    assert at(page)


def test_everything_can_be_unfolded_at_once(draw: Draw) -> None:
    page = draw()
    page.click("[data-act=unfold-all]")
    page.wait_for_function(
        "() => argumentMap.graph.links.size === document.querySelectorAll('.map-layer .edge').length"
    )
    assert cards(page) == page.evaluate("argumentMap.graph.claims.size")


def test_the_saved_svg_is_whole_and_stands_alone(draw: Draw, tmp_path: Path) -> None:
    page = draw()
    page.click(".save summary")
    with page.expect_download() as download:
        page.click("[data-act=svg]")
    download.value.save_as(tmp_path / "map.svg")
    root = ET.parse(tmp_path / "map.svg").getroot()  # noqa: S314 -- our own file
    text = (tmp_path / "map.svg").read_text()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert [part for part in ("var(", "class=", "url(", "light-dark") if part in text] == []


def test_the_saved_png_is_a_picture(draw: Draw, tmp_path: Path) -> None:
    page = draw()
    page.click(".save summary")
    with page.expect_download() as download:
        page.click("[data-act=png]")
    download.value.save_as(tmp_path / "map.png")
    assert (tmp_path / "map.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_drawn_map_prints_on_one_page(draw: Draw) -> None:
    page = draw()
    page.click("[data-act=unfold-all]")
    page.wait_for_function("() => document.querySelectorAll('.map-layer .edge').length > 200")
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf())) == 1


def test_more_is_fetched_where_the_page_holds_not_all(draw: Draw) -> None:
    page = draw("/map/?author=nicolas-omont")
    slug = page.evaluate("[...argumentMap.graph.shown].find((slug) => argumentMap.graph.missing(slug) > 0)")
    before = page.evaluate("argumentMap.graph.claims.size")
    page.click(f".card[data-claim='{slug}'] .fold")
    page.wait_for_function("size => argumentMap.graph.claims.size > size", arg=before)
    assert page.evaluate("slug => argumentMap.graph.missing(slug)", slug) == 0


def test_the_choice_of_the_list_is_remembered(draw: Draw) -> None:
    page = draw()
    page.click("[data-act=list]")
    page.reload()
    assert page.locator(".map-list").is_visible()


def test_without_script_the_list_is_all_there_is(open_page: Open, corpus: Motion) -> None:
    page = open_page("/map/", script=False)
    assert page.locator(".map-list").is_visible()
    assert page.locator(".map-bar").count() == 0


def test_a_phone_begins_with_the_list(open_page: Open, corpus: Motion) -> None:
    page = open_page("/map/", width=360)
    assert [page.locator(".map-list").is_visible(), page.locator(".map-frame").is_visible()] == [True, False]


@every_look
def test_neither_form_shuts_anybody_out(draw: Draw, width: int, theme: str) -> None:
    page = draw("/map/", width=width, theme=theme)
    drawn = wrong_with(page)
    page.click("[data-act=list]")
    page.click("[data-act=open]")
    assert [drawn, wrong_with(page)] == [[], []]


@two_looks
def test_a_neighbourhood_begins_at_its_claim(draw: Draw, width: int, theme: str) -> None:
    slug = "role-absorbed-by-software-engineers"
    page = draw(f"/map/?claim={slug}", width=width, theme=theme)
    focus = page.evaluate("JSON.stringify([argumentMap.walk.at, document.querySelectorAll('.card.focus').length])")
    assert json.loads(focus) == [slug, 1]
    assert wrong_with(page) == []


def stroke(page: Page, *moments: tuple[tuple[float, float], ...]) -> None:
    """Fingers, each a point, from moment to moment; then they are lifted."""
    session = page.context.new_cdp_session(page)
    for n, points in enumerate((*moments, ())):
        kind = "touchStart" if n == 0 else "touchMove" if points else "touchEnd"
        told = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})


def test_two_fingers_scale_the_map_and_one_moves_it(draw: Draw) -> None:
    page = draw(width=360, has_touch=True)
    page.locator(".map-canvas").scroll_into_view_if_needed()
    box = page.locator(".map-canvas").bounding_box() or {}
    x, y = box["x"] + 180, max(box["y"], 0) + 200
    before = place(page)
    stroke(page, *(((x - apart, y), (x + apart, y)) for apart in (30, 40, 60, 80)))
    pinched = place(page)
    stroke(page, *(((x + moved, y),) for moved in (0, 20, 60, 90)))
    assert pinched[2] > before[2] * 1.5
    assert place(page)[0] > pinched[0]
