"""What the room refuses, and what it says then: rules that no single row can keep."""

from datetime import date

import pytest

from debate.actions.audit import every_rule
from debate.actions.corpus import refresh
from debate.models import Claim, Motion, Prediction, Relation, Stance
from tests import factories as make
from tests.curating.forms import errors_of, filled, links_of, page, send

pytestmark = pytest.mark.django_db
ELSEWHERE = "to another motion"


@pytest.fixture
def motion(db):
    return make.motion_with_claims(3)


@pytest.fixture
def claim(motion):
    return motion.claims.order_by("pk").first()


@pytest.fixture
def relation(motion):
    return Relation.objects.filter(source__motion=motion).order_by("pk").first()


@pytest.fixture
def foreign(db):
    """A motion beside, of which nothing may be named."""
    return make.motion_with_claims(2)


def test_an_essay_takes_a_side_of_its_motion(room, motion, foreign):
    response = send(room, page("essay", "change", motion.essays.get().pk), side=foreign.sides.first())
    assert ELSEWHERE in errors_of(response)


def test_an_essay_responds_to_one_of_its_motion(room, motion, foreign):
    response = send(room, page("essay", "change", motion.essays.get().pk), responds_to=foreign.essays.get())
    assert ELSEWHERE in errors_of(response)


def test_an_essay_responds_to_nothing_written_later(room, motion):
    later = make.EssayFactory(motion=motion, published_on=date(2021, 1, 1))
    response = send(room, page("essay", "change", motion.essays.first().pk), responds_to=later)
    assert "published later" in errors_of(response)


def test_an_essay_is_not_dated_after_its_responses(room, motion):
    essay = motion.essays.get()
    make.EssayFactory(motion=motion, responds_to=essay)
    response = send(room, page("essay", "change", essay.pk), published_on="2022-01-01")
    assert "was published before" in errors_of(response)


def test_a_summary_marks_only_claims_that_the_essay_speaks_to(room, motion):
    response = send(room, page("essay", "change", motion.essays.get().pk), summary="So it says. [[no-such-claim]]")
    assert "“no-such-claim” is marked here" in errors_of(response)


def test_a_marked_claim_keeps_its_slug(room, motion, claim):
    motion.essays.update(summary=f"So it says. [[{claim.slug}]]")
    response = send(room, page("claim", "change", claim.pk), slug="another")
    assert "it stays" in errors_of(response)


def test_a_marked_stance_stays_with_its_claim(room, motion, claim):
    motion.essays.update(summary=f"So it says. [[{claim.slug}]]")
    other = make.ClaimFactory(motion=motion)
    response = send(room, page("stance", "change", claim.stances.get().pk), claim=other)
    assert "take the mark out first" in errors_of(response)


def test_a_claim_favours_a_side_of_its_motion(room, claim, foreign):
    response = send(room, page("claim", "change", claim.pk), side=foreign.sides.first())
    assert ELSEWHERE in errors_of(response)


def test_a_claim_stays_in_the_motion_where_anything_hangs_on_it(room, claim, foreign):
    response = send(room, page("claim", "change", claim.pk), motion=foreign, side="")
    assert "stays in its motion" in errors_of(response)


def test_a_claim_on_which_nothing_hangs_can_move(room, motion, foreign):
    claim = make.ClaimFactory(motion=motion)
    send(room, page("claim", "change", claim.pk), motion=foreign)
    assert Claim.objects.get(pk=claim.pk).standing.motion == foreign


def test_a_thesis_stays_published(room, claim):
    response = send(room, page("claim", "change", claim.pk), status="draft")
    assert "stays published" in errors_of(response)


def test_a_side_has_a_thesis_of_its_motion(room, motion, foreign):
    response = send(room, page("motion", "change", motion.pk), sides__1__thesis=foreign.claims.last())
    assert ELSEWHERE in errors_of(response)


def test_a_thesis_is_published(room, motion):
    draft = make.ClaimFactory(motion=motion, status="draft")
    response = send(room, page("motion", "change", motion.pk), sides__1__thesis=draft)
    assert "The thesis of a published motion is a published claim." in errors_of(response)


def test_a_featured_motion_has_theses_on_all_sides(room, motion):
    prediction = make.PredictionFactory(motion=motion, essay=motion.essays.get())
    response = send(room, page("motion", "change", motion.pk), featured="on", deciding_prediction=prediction)
    assert "Each side of a featured motion has a thesis." in errors_of(response)


def test_a_featured_motion_is_decided_by_a_prediction(room, motion):
    response = send(room, page("motion", "change", motion.pk), featured="on")
    assert "names a published prediction" in errors_of(response)


def test_a_motion_is_decided_by_a_prediction_of_its_own(room, motion, foreign):
    prediction = make.PredictionFactory(motion=foreign, essay=foreign.essays.get())
    response = send(room, page("motion", "change", motion.pk), deciding_prediction=prediction)
    assert ELSEWHERE in errors_of(response)


