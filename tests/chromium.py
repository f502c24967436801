"""A real browser on the live site, for every test that is marked `browser`. Loaded by tests/conftest.py.

Fixtures
    chromium      the browser, started once in a run; without one the test is skipped, in one line that says so
    open_page     open_page("/claims/", width=360, theme="dark", script=False, client=member_client) gives a Page in a
                  window of its own, with nobody's cookies but the client's; its addresses are relative to the live
                  site. More of what Playwright's new_context takes goes by name (locale="de", has_touch=True)
    complaints    what the consoles of all those windows have said; when the test ends it has to be empty, so
                  that a test which means to provoke one ends with complaints.clear()

Helpers, to import
    every_look    @every_look: the test is run with `width` and `theme` at 360 and 1280 pixels, light and dark; where CI
                  is not set, in two of the four
    two_looks     @two_looks: the same at 360 pixels in the dark and at 1280 in the light
    wrong_with    wrong_with(page): what axe finds on it (wrong_with(page, ".map") on a part of it), and how far it
                  runs out of its window; [] where all is well
    Open          the type of open_page

The page sees only what was committed: pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)].
Ask for `corpus` where the five essays are needed; nothing is loaded otherwise.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from scripts.run_tests import find_browser

Open = Callable[..., Page]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (360, 1280)
THEMES = ("light", "dark")
TWO_LOOKS = [(360, "dark"), (1280, "light")]
_measured: set[Page] = set()  # while axe is at work on a page, what the console says is of axe's own doing


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of this run."""
    path = find_browser()
    if path is None:
        pytest.skip("no chromium was found; CHROMIUM=/path/to/chromium names one")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop beside the test; nothing here is async
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def complaints() -> list[str]:
    """What consoles have complained of so far."""
    return []


@pytest.fixture
def open_page(
    chromium: Browser, transactional_db: None, live_server: LiveServer, complaints: list[str]
) -> Iterator[Open]:
    """Opens an address in a window of its own; at the end, no console may have complained."""
    contexts: list[BrowserContext] = []

    def opened(address: str, *, client: Client | None = None, **options: Any) -> Page:
        context = new_context(chromium, live_server.url, **options)
        contexts.append(context)
        for name, cookie in client.cookies.items() if client else ():
            context.add_cookies([{"name": name, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        listen(page, complaints)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def new_context(
    browser: Browser, site: str, *, width: int = 1280, theme: Any = "light", script: bool = True, **options: Any
) -> BrowserContext:
    return browser.new_context(
        base_url=site,
        viewport={"width": width, "height": 900},
        color_scheme=theme,
        java_script_enabled=script,
        reduced_motion="reduce",
        **options,
    )


def listen(page: Page, complaints: list[str]) -> None:
    """Keep what goes wrong on a page. That an answer was refused is for the page itself to say."""

    def heard(message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text and is_answer(message, page)
        if message.type in ("error", "warning") and not refused and page not in _measured:
            complaints.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))


def is_answer(message: ConsoleMessage, page: Page) -> bool:
    """Whether it speaks of the page that was asked for, or of one who asked too often."""
    return "429 (Too Many Requests)" in message.text or message.location["url"] == page.url


def wrong_with(page: Page, part: str | None = None) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    _measured.add(page)
    found = Axe().run(page, context=part, options={"runOnly": RULES}).response["violations"]
    _measured.discard(page)
    wrong = [f"{violation['id']}: {violation['nodes'][0]['html'][:120]}" for violation in found]
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*wrong, f"{too_wide} pixels too wide"] if too_wide > 0 else wrong


def two_looks(test: Callable[..., None]) -> Callable[..., None]:
    """Run narrow in the dark and wide in the light: each width and theme once, where another test has every look."""
    return pytest.mark.parametrize(("width", "theme"), TWO_LOOKS)(test)


def every_look(test: Callable[..., None]) -> Callable[..., None]:
    """Run at both widths, in both themes, where CI is set; each width and each theme once elsewhere, to be quick."""
    looks = [(width, theme) for width in WIDTHS for theme in THEMES]
    return pytest.mark.parametrize(("width", "theme"), looks if "CI" in os.environ else TWO_LOOKS)(test)
