"""A reader proposes tags for a claim; two readers or one curator make one public."""

import pytest

from debate.models import Claim, Edition, Tag, TaggedClaim, TagVote, User
from tests.conftest import SAME_ORIGIN
from tests.factories import ClaimFactory, MotionFactory, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(db):
    return ClaimFactory(motion=MotionFactory(featured=True))


def propose(client, claim, **fields):
    return client.post(f"/claims/{claim.slug}/tags/", fields)


def page(client, claim):
    return client.get(f"/claims/{claim.slug}/").content.decode()


@pytest.fixture
def another_client(client_class=None):
    from django.test import Client

    return Client(enforce_csrf_checks=True, **SAME_ORIGIN)


def test_it_needs_no_account_and_leads_back(claim, reader_client):
    answer = propose(reader_client, claim, name="Wages")
    assert (answer.status_code, answer["Location"]) == (303, f"/claims/{claim.slug}/#tags")
    assert answer.cookies["reader"]["httponly"] is True
    assert TagVote.objects.get().user.is_guest


@pytest.mark.parametrize("fields", [{"name": "Wages"}, {"withdraw": "wages"}, {}])
def test_on_a_claim_merged_meanwhile_it_leads_to_the_survivor_and_proposes_nothing(claim, reader_client, fields):
    merged = ClaimFactory(motion=claim.motion, status=Claim.Status.MERGED, merged_into=claim)
    answer = propose(reader_client, merged, **fields)
    assert (answer.status_code, answer["Location"]) == (303, f"/claims/{claim.slug}/#tags")
    assert not TagVote.objects.exists()
    assert not User.objects.exists()


def test_an_unknown_tag_is_not_found_on_a_claim_that_is(claim, reader_client):
    assert propose(reader_client, claim, withdraw="no-such-tag").status_code == 404


def test_only_the_proposer_sees_it(claim, reader_client, client):
    propose(reader_client, claim, name="Wages")
    assert "proposed by you" in page(reader_client, claim)
    assert "Wages" not in page(client, claim)
    assert not TaggedClaim.objects.exists()


def test_the_second_reader_makes_it_public_whatever_the_case(claim, reader_client, another_client, client):
    propose(reader_client, claim, name="Wages")
    propose(another_client, claim, name="  wages ")
    assert '<a href="/tags/wages/">Wages</a>' in page(client, claim)
    assert TaggedClaim.objects.count() == 1


def test_the_same_reader_twice_does_not(claim, reader_client, client):
    for _ in range(3):
        propose(reader_client, claim, name="Wages")
    assert "Wages" not in page(client, claim)
    assert TagVote.objects.count() == 1


def test_a_curator_alone_does(claim, curator_client, client):
    propose(curator_client, claim, name="Wages")
    assert "/tags/wages/" in page(client, claim)


def test_a_proposal_can_be_undone(claim, reader_client):
    propose(reader_client, claim, name="Wages")
    answer = propose(reader_client, claim, withdraw="wages")
    assert answer.status_code == 303
    assert "Wages" not in page(reader_client, claim)


def test_undoing_what_was_never_proposed_makes_no_guest(claim, reader_client):
    Tag.objects.create(name="Wages")
    assert propose(reader_client, claim, withdraw="wages").status_code == 303
    assert not User.objects.exists()


def test_undoing_an_unknown_tag_is_not_found(claim, reader_client):
    assert propose(reader_client, claim, withdraw="nothing").status_code == 404


def test_five_are_enough(claim, reader_client):
    for number in range(5):
        propose(reader_client, claim, name=f"Word {number}")
    answer = propose(reader_client, claim, name="One more")
    assert answer.status_code == 422
    assert "take one back first" in answer.content.decode()
    assert TagVote.objects.count() == 5
    assert not Tag.objects.filter(slug="one-more").exists()


def test_a_proposal_of_a_new_word_makes_no_page_stale(claim, reader_client):
    before = Edition.now()
    propose(reader_client, claim, name="Wages")
    assert Edition.now() == before


def test_a_tag_that_becomes_public_makes_them_stale_at_once(claim, curator_client):
    before = Edition.now()
    propose(curator_client, claim, name="Wages")
    assert Edition.now() != before


def test_tags_in_use_are_offered(claim, client):
    tag(ClaimFactory(motion=claim.motion), "Wages")
    assert '<option value="Wages">' in page(client, claim)


def test_a_word_of_another_script_can_become_a_tag(claim, curator_client, client):
    propose(curator_client, claim, name="数据")
    assert "数据" in page(client, claim)


HOSTILE = [
    {},
    {"name": ""},
    {"name": "   "},
    {"name": "!!!"},
    {"name": "x" * 41},
    {"name": "a\x00b"},
    {"name": "right\u202eleft"},
    {"name": "broken\ufffd"},
    {"name": ["one", "two"]},
    {"name": "one", "withdraw": "two"},
    {"withdraw": "not a slug"},
    {"withdraw": "a\x00"},
]


@pytest.mark.parametrize("fields", HOSTILE, ids=lambda fields: repr(fields)[:40])
def test_what_makes_no_sense_is_said_beside_the_form_and_changes_nothing(claim, reader_client, fields):
    answer = propose(reader_client, claim, **fields)
    assert answer.status_code == 422
    assert 'id="tag-problem" role="alert"' in answer.content.decode()
    assert not User.objects.exists()
    assert not Tag.objects.exists()


def test_what_was_typed_comes_back_escaped(claim, reader_client):
    html = propose(reader_client, claim, name="<script>" + "x" * 50).content.decode()
    assert "<script>x" not in html


def test_a_hidden_claim_takes_none(claim, reader_client):
    hidden = ClaimFactory(motion=claim.motion, status="draft")
    assert propose(reader_client, hidden, name="Wages").status_code == 404
