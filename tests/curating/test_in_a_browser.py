"""What only a browser does: the strict policy holds, fields complete, Markdown is looked at, sentences are counted."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from tests import factories as make
from tests.chromium import Open, wrong_with
from tests.curating.forms import page as address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(open_page: Open, room: Client) -> Page:
    """A curator's browser."""
    return open_page("/admin/", client=room)


@pytest.fixture
def motion(transactional_db: None) -> Any:
    motion = make.motion_with_claims(2)
    make.PredictionFactory(motion=motion, essay=motion.essays.get())
    return motion


def rows_of(motion: Any) -> dict[str, Any]:
    essay, claim = motion.essays.get(), motion.claims.last()
    relation = claim.relations.get()
    rows = {"motion": motion, "author": essay.authors.get(), "essay": essay, "claim": claim, "relation": relation}
    told = {"stance": claim.stances.get(), "prediction": motion.predictions.get(), "tag": claim.tag_uses.first().tag}
    return {**rows, **told, "counterpoint": relation}


def test_the_strict_policy_holds_on_every_page(desk, motion, complaints):
    rows = rows_of(motion)
    pages = [address("claim", name, rows["claim"].pk) for name in ("history", "delete")]
    pages += [address(noun, "change", row.pk) for noun, row in rows.items()]
    pages += [address("claim"), address("prediction"), address("stance", "add"), "/admin/"]
    for path in pages:
        desk.goto(path)
    assert complaints == []


@pytest.mark.parametrize("noun", ["claim", "prediction"])
def test_a_page_can_be_used_by_everybody(desk, motion, noun):
    desk.goto(address(noun, "change", rows_of(motion)[noun].pk), wait_until="networkidle")
    assert wrong_with(desk) == []


def test_markdown_is_shown_and_said(desk, motion):
    desk.goto(address("claim", "change", motion.claims.first().pk))
    desk.get_by_label("Note").fill("It is *so*.")
    desk.get_by_role("button", name="Preview").click()
    expect(desk.locator(".preview[aria-live=polite] em")).to_have_text("so")


def test_a_sentence_tells_how_much_is_left(desk, motion):
    desk.goto(address("claim", "add"))
    desk.get_by_label("Text").fill("x" * 30)
    expect(desk.locator("output.left").first).to_have_text("250 characters left")


def test_a_claim_is_completed_while_typing(desk, motion):
    claim = motion.claims.first()
    desk.goto(address("stance", "add"))
    desk.locator("#id_claim + .select2 .select2-selection").click()
    desk.locator(".select2-search__field").fill(claim.text[:18])
    desk.locator(".select2-results__option", has_text=claim.text).click()
    expect(desk.locator("#select2-id_claim-container")).to_contain_text(claim.text)


def test_a_row_added_to_a_page_is_furnished_too(desk, motion):
    desk.goto(address("stance", "change", motion.claims.first().stances.get().pk))
    desk.get_by_role("button", name="Add another Passage").click()
    desk.locator("#id_passages-1-gist").fill("Says it again.")
    expect(desk.locator("#passages-1 output.left")).to_have_text("386 characters left")


def test_a_day_is_picked_from_the_calendar(desk, motion):
    desk.goto(address("motion", "change", motion.pk))
    desk.locator("#calendarlink0").click()
    desk.locator("#calendarin0 td a", has_text="17").first.click()
    expect(desk.locator("#id_opened_on")).to_have_value("2020-04-17")


def test_a_new_claim_is_added_in_passing(desk, motion):
    desk.goto(address("stance", "add", essay=motion.essays.get().pk))
    with desk.expect_popup() as opened:
        desk.locator("#add_id_claim").click()
    opened.value.get_by_label("Text").fill("Made in passing.")
    opened.value.get_by_label("Kind").select_option("value")
    opened.value.get_by_role("button", name="Save").click()
    expect(desk.locator("#select2-id_claim-container")).to_contain_text("Made in passing.")


def test_the_numbers_of_further_pages_can_be_read_in_the_dark(desk, motion):
    for _n in range(60):
        make.ClaimFactory(motion=motion)
    desk.emulate_media(color_scheme="dark")
    desk.goto(address("claim"))
    desk.locator(".paginator a").first.hover()
    found = Axe().run(desk, context=".paginator", options={"runOnly": ["color-contrast"]}).response
    assert [*found["violations"], *found["incomplete"]] == []
