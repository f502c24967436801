"""What a constraint of the database forbids, the room says in a sentence before the database has to."""

import pytest

from tests import factories as make
from tests.curating.forms import errors_of, page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return make.motion_with_claims(3)


def first(rows):
    return rows.order_by("pk").first()


def prediction_of(motion):
    return make.PredictionFactory(motion=motion, essay=motion.essays.get())


def featured(room, motion):
    make.MotionFactory(featured=True)
    return send(room, page("motion", "change", motion.pk), featured="on")


def stance_again(room, motion):
    claim = first(motion.claims)
    passage = {"passages__0__paragraph": 1, "passages__0__gist": "So."}
    return send(room, page("stance", "add", essay=motion.essays.get().pk, claim=claim.pk), kind="asserts", **passage)


def relation_again(room, motion):
    relation = first(motion.claims.last().relations)
    told = {"source": relation.source_id, "target_claim": relation.target_claim_id, "kind": relation.kind}
    return send(room, page("relation", "add", **told), rationale="So.", origin="curator")


def passage(**told):
    def sent(room, motion):
        stance = first(motion.claims).stances.get()
        return send(room, page("stance", "change", stance.pk), **{f"passages__0__{n}": v for n, v in told.items()})

    return sent


def motion_with(**told):
    return lambda room, motion: send(room, page("motion", "change", motion.pk), **told)


def essay_with(**told):
    return lambda room, motion: send(room, page("essay", "change", motion.essays.get().pk), **told)


def prediction_with(**told):
    return lambda room, motion: send(room, page("prediction", "change", prediction_of(motion).pk), **told)


def reading(**told):
    row = {"low": 0.2, "high": 0.4, "paragraph": 1, "note": "Hedged.", **told}

    def sent(room, motion):
        rows = {f"readings__0__{n}": v for n, v in {**row, "essay": motion.essays.get()}.items()}
        return send(room, page("prediction", "change", prediction_of(motion).pk), **rows, readings__TOTAL_FORMS=1)

    return sent


def claim_again(room, motion):
    one, other = motion.claims.order_by("pk")[:2]
    return send(room, page("claim", "change", other.pk), text=one.text.upper())


def claim_on_itself(room, motion):
    relation = first(motion.claims.last().relations)
    return send(room, page("relation", "change", relation.pk), target_claim=relation.source)


SAID = {
    "Only a published motion can be featured.": motion_with(featured="on", status="draft"),
    "Another motion is featured; take it off first.": featured,
    "The horizon has to lie after the opening.": motion_with(horizon="2019-01-01"),
    "Please correct the duplicate data for glyph.": motion_with(sides__1__glyph="left"),
    "A date needs its precision; no date means that it is not given.": essay_with(date_precision="unknown"),
    "This motion has a claim that says the same": claim_again,
    "This essay has a stance on this claim already.": stance_again,
    "A passage needs a paragraph, counted from 1, and a gist.": passage(paragraph=0),
    "Who is reported? Name the speaker.": passage(kind="reports"),
    "This relation is drawn already.": relation_again,
    "A claim cannot bear on itself.": claim_on_itself,
    "A prediction closes after it opens.": prediction_with(closes_at_0="2019-01-01"),
    "A resolution needs its date and a note; an open prediction has neither.": prediction_with(resolution="yes"),
    "A reading runs from a lower to a higher probability, 0.01 to 0.99.": reading(low=0.9),
}


@pytest.mark.parametrize("said", SAID)
def test_the_room_says_what_is_wrong(room, motion, said):
    assert said in errors_of(SAID[said](room, motion))