def test_an_essay_takes_a_stance_on_a_claim_of_its_motion(room, claim, foreign):
    response = send(room, page("stance", "change", claim.stances.get().pk), essay=foreign.essays.get())
    assert ELSEWHERE in errors_of(response)


def test_a_stance_is_shown_by_a_passage(room, claim):
    response = send(room, page("stance", "change", claim.stances.get().pk), kind="denies")
    assert "No passage shows the stance “denies”." in errors_of(response)


def test_a_new_stance_needs_a_passage(room, motion):
    claim = make.ClaimFactory(motion=motion)
    response = send(room, page("stance", "add", essay=motion.essays.get().pk, claim=claim.pk), kind="asserts")
    assert "At least one has to." in errors_of(response)
    assert not Stance.objects.filter(claim=claim).exists()


def test_the_last_passage_that_shows_a_stance_stays(room, claim):
    response = send(room, page("stance", "change", claim.stances.get().pk), passages__0__DELETE="on")
    assert "At least one has to." in errors_of(response)


def test_a_report_names_its_speaker(room, claim):
    response = send(room, page("stance", "change", claim.stances.get().pk), kind="reports", passages__0__kind="reports")
    assert "Who is reported?" in errors_of(response)


def test_a_relation_stays_in_its_motion(room, relation, foreign):
    response = send(room, page("relation", "change", relation.pk), target_claim=foreign.claims.last())
    assert ELSEWHERE in errors_of(response)


def test_a_relation_drawn_on_a_claims_page_stays_in_its_motion(room, relation, foreign):
    response = send(room, page("claim", "change", relation.source_id), relations__0__target_claim=foreign.claims.last())
    assert ELSEWHERE in errors_of(response)


def test_an_undercut_stays_in_its_motion(room, relation, foreign):
    response = undercut(room, relation, source=foreign.claims.last())
    assert ELSEWHERE in errors_of(response)


def undercut(room, relation, source, kind="undercuts"):
    return send(
        room,
        page("relation", "add", kind=kind, target_relation=relation.pk),
        source=source,
        rationale="It does not follow.",
        origin="curator",
    )


def test_an_undercut_attacks_a_relation(room, claim, relation):
    response = send(room, page("relation", "change", relation.pk), kind="undercuts")
    assert "Say which relation is undercut, and leave the target claim empty." in errors_of(response)


def test_a_claim_does_not_undercut_what_it_leads_to_itself(room, relation):
    assert "what it leads to itself" in errors_of(undercut(room, relation, source=relation.source))


def stack(relation, height):
    """Undercuts, each of the one before."""
    for _step in range(height):
        relation = make.RelationFactory(
            source=make.ClaimFactory(motion=relation.source.motion),
            kind="undercuts",
            target_claim=None,
            target_relation=relation,
        )
    return relation


def test_no_undercut_comes_round_to_itself(room, relation):
    top = stack(relation, 2)
    response = send(room, page("relation", "change", top.target_relation_id), target_relation=top)
    assert "It would undercut itself." in errors_of(response)


def test_undercuts_stand_on_each_other_only_so_high(room, relation):
    top = stack(relation, 3)
    response = undercut(room, top, source=make.ClaimFactory(motion=relation.source.motion))
    assert "at most 3 high" in errors_of(response)


def test_a_relation_does_not_come_to_start_from_what_undercuts_it(room, relation):
    top = stack(relation, 1)
    response = send(room, page("relation", "change", relation.pk), source=top.source)
    assert "cannot start from there" in errors_of(response)


def test_an_essays_relation_names_the_essay(room, relation):
    response = send(room, page("relation", "change", relation.pk), origin="essay")
    assert "Which essay draws it?" in errors_of(response)


def test_a_curators_relation_names_none(room, relation, motion):
    response = send(room, page("relation", "change", relation.pk), drawn_by=[motion.essays.get()])
    assert "not both" in errors_of(response)


def test_an_essay_draws_relations_of_its_motion(room, relation, foreign):
    response = send(room, page("relation", "change", relation.pk), origin="essay", drawn_by=[foreign.essays.get()])
    assert ELSEWHERE in errors_of(response)


def test_one_page_draws_no_relation_twice(room, motion):
    lone, target = make.ClaimFactory(motion=motion), motion.claims.first()
    row = {"kind": "supports", "target_claim": target.pk, "rationale": "So.", "origin": "curator"}
    rows = {f"relations__{n}__{name}": value for n in range(2) for name, value in row.items()}
    response = send(room, page("claim", "change", lone.pk), **rows, relations__TOTAL_FORMS=2)
    assert "drawn twice" in errors_of(response)


@pytest.fixture
def prediction(motion):
    return make.PredictionFactory(motion=motion, essay=motion.essays.get())


def test_a_prediction_comes_from_an_essay_of_its_motion(room, prediction, foreign):
    response = send(room, page("prediction", "change", prediction.pk), essay=foreign.essays.get())
    assert ELSEWHERE in errors_of(response)


ROWS = {
    "readings": {"low": 0.2, "high": 0.4, "paragraph": 1, "note": "Hedged."},
    "bearings": {"outcome": "yes", "rationale": "So."},
    "implies": {"rationale": "So."},
}


