"""axe finds nothing, nothing runs out of the page, and no console complains: both themes, both widths."""

import pytest

from tests.chromium import every_look, wrong_with

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


@every_look
def test_as_a_first_visitor_finds_them(transactional_db, corpus, open_page, theme, width):
    page = open_page("/", theme=theme, width=width)
    told = {}
    for address in PAGES:
        page.goto(address)
        told[address] = wrong_with(page)
    assert told == {address: [] for address in PAGES}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_with_everything_given_and_shown(transactional_db, corpus, open_page, theme):
    page = open_page("/claims/role-remains-distinct/", theme=theme, width=360)
    told = []
    page.click("#vote-agree")
    page.wait_for_selector("#vote .tally")
    page.click("text=Add a tag")
    told.append(wrong_with(page))
    page.goto("/predictions/ml-engineer-a-distinct-role-in-2030/")
    page.click("#step-likely")
    page.wait_for_selector("#forecast .tally")
    told.append(wrong_with(page))
    page.goto("/")
    page.click("#after-absorbed")
    page.wait_for_selector('#after-absorbed[aria-pressed="true"]')
    told.append(wrong_with(page))
    page.goto("/claims/")
    told.append(wrong_with(page))
    assert told == [[]] * 4
