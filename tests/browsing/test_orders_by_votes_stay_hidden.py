"""Orders that come from votes show once the reader has asked for the motion's results, and not before."""

import pytest

from debate.actions.voting import cast_vote
from debate.models import Claim, Reveal
from tests.browsing.test_narrow_the_claims import texts
from tests.factories import GuestFactory, MemberFactory

pytestmark = pytest.mark.django_db
BY_VOTES = ["top", "contested"]


@pytest.fixture
def liked(corpus):
    """The one claim that members agree with."""
    claim = Claim.objects.visible().last()
    for _ in range(3):
        cast_vote(reader=MemberFactory(), claim=claim, value="agree", informed=False)
    return claim


def reveal(client, motion, **fields):
    return client.post(f"/motions/{motion.slug}/reveal/", fields)


@pytest.mark.parametrize("order", BY_VOTES)
def test_before_an_invitation_stands_in_place_of_the_list(corpus, client, order):
    answer = client.get(f"/claims/?order={order}")
    assert answer.status_code == 200
    assert texts(answer) == []
    assert f"/motions/{corpus.slug}/reveal/" in answer.content.decode()


def test_a_vote_on_one_claim_does_not_reveal_the_motion(corpus, reader_client):
    reader_client.post(f"/claims/{Claim.objects.visible().first().slug}/vote/", {"value": "agree"})
    assert texts(reader_client.get("/claims/?order=top")) == []


@pytest.mark.parametrize("who", ["reader_client", "member_client"])
def test_after_asking_the_order_shows(liked, corpus, who, request):
    client = request.getfixturevalue(who)
    reveal(client, corpus)
    assert texts(client.get("/claims/?order=top"))[0] == liked.text


def test_contested_puts_first_what_splits_members(liked, corpus, reader_client):
    split = Claim.objects.visible().first()
    for value in ("agree", "disagree") * 4:
        cast_vote(reader=MemberFactory(), claim=split, value=value, informed=False)
    reveal(reader_client, corpus)
    assert texts(reader_client.get("/claims/?order=contested"))[0] == split.text


def test_guests_do_not_rank(liked, corpus, reader_client):
    other = Claim.objects.visible().first()
    for _ in range(9):
        cast_vote(reader=GuestFactory(), claim=other, value="agree", informed=False)
    reveal(reader_client, corpus)
    assert texts(reader_client.get("/claims/?order=top"))[0] == liked.text


def test_a_member_asks_once_for_every_browser(liked, corpus, member, member_client):
    reveal(member_client, corpus)
    del member_client.cookies["revealed"]
    assert Reveal.objects.by(member).count() == 1
    assert texts(member_client.get("/claims/?order=top"))[0] == liked.text


def test_the_orders_are_offered_once_asked_for(corpus, reader_client):
    assert b"Most contested" not in reader_client.get("/claims/").content
    reveal(reader_client, corpus)
    assert b"Most contested" in reader_client.get("/claims/").content


def test_the_revealed_page_is_private_and_says_as_of_when(liked, corpus, reader_client):
    reveal(reader_client, corpus)
    answer = reader_client.get("/claims/?order=top")
    assert "private" in answer["Cache-Control"]
    assert "UTC" in answer.content.decode()


def test_asking_makes_no_guest(corpus, reader_client, django_user_model):
    reveal(reader_client, corpus)
    assert not django_user_model.objects.exists()


def test_it_leads_back_to_the_order_asked_for(corpus, reader_client):
    answer = reveal(reader_client, corpus, next="/claims/?order=top")
    assert (answer.status_code, answer["Location"]) == (303, "/claims/?order=top")


@pytest.mark.parametrize(
    "bad", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "/claims/\r\nX: y"]
)
def test_it_never_leads_to_another_site(corpus, reader_client, bad):
    assert reveal(reader_client, corpus, next=bad)["Location"] == f"/motions/{corpus.slug}/"


def test_a_motion_asked_for_by_cookie_is_forged_by_nobody(corpus, client):
    client.cookies["revealed"] = f"{corpus.pk}m{corpus.pk}:1xUUpT:forged"
    assert texts(client.get("/claims/?order=top")) == []
