"""`manage.py audit` proves every rule, and finds each one that a raw write has broken."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import connection
from django.db.models import BaseConstraint, CheckConstraint, UniqueConstraint
from django.utils import timezone

from debate import models
from debate.actions.audit import every_rule
from debate.actions.auditing import constraints, visibility
from debate.actions.auditing.rule import FEW, Rule
from debate.actions.forecasting import make_forecast
from debate.actions.insights.computing import compute
from debate.actions.resolution import resolve_prediction
from debate.models import Claim, ClaimStanding, ClaimTally, Essay, Motion, Prediction, Relation, Side, Stance, User
from tests import factories as make
from tests.rules.test_database_constraints import BROKEN, bearing, entailment, reading
from tests.seeing.crowd import camps

pytestmark = pytest.mark.django_db
RULES = {rule.name: rule for rule in every_rule()}
NAMED = {rule.name for rule in constraints.rules()}
ACROSS = sorted(RULES.keys() - NAMED)


def one(model: Any) -> Any:
    return model.objects.order_by("pk").first()


def put(model: Any, **columns: Any) -> None:
    """Write past every action, model method and signal."""
    model.objects.filter(pk=one(model).pk).update(**columns)


def elsewhere() -> Motion:
    return make.motion_with_claims(2)


def side_elsewhere() -> Side:
    return elsewhere().sides.first()


def claim_elsewhere() -> Claim:
    return elsewhere().claims.first()


def essay_elsewhere() -> Essay:
    return elsewhere().essays.first()


def prediction_elsewhere() -> Prediction:
    return make.PredictionFactory()


def ready_prediction() -> Prediction:
    prediction = make.PredictionFactory(motion=one(Motion), essay=one(Essay))
    models.PredictionCrowd.objects.create(prediction=prediction)
    return prediction


def put_scored(model: Any, **columns: Any) -> None:
    resolved_prediction()
    put(model, **columns)


def resolved_prediction() -> Prediction:
    """With two forecasts of yesterday that are scored."""
    prediction = ready_prediction()
    for probability in (0.4, 0.8):
        make_forecast(reader=make.MemberFactory(), prediction=prediction, probability=probability, informed=False)
    models.Forecast.objects.update(made_at=timezone.now() - timedelta(days=1))
    told = {"resolution": "yes", "resolved_on": timezone.now().date(), "note": "So.", "evidence_url": "https://a.org"}
    resolve_prediction(curator=make.CuratorFactory(), prediction=prediction, **told)
    return prediction


def undercut(**columns: Any) -> Relation:
    target = columns.pop("target_relation", None) or one(Relation)
    source = make.ClaimFactory(motion=target.source.motion)
    told = {"source": source, "kind": "undercuts", "target_claim": None, "target_relation": target}
    return make.RelationFactory(**{**told, **columns})


def undercuts_in_a_tower() -> None:
    top = None
    for _floor in range(models.relations.DEEPEST_UNDERCUT + 1):
        top = undercut(target_relation=top)


def undercuts_in_a_ring() -> None:
    first = undercut()
    second = undercut(target_relation=first)
    Relation.objects.filter(pk=first.pk).update(target_relation=second)


def merged_in_a_ring() -> None:
    first, second = one(Motion).claims.order_by("pk")[1:3]
    for claim, survivor in ((first, second), (second, first)):
        Claim.objects.filter(pk=claim.pk).update(status="merged", merged_into=survivor)


def merged_elsewhere() -> None:
    Claim.objects.filter(pk=one(Claim).pk).update(status="merged", merged_into=claim_elsewhere())


def voted_on_merged(model: Any, **columns: Any) -> None:
    first, second = one(Motion).claims.order_by("pk")[1:3]
    model.objects.create(user=make.MemberFactory(), claim=first, **columns)
    Claim.objects.filter(pk=first.pk).update(status="merged", merged_into=second)


def ballot(**columns: Any) -> models.Ballot:
    return models.Ballot.objects.create(user=make.MemberFactory(), motion=one(Motion), phase="before", **columns)


def two_standing_forecasts() -> None:
    told: dict[str, Any] = {"user": make.MemberFactory(), "prediction": ready_prediction(), "probability": 0.4}
    now = timezone.now()
    for ended_at in (None, now):
        models.Forecast.objects.create(**told, made_at=now - timedelta(days=2), ended_at=ended_at)


def guest_with_address() -> None:
    EmailAddress.objects.create(user=make.GuestFactory(), email="guest@example.org")


def address_of_another() -> None:
    EmailAddress.objects.create(user=make.MemberFactory(), email=make.MemberFactory().email)


def answer_to_a_later_essay() -> None:
    later = make.EssayFactory(motion=one(Motion), published_on=date(2021, 1, 1))
    put(Essay, responds_to=later, published_on=date(2020, 12, 1), date_precision="month")


def forecast_behind_the_crowd() -> None:
    models.Forecast.objects.create(user=make.MemberFactory(), prediction=ready_prediction(), probability=0.4)


def vote_behind_the_tally() -> None:
    models.ClaimVote.objects.create(user=make.MemberFactory(), claim=one(Claim), value="agree")


def ballot_too_late() -> None:
    given = ballot()
    reveal_at = given.changed_at - timedelta(hours=1)
    models.Reveal.objects.create(user=given.user, motion=given.motion, made_at=reveal_at)


def pair_behind_the_counts() -> None:
    given = ballot()
    models.Ballot.objects.create(user=given.user, motion=given.motion, phase="after")


def insights_of_a_crowd() -> None:
    camps(one(Motion), 8, 8)
    compute(motion=one(Motion))


def reader_put_elsewhere() -> None:
    insights_of_a_crowd()
    put(models.ReaderPlace, x=9.0)


def group_of_one_more() -> None:
    insights_of_a_crowd()
    run = models.InsightRun.objects.get()
    run.groups[0]["readers"] += 1
    run.save()


def invisible(model: Any) -> None:
    put(model, status="draft")


def text_behind_the_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER debate_claim_fts_update" if on_sqlite() else "DROP INDEX debate_claim_search")
    put(Claim, text="Nobody told the index.")


def stance_without_essay_in_sight() -> None:
    make.PassageFactory(stance=make.StanceFactory(essay__status="draft", claim=one(Claim)))


def on_sqlite() -> bool:
    return connection.vendor == "sqlite"


def eleven_waiting() -> None:
    claim = one(Claim)
    make.SuggestionFactory.create_batch(11, by=make.MemberFactory(), claim=claim)


def suggested_of_merged() -> None:
    first, second = one(Motion).claims.order_by("pk")[1:3]
    make.SuggestionFactory(claim=first)
    Claim.objects.filter(pk=first.pk).update(status="merged", merged_into=second)


BREAKING = {
    "an essay takes a side of its motion": lambda: put(Essay, side=side_elsewhere()),
    "an essay responds to one of its motion": lambda: put(Essay, responds_to=essay_elsewhere()),
    "a claim favours a side of its motion": lambda: put(Claim, side=side_elsewhere()),
    "a merged claim lives on in one of its motion": merged_elsewhere,
    "an essay takes a stance on a claim of its motion": lambda: put(Stance, claim=claim_elsewhere()),
    "a relation stays in its motion": lambda: put(Relation, target_claim=claim_elsewhere()),
    "an undercut stays in its motion": lambda: undercut(source=claim_elsewhere()),
    "an essay draws relations of its motion": lambda: one(Relation).drawn_by.add(essay_elsewhere()),
    "a prediction is from an essay of its motion": lambda: make.PredictionFactory(essay=essay_elsewhere()),
    "a reading joins essay and prediction of one motion": lambda: reading(essay=essay_elsewhere()),
    "a bearing joins claim and prediction of one motion": lambda: bearing(claim=claim_elsewhere()),
    "an entailment joins predictions of one motion": lambda: entailment(prediction_elsewhere(), ready_prediction()),
    "a side's thesis is a claim of its motion": lambda: put(Side, thesis=elsewhere().claims.last()),
    "a motion is decided by a prediction of its own": lambda: put(Motion, deciding_prediction=prediction_elsewhere()),
    "a stance has a passage of its kind": lambda: put(Stance, kind="denies"),
    "an essay's relation names the essay that draws it": lambda: put(Relation, origin="essay"),
    "a curator's relation is drawn by no essay": lambda: one(Relation).drawn_by.add(one(Essay)),
    "an undercut attacks no relation of its own source": lambda: undercut(source=one(Relation).source),
    "an undercut comes to a claim within 3 steps": undercuts_in_a_tower,
    "a merged claim ends at a claim that is not merged": merged_in_a_ring,
    "a merged claim has handed over its votes": lambda: voted_on_merged(models.ClaimVote, value="agree"),
    "a merged claim has handed over its proposed tags": lambda: voted_on_merged(models.TagVote, tag=one(models.Tag)),
    "an address that a tag gave up is no tag's": lambda: models.FormerTag.objects.create(
        slug=one(models.Tag).slug, tag=make.TagFactory()
    ),
    "a merged claim has handed over its suggestions": suggested_of_merged,
    "a member has at most ten suggestions waiting": eleven_waiting,
    "a suggestion is a member's": lambda: make.SuggestionFactory(by=make.GuestFactory(), claim=one(Claim)),
    "a suggestion is known by its own words": lambda: make.SuggestionFactory(claim=one(Claim), fingerprint="x"),
    "a thesis of a published motion is published": lambda: invisible(Claim),
    "a side of the featured motion has a thesis": lambda: put(Side, thesis=None),
    "the featured motion has a published prediction that decides it": lambda: put(Motion, deciding_prediction=None),
    "an essay responds to nothing written later": answer_to_a_later_essay,
    "a summary marks only claims on which its essay takes a stance": lambda: put(
        Essay, summary="It says so. [[no-such]]"
    ),
    "a prediction resolves no earlier than on the day it closes": lambda: make.PredictionFactory(
        motion=one(Motion), essay=one(Essay), resolves_on=date(2021, 1, 1)
    ),
    "a published essay names its authors": lambda: one(Essay).authors.set([]),
    "an essay in review waits for a review": lambda: make.EssayFactory(status="review"),
    "a review that waits is of an essay in review": lambda: models.Review.objects.create(essay=one(Essay)),
    "a ballot is for a side of its motion": lambda: ballot(side=side_elsewhere()),
    "a ballot on an essay is on one of its motion": lambda: ballot(essay=essay_elsewhere()),
    "a ballot before reading on a motion that came late is marked so": ballot_too_late,
    "a reader's forecasts of one prediction follow each other": two_standing_forecasts,
    "a guest has no address and no password": guest_with_address,
    "a display name is one line of signs that are seen": lambda: make.MemberFactory(display_name="Ann\nBob"),
    "an address belongs to one member": address_of_another,
    "a claim that is not merged has a tally": lambda: one(ClaimTally).delete(),
    "a visible claim has a standing": lambda: one(ClaimStanding).delete(),
    "a prediction has a crowd": lambda: make.PredictionFactory(motion=one(Motion), essay=one(Essay)),
    "a tally equals a recount of its votes": vote_behind_the_tally,
    "a crowd's number equals a recount of its forecasts": forecast_behind_the_crowd,
    "the crowd's days equal a recount of the forecasts that stood at their ends": forecast_behind_the_crowd,
    "the counts of who moved equal a recount of the pairs of ballots": pair_behind_the_counts,
    "a score equals what the forecasts of its resolved prediction make": lambda: put_scored(models.Score, brier=0.9),
    "a forecaster's record equals what their scores add up to": lambda: put_scored(models.ForecasterRecord, peer=9.0),
    "a standing equals what the graph makes of it": lambda: put(ClaimStanding, central=99),
    "insights equal what the votes they were computed from make": reader_put_elsewhere,
    "a run's groups and dots hold every reader it has placed": group_of_one_more,
    "the stored HTML of authors is what their source renders to": lambda: put(models.Author, about="*New.*"),
    "the stored HTML of motions is what their source renders to": lambda: put(Motion, context="*New.*"),
    "the stored HTML of essays is what their source renders to": lambda: put(Essay, summary="*New.*"),
    "the stored HTML of claims is what their source renders to": lambda: put(Claim, note="*New.*"),
    "the stored HTML of predictions is what their source renders to": lambda: put(Prediction, criteria="*New.*"),
    "the search index is complete": text_behind_the_index,
    "a visible stance is on a visible claim": lambda: models.Passage.objects.all().delete(),
    "a visible motion's thesis is visible": lambda: invisible(Claim),
    "a visible motion is decided by what is visible": lambda: invisible(Prediction),
    "a standing is of a visible claim": lambda: invisible(Claim),
}
# What the queryset words themselves see to, whatever the rows say: broken here by a word that forgot.
BY_CONSTRUCTION = sorted(set(ACROSS) - BREAKING.keys())


@pytest.fixture
def motion() -> Motion:
    """A featured motion that breaks no rule."""
    found = make.motion_with_claims(4, featured=True)
    claims = list(found.claims.order_by("pk"))
    found.sides.filter(slug="no").update(thesis=claims[1])
    Motion.objects.filter(pk=found.pk).update(deciding_prediction=ready_prediction())
    make.refresh(found)
    return found


def found(name: str) -> int:
    return RULES[name].check().rows


def test_the_corpus_breaks_no_rule(corpus):
    assert [finding for rule in every_rule() if (finding := rule.check()).rows] == []


def test_the_motion_of_these_tests_breaks_no_rule(motion):
    assert [finding for rule in every_rule() if (finding := rule.check()).rows] == []


@pytest.mark.parametrize("name", sorted(BREAKING))
def test_a_broken_rule_across_rows_is_found(motion, name):
    BREAKING[name]()
    assert found(name)


def test_a_ring_of_undercuts_is_found(motion):
    undercuts_in_a_ring()
    assert found("an undercut comes to a claim within 3 steps")


@pytest.fixture
def everything(motion: Motion) -> Motion:
    """The motion with something of every sort to be seen."""
    undercut()
    reading(prediction=ready_prediction(), essay=one(Essay))
    bearing(claim=one(Claim), prediction=ready_prediction())
    entailment(ready_prediction(), ready_prediction())
    return motion


@pytest.mark.parametrize("name", BY_CONSTRUCTION)
def test_a_word_that_forgets_what_it_stands_behind_is_found(everything, name):
    _name, rows, path, visible = next(row for row in visibility.BEHIND if row[0] == name)
    assert visibility.behind(rows, path, lambda: visible().none())


def test_every_rule_across_rows_is_broken_here_once():
    assert BREAKING.keys() <= set(ACROSS)
    assert all(name.startswith("a visible ") for name in BY_CONSTRUCTION)


# The named constraints.


def guarded_by_table(name: str) -> bool:
    """SQLite keeps these within the table's own definition, from which a test cannot take them."""
    _model, constraint = CONSTRAINTS[name]
    plain = isinstance(constraint, UniqueConstraint) and not constraint.condition and not constraint.expressions
    return plain and connection.vendor == "sqlite"


