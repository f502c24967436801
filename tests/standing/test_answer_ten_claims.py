"""A reader answers ten claims, one at a time, with no account and without script; leaves, comes back, changes some."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debate.actions.revealing import reveal
from debate.lenses.nearness import held_on
from debate.models import Claim, ClaimVote, User
from tests.conftest import SAME_ORIGIN
from tests.factories import ClaimFactory
from tests.standing.scene import Scene, on, two_who_differ

pytestmark = pytest.mark.django_db
IN_PLACE = {"HTTP_HX_REQUEST": "true"}


def slugs():
    """The claims in the order in which they are asked."""
    keys = held_on("", "").ten
    found = Claim.objects.in_bulk(keys)
    return [found[key].slug for key in keys]


def page(client, query=""):
    answer = client.get(f"/stand/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def asked(html):
    """The number asked, and the claim."""
    number = re.search(r"</span> (\d+) of \d+</p>", html)[1]
    return int(number), re.search(r'id="asked">It is (\S+)\.</h1>', html)[1]


def vote(client, slug, value, **headers):
    return client.post(f"/stand/{slug}/", {"value": value}, **headers)


def answer_all(client, value="agree"):
    for slug in slugs():
        last = vote(client, slug, value)
    return last


# One at a time.


def test_the_first_claim_is_asked_first(told, client):
    html = page(client)
    assert asked(html) == (1, slugs()[0])
    assert f'action="/stand/{slugs()[0]}/"' in html


def test_an_answer_is_a_vote_and_leads_to_the_next_claim(told, reader_client):
    answer = vote(reader_client, slugs()[0], "disagree")
    assert (answer.status_code, answer["Location"]) == (303, "/stand/?n=2")
    kept = ClaimVote.objects.get()
    assert (kept.claim.slug, kept.value, kept.blind_value) == (slugs()[0], "disagree", "disagree")
    assert kept.user.kind == User.Kind.GUEST


def test_ten_answers_lead_to_what_they_come_to(told, reader_client):
    assert answer_all(reader_client)["Location"] == "/stand/?done=1"
    assert ClaimVote.objects.count() == 10
    assert User.objects.count() == 1


def test_with_all_answered_the_page_begins_with_what_they_come_to(told, reader_client):
    answer_all(reader_client)
    assert "You stand nearest to Alba." in page(reader_client)


def test_leaving_loses_nothing(told, reader_client):
    for slug in slugs()[:3]:
        vote(reader_client, slug, "agree")
    reader_client.get("/")
    assert asked(page(reader_client)) == (4, slugs()[3])


def test_a_claim_voted_on_elsewhere_counts_as_answered(told, reader_client):
    first, second = slugs()[:2]
    reader_client.post(f"/claims/{first}/vote/", {"value": "pass"})
    assert asked(page(reader_client)) == (2, second)


def test_a_vote_taken_back_elsewhere_is_open_again(told, reader_client):
    first = slugs()[0]
    vote(reader_client, first, "agree")
    reader_client.post(f"/claims/{first}/vote/", {"value": "withdraw"})
    assert asked(page(reader_client)) == (1, first)


# Back, later, and changed.


def link(html, name):
    found = re.search(rf'<a href="([^"]+)" id="stand-{name}"', html)
    return found and found[1].replace("&amp;", "&")


def test_a_claim_can_be_left_for_later_without_a_vote_and_comes_round_again(told, reader_client):
    assert link(page(reader_client), "on") == "/stand/?n=2"
    for slug in slugs()[1:9]:
        vote(reader_client, slug, "agree")
    assert vote(reader_client, slugs()[9], "agree")["Location"] == "/stand/?n=1"
    assert ClaimVote.objects.count() == 9


def test_the_only_one_left_can_be_left_too(told, reader_client):
    for slug in slugs()[1:]:
        vote(reader_client, slug, "agree")
    html = page(reader_client)
    assert (asked(html)[0], link(html, "on")) == (1, "/stand/?done=1")


def test_going_back_shows_the_answer_and_lets_it_be_changed(told, reader_client):
    for slug in slugs()[:3]:
        vote(reader_client, slug, "agree")
    assert link(page(reader_client), "back") == "/stand/?n=3"
    html = page(reader_client, "?n=3")
    assert re.findall(r'value="(\w+)" id="stand-\w+" aria-pressed="true"', html) == ["agree"]
    assert "You agree." in html
    assert vote(reader_client, slugs()[2], "disagree")["Location"] == "/stand/?n=4"
    assert ClaimVote.objects.get(claim__slug=slugs()[2]).value == "disagree"
    assert ClaimVote.objects.count() == 3


def test_before_the_first_there_is_no_way_back(told, client):
    assert link(page(client), "back") is None


def test_an_answer_can_be_taken_back_and_the_claim_stays(told, reader_client):
    for slug in slugs()[:3]:
        vote(reader_client, slug, "agree")
    assert vote(reader_client, slugs()[1], "withdraw")["Location"] == "/stand/?n=2"
    assert asked(page(reader_client)) == (2, slugs()[1])


def test_taking_back_what_was_never_given_makes_nobody(told, reader_client):
    answer = vote(reader_client, slugs()[0], "withdraw")
    assert (answer.status_code, dict(answer.cookies)) == (303, {})
    assert not User.objects.exists()


def test_going_over_the_answers_leads_from_one_to_the_next_and_to_the_end(told, reader_client):
    answer_all(reader_client)
    assert link(page(reader_client, "?n=1"), "on") == "/stand/?n=2"
    assert link(page(reader_client, "?n=10"), "on") == "/stand/?done=1"


def test_where_one_stands_is_offered_from_five_answers_on(told, reader_client):
    for slug in slugs()[:4]:
        vote(reader_client, slug, "agree")
    assert "so far" not in page(reader_client)
    vote(reader_client, slugs()[4], "agree")
    assert "See where you stand so far" in page(reader_client)


def test_each_of_the_ten_can_be_gone_to(told, client):
    assert re.findall(r'<li><a href="/stand/\?n=(\d+)"', page(client)) == [str(n) for n in range(1, 11)]


# In place.


def test_in_place_the_answer_is_the_next_claim_and_says_what_happened(told, reader_client):
    first, second = slugs()[:2]
    answer = vote(reader_client, first, "agree", **IN_PLACE)
    html = answer.content.decode()
    assert asked(html) == (2, second)
    assert f'data-said="Your vote: agree. Saved. 2 of 10: It is {second}."' in html
    assert "<html" not in html
    assert "reader" in answer.cookies


def test_in_place_what_is_taken_back_is_said_too(told, reader_client):
    vote(reader_client, slugs()[0], "agree")
    html = vote(reader_client, slugs()[0], "withdraw", **IN_PLACE).content.decode()
    assert 'data-said="Your vote is withdrawn. 1 of 10:' in html


def test_in_place_the_last_answer_leads_to_the_page_of_what_they_come_to(told, reader_client):
    for slug in slugs()[:9]:
        vote(reader_client, slug, "agree")
    assert vote(reader_client, slugs()[9], "agree", **IN_PLACE)["HX-Redirect"] == "/stand/?done=1"


# The crowd's mind.


def test_a_vote_after_asking_what_others_think_is_informed(told, member_client, member):
    reveal(reader=member, thing=told.motion)
    vote(member_client, slugs()[0], "agree")
    assert ClaimVote.objects.get().blind_value == ""


def test_what_others_think_shows_neither_before_nor_after_an_answer(told, reader_client, member):
    told.vote(member, **on(10, "disagree"))
    reveal(reader=member, thing=told.motion)
    html = page(reader_client) + page(reader_client, "?n=1")
    html += vote(reader_client, slugs()[0], "agree", **IN_PLACE).content.decode() + page(reader_client, "?n=1")
    answer_all(reader_client)
    html += page(reader_client, "?done")
    assert not re.search(r"tally|split-bar|others agree|of those who", html)


def test_who_says_it_shows_only_afterwards(told, client):
    told.claims["c0"].note = "Said by Alba."
    told.claims["c0"].save()
    assert not re.search("Alba|Berta|asserts|denies", page(client).replace("Said by Alba", ""))


def test_a_note_helps_to_understand_but_that_of_a_thesis_would_tell_whose_it_is(told, client):
    for number in (0, 1):
        told.claims[slugs()[number]].note = "What it means."
        told.claims[slugs()[number]].save()
    told.sides["yes"].thesis = told.claims[slugs()[1]]
    told.sides["yes"].save()
    assert "What it means." in page(client, "?n=1")
    assert "What it means." not in page(client, "?n=2")


# Pages that may be kept.


def test_before_the_first_answer_the_page_is_everybodys(told, client, settings):
    settings.PAGE_CACHE = True
    first = client.get("/stand/")
    assert not first.cookies
    assert "public" in first["Cache-Control"]
    assert client.get("/stand/", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304


@pytest.mark.parametrize("query", ["?n=3", "?done"])
def test_so_are_the_others(told, client, query):
    answer = client.get(f"/stand/{query}")
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]


def test_afterwards_it_is_the_readers_own(told, reader_client):
    vote(reader_client, slugs()[0], "agree")
    assert "private" in reader_client.get("/stand/")["Cache-Control"]
    assert asked(page(Client()))[0] == 1


def test_reading_writes_nothing(told, member_client):
    before = (User.objects.count(), ClaimVote.objects.count())
    for query in ("", "?n=2", "?done"):
        page(member_client, query)
    assert (User.objects.count(), ClaimVote.objects.count()) == before


@pytest.mark.parametrize("who", ["client", "member_client"])
def test_it_asks_the_database_as_much_for_two_authors_as_for_twenty(told, request, member, who):
    reader, counts = request.getfixturevalue(who), []
    told.vote(member, **on(6, "agree"))
    for size in (2, 20):
        for number in range(size - 2):
            told.essay(f"Author {number}", {**on(6, "asserts"), f"own-{number}": "denies"})
        for query in ("?n=1", "?done"):
            with CaptureQueriesContext(connection) as queries:
                page(reader, query)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12


# Another motion, and what is not there.


def test_another_motion_is_asked_about_by_its_name(told, reader_client):
    other = two_who_differ(Scene(featured=False, prefix="other-"))
    where = f"?motion={other.motion.slug}"
    first = re.search(r'action="/stand/(other-c\d)/"', page(reader_client, where))[1]
    assert vote(reader_client, first, "agree")["Location"] == f"/stand/{where}&n=2"
    assert f'href="/stand/{where}&amp;n=1" id="stand-back"' in page(reader_client, f"{where}&n=2")


def test_naming_the_featured_motion_is_no_other_place(told, client):
    assert link(page(client, f"?motion={told.motion.slug}"), "on") == "/stand/?n=2"


def test_where_nobody_has_said_enough_it_is_too_early_to_ask(scene, client):
    scene.essay("Alba", on(4, "asserts"))
    html = page(client)
    assert "It is too early to ask." in html
    assert 'href="/claims/"' in html


def test_where_there_is_no_claim_either(scene, client):
    assert "It is too early to ask." in page(client)


def test_two_authors_who_say_the_same_are_asked_about_as_well(scene, client):
    for name in ("Alba", "Berta"):
        scene.essay(name, on(6, "asserts"))
    assert "1 of 6</p>" in page(client)


def test_an_answer_to_a_claim_that_is_no_longer_asked_counts_and_leads_on(told, reader_client):
    other = ClaimFactory(motion=told.motion)
    assert vote(reader_client, other.slug, "agree")["Location"] == "/stand/?n=1"
    assert ClaimVote.objects.get().claim == other


def test_an_answer_to_a_claim_merged_meanwhile_leads_to_the_survivor_and_is_not_counted(told, reader_client):
    survivor = told.claims["c0"]
    merged = ClaimFactory(motion=told.motion, status="merged", merged_into=survivor)
    assert vote(reader_client, merged.slug, "agree")["Location"] == f"{survivor.get_absolute_url()}#vote"
    assert not ClaimVote.objects.exists()


# What makes no sense.


UNREADABLE = [
    *("?n=0", "?n=-1", "?n=x", "?n=1.5", "?n=%D9%A1", "?n=1%00", "?n=1&n=2", "?n=" + "9" * 500),
    *("?who=me", "?motion=%00", "?motion=%ff", "?done&done"),
]


def test_an_address_that_makes_no_sense_is_refused(told, client):
    assert {query: client.get(f"/stand/{query}").status_code for query in UNREADABLE} == dict.fromkeys(UNREADABLE, 400)


def test_a_question_or_motion_that_is_not_there_is_not_found(told, client):
    queries = ("?n=11", "?n=99&done", "?motion=no-such-motion")
    assert [client.get(f"/stand/{query}").status_code for query in queries] == [404, 404, 404]


def test_an_answer_that_makes_no_sense_is_refused_and_changes_nothing(told, reader_client):
    hostile = [{}, {"value": ""}, {"value": "maybe"}, {"value": "agree\x00"}, {"value": ["agree", "pass"]}]
    assert [reader_client.post("/stand/c0/", fields).status_code for fields in hostile] == [400] * 5
    assert not User.objects.exists()


def test_a_claim_that_is_not_there_takes_no_answer(told, reader_client):
    assert vote(reader_client, "no-such-claim", "agree").status_code == 404
    assert not User.objects.exists()


def test_another_site_cannot_answer(told):
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN | {"HTTP_SEC_FETCH_SITE": "cross-site"})
    assert vote(client, "c0", "agree").status_code == 403
    assert not ClaimVote.objects.exists()


def test_an_answer_is_posted(told, client):
    assert client.get("/stand/c0/").status_code == 405


# The way there.


def test_the_start_page_leads_there(told, client):
    assert 'class="button main" href="/stand/"' in client.get("/").content.decode()


def test_the_page_of_another_motion_leads_to_its_own(scene, client):
    other = two_who_differ(Scene(featured=False, prefix="other-"))
    html = client.get(other.motion.get_absolute_url()).content.decode()
    assert f'href="/stand/?motion={other.motion.slug}"' in html


def test_a_motion_without_essays_does_not(scene, client):
    assert "/stand/" not in client.get("/").content.decode()
