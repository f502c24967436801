"""A reader answers a claim, changes the answer, takes it back; with no account and without script."""

import re

import pytest
from django.test import Client

from debate.actions.corpus import refresh
from debate.models import Claim, ClaimTally, ClaimVote, User
from tests.conftest import SAME_ORIGIN
from tests.factories import ClaimFactory, MotionFactory

pytestmark = pytest.mark.django_db
IN_PLACE = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def claim(db):
    claim = ClaimFactory(motion=MotionFactory(featured=True))
    refresh(claim.motion)
    return claim


def vote(client, claim, value, **headers):
    return client.post(f"/claims/{claim.slug}/vote/", {"value": value}, **headers)


def page(client, claim):
    return client.get(f"/claims/{claim.slug}/").content.decode()


def pressed(html):
    return re.findall(r'value="(\w+)" id="vote-\w+" aria-pressed="true"', html)


def tally(claim):
    counted = ClaimTally.objects.get(claim=claim)
    return counted.agree, counted.disagree, counted.passed


@pytest.mark.parametrize("value", ["agree", "disagree", "pass"])
def test_the_first_vote_needs_no_account(claim, reader_client, value):
    answer = vote(reader_client, claim, value)
    assert (answer.status_code, answer["Location"]) == (303, f"/claims/{claim.slug}/#vote")
    kept = ClaimVote.objects.get()
    assert (kept.value, kept.user.kind) == (value, User.Kind.GUEST)


