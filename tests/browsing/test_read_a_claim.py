"""A reader reads one claim: who says what of it, what answers it, what it bears on."""

import re
from datetime import date
from html import unescape

import pytest

from debate.actions.corpus import refresh
from debate.models import Claim, Relation, StanceKind, Status
from tests.factories import (
    ClaimFactory,
    EssayFactory,
    MotionFactory,
    PassageFactory,
    PredictionFactory,
    RelationFactory,
    StanceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return MotionFactory(featured=True)


@pytest.fixture
def claim(motion):
    return ClaimFactory(motion=motion, text="The sky is blue.")


def page_of(client, claim):
    return unescape(client.get(f"/claims/{claim.slug}/").content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def section(page, name):
    """The part of the page under the heading of this id."""
    return page.split(f'id="{name}"', 1)[1].split("</section>", 1)[0]


def says(claim, kind=StanceKind.ASSERTS, **passage):
    stance = StanceFactory(claim=claim, kind=kind)
    return PassageFactory(stance=stance, **passage).stance.essay


def test_the_sentence_is_the_one_heading(client, claim):
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page_of(client, claim)) == ["The sky is blue."]


def test_every_essay_that_speaks_stands_with_its_stance_and_place(client, claim):
    essay = says(claim, StanceKind.CONCEDES, gist="Grants the blueness.", heading="Colours", paragraph=4)
    voices = section(page_of(client, claim), "voices")
    assert essay.authors.get().short_name in voices
    assert "concedes" in voices
    assert "Grants the blueness." in voices
    assert "“Colours”, ¶ 4" in voices
    assert f'href="{essay.get_absolute_url()}' in voices


def test_a_place_that_says_just_the_claim_does_not_say_it_again(client, claim):
    essay = says(claim, gist=claim.text, paragraph=4)
    voices = section(page_of(client, claim), "voices")
    assert "¶ 4" in voices
    assert claim.text not in voices
    assert client.get(essay.get_absolute_url()).content.decode().count(f">{claim.text}<") == 1


def test_words_of_somebody_else_name_the_speaker(client, claim):
    says(claim, StanceKind.REPORTS, speaker="A job advertisement")
    assert "A job advertisement" in section(page_of(client, claim), "voices")


def test_essays_that_say_nothing_are_listed_as_silent(client, motion, claim):
    says(claim)
    mute = EssayFactory(motion=motion)
    voices = section(page_of(client, claim), "voices")
    assert "Silent" in voices
    assert mute.authors.get().short_name in voices.split("Silent")[1]


def test_an_unpublished_essay_neither_speaks_nor_is_silent(client, motion, claim):
    says(claim)
    hidden = EssayFactory(motion=motion, status=Status.REVIEW)
    PassageFactory(stance=StanceFactory(claim=claim, essay=hidden), gist="Nobody may see this.")
    page = page_of(client, claim)
    assert hidden.authors.get().short_name not in page
    assert "Nobody may see this." not in page


@pytest.mark.parametrize("kind", ["rebuts", "qualifies"])
def test_what_answers_it_stands_with_why_and_by_whom(client, claim, kind):
    relation = RelationFactory(
        target_claim=claim, source__motion=claim.motion, kind=kind, rationale="It is grey today."
    )
    refresh(claim.motion)
    answers = section(page_of(client, claim), "answers")
    assert relation.source.text in answers
    assert "It is grey today." in answers
    assert "drawn by a curator" in answers
    assert "not answered yet" in answers


def test_an_answered_counterpoint_says_so(client, claim):
    relation = RelationFactory(target_claim=claim, source__motion=claim.motion)
    RelationFactory(target_claim=relation.source, source__motion=claim.motion)
    refresh(claim.motion)
    assert "not answered yet" not in section(page_of(client, claim), "answers")


def test_who_drew_a_relation_is_named(client, claim):
    essay = EssayFactory(motion=claim.motion)
    relation = RelationFactory(target_claim=claim, source__motion=claim.motion, origin="essay")
    relation.drawn_by.add(essay)
    refresh(claim.motion)
    assert f"drawn by {essay.authors.get().short_name}" in section(page_of(client, claim), "answers")


def undercut(relation):
    return RelationFactory(
        source__motion=relation.source.motion, kind="undercuts", target_claim=None, target_relation=relation
    )


def test_an_undercut_of_a_support_is_an_answer_and_names_the_step(client, claim):
    support = RelationFactory(target_claim=claim, source__motion=claim.motion, kind="supports")
    attack = undercut(support)
    refresh(claim.motion)
    answers = section(page_of(client, claim), "answers")
    assert attack.source.text in answers
    assert support.source.text in answers


def test_an_undercut_of_a_counterpoint_stands_under_it(client, claim):
    rebuttal = RelationFactory(target_claim=claim, source__motion=claim.motion)
    attack = undercut(rebuttal)
    refresh(claim.motion)
    answers = section(page_of(client, claim), "answers")
    assert re.search(
        f"{rebuttal.source.text}.*<article.*{attack.source.text}.*</article>\\s*</article>", answers, re.DOTALL
    )


def test_supports_and_what_it_bears_on_stand_apart(client, claim):
    support = RelationFactory(target_claim=claim, source__motion=claim.motion, kind="supports")
    outward = RelationFactory(source=claim, kind="rebuts")
    refresh(claim.motion)
    page = page_of(client, claim)
    assert support.source.text in section(page, "supports")
    assert outward.target_claim.text in section(page, "bears-on")


def test_a_claim_that_undercuts_says_which_step(client, claim):
    attacked = RelationFactory(source__motion=claim.motion, kind="supports")
    RelationFactory(source=claim, kind="undercuts", target_claim=None, target_relation=attacked)
    refresh(claim.motion)
    bears_on = section(page_of(client, claim), "bears-on")
    assert attacked.source.text in bears_on
    assert attacked.target_claim.text in bears_on


def test_a_relation_to_a_hidden_claim_is_hidden(client, claim):
    relation = RelationFactory(target_claim=claim, source__motion=claim.motion)
    Claim.objects.filter(pk=relation.source_id).update(status=Claim.Status.DRAFT)
    refresh(claim.motion)
    assert relation.source.text not in page_of(client, claim)


def test_predictions_that_rest_on_it_are_listed(client, claim):
    prediction = PredictionFactory(motion=claim.motion)
    claim.bearings.create(prediction=prediction, outcome="yes", rationale="So it must.")
    listed = section(page_of(client, claim), "predictions")
    assert prediction.statement in listed
    assert "So it must." in listed


def test_of_a_resolved_prediction_it_says_how_it_came_out(client, claim):
    resolved = {"resolution": "no", "resolved_on": date(2026, 11, 1), "resolution_note": "It did not."}
    prediction = PredictionFactory(motion=claim.motion, **resolved)
    claim.bearings.create(prediction=prediction, outcome="yes", rationale="So it must.")
    listed = section(page_of(client, claim), "predictions")
    assert "resolved: no" in listed
    assert "closes on" not in listed


def test_a_merged_claim_leads_to_its_survivor_for_good(client, motion, claim):
    middle = ClaimFactory(motion=motion, status=Claim.Status.MERGED, merged_into=claim)
    first = ClaimFactory(motion=motion, status=Claim.Status.MERGED, merged_into=middle)
    answer = client.get(f"/claims/{first.slug}/")
    assert (answer.status_code, answer["Location"]) == (301, "/claims/" + claim.slug + "/")


def test_a_merged_claim_without_a_visible_survivor_is_not_found(client, motion):
    hidden = ClaimFactory(motion=motion, status=Claim.Status.DRAFT)
    merged = ClaimFactory(motion=motion, status=Claim.Status.MERGED, merged_into=hidden)
    assert client.get(f"/claims/{merged.slug}/").status_code == 404


def test_a_draft_is_not_found(client, motion):
    assert client.get(f"/claims/{ClaimFactory(motion=motion, status=Claim.Status.DRAFT).slug}/").status_code == 404


def test_how_often_it_was_written_is_told(client, claim):
    claim.text = "The sky is blue by day."
    claim.save()
    assert "2 versions in all" in page_of(client, claim)


def test_an_edit_shows_at_once(client, claim):
    page_of(client, claim)
    claim.note = "Said of clear days."
    claim.save()
    assert "Said of clear days." in page_of(client, claim)


def test_any_claim_of_the_corpus_can_be_read(corpus, client):
    slugs = Claim.objects.visible().order_by("slug").values_list("slug", flat=True)[::4]
    answers = [client.get(f"/claims/{slug}/").status_code for slug in slugs]
    assert answers == [200] * len(slugs)


def test_every_relation_of_the_corpus_shows_on_the_claim_it_is_aimed_at(corpus, client):
    for relation in Relation.objects.visible().exclude(target_claim=None).with_ends()[:25]:
        assert relation.rationale in page_of(client, relation.target_claim)
