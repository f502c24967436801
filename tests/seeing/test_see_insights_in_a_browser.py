"""Insights in a real browser: nobody shut out, asking by keyboard, print, and no script needed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from debate.actions.insights.computing import compute
from debate.models import Motion, Reveal
from tests import factories as make
from tests.chromium import Open, every_look, two_looks, wrong_with
from tests.seeing.crowd import camps, take_sides

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/insights/"


@pytest.fixture
def reader(transactional_db: None) -> Client:
    """Somebody on the map of a motion that others have voted on too, who has asked to see it."""
    motion = make.motion_with_claims(10, featured=True)
    crowd = camps(motion, 12, 12)
    for days, (readers, side) in enumerate(zip(crowd, motion.sides.order_by("position"), strict=True)):
        take_sides(motion, readers, side, at=timezone.now() - timedelta(days=9 - 4 * days))
    compute(motion=motion)
    Reveal.objects.create(user=crowd[0][0], motion=motion)
    client = Client()
    client.force_login(crowd[0][0])
    return client


def unfold(page: Page) -> Page:
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    return page


@every_look
def test_the_corpus_shuts_nobody_out(open_page: Open, corpus: Motion, width: int, theme: str) -> None:
    page = open_page(PAGE, width=width, theme=theme)
    assert wrong_with(page) == []


@two_looks
def test_what_readers_make_of_it_shuts_nobody_out(open_page: Open, reader: Client, width: int, theme: str) -> None:
    assert wrong_with(unfold(open_page(PAGE, width=width, theme=theme, client=reader))) == []


@two_looks
def test_a_claim_with_its_strength_shuts_nobody_out(open_page: Open, corpus: Motion, width: int, theme: str) -> None:
    thesis = corpus.sides.first().thesis
    assert wrong_with(unfold(open_page(thesis.get_absolute_url(), width=width, theme=theme))) == []


def test_asking_takes_one_key_and_no_script(open_page: Open, corpus: Motion) -> None:
    page = open_page(PAGE, script=False)
    page.focus("form.ask button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/insights/#readers")
    assert page.locator("text=Nothing has been counted here yet.").count() == 1


def test_ones_own_place_lies_on_the_paper(open_page: Open, reader: Client) -> None:
    page = open_page(PAGE, client=reader, width=360)
    paper, ring = (page.locator(name).bounding_box() for name in (".reader-map", ".you circle"))
    assert paper["x"] <= ring["x"] <= paper["x"] + paper["width"] - ring["width"]


def test_print_is_on_paper_with_every_chart(open_page: Open, reader: Client) -> None:
    page = open_page(PAGE, client=reader, theme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".reader-map, .support").count() == 2
