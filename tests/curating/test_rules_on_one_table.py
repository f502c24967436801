"""What a constraint of the database forbids, the room says in a sentence before the database has to."""

import pytest
from django.db import IntegrityError

from debate.models import Motion
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


def claim_on_itself_from_its_page(room, motion):
    claim, told = make.ClaimFactory(motion=motion), {"kind": "rebuts", "origin": "curator", "rationale": "So."}
    rows = {f"relations__0__{name}": value for name, value in {**told, "target_claim": claim}.items()}
    return send(room, page("claim", "change", claim.pk), **rows, relations__TOTAL_FORMS=1)


def prediction_that_implies_itself(room, motion):
    row = prediction_of(motion)
    told = {"implies__TOTAL_FORMS": 1, "implies__0__conclusion": row, "implies__0__rationale": "So."}
    return send(room, page("prediction", "change", row.pk), **told)


def bearing_again(room, motion):
    row, claim = prediction_of(motion), first(motion.claims)
    told = {"bearings__0__claim": claim, "bearings__0__outcome": "yes", "bearings__0__rationale": "So."}
    send(room, page("prediction", "change", row.pk), **told, bearings__TOTAL_FORMS=1)
    told = {name.replace("0", "1"): value for name, value in told.items()}
    return send(room, page("prediction", "change", row.pk), **told, bearings__TOTAL_FORMS=2)


def essay_that_answers_itself(room, motion):
    return essay_with(responds_to=motion.essays.get())(room, motion)


def sides_that_change_places(room, motion):
    return motion_with(sides__0__position=2, sides__1__position=1)(room, motion)


SAID = {
    "Another side of this motion has the same mark.": sides_that_change_places,
    "An essay cannot respond to itself.": essay_that_answers_itself,
    "This claim bears on this prediction already.": bearing_again,
    "A prediction does not entail itself.": prediction_that_implies_itself,
    "A claim cannot bear on itself. ": claim_on_itself_from_its_page,
    "It holds a sign that cannot be shown.": essay_with(title="So\x08."),
    "Only a published motion can be featured.": motion_with(featured="on", status="draft"),
    "Another motion is featured; take it off first.": featured,
    "The horizon has to lie after the opening.": motion_with(horizon="2019-01-01"),
    "has the same mark": motion_with(sides__1__glyph="left"),
    "A date needs its precision; no date means that it is not given.": essay_with(date_precision="unknown"),
    "This motion has a claim that says the same": claim_again,
    "This essay has a stance on this claim already.": stance_again,
    "A passage needs a paragraph, counted from 1, and a gist.": passage(paragraph=0),
    "Who is reported? Name the speaker.": passage(kind="reports"),
    "This relation is drawn already.": relation_again,
    "A claim cannot bear on itself.": claim_on_itself,
    "A prediction closes after it opens.": prediction_with(closes_at_0="2019-01-01"),
    "A reading runs from a lower to a higher probability, 0.01 to 0.99.": reading(low=0.9),
}


@pytest.mark.parametrize("said", SAID)
def test_the_room_says_what_is_wrong(room, motion, said):
    assert said.strip() in errors_of(SAID[said](room, motion))


def test_what_the_database_alone_refuses_is_told_too(room, motion, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise IntegrityError

    monkeypatch.setattr(Motion, "save", refuse)
    address = page("motion", "change", motion.pk)
    shown = room.get(send(room, address, question="Will it?")["Location"])
    assert "Nothing was written" in shown.content.decode()
