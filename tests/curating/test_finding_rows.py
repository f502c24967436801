"""Lists are searched, narrowed and completed from, at the same cost whatever their length."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debate.actions.corpus import refresh
from debate.models import Counterpoint, Motion, Relation, Stance
from tests import factories as make
from tests.curating.forms import page, tree_of

pytestmark = pytest.mark.django_db
NOUNS = ("motion", "author", "essay", "claim", "stance", "relation", "counterpoint", "prediction", "tag", "side")


def grow(motion: Motion, count: int) -> None:
    """So many more rows of every noun."""
    for _row in range(count):
        essay = make.EssayFactory(motion=motion, side=motion.sides.first())
        claim = make.ClaimFactory(motion=motion, origin="essay", side=motion.sides.last())
        make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=claim))
        make.tag(claim, f"Fresh {claim.pk}")
        relation = make.RelationFactory(source=claim, target_claim=motion.claims.first(), origin="essay")
        relation.drawn_by.add(essay)
        make.PredictionFactory(motion=motion, essay=essay)
        make.SideFactory(motion=make.MotionFactory())
    refresh(motion)


def queries(room, address):
    room.get(address)
    with CaptureQueriesContext(
        connection,
    ) as told:
        room.get(address)
    return len(told)


def listed(response):
    """The keys of the rows that a list shows."""
    boxes = [box for box in tree_of(response).iter("input") if box.get("name") == "_selected_action"]
    return {int(box.get("value")) for box in boxes}


@pytest.fixture
def motion(db):
    motion = make.motion_with_claims(2)
    grow(motion, 1)
    return motion


def test_a_list_costs_the_same_at_any_length(room, motion):
    before = {noun: queries(room, page(noun)) for noun in NOUNS}
    grow(motion, 19)
    assert {noun: queries(room, page(noun)) for noun in NOUNS} == before


def test_a_list_takes_few_queries(room, motion):
    assert max(queries(room, page(noun)) for noun in NOUNS) <= 14


def test_a_claims_page_costs_the_same_with_many_relations(room, motion):
    claim = motion.claims.first()
    spread(motion, claim, 1)
    before = queries(room, page("claim", "change", claim.pk))
    spread(motion, claim, 19)
    assert queries(room, page("claim", "change", claim.pk)) == before


def spread(motion, claim, count):
    """So many relations to the claim and from it, drawn by essays that speak to it, under its tags."""
    for _row in range(count):
        essay = make.EssayFactory(motion=motion)
        make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=claim))
        for ends in ({"source": claim}, {"target_claim": claim, "source": make.ClaimFactory(motion=motion)}):
            make.RelationFactory(**ends, origin="essay").drawn_by.add(essay)
        make.tag(claim, f"Spread {essay.pk}")


def test_a_predictions_page_costs_the_same_with_many_readings(room, motion):
    prediction = motion.predictions.first()
    weigh(prediction, 1)
    before = queries(room, page("prediction", "change", prediction.pk))
    weigh(prediction, 19)
    assert queries(room, page("prediction", "change", prediction.pk)) == before


def weigh(prediction, count):
    for _row in range(count):
        told = {"low": 0.2, "high": 0.4, "paragraph": 1, "note": "Hedged."}
        prediction.readings.create(essay=make.EssayFactory(motion=prediction.motion), **told)
        prediction.bearings.create(claim=make.ClaimFactory(motion=prediction.motion), outcome="yes", rationale="So.")


def test_claims_are_found_by_their_words(room, motion):
    claim = make.ClaimFactory(motion=motion, text="Snow falls upward.")
    assert listed(room.get(page("claim", q="upward"))) == {claim.pk}


def test_loose_claims_are_found(room, motion):
    lone = make.ClaimFactory(motion=motion)
    refresh(motion)
    assert listed(room.get(page("claim", loose="yes"))) == {lone.pk}


def test_unanswered_counterpoints_are_found(room, motion):
    point = Counterpoint.objects.order_by("pk").last()
    make.RelationFactory(source=make.ClaimFactory(motion=motion), target_claim=point.source)
    refresh(motion)
    unanswered = Relation.objects.counterpoints().filter(standing__answered=False)
    assert listed(room.get(page("counterpoint", unanswered="yes"))) == set(unanswered.values_list("pk", flat=True))
    assert point.pk not in set(unanswered.values_list("pk", flat=True))


def test_stances_without_a_passage_are_found(room, motion):
    bare = make.StanceFactory(claim=make.ClaimFactory(motion=motion), essay=motion.essays.first())
    assert listed(room.get(page("stance", without_passage="yes"))) == {bare.pk}


def test_claims_are_narrowed_to_an_essay(room, motion):
    essay = motion.essays.order_by("pk").last()
    response = room.get(page("claim", stances__essay__id__exact=essay.pk))
    assert listed(response) == set(Stance.objects.filter(essay=essay).values_list("claim", flat=True))


def test_what_is_not_published_is_counted_on_the_first_page(room, motion):
    make.ClaimFactory(motion=motion, status="draft")
    assert "1 not published" in room.get("/admin/").content.decode()


def test_the_count_leads_to_those_rows(room, motion):
    draft = make.ClaimFactory(motion=motion, status="draft")
    assert listed(room.get(page("claim", status__in="draft,review"))) == {draft.pk}


def test_a_filter_of_many_is_typed_into(room, motion):
    grow(motion, 12)
    response = room.get(page("claim"))
    picked = [form for form in tree_of(response).iter("form") if form.get("class") == "picked"]
    typed = [select.get("name") for form in picked for select in form.iter("select")]
    assert typed == ["motion__id__exact", "side__id__exact", "stances__essay__id__exact"]


def completed(room, term, model, field):
    asked = {"term": term, "app_label": "debate", "model_name": model, "field_name": field}
    return [row["text"] for row in json.loads(room.get("/admin/autocomplete/", asked).content)["results"]]


def test_a_claim_is_completed_and_says_that_it_is_a_draft(room, motion):
    make.ClaimFactory(motion=motion, text="Snow falls upward.", status="draft")
    assert completed(room, "falls up", "stance", "claim") == ["Snow falls upward. (draft)"]


def test_a_relation_is_found_by_either_end(room, motion):
    relation = Relation.objects.order_by("pk").first()
    for end in (relation.source, relation.target_claim):
        assert str(relation) in completed(room, end.text, "relation", "target_relation")


def test_a_side_is_offered_with_its_motion(room, motion):
    side = motion.sides.first()
    assert f"{side} · {motion}" in completed(room, side.label, "claim", "side")


def test_completing_costs_the_same_at_any_length(room, motion):
    address = "/admin/autocomplete/?term=&app_label=debate&model_name=relation&field_name=target_relation"
    before = queries(room, address)
    grow(motion, 10)
    assert queries(room, address) == before
