"""A reader looks over the predictions, and reads one."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone

from debate.models import Prediction, Reading
from tests.factories import ClaimFactory, EssayFactory, MotionFactory, PredictionFactory, SideFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def motion(db):
    return MotionFactory(featured=True)


def page(client, address="/predictions/"):
    return unescape(client.get(address).content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def in_every_state(motion):
    now = timezone.now()
    return {
        "open": PredictionFactory(motion=motion),
        "due": PredictionFactory(motion=motion, closes_at=now - DAY),
        "upcoming": PredictionFactory(motion=motion, opens_at=now + DAY),
        "resolved": PredictionFactory(
            motion=motion,
            closes_at=now - DAY,
            resolution="no",
            resolved_on=date(2026, 11, 1),
            resolution_note="It did not.",
        ),
    }


def test_they_stand_in_groups(client, motion):
    made = in_every_state(motion)
    listed = page(client)
    for state, prediction in made.items():
        group = listed.split(f'<h2 id="{state}"')[1].split("</section>")[0]
        assert prediction.statement in group


@pytest.mark.parametrize("state", ["open", "due", "upcoming", "resolved"])
def test_one_state_can_be_asked_for(client, motion, state):
    made = in_every_state(motion)
    listed = page(client, f"/predictions/?state={state}")
    shown = {name for name, prediction in made.items() if prediction.statement in listed}
    assert shown == {state}


def test_one_essay_can_be_asked_for(client, motion):
    mine, other = PredictionFactory(motion=motion), PredictionFactory(motion=motion)
    listed = page(client, f"/predictions/?essay={mine.essay.slug}")
    assert mine.statement in listed
    assert other.statement not in listed


def test_a_long_group_goes_on(client, motion):
    essay = EssayFactory(motion=motion)
    made = PredictionFactory.create_batch(25, motion=motion, essay=essay)
    first = page(client)
    following = page(client, "/predictions/?" + re.search(r'href="\?([^"]*page=[^"]*)"', first)[1])
    told = [
        prediction.statement
        for prediction in made
        if f">{prediction.statement}<" in first or f">{prediction.statement}<" in following
    ]
    assert len(told) == 25


def test_none_says_so(client, motion):
    assert "No prediction passes these filters." in page(client)


def test_a_hidden_one_is_neither_listed_nor_found(client, motion):
    hidden = PredictionFactory(motion=motion, status="draft")
    assert hidden.statement not in page(client)
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_one_tells_its_criteria_dates_and_essay(client, motion):
    prediction = PredictionFactory(motion=motion, criteria="It is in the **newspaper**.")
    told = page(client, prediction.get_absolute_url())
    assert "It is in the <strong>newspaper</strong>." in told
    assert prediction.essay.title in told
    assert "closes in 1 year" in told


def read_as(prediction, low, high, **facts):
    essay = EssayFactory(motion=prediction.motion, **facts)
    return Reading.objects.create(
        essay=essay, prediction=prediction, low=low, high=high, heading="Ahead", paragraph=2, note="It sounds so."
    )


def test_readings_are_drawn_and_told_in_a_table_as_the_curators(client, motion):
    prediction = PredictionFactory(motion=motion)
    reading = read_as(prediction, 0.2, 0.35, side=SideFactory(motion=motion, slug="yes"))
    part = page(client, prediction.get_absolute_url()).split('id="readings"')[1].split("</section>")[0]
    assert "A curator’s reading" in part
    assert part.count("20 to 35%") == 2
    assert "<svg" in part
    assert reading.essay.authors.get().short_name in part
    assert "“Ahead”, ¶ 2" in part


def test_a_reading_of_a_hidden_essay_is_hidden(client, motion):
    prediction = PredictionFactory(motion=motion)
    reading = read_as(prediction, 0.2, 0.3, status="review")
    assert reading.essay.authors.get().short_name not in page(client, prediction.get_absolute_url())


def test_claims_stand_by_the_outcome_they_lead_one_to_expect(client, motion):
    prediction = PredictionFactory(motion=motion)
    claims = {outcome: ClaimFactory(motion=motion) for outcome in ("yes", "no")}
    for outcome, claim in claims.items():
        prediction.bearings.create(claim=claim, outcome=outcome, rationale="Because.")
    told = page(client, prediction.get_absolute_url())
    for outcome, claim in claims.items():
        assert claim.text in told.split(f'id="for-{outcome}"')[1].split("</section>")[0]


def test_what_follows_from_what_is_told_at_both_ends(client, motion):
    premise, conclusion = PredictionFactory(motion=motion), PredictionFactory(motion=motion)
    premise.implies.create(conclusion=conclusion, rationale="One needs the other.")
    assert conclusion.statement in page(client, premise.get_absolute_url())
    assert premise.statement in page(client, conclusion.get_absolute_url())


def test_a_resolved_one_tells_how_when_and_on_what_evidence(client, motion):
    prediction = in_every_state(motion)["resolved"]
    Prediction.objects.filter(pk=prediction.pk).update(evidence_url="https://example.org/proof")
    told = page(client, prediction.get_absolute_url())
    assert "Resolved: no, on 1 November 2026" in told
    assert "It did not." in told
    assert "https://example.org/proof" in told


def test_every_prediction_of_the_corpus_can_be_read(corpus, client):
    slugs = Prediction.objects.visible().values_list("slug", flat=True)
    assert [client.get(f"/predictions/{slug}/").status_code for slug in slugs] == [200] * len(slugs)
