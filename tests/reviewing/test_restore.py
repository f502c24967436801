"""Any version of anything that curators write is put back, also of what was deleted, and of what has no page."""

import pytest
from django.core.exceptions import ValidationError

from debate.actions.restoring import restore
from debate.actions.revising import accept
from debate.models import Claim, Entailment, Essay, Passage, Prediction, Relation, Revision, Side, Stance, TaggedClaim
from debate.models import ModerationEntry as Entry
from tests import factories as make
from tests.curating.forms import links_of, page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return make.motion_with_claims(2)


@pytest.fixture
def claim(motion):
    return motion.claims.order_by("pk").last()


@pytest.fixture
def room(client_of, cara):
    return client_of(cara)


def put_back(room, row, version, noun=None):
    """Press the button beside a version in the history of a row's page."""
    told = {"noun": noun or row._meta.model_name, "version": version.pk}
    return room.post(page(row._meta.model_name, "restore", row.pk), told)


def test_a_passage_is_put_back_from_its_stances_history(room, claim):
    stance = claim.stances.get()
    passage = stance.passages.get()
    send(room, page("stance", "change", stance.pk), passages__0__gist="Says something else.")
    assert b"Put this back" in room.get(page("stance", "history", stance.pk)).content
    put_back(room, stance, passage.history.earliest(), "passage")
    assert Passage.objects.get(pk=passage.pk).gist == passage.gist


def test_an_old_version_of_what_readers_see_comes_with_the_status_of_now(room, claim, cara):
    before = claim.history.earliest()
    claim.history.filter(pk=before.pk).update(status="draft", text="The words of before.")
    shown = room.get(f"{page('claim', 'history', claim.pk)}{before.pk}/").content.decode()
    assert "The words of before." in shown
    assert '<option value="published" selected>' in shown
    restore(version=claim.history.get(pk=before.pk), by=cara)
    assert Claim.objects.values_list("text", "status").get(pk=claim.pk) == ("The words of before.", "published")


def test_a_tag_that_was_taken_off_comes_back(room, claim):
    use = claim.tag_uses.get()
    send(room, page("claim", "change", claim.pk), tag_words=[])
    put_back(room, claim, TaggedClaim.history.filter(id=use.pk).latest(), "taggedclaim")
    assert list(claim.tag_uses.values_list("tag", flat=True)) == [use.tag_id]


def test_a_side_and_what_a_prediction_implies_come_back(room, motion, cara):
    side = motion.sides.first()
    send(room, page("side", "change", side.pk), case="Because it is otherwise.")
    put_back(room, motion, side.history.earliest(), "side")
    assert Side.objects.get(pk=side.pk).case == side.case
    one, other = (make.PredictionFactory(motion=motion, essay=motion.essays.get()) for _n in range(2))
    entailment = Entailment.objects.create(premise=one, conclusion=other, rationale="So.")
    gone = entailment.pk
    entailment.delete()
    put_back(room, one, Entailment.history.filter(id=gone).latest(), "entailment")
    assert Entailment.objects.get(pk=gone).conclusion == other


def test_what_is_deleted_is_found_again_and_comes_back_with_all_that_went_along(room, motion, claim):
    essay = make.EssayFactory(motion=motion, status="draft")
    stance = make.StanceFactory(essay=essay, claim=claim)
    passages = [make.PassageFactory(stance=stance) for _n in range(2)]
    room.post(page("essay", "delete", essay.pk), {"post": "yes"})
    assert not Passage.objects.filter(stance=stance.pk).exists()
    where = links_of(room.get(page("essay", "deleted")))[essay.title]
    assert where == page("essay", "history", essay.pk)
    assert "all that was deleted along with it" in room.get(where).content.decode()
    put_back(room, essay, essay.history.latest())
    assert list(Essay.objects.get(pk=essay.pk).authors.all()) == list(essay.history.latest().instance.authors.all())
    assert set(Passage.objects.filter(stance__essay=essay.pk)) == set(passages)


def test_a_stance_whose_essay_is_gone_as_well_waits_for_that(room, motion, claim):
    essay = make.EssayFactory(motion=motion, status="draft")
    stance = make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=claim)).stance
    room.post(page("essay", "delete", essay.pk), {"post": "yes"})
    assert room.get(page("stance", "deleted")).status_code == room.get(page("stance", "history", stance.pk)).status_code
    put_back(room, stance, stance.history.latest())
    assert not Stance.objects.filter(pk=stance.pk).exists()


def test_what_readers_would_see_waits_and_the_log_says_restored(room, claim, dan):
    old, relation = claim.history.latest(), claim.relations.get()
    claim.text = "Said worse."
    claim.save()
    relation.delete()
    send(room, page("claim", "simple_history", claim.pk, old.pk))
    put_back(room, claim, Relation.history.filter(source=claim.pk).latest(), "relation")
    for revision in Revision.objects.order_by("pk"):
        accept(revision=revision, by=dan)
    assert Claim.objects.get(pk=claim.pk).text != "Said worse."
    assert claim.relations.get().pk == Relation.history.filter(source=claim.pk).latest().id
    assert list(Entry.objects.values_list("verb", flat=True)) == ["restored", "restored"]


def test_a_merged_claim_and_a_resolution_stay_as_they_are(motion, claim, cara):
    prediction = make.PredictionFactory(motion=motion, essay=motion.essays.get())
    old = prediction.history.latest()
    told = {"resolution": "yes", "resolved_on": "2026-01-01", "resolution_note": "So.", "evidence_url": "https://e.org"}
    Prediction.objects.filter(pk=prediction.pk).update(statement="Said worse.", **told)
    assert restore(version=old, by=cara).resolution == "yes"
    merged = claim.history.latest()
    Claim.objects.filter(pk=claim.pk).update(status="merged", merged_into=motion.claims.first())
    with pytest.raises(ValidationError, match="merged into another"):
        restore(version=merged, by=cara)


def test_what_named_something_that_is_gone_is_not_put_back(room, motion, claim):
    relation, essay = claim.relations.get(), make.EssayFactory(motion=motion)
    relation.origin = "essay"
    relation.save()
    relation.drawn_by.add(essay)
    old = relation.history.latest()
    relation.drawn_by.set([motion.essays.order_by("pk").first()])
    essay.delete()
    response = put_back(room, claim, old, "relation")
    assert response["Location"] == page("claim", "history", claim.pk)
    assert "is gone" in room.get(response["Location"]).content.decode()


def test_a_version_of_something_else_is_not_put_back_here(room, motion, claim):
    other = motion.claims.order_by("pk").first()
    assert put_back(room, claim, other.history.latest()).status_code == 404
    assert put_back(room, claim, other.relations_to.get().history.latest(), "author").status_code == 404


def test_whoever_may_only_look_puts_nothing_back(client_of, moderator, claim):
    assert put_back(client_of(moderator), claim, claim.history.latest()).status_code == 403
