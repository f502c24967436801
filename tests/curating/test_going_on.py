"""From one page to the next with what is known filled in."""

from urllib.parse import parse_qs, urlsplit

import pytest

from debate.models import Claim, Essay, Relation
from tests import factories as make
from tests.curating.forms import filled, links_of, page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return make.motion_with_claims(2)


@pytest.fixture
def essay(motion):
    return motion.essays.get()


def added(room, address, **told):
    """Where saving leads, and what the address there fills in."""
    parts = urlsplit(send(room, address, **told)["Location"])
    return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}


PASSAGE = {"kind": "asserts", "passages__0__paragraph": 1, "passages__0__gist": "So."}


def test_an_essay_offers_its_next_stance(room, essay):
    links = links_of(room.get(page("essay", "change", essay.pk)))
    assert links["Add a stance on a claim"] == page("stance", "add", essay=essay.pk)


def test_who_comes_from_the_workbench_goes_back_there(room, essay):
    Essay.objects.filter(pk=essay.pk).update(status="draft")
    answer = send(room, page("essay", "change", essay.pk, bench=1), title="Another title")
    assert answer["Location"] == f"/curate/essays/{essay.slug}/"


def test_the_stance_knows_its_essay(room, essay):
    assert filled(room.get(page("stance", "add", essay=essay.pk)))["essay"] == [str(essay.pk)]


def test_saving_a_stance_leads_back_to_the_essay(room, motion, essay):
    told = added(room, page("stance", "add", essay=essay.pk), claim=make.ClaimFactory(motion=motion), **PASSAGE)
    assert told == (page("essay", "change", essay.pk), {})


def test_another_stance_keeps_the_essay(room, motion, essay):
    address = page("stance", "add", essay=essay.pk)
    told = added(room, address, claim=make.ClaimFactory(motion=motion), **PASSAGE, button="_addanother")
    assert told == (page("stance", "add"), {"essay": str(essay.pk)})


def test_another_stance_after_a_plain_one_keeps_the_essay_too(room, motion, essay):
    claim = make.ClaimFactory(motion=motion)
    told = added(room, page("stance", "add"), essay=essay, claim=claim, **PASSAGE, button="_addanother")
    assert told == (page("stance", "add"), {"essay": str(essay.pk)})


def test_a_stance_asked_for_by_a_claim_leads_back_to_it(room, motion, essay):
    claim = make.ClaimFactory(motion=motion)
    told = added(room, page("stance", "add", claim=claim.pk), essay=essay, **PASSAGE)
    assert told == (page("claim", "change", claim.pk), {})


def test_a_new_claim_of_an_essay_goes_on_to_its_stance(room, essay):
    told = added(room, page("claim", "add", essay=essay.pk), text="New.", slug="new", kind="value")
    claim = Claim.objects.get(slug="new")
    assert told == (page("stance", "add"), {"essay": str(essay.pk), "claim": str(claim.pk)})


def test_a_new_claim_of_an_essay_is_of_its_motion(room, essay):
    make.MotionFactory()
    assert filled(room.get(page("claim", "add", essay=essay.pk)))["motion"] == [str(essay.motion_id)]


def test_where_there_is_one_motion_it_is_meant(room, motion):
    assert filled(room.get(page("claim", "add")))["motion"] == [str(motion.pk)]


def test_where_there_are_two_none_is_meant(room, motion):
    make.MotionFactory()
    assert filled(room.get(page("claim", "add")))["motion"] == []


def test_a_stance_offers_the_relation_that_the_essay_draws(room, essay):
    stance = essay.stances.first()
    links = links_of(room.get(page("stance", "change", stance.pk)))
    address = links["Add a relation that the essay draws from this claim"]
    told = filled(room.get(address))
    assert (told["source"], told["drawn_by"]) == ([str(stance.claim_id)], [str(essay.pk)])


def test_a_claim_offers_what_answers_it(room, motion):
    claim = motion.claims.first()
    told = filled(room.get(links_of(room.get(page("claim", "change", claim.pk)))["Add what answers it"]))
    assert (told["kind"], told["target_claim"]) == (["rebuts"], [str(claim.pk)])


def test_a_relation_offers_its_undercut(room, motion):
    relation = Relation.objects.get()
    told = filled(room.get(links_of(room.get(page("relation", "change", relation.pk)))["Undercut this relation"]))
    assert (told["kind"], told["target_relation"]) == (["undercuts"], [str(relation.pk)])


def test_a_claims_page_lists_what_bears_on_it(room):
    relation = make.RelationFactory()
    links = links_of(room.get(page("claim", "change", relation.target_claim_id)))
    assert links[relation.source.text] == page("relation", "change", relation.pk)


def test_what_readers_see_can_be_gone_to(room, essay):
    assert links_of(room.get(page("essay", "change", essay.pk)))["View on site"] == essay.get_absolute_url()


def test_what_they_do_not_see_cannot(room, essay):
    Essay.objects.update(status="draft")
    assert "View on site" not in links_of(room.get(page("essay", "change", essay.pk)))


@pytest.mark.parametrize(
    ("noun", "why"),
    [
        ("essay", "Its status is “draft”."),
        ("claim", "It will be seen once a published essay shows it in a passage."),
        ("author", "No essay of theirs is published."),
        ("prediction", "The essay that it comes from is not published."),
    ],
)
def test_a_page_says_why_readers_do_not_see_it(room, motion, essay, noun, why):
    rows = {
        "essay": essay,
        "claim": motion.claims.first(),
        "author": essay.authors.get(),
        "prediction": make.PredictionFactory(motion=motion, essay=essay),
    }
    Essay.objects.update(status="draft")
    assert why in room.get(page(noun, "change", rows[noun].pk)).content.decode()


def test_a_merged_claim_is_closed_and_names_its_survivor(room, motion):
    one, other = motion.claims.all()
    Claim.objects.filter(pk=one.pk).update(status="merged", merged_into=other)
    said = room.get(page("claim", "change", one.pk)).content.decode()
    assert other.text in said
    assert 'name="_save"' not in said


def test_no_form_makes_a_claim_a_merged_one(room, motion):
    claim = make.ClaimFactory(motion=motion)
    send(room, page("claim", "change", claim.pk), status="merged")
    assert Claim.objects.get(pk=claim.pk).status == "published"


def test_a_passage_left_without_number_and_kind_takes_the_next_and_the_stances(room, essay):
    stance = essay.stances.first()
    row = {"passages__1__paragraph": 2, "passages__1__gist": "Says it again."}
    send(room, page("stance", "change", stance.pk), **row, passages__TOTAL_FORMS=2)
    last = max(passage.number for of in essay.stances.exclude(pk=stance.pk) for passage in of.passages.all())
    passage = stance.passages.get(gist="Says it again.")
    assert (passage.number, passage.kind) == (last - last % 10 + 10, stance.kind)


def test_a_sentence_is_one_line_however_it_was_typed(room, motion):
    claim = make.ClaimFactory(motion=motion)
    send(room, page("claim", "change", claim.pk), text="Broken\r\nin two.")
    assert Claim.objects.get(pk=claim.pk).text == "Broken in two."
