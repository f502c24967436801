"""A reader goes down a list, page by page, in an order that does not come from votes."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from debate.actions.corpus import refresh
from debate.models import Claim
from tests.browsing.test_narrow_the_claims import every_page, texts
from tests.factories import (
    AuthorFactory,
    ClaimFactory,
    EssayFactory,
    MotionFactory,
    PredictionFactory,
    motion_with_claims,
    tag,
)

pytestmark = pytest.mark.django_db


def test_the_first_page_has_twenty_and_leads_on(corpus, client):
    page = client.get("/claims/")
    assert len(texts(page)) == 20
    assert b"More claims" in page.content


def test_the_last_page_leads_nowhere(db, client):
    motion_with_claims(20, featured=True)
    assert b"More claims" not in client.get("/claims/").content


def following(page):
    """The address of the next page."""
    return "?" + re.search(r'href="\?([^"]*page=[^"]*)"', page.content.decode())[1].replace("&amp;", "&")


def start(page):
    """Where the way back to the first page leads, None where there is no such way."""
    told = re.search(r'href="([^"]*)">Back to the start of the list', page.content.decode())
    return told and told[1].replace("&amp;", "&")


LISTS = [
    "/claims/",
    "/claims/?side=yes&order=new",
    "/claims/?q=thing",
    "/tags/common/",
    "/tags/",
    "/essays/",
    "/authors/",
    "/motions/",
    "/predictions/?state=open",
    "/predictions/?state=open&essay=the-one",
]


@pytest.fixture
def long_lists(db):
    """More of everything than a page holds."""
    motion = motion_with_claims(42, featured=True)
    essay = EssayFactory(motion=motion, slug="the-one")
    PredictionFactory.create_batch(21, motion=motion, essay=essay)
    for number, claim in enumerate(motion.claims.all()):
        claim.side = motion.sides.get(slug="yes")
        claim.save()
        tag(claim, "common")
        for letter in "abc":
            tag(claim, f"only {number} {letter}")
    MotionFactory.create_batch(21)
    for author in AuthorFactory.create_batch(21):
        EssayFactory(motion=motion).authors.set([author])
    refresh(motion)


def ways_back(client, address):
    """Where the way back leads on the first two pages of a list."""
    first = client.get(address)
    second = client.get(address.split("?")[0] + following(first))
    return start(first), start(second)


def test_a_later_page_leads_back_to_the_first_of_the_same_list(long_lists, client):
    assert {address: ways_back(client, address) for address in LISTS} == {address: (None, address) for address in LISTS}


def test_a_page_that_nothing_is_left_on_leads_back_too(long_lists, client):
    second = "/claims/" + following(client.get("/claims/?side=yes"))
    Claim.objects.all().delete()
    page = client.get(second.replace("side=yes&", ""))
    assert "Nothing is left on this page." in page.content.decode()
    assert start(page) == "/claims/"


@pytest.mark.parametrize("order", ["central", "unanswered", "new"])
def test_every_order_shows_every_claim_once(corpus, client, order):
    found = every_page(client, f"/claims/?order={order}")
    assert sorted(found) == sorted(Claim.objects.visible().values_list("text", flat=True))


def test_central_is_the_default_and_puts_first_what_most_hangs_on(corpus, client):
    found = every_page(client, "/claims/")
    central = dict(Claim.objects.visible().values_list("text", "standing__central"))
    assert [central[text] for text in found] == sorted(central.values(), reverse=True)


def test_unanswered_puts_first_what_has_most_open_counterpoints(corpus, client):
    found = every_page(client, "/claims/?order=unanswered")
    told = {
        text: (a, b)
        for text, a, b in Claim.objects.visible().values_list("text", "standing__unanswered", "standing__central")
    }
    assert [told[text] for text in found] == sorted(told.values(), reverse=True)


def test_new_puts_the_newest_first(corpus, client):
    ClaimFactory(motion=corpus, text="This came last.")
    refresh(corpus)
    assert texts(client.get("/claims/?order=new"))[0] == "This came last."


def test_equals_are_shuffled_by_the_day_and_the_database_agrees(db, client):
    motion = motion_with_claims(15, featured=True)
    seen = set()
    for day in (1, 2, 3):
        with time_machine.travel(datetime(2026, 12, day, 12, tzinfo=UTC)):
            found = texts(client.get("/claims/?order=new"))
            asked = (
                Claim.objects.visible().of_motion(motion).in_order("new", datetime(2026, 12, day, tzinfo=UTC).date())
            )
            assert found == list(asked.values_list("text", flat=True))
            seen.add(tuple(texts(client.get("/claims/"))))
    assert seen


def test_a_list_begun_yesterday_goes_on_in_yesterdays_shuffle(corpus, client):
    with time_machine.travel(datetime(2026, 12, 1, 23, 59, tzinfo=UTC)):
        first = client.get("/claims/")
        whole = every_page(client, "/claims/")
    following = re.search(r'href="\?([^"]*page=[^"]*)"', first.content.decode())[1]
    with time_machine.travel(datetime(2026, 12, 2, 0, 1, tzinfo=UTC)):
        assert texts(client.get(f"/claims/?{following}")) == whole[20:40]


def test_an_edit_meanwhile_repeats_and_loses_nothing_else(corpus, client):
    first = client.get("/claims/")
    whole = every_page(client, "/claims/")
    following = re.search(r'href="\?([^"]*page=[^"]*)"', first.content.decode())[1]
    Claim.objects.get(text=whole[0]).save()
    assert texts(client.get(f"/claims/?{following}")) == whole[20:40]


def test_votes_change_no_default_order(corpus, client, member_client):
    before = every_page(client, "/claims/")
    for claim in Claim.objects.visible()[:5]:
        member_client.post(f"/claims/{claim.slug}/vote/", {"value": "agree"})
    assert every_page(client, "/claims/") == before


def test_a_reader_sees_their_own_votes_in_the_list(corpus, member_client):
    first = texts(member_client.get("/claims/"))[0]
    claim = Claim.objects.get(text=first)
    member_client.post(f"/claims/{claim.slug}/vote/", {"value": "disagree"})
    assert member_client.get("/claims/").content.decode().count("Your vote: disagree") == 1


def test_a_withdrawn_vote_is_marked_as_such(corpus, member_client):
    claim = Claim.objects.get(text=texts(member_client.get("/claims/"))[0])
    for value in ("agree", "withdraw"):
        member_client.post(f"/claims/{claim.slug}/vote/", {"value": value})
    assert "Your vote: agree" not in member_client.get("/claims/").content.decode()