def test_the_guests_cookie_is_out_of_reach_of_scripts_and_other_sites(claim, reader_client, settings):
    cookie = vote(reader_client, claim, "agree").cookies["reader"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["secure"] == (settings.HTTPS or "")


def test_over_https_the_cookie_travels_by_https_only(claim, reader_client, settings):
    settings.HTTPS = True
    assert vote(reader_client, claim, "agree").cookies["reader"]["secure"] is True


def test_the_same_guest_votes_on(claim, reader_client):
    vote(reader_client, claim, "agree")
    again = vote(reader_client, ClaimFactory(motion=claim.motion), "pass")
    assert "reader" not in again.cookies
    assert User.objects.count() == 1


def test_the_page_then_shows_the_answer_pressed(claim, reader_client):
    vote(reader_client, claim, "disagree")
    html = page(reader_client, claim)
    assert pressed(html) == ["disagree"]
    assert "You disagree." in html


def test_nothing_is_pressed_before(claim, client):
    assert pressed(page(client, claim)) == []


def test_an_answer_can_be_changed(claim, reader_client):
    vote(reader_client, claim, "agree")
    vote(reader_client, claim, "disagree")
    assert pressed(page(reader_client, claim)) == ["disagree"]
    assert tally(claim) == (0, 1, 0)


def test_an_answer_can_be_withdrawn_visibly(claim, reader_client):
    vote(reader_client, claim, "agree")
    vote(reader_client, claim, "withdraw")
    html = page(reader_client, claim)
    assert pressed(html) == []
    assert "You have withdrawn your vote." in html
    assert tally(claim) == (0, 0, 0)


def test_a_withdrawn_answer_can_be_given_again(claim, reader_client):
    for value in ("agree", "withdraw", "pass"):
        vote(reader_client, claim, value)
    assert tally(claim) == (0, 0, 1)


def test_a_form_sent_twice_counts_once(claim, reader_client):
    for _ in range(3):
        vote(reader_client, claim, "agree")
    assert tally(claim) == (1, 0, 0)
    assert ClaimVote.objects.count() == 1


def test_withdrawing_twice_takes_nothing_more_away(claim, reader_client, member_client):
    vote(member_client, claim, "agree")
    vote(reader_client, claim, "agree")
    for _ in range(2):
        vote(reader_client, claim, "withdraw")
    assert tally(claim) == (1, 0, 0)


def test_withdrawing_what_was_never_given_makes_no_guest(claim, reader_client):
    answer = vote(reader_client, claim, "withdraw")
    assert answer.status_code == 303
    assert not answer.cookies
    assert not User.objects.exists()


def test_members_and_guests_count_apart(claim, reader_client, member_client):
    vote(reader_client, claim, "agree")
    vote(member_client, claim, "disagree")
    counted = ClaimTally.objects.get(claim=claim)
    assert (counted.guest_agree, counted.member_disagree) == (1, 1)


def test_in_place_the_answer_is_the_panel_and_says_what_happened(claim, reader_client):
    html = vote(reader_client, claim, "agree", **IN_PLACE).content.decode()
    assert 'data-said="Your vote: agree. Saved."' in html
    assert pressed(html) == ["agree"]
    assert "<html" not in html


def test_in_place_a_withdrawal_says_so_too(claim, reader_client):
    vote(reader_client, claim, "agree")
    assert "Your vote is withdrawn." in vote(reader_client, claim, "withdraw", **IN_PLACE).content.decode()


def test_in_place_a_first_vote_sets_the_cookie_too(claim, reader_client):
    assert "reader" in vote(reader_client, claim, "agree", **IN_PLACE).cookies


def test_a_kept_public_page_can_be_voted_from(claim, reader_client, settings):
    settings.PAGE_CACHE = True
    html = page(Client(), claim)
    action = re.search(r'action="(/claims/[^"]*/vote/)"', html)[1]
    assert reader_client.post(action, {"value": "agree"}).status_code == 303
    assert tally(claim) == (1, 0, 0)


def test_a_vote_on_a_claim_merged_meanwhile_leads_to_the_survivor_and_is_not_counted(claim, reader_client):
    merged = ClaimFactory(motion=claim.motion, status=Claim.Status.MERGED, merged_into=claim)
    answer = vote(reader_client, merged, "agree")
    assert (answer.status_code, answer["Location"]) == (303, f"/claims/{claim.slug}/#vote")
    assert not ClaimVote.objects.exists()


def test_in_place_too_it_leads_to_the_survivor(claim, reader_client):
    merged = ClaimFactory(motion=claim.motion, status=Claim.Status.MERGED, merged_into=claim)
    assert vote(reader_client, merged, "agree", **IN_PLACE)["HX-Redirect"] == f"/claims/{claim.slug}/#vote"


@pytest.mark.parametrize("status", [Claim.Status.DRAFT])
def test_a_hidden_claim_takes_no_votes(claim, reader_client, status):
    hidden = ClaimFactory(motion=claim.motion, status=status)
    assert vote(reader_client, hidden, "agree").status_code == 404
    assert not User.objects.exists()


HOSTILE = [
    {},
    {"value": ""},
    {"value": "maybe"},
    {"value": "AGREE"},
    {"value": "withdrawn"},
    {"value": "agree\x00"},
    {"value": ["agree", "disagree"]},
    {"value": ["agree", "agree"]},
    {"vote": "agree"},
    {"value": "a" * 10_000},
]


@pytest.mark.parametrize("fields", HOSTILE, ids=lambda fields: str(fields)[:30])
def test_what_makes_no_sense_is_refused_and_changes_nothing(claim, reader_client, fields):
    answer = reader_client.post(f"/claims/{claim.slug}/vote/", fields)
    assert answer.status_code == 400
    assert not User.objects.exists()
    assert not ClaimVote.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"value=%ff%fe", "application/x-www-form-urlencoded"),
        (b"value=agree", "text/plain"),
        (b'{"value": "agree"}', "application/json"),
        (b"value=agree", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(claim, reader_client, body, kind):
    answer = reader_client.post(f"/claims/{claim.slug}/vote/", body, content_type=kind)
    assert answer.status_code == 400
    assert not User.objects.exists()


@pytest.mark.parametrize("forged", ["1", "1:abc:def", "x" * 3000, ""])
def test_a_forged_cookie_is_nobody(claim, member, forged):
    client = Client(**SAME_ORIGIN)
    client.cookies["reader"] = forged
    vote(client, claim, "agree")
    assert ClaimVote.objects.get().user.is_guest
    assert ClaimVote.objects.get().user_id != member.pk