CONSTRAINTS = {
    constraint.name: (model, constraint)
    for model in constraints.apps.get_app_config("debate").get_models()
    if not model._meta.proxy
    for constraint in model._meta.constraints
}


@pytest.fixture
def unguarded(request):
    """The database without one of its constraints, for as long as the test's transaction."""
    model, constraint = CONSTRAINTS[request.param]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.schema_editor() as editor:
                editor.remove_constraint(model, constraint)
        elif isinstance(constraint, CheckConstraint):
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute(f'DROP INDEX "{constraint.name}"')
        yield request.param
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.parametrize("unguarded", sorted(name for name in NAMED if not guarded_by_table(name)), indirect=True)
def test_a_broken_constraint_is_found(unguarded):
    BROKEN[unguarded]()
    assert found(unguarded)


def test_twice_the_same_in_fields_that_shall_differ_is_found(motion):
    rule = constraints.rule_of(Claim, UniqueConstraint(fields=["motion", "kind"], name="x"))
    assert rule.check().examples == [f"4 times claim ({motion.pk}, observation)"]


def test_what_is_empty_is_never_the_same(motion):
    Claim.objects.update(side=None)
    assert constraints.rule_of(Claim, UniqueConstraint(fields=["side"], name="x")).check().rows == 0


def test_every_sort_of_constraint_is_known_or_refused():
    with pytest.raises(TypeError):
        constraints.rule_of(Claim, BaseConstraint(name="x"))


