"""A reader says where they stand before reading, reads, says it again, and sees in place whether they moved."""

import re

import pytest
from django.utils.html import strip_tags

from debate.models import Ballot
from tests.factories import motion_with_claims

pytestmark = pytest.mark.django_db
IN_PLACE = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def motion(db):
    return motion_with_claims(2, featured=True)


@pytest.fixture
def essay(motion):
    return motion.essays.get()


def say(client, thing, phase, side, **headers):
    return client.post(f"{thing.get_absolute_url()}ballot/", {"phase": phase, "side": side}, **headers)


def vote(client, motion):
    client.post(f"{motion.claims.first().get_absolute_url()}vote/", {"value": "agree"})


def parts(html):
    """The places on a page where a ballot is given, in order: their id, and their words."""
    found = re.findall(r'<section class="act ballot" id="(\w+)"(.*?)</section>', html, re.DOTALL)
    return {name: words(f"<p{inside}") for name, inside in found}


def words(html):
    told = " ".join(strip_tags(html.replace("</", " </")).split())
    return re.sub(r" ([.,;])", r"\1", told)


def part(client, thing, name="ballot"):
    return parts(client.get(thing.get_absolute_url()).content.decode())[name]


# On the motion.


def test_before_anything_it_asks_where_one_stands(client, motion):
    assert "Before you read: where do you stand? " in part(client, motion)


def test_then_it_says_what_to_do_and_asks_no_second_time_at_once(reader_client, motion):
    say(reader_client, motion, "before", "yes")
    told = part(reader_client, motion)
    assert "Before reading you said: It says yes And when you have read? Read an essay, or vote on some claims" in told
    assert "I have read enough to answer now" in told


def test_once_one_has_voted_it_asks_again(reader_client, motion):
    say(reader_client, motion, "before", "yes")
    vote(reader_client, motion)
    assert "Before reading you said: It says yes And now: where do you stand?" in part(reader_client, motion)


def test_once_one_has_read_an_essay_it_asks_again(reader_client, motion, essay):
    say(reader_client, motion, "before", "yes")
    say(reader_client, essay, "after", "yes")
    assert "And now: where do you stand?" in part(reader_client, motion)


def test_whoever_begins_without_saying_is_asked_where_they_stand_now(reader_client, motion):
    vote(reader_client, motion)
    told = part(reader_client, motion)
    assert "You have begun: where do you stand now?" in told
    assert "this would come late" in told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("yes", "no", "You moved from It says yes to It says no."),
        ("undecided", "yes", "You moved from Undecided to It says yes."),
        ("yes", "yes", "You stand where you stood: It says yes."),
    ],
)
def test_in_the_end_it_says_whether_one_moved(reader_client, motion, before, after, told):
    for thing, name in ((motion, "ballot"), (motion.essays.get(), "after")):
        say(reader_client, thing, "before", before)
        say(reader_client, thing, "after", after)
        assert told in part(reader_client, thing, name)


def test_it_leads_to_who_else_moved(reader_client, motion, essay):
    for thing, address in ((motion, "/insights/swing/"), (essay, f"/insights/swing/?essay={essay.slug}")):
        say(reader_client, thing, "after", "no")
        assert f'<a href="{address}">' in reader_client.get(thing.get_absolute_url()).content.decode()


@pytest.mark.parametrize("where", ["motion", "essay"])
def test_without_a_before_it_says_that_nobody_can_tell(reader_client, where, request):
    thing = request.getfixturevalue(where)
    say(reader_client, thing, "after", "no")
    told = part(reader_client, thing, "ballot" if where == "motion" else "after")
    assert "After reading you say: It says no." in told
    assert "nobody can tell whether you moved" in told


def test_after_a_late_before_it_says_so(reader_client, motion):
    vote(reader_client, motion)
    say(reader_client, motion, "before", "yes")
    say(reader_client, motion, "after", "no")
    told = part(reader_client, motion)
    assert "kept as a late one" in told
    assert "You moved from It says yes to It says no." in told
    assert "you are not counted among those who moved or stayed" in told


def test_the_start_page_says_the_same(reader_client, motion):
    say(reader_client, motion, "before", "yes")
    say(reader_client, motion, "after", "no")
    assert "You moved from It says yes to It says no." in parts(reader_client.get("/").content.decode())["ballot"]


# On an essay: before at its top, after at its end.


def test_it_asks_before_the_essay_and_after_it(client, essay):
    html = client.get(essay.get_absolute_url()).content.decode()
    assert list(parts(html)) == ["ballot", "after"]
    assert html.index('id="ballot"') < html.index('id="summary"') < html.index('id="claims"') < html.index('id="after"')


def test_at_the_top_it_says_that_it_will_ask_at_the_end(reader_client, essay):
    say(reader_client, essay, "before", "yes")
    assert "Now read. At the end you will be asked whether you have changed your mind." in part(reader_client, essay)
    assert "Before reading you said: It says yes" in part(reader_client, essay, "after")


def test_whoever_comes_to_the_end_first_is_told_of_the_beginning(client, essay):
    assert "Not read yet? Say where you stand before" in part(client, essay, "after")


@pytest.mark.parametrize(("phase", "anchor"), [("before", "#ballot"), ("after", "#after")])
def test_without_script_one_comes_back_to_where_one_was(reader_client, essay, phase, anchor):
    assert say(reader_client, essay, phase, "yes")["Location"] == essay.get_absolute_url() + anchor


@pytest.mark.parametrize(("phase", "first", "other"), [("before", "ballot", "after"), ("after", "after", "ballot")])
def test_in_place_both_parts_are_made_anew_and_one_is_announced(reader_client, essay, phase, first, other):
    html = say(reader_client, essay, phase, "yes", **IN_PLACE).content.decode()
    assert list(parts(html)) == [first, other]
    assert re.findall(r'id="(\w+)" tabindex="-1" data-(said|hx-swap-oob)=', html) == [
        (first, "said"),
        (other, "hx-swap-oob"),
    ]


def test_in_place_on_the_motion_it_says_whether_one_moved(reader_client, motion):
    say(reader_client, motion, "before", "yes", **IN_PLACE)
    told = parts(say(reader_client, motion, "after", "no", **IN_PLACE).content.decode())
    assert "You moved from It says yes to It says no." in told["ballot"]


def test_taking_it_back_asks_again(reader_client, essay):
    say(reader_client, essay, "before", "yes")
    say(reader_client, essay, "after", "no")
    say(reader_client, essay, "after", "withdraw")
    assert "You have read it: where do you stand now?" in part(reader_client, essay, "after")
    assert Ballot.objects.get().phase == "before"
