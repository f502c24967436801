"""axe finds nothing, nothing runs out of the page, and no console complains: both themes, both widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = [
    "/claims/",
    "/claims/?side=remains&tag=skills&q=engineer",
    "/claims/?q=zeppelin",
    "/claims/?order=top",
    "/claims/role-remains-distinct/",
    "/predictions/",
    "/predictions/ml-engineer-a-distinct-role-in-2030/",
    "/tags/",
    "/tags/skills/",
]


def look_at(page):
    """What axe finds wrong, and how far the page runs out of the window."""
    found = Axe().run(page)
    wrong = [f"{violation['id']}: {violation['nodes'][0]['html'][:120]}" for violation in found.response["violations"]]
    return wrong, page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_as_a_first_visitor_finds_them(transactional_db, corpus, open_page, theme, width):
    page = open_page("/", theme=theme, width=width)
    told = {}
    for address in PAGES:
        page.goto(address)
        told[address] = look_at(page)
    assert told == dict.fromkeys(PAGES, ([], 0))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_with_everything_given_and_shown(transactional_db, corpus, open_page, theme):
    page = open_page("/claims/role-remains-distinct/", theme=theme, width=360)
    told = []
    page.click("#vote-agree")
    page.wait_for_selector("#vote .tally")
    page.click("text=Add a tag")
    told.append(look_at(page))
    page.goto("/predictions/ml-engineer-a-distinct-role-in-2030/")
    page.click("#step-likely")
    page.wait_for_selector("#forecast .tally")
    told.append(look_at(page))
    page.goto("/")
    page.click("#before-remains")
    page.wait_for_selector("#after-absorbed")
    told.append(look_at(page))
    page.goto("/claims/")
    told.append(look_at(page))
    assert told == [([], 0)] * 4
