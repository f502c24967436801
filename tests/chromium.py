"""A real browser on the live site, for every test that is marked `browser`. Loaded by tests/conftest.py.

Fixtures
    chromium      the browser, started once in a run; without one the test is skipped, in one line that says so
    open_page     open_page("/claims/", width=360, theme="dark", script=False, client=member_client) gives a Page in a
                  window of its own, with nobody's cookies but the client's; its addresses are relative to the live
                  site. More of what Playwright's new_context takes goes by name (locale="de", has_touch=True).
                  Windows are cleared and used again, files that never change stay in their cache: fresh=True gives
                  one that nobody has used, for what is measured or tapped below the page
    complaints    what the consoles of all those windows have said; when the test ends it has to be empty, so
                  that a test which means to provoke one ends with complaints.clear()

Helpers, to import
    every_look    @every_look: the test is run with `width` and `theme` at 360 and 1280 pixels, light and dark; where CI
                  is not set, at 360 in the dark, where most goes wrong
    two_looks     @two_looks: the same, where CI is set at 360 pixels in the dark and at 1280 in the light
    wrong_with    wrong_with(page): what axe finds on it (wrong_with(page, ".map") on a part of it), and how far it
                  runs out of its window; [] where all is well. Text that looks alike on the same ground is measured
                  for its contrast once; where CI is set, all of it
    Open          the type of open_page

The page sees only what was committed: pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)].
Ask for `corpus` where the five essays are needed; nothing is loaded otherwise.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from scripts.run_tests import find_browser

Open = Callable[..., Page]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_measured: set[Page] = set()  # while axe is at work on a page, what the console says is of axe's own doing
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
BESIDES_CONTRAST = {"runOnly": RULES, "rules": {"color-contrast": {"enabled": False}}}
ONCE = "data-measured"
# Marks the first of all texts that look alike: of one style, in one sort of element, on one ground.
MARK_ONCE = """
([part, mark]) => {
  const known = new Map(), grounds = new Map(), seen = new Set();
  const numbered = (told) => known.get(told) ?? known.set(told, known.size).get(told);
  const ground = (element) => {
    if (element && !grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity, position, filter } = getComputedStyle(element);
      const told = [ground(element.parentElement), backgroundColor, backgroundImage, opacity, position, filter];
      grounds.set(element, numbered(told.join()));
    }
    return grounds.get(element);
  };
  const speaks = (element) => element.matches("input, select, textarea, button")
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  for (const element of document.querySelectorAll(part ? `${part} *` : "body *")) {
    if (!speaks(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const name = element.tagName + element.getAttribute("class");
    const look = [ground(element), color, fontSize, fontWeight, textShadow, name].join();
    if (!seen.has(look)) element.setAttribute(mark, "");
    seen.add(look);
  }
  return seen.size;
}
"""
FIND = """
([part, options]) => axe.run(part ?? document, options).then(
  ({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`))
"""
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"
QUIET = "/healthz"  # a page without anything on it, even an icon: the browser then looks for one of its own accord
ICON = "/favicon.ico"
PATIENCE = 90_000  # milliseconds: how quick a page is, is the machine's affair
expect.set_options(timeout=PATIENCE)


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


class Window:
    """A page in a context of its own, and whom its console complains to."""

    def __init__(self, browser: Browser, site: str, **options: Any) -> None:
        self.context = browser.new_context(base_url=site, reduced_motion="reduce", **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def show(self, width: int, theme: Any, client: Client | None, site: str) -> Page:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(media="null", color_scheme=theme, reduced_motion="reduce")
        for name, cookie in client.cookies.items() if client else ():
            self.context.add_cookies([{"name": name, "value": cookie.value, "url": site}])
        return self.page

    def heard(self, message: ConsoleMessage) -> None:
        """Keep what goes wrong on the page. That an answer was refused is for the page itself to say."""
        if message.location["url"].endswith(ICON):
            return
        refused = "Failed to load resource" in message.text and is_answer(message, self.page)
        if message.type in ("error", "warning") and not refused and self.page not in _measured:
            self.complaints.append(message.text)

    def is_cleared(self, *, script: bool) -> bool:
        """Make it as if nobody had used it, but for what is in its cache; False where that cannot be."""
        if self.context.pages != [self.page]:
            return False
        self.complaints = []
        try:
            self.page.mouse.move(-1, -1)
            self.page.goto(QUIET)
            if script:
                self.page.evaluate(FORGET)
            self.context.clear_cookies()
        except Error:
            return False
        return True


class Windows:
    """Those that can be used again, by whether script runs in them: to open one costs more than to show a page."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site = browser, site
        self.free: dict[bool, list[Window]] = {True: [], False: []}
        self.taken: list[tuple[Window, bool | None]] = []

    def take(self, *, script: bool = True, fresh: bool = False, **options: Any) -> Window:
        again = not fresh and not options
        if again and self.free[script]:
            window = self.free[script].pop()
        else:
            window = Window(self.browser, self.site, java_script_enabled=script, **options)
        self.taken.append((window, script if again else None))
        return window

    def put_back(self) -> None:
        for window, script in self.taken:
            if script is not None and window.is_cleared(script=script):
                self.free[script].append(window)
            else:
                window.context.close()
        self.taken.clear()


@pytest.fixture(scope="session")
def windows(chromium: Browser, live_server: LiveServer) -> Windows:
    return Windows(chromium, live_server.url)


@pytest.fixture
def complaints() -> list[str]:
    """What consoles have complained of so far."""
    return []


@pytest.fixture
def open_page(transactional_db: None, windows: Windows, complaints: list[str]) -> Iterator[Open]:
    """Opens an address in a window of its own; at the end, no console may have complained."""

    def opened(
        address: str, *, client: Client | None = None, width: int = 1280, theme: Any = "light", **options: Any
    ) -> Page:
        window = windows.take(**options)
        window.complaints = complaints
        page = window.show(width, theme, client, windows.site)
        page.goto(address)
        return page

    yield opened
    windows.put_back()
    assert complaints == []


def is_answer(message: ConsoleMessage, page: Page) -> bool:
    """Whether it speaks of the page that was asked for, or of one who asked too often."""
    return "429 (Too Many Requests)" in message.text or message.location["url"] == page.url


def wrong_with(page: Page, part: str | None = None) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    _measured.add(page)
    if "CI" in os.environ:
        wrong = violations(page, part, {"runOnly": RULES})
    else:
        marked = page.evaluate(MARK_ONCE, [part, ONCE])
        wrong = violations(page, part, BESIDES_CONTRAST)
        wrong += violations(page, f"[{ONCE}]", CONTRAST) if marked else []
    _measured.discard(page)
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*wrong, f"{too_wide} pixels too wide"] if too_wide > 0 else wrong


def violations(page: Page, part: str | None, options: dict[str, Any]) -> list[str]:
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(FIND, [part, options | {"resultTypes": ["violations"]}])
    return found


def two_looks(test: Callable[..., None]) -> Callable[..., None]:
    """Run narrow in the dark and wide in the light: each width and theme once, where another test has every look."""
    return in_looks([(360, "dark"), (1280, "light")], test)


def every_look(test: Callable[..., None]) -> Callable[..., None]:
    """Run at both widths, in both themes."""
    return in_looks([(width, theme) for theme in ("dark", "light") for width in (360, 1280)], test)


def in_looks(looks: list[tuple[int, str]], test: Callable[..., None]) -> Callable[..., None]:
    """In all of them where CI is set; in the first elsewhere, to be quick."""
    return pytest.mark.parametrize(("width", "theme"), looks if "CI" in os.environ else looks[:1])(test)
