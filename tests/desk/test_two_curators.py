"""Two curators on one essay see each other's changes, and neither overwrites the other without being asked."""

from threading import Lock

import pytest

from debate.actions.desk.marking import Entry, change_mark, mark_claim
from debate.actions.desk.work import Changed
from debate.models import Claim, Passage, Relation
from tests import factories as make
from tests.conftest import SAME_ORIGIN
from tests.desk.conftest import BENCH, IN_PLACE, passage_of, place, typed
from tests.voting.test_vote_at_the_same_moment import all_at_once

TEXT, MINE, THEIRS = "A name outlasts its duties.", "A name outlives its duties.", "A name outlasts all of its duties."


@pytest.fixture
def other(client):
    """Another curator's browser."""
    client.force_login(make.CuratorFactory(display_name="Bert"))
    client.defaults.update(SAME_ORIGIN)
    return client


@pytest.mark.django_db
def test_the_second_is_told_and_shown_both_versions(mark, other, curator_client):
    passage = passage_of(mark(TEXT))
    assert other.post(f"{BENCH}marks/{passage.pk}/", typed(passage, text=THEIRS)).status_code == 303
    answer = curator_client.post(f"{BENCH}marks/{passage.pk}/", typed(passage, text=MINE, speaker="She"))
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Bert has saved this meanwhile" in said
    assert "<del>outlasts all of </del> <ins>outlives </ins>" in said
    assert MINE in answer.context["entry"].form.as_p()
    assert Claim.objects.get(pk=passage.stance.claim_id).text == THEIRS


@pytest.mark.django_db
def test_from_there_mine_can_be_saved(mark, other, curator_client):
    passage = passage_of(mark(TEXT))
    other.post(f"{BENCH}marks/{passage.pk}/", typed(passage, text=THEIRS))
    shown = curator_client.post(f"{BENCH}marks/{passage.pk}/", typed(passage, text=MINE)).context["entry"].form
    told = {name: shown.initial.get(name) or "" for name in shown.fields}
    assert curator_client.post(f"{BENCH}marks/{passage.pk}/", told).status_code == 303
    assert Claim.objects.get(pk=passage.stance.claim_id).text == MINE


@pytest.mark.django_db
def test_the_same_saved_by_both_is_no_conflict(mark, other, curator_client):
    passage = passage_of(mark(TEXT))
    for client in (other, curator_client):
        assert client.post(f"{BENCH}marks/{passage.pk}/", typed(passage, text=MINE)).status_code == 303


@pytest.mark.django_db
def test_what_was_taken_out_meanwhile_is_not_lost(mark, other, curator_client):
    passage = passage_of(mark(TEXT))
    other.post(f"{BENCH}marks/{passage.pk}/out/", {"version": passage.mark_version})
    answer = curator_client.post(f"{BENCH}marks/{passage.pk}/", typed(passage, text=MINE, paragraph=1))
    assert answer.status_code == 409
    assert MINE in answer.content.decode()
    assert not Passage.objects.exists()


@pytest.mark.django_db
def test_reasons_of_relations_are_shown_both_too(mark, other, curator_client, essay):
    claim = mark(TEXT)
    relation = make.RelationFactory(source=claim, target_claim__motion=essay.motion, origin="essay", rationale="Old.")
    relation.drawn_by.add(essay)
    address, version = f"{BENCH}links/{relation.pk}/", Relation.objects.get().version
    assert other.post(address, {"version": version, "rationale": "Theirs."}).status_code == 303
    answer = curator_client.post(address, {"version": version, "rationale": "Mine."})
    assert answer.status_code == 409
    assert "<del>Theirs.</del> <ins>Mine.</ins>" in answer.content.decode()
    assert Relation.objects.get().rationale == "Theirs."


@pytest.mark.django_db
def test_each_sees_what_the_other_does_and_asks_in_vain_until_then(mark, other, curator_client, essay):
    first = other.get(f"{BENCH}changes/", **IN_PLACE)
    again = {"HTTP_IF_NONE_MATCH": first["ETag"], **IN_PLACE}
    assert (first.status_code, other.get(f"{BENCH}changes/", **again).status_code) == (200, 304)
    mark(TEXT)
    news = other.get(f"{BENCH}changes/", **again)
    assert (news.status_code, TEXT in news.content.decode()) == (200, True)
    assert 'id="entry"' not in news.content.decode()
    curator_client.post(f"{BENCH}aside/", {"paragraph": 3, "aside": "yes"})
    again["HTTP_IF_NONE_MATCH"] = news["ETag"]
    assert other.get(f"{BENCH}changes/", **again).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_at_one_moment_one_saves_and_all_others_are_told(essay):
    curators = make.CuratorFactory.create_batch(6)
    passage = mark_claim(by=curators[0], essay=essay, place=place(essay), entry=Entry(TEXT, "asserts")).passage
    version = passage_of(passage.stance.claim).mark_version
    told, lock = [], Lock()

    def save(number):
        entry = Entry(f"Version {number} of it.", "asserts")
        try:
            change_mark(by=curators[number], essay=essay, key=passage.pk, version=version, entry=entry)
            outcome = "saved"
        except Changed:
            outcome = "told"
        with lock:
            told.append((outcome, number))

    all_at_once(save, len(curators))
    [winner] = [number for outcome, number in told if outcome == "saved"]
    assert len(told) == 6
    assert Claim.objects.get(pk=passage.stance.claim_id).text == f"Version {winner} of it."


@pytest.mark.django_db(transaction=True)
def test_the_same_claim_marked_at_one_moment_is_one_claim(essay):
    curators = make.CuratorFactory.create_batch(6)

    def save(number):
        entry = Entry(TEXT, "asserts", gist=f"Gist {number}.")
        mark_claim(by=curators[number], essay=essay, place=place(essay), entry=entry)

    all_at_once(save, len(curators))
    assert Claim.objects.filter(text=TEXT).count() == 1
    assert Passage.objects.count() == 6
