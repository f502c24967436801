"""What was marked is taken out, with what was made for it alone, and put back as it was."""

import pytest

from debate.models import Claim, ClaimTally, Passage, Relation, Stance
from tests import factories as make
from tests.desk.conftest import BENCH, IN_PLACE, passage_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def take_out(curator_client, essay):
    """Takes a passage out; gives the record by which it is put back."""

    def act(passage, wanted=200):
        told = {"version": passage.mark_version}
        answer = curator_client.post(f"{BENCH}marks/{passage.pk}/out/", told, **IN_PLACE)
        assert answer.status_code == wanted
        return answer.context["offer"].fields["record"] if wanted == 200 else answer.content.decode()

    return act


@pytest.fixture
def put_back(curator_client):
    def act(record, wanted=200):
        answer = curator_client.post(f"{BENCH}marks/put-back/", {"record": record}, **IN_PLACE)
        assert answer.status_code == wanted
        return answer.content.decode()

    return act


def test_a_draft_goes_with_its_relations_and_comes_back_with_them(mark, take_out, put_back, essay):
    claim = mark("A name outlasts its duties.")
    relation = make.RelationFactory(source=claim, target_claim=Claim.objects.get(slug="thesis-yes"), origin="essay")
    relation.drawn_by.add(essay)
    passage = passage_of(claim)
    record = take_out(passage)
    assert not Claim.objects.filter(pk=claim.pk).exists()
    assert not Relation.objects.exists()
    assert "It is back" in put_back(record)
    assert passage_of(claim).pk == passage.pk
    assert Claim.objects.get(pk=claim.pk).text == "A name outlasts its duties."
    assert list(Relation.objects.get(pk=relation.pk).drawn_by.all()) == [essay]
    assert ClaimTally.objects.filter(claim=claim).exists()


def test_a_claim_that_others_speak_to_stays(mark, take_out, essay):
    claim = mark("A name outlasts its duties.")
    make.StanceFactory(claim=claim, essay=make.EssayFactory(motion=essay.motion, status="draft"))
    take_out(passage_of(claim))
    assert Claim.objects.filter(pk=claim.pk).exists()
    assert not Stance.objects.filter(claim=claim, essay=essay).exists()


def test_a_published_claim_stays(mark, take_out, essay):
    said = make.ClaimFactory(motion=essay.motion, text="It is said already.")
    mark("It is said already.")
    take_out(passage_of(said))
    assert Claim.objects.filter(pk=said.pk).exists()


def test_one_of_two_passages_leaves_the_stance_to_the_other(mark, take_out):
    claim = mark("A name outlasts its duties.", 1)
    mark("A name outlasts its duties.", 2, stance="qualifies")
    take_out(Passage.objects.get(kind="asserts"))
    assert Stance.objects.get(claim=claim).kind == "qualifies"


def test_what_the_summary_marks_is_not_taken_out(mark, take_out, essay):
    claim = mark("A name outlasts its duties.")
    essay.summary = f"She says so. [[{claim.slug}]]"
    essay.save()
    assert "take the mark out of the summary first" in take_out(passage_of(claim), 422)
    assert Passage.objects.exists()


def test_put_back_twice_is_put_back_once(mark, take_out, put_back):
    record = take_out(passage_of(mark("A name outlasts its duties.")))
    put_back(record)
    put_back(record)
    assert Passage.objects.count() == 1


def test_what_another_claim_says_meanwhile_is_not_put_back(mark, take_out, put_back):
    record = take_out(passage_of(mark("A name outlasts its duties.")))
    mark("A name outlasts its duties.", 3)
    assert "same text" in put_back(record, 422)
    assert Passage.objects.count() == 1


def test_what_belongs_to_another_essay_is_not_put_back_here(put_back, mark):
    make.PassageFactory().delete()
    assert "cannot be put back" in put_back(Passage.history.get(history_type="-").pk, 422)


def test_what_changed_meanwhile_is_not_taken_out(mark, take_out):
    passage = passage_of(mark("A name outlasts its duties."))
    Passage.objects.get().save()
    assert "Somebody has changed this meanwhile" in take_out(passage, 409)
    assert Passage.objects.exists()


def test_taken_out_twice_is_taken_out_once(mark, take_out):
    passage = passage_of(mark("A name outlasts its duties."))
    assert take_out(passage) == take_out(passage)
