"""Members see what they suggested, with its answer; take it back; keep it in their data; and leave it behind or not."""

import json

import pytest
from django.utils import timezone

from debate.actions.joining import merge_claims
from debate.actions.leaving import leave
from debate.models import Claim, Suggestion
from tests import factories as make

pytestmark = pytest.mark.django_db
OWN = "/you/suggestions/"
NOW = timezone.now()


def told(client, address=OWN):
    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    return answer.content.decode()


@pytest.fixture
def declined(member, claim):
    return make.SuggestionFactory(by=member, claim=claim, state="declined", reason="Said <already>.", decided_at=NOW)


@pytest.fixture
def accepted(member, claim):
    made = make.ClaimFactory(motion=claim.motion, origin="reader", text="What came of it.")
    return make.SuggestionFactory(by=member, claim=claim, state="accepted", decided_at=NOW, made_claim=made)


def test_each_stands_there_with_its_state_and_reason(member_client, member, claim, accepted, declined):
    make.SuggestionFactory(by=member, claim=claim, text="Mine, and waiting.")
    make.SuggestionFactory(claim=claim, text="Somebody else's.")
    html = told(member_client)
    assert "Said &lt;already&gt;." in html
    assert f'href="{accepted.made_claim.get_absolute_url()}"' in html
    assert "Mine, and waiting." in html
    assert "Somebody else" not in html
    assert declined.text not in told(member_client, f"{OWN}?state=pending")


def test_a_draft_that_came_of_it_is_not_shown(member_client, accepted):
    Claim.objects.filter(pk=accepted.made_claim_id).update(status="draft", slug="secret", text="Secret words.")
    html = told(member_client)
    assert "not public yet" in html
    assert "ecret" not in html


def test_a_waiting_one_is_taken_back_and_put_back(member_client, member, claim):
    mine = make.SuggestionFactory(by=member, claim=claim)
    for act, state in (("withdraw", "withdrawn"), ("again", "pending")):
        answer = member_client.post(f"{OWN}{mine.pk}/", {"act": act, "next": f"{OWN}?state=pending"})
        assert (answer.status_code, answer["Location"]) == (303, f"{OWN}?state=pending")
        mine.refresh_from_db()
        assert mine.state == state


def test_a_decided_one_stays_decided(member_client, declined):
    member_client.post(f"{OWN}{declined.pk}/", {"act": "withdraw"})
    assert "does not wait any more" in told(member_client)
    member_client.post(f"{OWN}{declined.pk}/", {"act": "again"})
    declined.refresh_from_db()
    assert declined.state == "declined"


def test_those_of_others_are_not_there(member_client, reader_client, claim):
    theirs = make.SuggestionFactory(claim=claim)
    for client in (member_client, reader_client):
        assert client.post(f"{OWN}{theirs.pk}/", {"act": "withdraw"}).status_code == 404
    assert member_client.post(f"{OWN}{theirs.pk}/", {"act": "eat"}).status_code == 400


def test_the_list_asks_the_same_at_one_row_and_at_twenty(
    member_client, member, claim, accepted, django_assert_max_num_queries
):
    make.SuggestionFactory.create_batch(19, by=member, claim=claim, state="withdrawn")
    with django_assert_max_num_queries(8):
        told(member_client)


def test_they_are_part_of_ones_data(member_client, accepted, declined, claim):
    rows = json.loads(member_client.get("/you/data/record.json").getvalue())["suggestions"]
    assert [(row["claim"], row["text"], row["state"], row["reason"]) for row in rows] == [
        (claim.slug, one.text, one.state, one.reason) for one in (accepted, declined)
    ]
    assert rows[0]["made_claim"] == accepted.made_claim.slug


def test_whoever_leaves_takes_all_but_the_accepted_along(member, claim, accepted, declined):
    make.SuggestionFactory(by=member, claim=claim)
    others = make.SuggestionFactory(claim=claim)
    leave(reader=member)
    assert set(Suggestion.objects.all()) == {accepted, others}
    accepted.refresh_from_db()
    assert (accepted.by, accepted.text != "") == (None, True)


def test_merging_its_claim_brings_it_along_once(member, claim, accepted):
    other = make.ClaimFactory(motion=claim.motion)
    twin = make.SuggestionFactory(by=member, claim=other, text=accepted.text)
    moved = make.SuggestionFactory(claim=other)
    into = make.ClaimFactory(motion=claim.motion)
    merge_claims(by=make.CuratorFactory(), claim=other, into=claim, reason="The same.")
    merge_claims(by=make.CuratorFactory(), claim=accepted.made_claim, into=into, reason="The same.")
    for one in (accepted, moved):
        one.refresh_from_db()
    assert not Suggestion.objects.filter(pk=twin.pk).exists()
    assert (moved.claim, accepted.claim, accepted.made_claim) == (claim, claim, into)
