"""While a claim is typed, those like it appear, to attach a passage to instead of saying it twice."""

import pytest

from debate.lenses.workbench.similar import similar_claims
from debate.models import Claim
from tests import factories as make
from tests.desk.conftest import BENCH, IN_PLACE, passage_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def others(essay):
    texts = (
        "Job titles outlast the duties that they once described.",
        "Duties move from one team to the next within years.",
        "Rain falls mainly on the plain.",
    )
    return [make.ClaimFactory(motion=essay.motion, text=text) for text in texts]


def shown(client, text):
    return client.get(f"{BENCH}similar/", {"text": text}, **IN_PLACE).content.decode()


def test_claims_that_share_words_appear_the_most_like_first(others, essay):
    found = similar_claims(essay, "Titles outlast the duties they described")
    assert found[0].claim == others[0]
    assert others[2] not in [one.claim for one in found]
    assert similar_claims(essay, "Duties of titles move to teams")[0].claim == others[1]


def test_drafts_appear_and_merged_claims_and_other_motions_do_not(others, essay):
    text = "Job titles outlast duties that they once described"
    make.ClaimFactory(text=f"{text} there.")
    make.ClaimFactory(motion=essay.motion, text=f"{text} then.", status="merged", merged_into=others[0])
    draft = make.ClaimFactory(motion=essay.motion, text=f"{text} now.", status="draft", origin="essay")
    assert {one.claim for one in similar_claims(essay, text)[:2]} == {draft, others[0]}
    assert {one.claim.status for one in similar_claims(essay, text)} == {"draft", "published"}
    assert {one.claim.motion for one in similar_claims(essay, text)} == {essay.motion}


def test_at_most_six_appear(essay):
    make.ClaimFactory.create_batch(9, motion=essay.motion)
    assert len(similar_claims(essay, "The thing number 3 is so.")) == 6


def test_nothing_appears_for_a_word_that_has_barely_begun(others, curator_client):
    assert "option" not in shown(curator_client, "jo")


def test_what_the_source_says_in_the_same_words_is_told_while_typing(essay, curator_client):
    assert "Say it in our own" not in shown(curator_client, "Names outlast the duties behind them, and more.")
    said = shown(curator_client, "The opening says that names outlast the duties.")
    assert "the opening says that names outlast the duties" in said


def test_a_passage_is_attached_and_the_claim_stays_as_it_is(others, mark, essay, curator_client):
    told = {"paragraph": 2, "text": "Titles out", "stance": "denies", "claim": others[0].slug}
    answer = curator_client.post(f"{BENCH}marks/", told, **IN_PLACE)
    assert "A passage is attached to" in answer.content.decode()
    passage = passage_of(others[0])
    assert (passage.kind, passage.stance.essay, passage.gist) == ("denies", essay, others[0].text)
    assert Claim.objects.filter(motion=essay.motion).count() == 5


def test_a_claim_that_is_gone_meanwhile_loses_nothing_typed(essay, curator_client):
    told = {"paragraph": 1, "text": "What I had typed.", "stance": "asserts", "claim": "gone"}
    answer = curator_client.post(f"{BENCH}marks/", told)
    assert answer.status_code == 422
    assert "What I had typed." in answer.content.decode()


def test_a_second_passage_joins_the_stance_that_is_there(others, essay, curator_client):
    for number in (1, 2):
        told = {"paragraph": number, "stance": "asserts", "claim": others[0].slug}
        curator_client.post(f"{BENCH}marks/", told, **IN_PLACE)
    stance = essay.stances.get(claim=others[0])
    assert [passage.paragraph for passage in stance.passages.order_by("number")] == [1, 2]