@pytest.mark.parametrize(("rows", "end"), [("readings", "essay"), ("bearings", "claim"), ("implies", "conclusion")])
def test_what_stands_with_a_prediction_is_of_its_motion(room, prediction, foreign, rows, end):
    others = {
        "essay": foreign.essays.get(),
        "claim": foreign.claims.last(),
        "conclusion": make.PredictionFactory(motion=foreign, essay=foreign.essays.get()),
    }
    told = {f"{rows}__0__{name}": value for name, value in {**ROWS[rows], end: others[end]}.items()}
    response = send(room, page("prediction", "change", prediction.pk), **told, **{f"{rows}__TOTAL_FORMS": 1})
    assert ELSEWHERE in errors_of(response)


def test_what_would_hide_a_thesis_is_not_written(room, motion, claim):
    response = send(room, page("essay", "change", motion.essays.get().pk), status="draft")
    said = room.get(response["Location"]).content.decode()
    assert "Readers would not see the thesis" in said
    assert "was changed successfully" not in said
    assert Claim.objects.visible().filter(pk=claim.pk).exists()


def test_a_promise_broken_before_is_no_obstacle(room, motion, claim):
    claim.stances.all().delete()
    refresh(motion)
    send(room, page("claim", "change", claim.pk), text="Said better.")
    assert Claim.objects.get(pk=claim.pk).text == "Said better."


def test_a_published_motion_keeps_two_sides(room, motion):
    motion.claims.update(side=None)
    response = send(room, page("motion", "change", motion.pk), sides__1__DELETE="on")
    assert "needs two sides" in errors_of(response)


def test_a_new_motion_is_not_published_without_sides(room):
    told = {"question": "Will it rain?", "slug": "rain", "opened_on": "2020-01-01", "horizon": "2030-01-01"}
    response = send(room, page("motion", "add"), **told, status="published")
    assert "needs two sides" in errors_of(response)


def test_a_new_motions_sides_look_different_from_the_start(room):
    told = filled(room.get(page("motion", "add")))
    looks = [[told[f"sides-{n}-{name}"] for name in ("position", "glyph", "colour")] for n in range(2)]
    assert looks == [[["1"], ["left"], ["blue"]], [["2"], ["right"], ["orange"]]]


def test_an_empty_side_is_not_written(room):
    told = {"question": "Will it rain?", "slug": "rain", "opened_on": "2020-01-01", "horizon": "2030-01-01"}
    send(room, page("motion", "add"), **told)
    assert Motion.objects.get(slug="rain").sides.count() == 0


def test_a_motions_horizon_lies_after_its_opening(room, motion):
    response = send(room, page("motion", "change", motion.pk), horizon="2001-01-01")
    assert errors_of(response) == "The horizon has to lie after the opening."


def test_a_prediction_resolves_no_earlier_than_it_closes(room, prediction):
    response = send(room, page("prediction", "change", prediction.pk), resolves_on="2021-01-01")
    assert "or later" in errors_of(response)


def test_a_prediction_may_resolve_on_the_day_it_closes(room, prediction):
    send(room, page("prediction", "change", prediction.pk), resolves_on=prediction.closes_at.date(), statement="So.")
    assert Prediction.objects.get(pk=prediction.pk).statement == "So."


def test_the_audit_finds_one_that_resolves_earlier(prediction):
    Prediction.objects.update(resolves_on=date(2021, 1, 1))
    rule = next(rule for rule in every_rule() if "resolves no earlier" in rule.name)
    assert rule.check().rows == 1


def test_what_is_no_undercut_bears_on_a_claim(room, motion, relation):
    response = undercut(room, relation, source=make.ClaimFactory(motion=motion), kind="rebuts")
    assert errors_of(response) == "Say which claim it bears on, and leave the target relation empty."


@pytest.mark.parametrize("change", [str.upper, lambda text: text.rstrip(".") + " !", lambda text: f"  {text}"])
def test_a_claim_is_not_made_twice(room, motion, claim, change):
    told = {"slug": "again", "kind": "forecast", "motion": motion}
    response = send(room, page("claim", "add"), **told, text=change(claim.text))
    assert "says the same" in errors_of(response)
    assert links_of(response)[claim.text] == page("claim", "change", claim.pk)


def test_the_same_words_may_stand_in_another_motion(room, claim, foreign):
    send(room, page("claim", "add"), slug="again", kind="forecast", motion=foreign, text=claim.text, origin="essay")
    assert Claim.objects.filter(slug="again").exists()


def test_a_published_claim_that_no_passage_shows_is_warned_of(room, motion):
    told = {"slug": "lone", "kind": "forecast", "motion": motion, "text": "Said alone.", "status": "published"}
    response = send(room, page("claim", "add"), **told, origin="essay")
    assert "once a published essay shows it" in room.get(response["Location"]).content.decode()


def test_a_claim_that_readers_see_is_not_warned_of(room, claim):
    response = send(room, page("claim", "change", claim.pk), text="Said better.")
    assert "Readers do not see this" not in room.get(response["Location"]).content.decode()
