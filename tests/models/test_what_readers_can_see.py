"""`visible()` on every noun: what hangs on something hidden is hidden too."""

import pytest

from debate.actions.corpus import links_of, refresh
from debate.models import (
    Author,
    Bearing,
    Claim,
    Essay,
    Motion,
    Passage,
    Prediction,
    Reading,
    Relation,
    Stance,
    TaggedClaim,
)
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """One essay that asserts one claim in one passage, with everything else that can hang on them."""
    passage = make.PassageFactory(stance__claim__origin="essay")
    claim, essay = passage.stance.claim, passage.stance.essay
    prediction = make.PredictionFactory(motion=claim.motion, essay=essay)
    make.tag(claim, "Monitoring")
    Reading.objects.create(essay=essay, prediction=prediction, low=0.1, high=0.2, paragraph=1, note="x")
    Bearing.objects.create(claim=claim, prediction=prediction, outcome="yes", rationale="x")
    relation = make.RelationFactory(source=claim, target_claim__motion=claim.motion, origin="essay")
    relation.drawn_by.add(essay)
    return passage


EVERYTHING = (Author, Essay, Stance, Passage, Relation, Prediction, Reading, Bearing, TaggedClaim)


def unseen(*models):
    return [model.__name__ for model in models if model.objects.visible().exists()]


def test_what_is_published_is_seen(told):
    assert all(model.objects.visible().exists() for model in (*EVERYTHING, Claim, Motion))


def test_an_unpublished_essay_hides_all_that_rests_on_it(told):
    Essay.objects.update(status="review")
    assert unseen(*EVERYTHING) == []
    assert told.stance.claim not in Claim.objects.visible()


def test_an_unpublished_motion_hides_everything(told):
    Motion.objects.update(status="draft")
    assert unseen(*EVERYTHING, Claim, Motion) == []


def test_a_draft_claim_hides_what_hangs_on_it(told):
    Claim.objects.filter(pk=told.stance.claim_id).update(status="draft")
    assert unseen(Stance, Passage, Relation, Bearing, TaggedClaim) == []
    assert Essay.objects.visible().exists()


def test_a_claim_from_an_essay_needs_a_passage(told):
    told.delete()
    assert told.stance.claim not in Claim.objects.visible()


def test_a_curators_claim_needs_none():
    assert make.ClaimFactory(origin="curator") in Claim.objects.visible()


def test_a_relation_that_only_a_hidden_essay_draws_is_hidden(told):
    relation = Relation.objects.get()
    relation.drawn_by.set([make.EssayFactory(motion=told.stance.claim.motion, status="draft")])
    assert not Relation.objects.visible().exists()


def test_an_undercut_is_seen_when_what_it_attacks_is():
    target = make.RelationFactory()
    motion = target.source.motion
    undercut = make.RelationFactory(
        source=make.ClaimFactory(motion=motion), kind="undercuts", target_claim=None, target_relation=target
    )
    assert undercut in Relation.objects.visible()
    Claim.objects.filter(pk=target.source_id).update(status="draft")
    assert undercut not in Relation.objects.visible()


def test_what_stands_in_the_graph_is_what_is_seen(corpus):
    """Of the graph, the ends are looked up in memory: it has to be the same whatever is hidden."""
    claims = list(corpus.claims.order_by("pk"))
    for hidden in (claims[:1], claims[5:50:9], claims[60:120:3]):
        Claim.objects.filter(pk__in=[claim.pk for claim in hidden]).update(status="draft")
        assert links_of(corpus) == Relation.objects.visible().of_motion(corpus).as_links()
    Essay.objects.filter(motion=corpus, side__isnull=True).update(status="draft")
    assert links_of(corpus) == Relation.objects.visible().of_motion(corpus).as_links() != []


def test_standings_count_what_is_visible_only():
    motion = make.motion_with_claims(3)
    hidden = make.ClaimFactory(motion=motion, status="draft")
    make.RelationFactory(source=hidden, target_claim=motion.claims.first())
    refresh(motion)
    assert motion.claims.first().standing.counterpoints == 1
