"""A curator deletes a row, is told before what goes with it, and loses nothing that readers gave."""

import pytest

from debate.actions.voting import cast_vote
from debate.models import Claim, ClaimVote, Essay, Motion, Side, Stance
from tests import factories as make
from tests.curating.forms import errors_of, page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return make.motion_with_claims(3)


@pytest.fixture
def claim(motion):
    return motion.claims.order_by("pk").last()


def delete(room, noun, row):
    return room.post(page(noun, "delete", row.pk), {"post": "yes"}, follow=True).content.decode()


def test_it_tells_what_goes_along(room, claim):
    assert "Stance:" in room.get(page("claim", "delete", claim.pk)).content.decode()


def test_it_goes(room, claim):
    delete(room, "claim", claim)
    assert not Claim.objects.filter(pk=claim.pk).exists()


def test_the_history_says_who_did_it(room, curator, claim):
    delete(room, "claim", claim)
    assert Claim.history.filter(id=claim.pk).latest().history_user == curator


def test_the_standings_follow(room, motion, claim):
    target = claim.relations.get().target_claim
    delete(room, "claim", claim)
    assert Claim.objects.get(pk=target.pk).standing.counterpoints == 0


def test_many_go_at_once(room, motion):
    lone = [make.ClaimFactory(motion=motion) for _n in range(2)]
    told = {"action": "delete_selected", "_selected_action": [row.pk for row in lone], "post": "yes"}
    room.post(page("claim"), told)
    assert Claim.history.filter(history_type="-").count() == 2


def test_what_readers_voted_on_stays(room, claim):
    cast_vote(reader=make.MemberFactory(), claim=claim, value="agree", informed=False)
    delete(room, "claim", claim)
    assert ClaimVote.objects.filter(claim=claim).exists()


def test_nobodys_vote_is_told(room, claim):
    reader = make.MemberFactory()
    cast_vote(reader=reader, claim=claim, value="agree", informed=False)
    said = room.get(page("claim", "delete", claim.pk)).content.decode()
    assert f"{reader.pk} agree" not in said
    assert "laim votes" not in said
    assert "What is in the way" in said
    assert "Take it back to draft" in said


def test_a_side_that_readers_took_is_not_struck_out_on_its_motions_page(room, motion):
    side = motion.sides.get(slug="no")
    make.MemberFactory().ballots.create(motion=motion, side=side, phase="before")
    motion.claims.update(side=None)
    response = send(room, page("motion", "change", motion.pk), sides__1__DELETE="on")
    assert "Readers have answered here" in errors_of(response)
    assert Side.objects.filter(pk=side.pk).exists()


def test_a_thesis_of_a_featured_motion_stays(room, motion):
    prediction = make.PredictionFactory(motion=motion, essay=motion.essays.get())
    motion.sides.filter(slug="no").update(thesis=motion.claims.order_by("pk").last())
    Motion.objects.filter(pk=motion.pk).update(featured=True, deciding_prediction=prediction)
    thesis = motion.sides.get(slug="no").thesis
    assert "would have no thesis" in delete(room, "claim", thesis)
    assert Claim.objects.filter(pk=thesis.pk).exists()


def test_a_stance_that_the_summary_marks_stays(room, motion, claim):
    motion.essays.update(summary=f"So. [[{claim.slug}]]")
    stance = claim.stances.get()
    assert "take the mark out first" in delete(room, "stance", stance)
    assert Stance.objects.filter(pk=stance.pk).exists()


def test_an_essay_that_alone_draws_a_relation_stays(room, motion):
    essay = make.EssayFactory(motion=motion)
    relation = make.RelationFactory(source=make.ClaimFactory(motion=motion), origin="essay")
    relation.drawn_by.add(essay)
    assert "that no other essay draws" in delete(room, "essay", essay)
    assert Essay.objects.filter(pk=essay.pk).exists()


def test_many_that_readers_voted_on_are_kept_with_a_reason(room, claim):
    cast_vote(reader=make.MemberFactory(), claim=claim, value="agree", informed=False)
    told = {"action": "delete_selected", "_selected_action": [claim.pk]}
    said = room.post(page("claim"), told).content.decode()
    assert "Readers have answered here" in said
    assert "protected related objects" not in said