# What it says.


def test_offenders_are_told_in_a_few_lines_and_counted(motion):
    finding = Rule("no claim", make.motion_with_claims(FEW + 3).claims.all).check()
    assert (finding.rows, len(finding.examples)) == (FEW + 3, FEW)


def test_offenders_that_are_no_queryset_are_counted_too():
    assert Rule("nothing", lambda: iter(range(9))).check() == ("nothing", 9, ["0", "1", "2", "3", "4"])


def test_no_reader_is_named(member):
    assert Rule("nobody", User.objects.all).check().examples == [f"reader {member.pk}"]


def test_the_command_says_that_nothing_is_broken(motion, capsys):
    call_command("audit")
    assert f"{len(RULES)} rules, 0 of them broken." in capsys.readouterr().out


def test_the_command_names_what_is_broken_and_fails(motion, capsys):
    put(Stance, kind="denies")
    with pytest.raises(SystemExit) as ended:
        call_command("audit")
    assert ended.value.code == 1
    assert "a stance has a passage of its kind: 1 rows\n    stance" in capsys.readouterr().out


def test_an_essay_dated_to_the_year_may_answer_one_of_that_year(motion):
    earlier = make.EssayFactory(motion=motion, published_on=date(2020, 11, 3))
    put(Essay, responds_to=earlier, published_on=date(2020, 1, 1), date_precision="year")
    assert found("an essay responds to nothing written later") == 0


def test_checking_costs_no_more_queries_where_there_is_more(motion, django_assert_max_num_queries):
    make.motion_with_claims(20)
    with django_assert_max_num_queries(6):
        RULES["a tally equals a recount of its votes"].check()
