"""A reader sees which authors are nearest, on how much that rests, where they differ, and what to read next."""

import re

import pytest
from django.test import Client

from tests.conftest import SAME_ORIGIN
from tests.standing.scene import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(member):
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(member)
    return client


def seen(client, query="?done"):
    """The page in one line, without what marks it up."""
    html = client.get(f"/stand/{query}").content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def links(client):
    html = client.get("/stand/?done").content.decode().split("<main")[1]
    return re.findall(r'href="([^"]+)"', html)


# Who is nearest.


def test_the_nearest_comes_first_with_what_it_rests_on(told, client, member):
    told.vote(member, **on(10, "agree"))
    page = seen(client)
    assert "You stand nearest to Alba. You agree on 10 of the 10 claims on which you both take a stand." in page
    assert "you agree on 10 of 10: 100%, plausibly 72% to 100%" in page
    assert "you agree on 5 of 10: 50%, plausibly 24% to 76%" in page
    assert page.index("100%, plausibly") < page.index("50%, plausibly")


def test_that_it_rests_on_little_is_said(told, client, member):
    told.vote(member, **on(10, "agree"))
    assert "anything from 72% to 100% would be plausible" in seen(client)


def test_two_who_are_equally_near_are_both_named(scene, client, member):
    for name in ("Alba", "Berta"):
        scene.essay(name, on(6, "asserts"))
    scene.vote(member, **on(6, "agree"))
    assert "You stand equally near to Alba and Berta. With each you agree on 6 of the 6" in seen(client)


def test_many_who_are_equally_near_are_not_listed_in_the_heading(scene, client, member):
    for name in ("Alba", "Berta", "Carla", "Dora"):
        scene.essay(name, on(6, "asserts"))
    scene.vote(member, **on(6, "agree"))
    assert "You stand equally near to several authors." in seen(client)


def test_where_even_the_nearest_differs_on_most_that_is_said(scene, client, member):
    scene.essay("Alba", on(6, "asserts"))
    scene.vote(member, **on(5, "disagree"), c5="agree")
    assert "You stand apart from all of them. Alba comes nearest, and you agree on 1 of the 6" in seen(client)


def test_every_number_leads_to_its_formula(told, client, member):
    told.vote(member, **on(10, "agree"))
    assert links(client).count("/about/method/#standing") == 3


# Where they differ, and what to read.


def test_a_gap_tells_both_answers_and_leads_to_the_place(told, client, member):
    told.vote(member, **on(5, "agree"), c9="agree")
    page = seen(client)
    assert "You differ on It is c9. you agree Berta denies" in page
    berta = told.motion.essays.get(authors__name="Berta")
    assert f"{berta.get_absolute_url()}#c9" in links(client)


def test_three_gaps_are_shown_and_the_others_counted(told, client, member):
    told.vote(member, **on(10, "agree"))
    assert "and on 2 more" in seen(client)


def test_what_to_read_next_is_from_the_nearest_and_from_whoever_differs_most(told, client, member):
    told.vote(member, **on(10, "agree"))
    page = seen(client)
    assert "By Alba, nearest to you" in page
    assert "By Berta, who differs from you most; begin where you part: “It is c" in page


def test_where_nobody_differs_only_the_nearest_is_to_be_read(scene, client, member):
    scene.essay("Alba", on(6, "asserts"))
    scene.vote(member, **on(6, "agree"))
    page = seen(client)
    assert "By Alba, nearest to you" in page
    assert "who differs from you most" not in page


# Too little.


def test_with_nothing_answered_one_is_asked_to_begin(told):
    page = seen(Client())
    assert "Nothing to tell yet." in page
    assert "Begin" in page


def test_with_four_it_is_too_little_and_says_how_to_go_on(told, client, member):
    told.vote(member, **on(4, "agree"))
    page = seen(client)
    assert "Too little to tell yet. You have agreed or disagreed with 4 claims. It takes five" in page
    assert "Go on: 6 claims left" in page
    assert "Alba 4 claims in common" in page
    assert "plausibly" not in page


def test_passes_are_an_answer_that_brings_nobody_nearer(told, client, member):
    told.vote(member, **on(10, "pass"))
    assert "You have passed on everything so far." in seen(client, "")
    told.vote(member, c0="agree")
    assert "You passed on 9, which is an answer too" in seen(client, "")


def test_one_of_whom_too_little_is_known_stands_apart_from_the_others(told, client, member):
    told.essay("Carla", {**on(2, "asserts"), "c10": "asserts", "c11": "denies"})
    told.vote(member, **on(10, "agree"))
    page = seen(client)
    assert "Too little in common yet" in page
    assert "Carla 2 claims in common" in page


def test_what_would_tell_more_is_offered(told, client, member):
    told.essay("Carla", {**on(5, "asserts"), "c10": "asserts"})
    told.vote(member, **on(10, "agree"))
    assert "It is c10." in seen(client).split("Answer next")[1]


def test_a_member_who_has_answered_elsewhere_needs_not_begin_anew(told, client, member):
    told.vote(member, **on(10, "agree"))
    assert "You stand nearest to Alba." in seen(client, "")


def test_another_readers_page_is_their_own(told, client, member):
    told.vote(member, **on(10, "agree"))
    assert "private" in client.get("/stand/?done")["Cache-Control"]
    assert "Nothing to tell yet." in seen(Client())
