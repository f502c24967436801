"""Every rule on one table is kept by the database itself, whoever writes."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction

from debate import models
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, tzinfo=UTC)
AUTHORED = [m for m in apps.get_app_config("debate").get_models() if not m.__name__.startswith("Historical")]
NAMES = sorted({constraint.name for model in AUTHORED for constraint in model._meta.constraints})


def twice(factory, **same):
    factory(**same)
    factory(**same)


def changed(row, **columns):
    """Write past the model, as a careless script would."""
    type(row).objects.filter(pk=row.pk).update(**columns)


def suggestion(**columns):
    return make.SuggestionFactory(**columns)


def suggested_twice():
    first = suggestion()
    suggestion(by=first.by, claim=first.claim, text=first.text)


def side_like(field):
    motion = make.MotionFactory()
    one, other = make.SideFactory(motion=motion, slug="yes"), make.SideFactory(motion=motion, slug="no")
    changed(other, **{field: getattr(one, field)})


def vote(**columns):
    return models.ClaimVote.objects.create(
        **{"user": make.MemberFactory(), "claim": make.ClaimFactory(), "value": "agree", **columns}
    )


def forecast(**columns):
    return models.Forecast.objects.create(
        **{"user": make.MemberFactory(), "prediction": make.PredictionFactory(), "probability": 0.5, **columns}
    )


def ballot(**columns):
    return models.Ballot.objects.create(
        **{"user": make.MemberFactory(), "motion": make.MotionFactory(), "phase": "before", **columns}
    )


def reading(**columns):
    prediction = make.PredictionFactory()
    told = {"essay": prediction.essay, "prediction": prediction, "low": 0.2, "high": 0.4, "paragraph": 1, "note": "x"}
    return models.Reading.objects.create(**{**told, **columns})


def bearing(**columns):
    told = {"claim": make.ClaimFactory(), "prediction": make.PredictionFactory(), "outcome": "yes", "rationale": "x"}
    return models.Bearing.objects.create(**{**told, **columns})


def entailment(premise, conclusion):
    return models.Entailment.objects.create(premise=premise, conclusion=conclusion, rationale="x")


def undercut(**columns):
    target = make.RelationFactory()
    told = {"source": make.ClaimFactory(motion=target.source.motion), "kind": "undercuts", "target_claim": None}
    return make.RelationFactory(**{**told, "target_relation": target, **columns})


def same_again(create, *names):
    """Make a row twice that differs in nothing that is named."""
    first = create()
    create(**{name: getattr(first, name) for name in names})


def reveal(**columns):
    return models.Reveal.objects.create(**{"user": make.MemberFactory(), **columns})


def to_itself():
    claim = make.ClaimFactory()
    make.RelationFactory(source=claim, target_claim=claim)


def thesis_twice():
    motion = make.MotionFactory()
    claim = make.ClaimFactory(motion=motion)
    make.SideFactory(motion=motion, slug="yes", thesis=claim)
    make.SideFactory(motion=motion, slug="no", thesis=claim)


def entailed_twice():
    one, other = make.PredictionFactory(), make.PredictionFactory()
    entailment(one, other)
    entailment(one, other)


def entails_itself():
    prediction = make.PredictionFactory()
    entailment(prediction, prediction)


def merged_into_itself():
    claim = make.ClaimFactory()
    changed(claim, status="merged", merged_into=claim)


def answers_itself():
    essay = make.EssayFactory()
    changed(essay, responds_to=essay)


def revealed_twice(thing, factory):
    user, found = make.MemberFactory(), factory()
    reveal(user=user, **{thing: found})
    reveal(user=user, **{thing: found})


def essay_ballot_twice():
    essay, user = make.EssayFactory(), make.MemberFactory()
    for _time in range(2):
        ballot(user=user, motion=essay.motion, essay=essay)


def tagged_twice():
    claim = make.ClaimFactory()
    found = make.tag(claim, "Monitoring")
    models.TaggedClaim.objects.create(content_object=claim, tag=found)


def tag_vote_twice():
    told = {"user": make.MemberFactory(), "claim": make.ClaimFactory(), "tag": make.TagFactory()}
    models.TagVote.objects.create(**told)
    models.TagVote.objects.create(**told)


def review(**columns):
    told = {"essay": make.EssayFactory(), "asked_by": make.MemberFactory()}
    return models.Review.objects.create(**{**told, **columns})


def revision(**columns):
    told = {"content_type": ContentType.objects.get_for_model(models.Claim), "verb": "corrected", "label": "x"}
    return models.Revision.objects.create(**{**told, "changes": [], "by": make.MemberFactory(), **columns})


def revised_by_oneself():
    curator = make.MemberFactory()
    revision(by=curator, decided_by=curator, decided_at=NOW, state="accepted")


def passed_by_oneself():
    curator = make.MemberFactory()
    review(asked_by=curator, decided_by=curator, decided_at=NOW, verdict="approved")


def insight_run(**columns):
    told = {"motion": make.MotionFactory(), "mark": "x", "shown": True, "voters": 3, "readers": 2}
    return models.InsightRun.objects.create(**{**told, **columns})


def reader_place(**columns):
    told = {"run": insight_run(), "user": make.GuestFactory(), "group": 0, "x": 0.1, "y": 0.2}
    return models.ReaderPlace.objects.create(**{**told, **columns})


def claim_insight(**columns):
    told = {"run": insight_run(), "claim": make.ClaimFactory(), "strength": 0.5, "moved": 0.0}
    return models.ClaimInsight.objects.create(**{**told, **columns})


def crux_claim(**columns):
    counts = {"agree": 9, "disagree": 1, "other_agree": 1, "other_disagree": 9, "difference": 0.8, "lower": 0.4}
    ends = {"claim": make.ClaimFactory(), "side": make.SideFactory(), "other": make.SideFactory()}
    return models.CruxClaim.objects.create(**{"run": insight_run(), **ends, **counts, **columns})


def support_day(**columns):
    side = columns.pop("side") if "side" in columns else make.SideFactory()
    told = {"motion": make.MotionFactory(), "day": NOW.date(), "side": side, "readers": 1}
    return models.SupportDay.objects.create(**{**told, **columns})


def crowd_day(**columns):
    told = {"prediction": make.PredictionFactory(), "day": NOW.date(), "forecasters": 2}
    return models.CrowdDay.objects.create(**{**told, "lower": 0.4, "median": 0.5, "upper": 0.6, **columns})


def score(**columns):
    values = {"brier": 0.09, "log": -0.36, "baseline": 48.5, "peer": 3.0, "coverage": 0.5}
    ends = {"user": make.MemberFactory(), "prediction": make.PredictionFactory()}
    return models.Score.objects.create(**{**ends, **values, **columns})


def forecaster_record(**columns):
    told = {"user": make.MemberFactory(), "predictions": 1, "peer": 3.0, "coverage": 0.5, "score": 0.1}
    return models.ForecasterRecord.objects.create(**{**told, **columns})


def moderation_entry(**columns):
    return models.ModerationEntry.objects.create(**{"verb": "merged", "noun": "claim", "label": "It is so.", **columns})


def has_read(**columns):
    told = {"user": make.MemberFactory(), "motion": make.MotionFactory()}
    return models.HasRead.objects.create(**{**told, **columns})


def essay_read_twice():
    essay, user = make.EssayFactory(), make.MemberFactory()
    for _time in range(2):
        has_read(user=user, motion=essay.motion, essay=essay)


def swing_count(**columns):
    return models.SwingCount.objects.create(**{"motion": make.MotionFactory(), "kind": "guest", **columns})


def moving_claim(**columns):
    counts = {f"{who}_{what}": 5 for who in ("moved", "stayed") for what in ("agree", "disagree")}
    numbers = {"difference": 0.0, "lower": -0.4, "upper": 0.4, "chance": 1.0, "adjusted": 1.0}
    ends = {"run": insight_run(), "claim": make.ClaimFactory(), "side": make.SideFactory()}
    return models.MovingClaim.objects.create(**{**ends, **counts, **numbers, **columns})


def source_paragraph(**columns):
    source = columns.pop("source") if "source" in columns else models.SourceText(essay=make.EssayFactory())
    source.save()
    told = {"source": source, "number": 1, "heading": "", "paragraph": 1, "text": "x"}
    return models.SourceParagraph.objects.create(**{**told, **columns})


def arrival(**columns):
    told = {"curator": make.CuratorFactory(), "kind": "files", "name": "x", "content": {}}
    return models.Arrival.objects.create(**told | columns)


def source_place_twice():
    source_paragraph(source=source_paragraph().source, number=2)


def source_number_twice():
    source_paragraph(source=source_paragraph().source, paragraph=2)


def two_of_one_address():
    make.MemberFactory(email="someone@example.org")
    make.MemberFactory(email="SomeOne@example.org")


def same_text():
    claim = make.ClaimFactory(text="The thing is so.")
    make.ClaimFactory(motion=claim.motion, text="the thing IS so.")


BROKEN = {
    "ballot_one_per_essay_and_phase": essay_ballot_twice,
    "ballot_one_per_motion_and_phase": partial(same_again, ballot, "user", "motion"),
    "ballot_only_before_is_late": partial(ballot, phase="after", late=True),
    "ballot_phase_known": partial(ballot, phase="during"),
    "bearing_one_per_claim_and_prediction": partial(same_again, bearing, "claim", "prediction"),
    "bearing_outcome_known": partial(bearing, outcome="may"),
    "claim_merged_has_a_survivor": partial(make.ClaimFactory, status="merged"),
    "claim_merged_into_another": merged_into_itself,
    "claim_origin_known": partial(make.ClaimFactory, origin="x"),
    "claim_says_something": partial(make.ClaimFactory, text=""),
    "claim_status_known": partial(make.ClaimFactory, status="x"),
    "claim_text_unique_in_motion": same_text,
    "claiminsight_one_per_run_and_claim": partial(same_again, claim_insight, "run", "claim"),
    "claimvote_blind_value_known": partial(vote, blind_value="maybe"),
    "claimvote_changed_after_made": partial(vote, made_at=NOW, changed_at=NOW - timedelta(seconds=1)),
    "claimvote_one_per_reader_and_claim": partial(same_again, vote, "user", "claim"),
    "claimvote_value_known": partial(vote, value="maybe"),
    "corpusrow_once": partial(twice, models.CorpusRow.objects.create, label="x", key="y"),
    "crowdday_numbers_where_somebody_stands": partial(crowd_day, forecasters=0),
    "crowdday_one_per_prediction_and_day": partial(same_again, crowd_day, "prediction"),
    "cruxclaim_one_per_run_and_claim": partial(same_again, crux_claim, "run", "claim"),
    "edition_is_one_row": partial(models.Edition.objects.create, pk=2),
    "entailment_of_another": entails_itself,
    "entailment_once": entailed_twice,
    "essay_answers_another": answers_itself,
    "essay_date_as_precise_as_said": partial(make.EssayFactory, published_on=None),
    "essay_status_known": partial(make.EssayFactory, status="x"),
    "forecasterrecord_listing_by_predictions": partial(forecaster_record, predictions=1, listing="ranked"),
    "forecasterrecord_of_a_score": partial(forecaster_record, predictions=0),
    "forecast_ends_after_it_is_made": partial(forecast, made_at=NOW, ended_at=NOW - timedelta(seconds=1)),
    "forecast_is_a_probability": partial(forecast, probability=1.0),
    "forecast_one_current_per_reader_and_prediction": partial(same_again, forecast, "user", "prediction"),
    "formertag_has_an_address": lambda: models.FormerTag.objects.create(slug="", tag=make.TagFactory()),
    "hasread_one_per_essay": essay_read_twice,
    "hasread_one_per_motion": partial(same_again, has_read, "user", "motion"),
    "insightrun_one_shown_per_motion": partial(same_again, insight_run, "motion"),
    "insightrun_places_voters_only": partial(insight_run, readers=4),
    "moderationentry_names_its_thing": partial(moderation_entry, label=""),
    "moderationentry_verb_known": partial(moderation_entry, verb="eaten"),
    "arrival_has_a_name": partial(arrival, name=""),
    "arrival_kind_known": partial(arrival, kind="x"),
    "author_has_a_name": partial(make.AuthorFactory, name=""),
    "motion_at_most_one_featured": partial(twice, make.MotionFactory, featured=True),
    "motion_featured_is_published": partial(make.MotionFactory, featured=True, status="draft"),
    "motion_horizon_after_opening": partial(make.MotionFactory, horizon=date(2019, 1, 1)),
    "motion_status_known": partial(make.MotionFactory, status="x"),
    "movingclaim_chances_are_probabilities": partial(moving_claim, adjusted=1.1),
    "movingclaim_one_per_run_claim_and_side": partial(same_again, moving_claim, "run", "claim", "side"),
    "passage_has_a_place_and_a_gist": partial(make.PassageFactory, paragraph=0),
    "passage_kind_known": partial(make.PassageFactory, kind="x"),
    "passage_number_unique_in_stance": partial(same_again, partial(make.PassageFactory, number=7), "stance"),
    "passage_report_names_its_speaker": partial(make.PassageFactory, kind="reports"),
    "prediction_can_be_judged": partial(make.PredictionFactory, criteria=""),
    "prediction_closes_after_it_opens": partial(make.PredictionFactory, closes_at=datetime(2019, 1, 1, tzinfo=UTC)),
    "prediction_resolution_known": partial(
        make.PredictionFactory, resolution="maybe", resolved_on=NOW.date(), resolution_note="x"
    ),
    "prediction_resolved_with_a_date_and_a_note": partial(make.PredictionFactory, resolution="yes"),
    "prediction_status_known": partial(make.PredictionFactory, status="x"),
    "readerplace_one_per_run_and_reader": partial(same_again, reader_place, "run", "user"),
    "reading_is_a_range_of_probability": partial(reading, low=0.5, high=0.4),
    "reading_one_per_essay_and_prediction": partial(same_again, reading, "essay", "prediction"),
    "relation_has_exactly_one_target": partial(make.RelationFactory, target_claim=None),
    "relation_kind_known": partial(make.RelationFactory, kind="x"),
    "relation_never_to_itself": to_itself,
    "relation_one_per_source_target_kind": partial(same_again, make.RelationFactory, "source", "target_claim"),
    "relation_one_undercut_per_source_and_target": partial(same_again, undercut, "source", "target_relation"),
    "relation_origin_known": partial(make.RelationFactory, origin="x"),
    "relation_says_why": partial(make.RelationFactory, rationale=""),
    "reveal_of_exactly_one_thing": reveal,
    "reveal_one_per_claim": partial(revealed_twice, "claim", make.ClaimFactory),
    "reveal_one_per_motion": partial(revealed_twice, "motion", make.MotionFactory),
    "reveal_one_per_prediction": partial(revealed_twice, "prediction", make.PredictionFactory),
    "review_by_a_second_pair_of_eyes": passed_by_oneself,
    "review_decided_as_a_whole": partial(review, decided_at=NOW),
    "review_one_waits_per_essay": partial(same_again, review, "essay"),
    "review_sent_back_says_why": partial(review, verdict="sent_back", decided_at=NOW),
    "review_verdict_known": partial(review, verdict="x", decided_at=NOW),
    "revision_by_a_second_pair_of_eyes": revised_by_oneself,
    "revision_decided_as_a_whole": partial(revision, state="accepted"),
    "revision_names_its_thing": partial(revision, label=""),
    "revision_sent_back_says_why": partial(revision, state="declined", decided_at=NOW),
    "revision_state_known": partial(revision, state="x", decided_at=NOW),
    "revision_verb_known": partial(revision, verb="merged"),
    "score_brier_in_its_range": partial(score, brier=1.5),
    "score_of_time_covered": partial(score, coverage=0.0),
    "score_one_per_reader_and_prediction": partial(same_again, score, "user", "prediction"),
    "side_colour_unique_in_motion": partial(side_like, "colour"),
    "side_glyph_unique_in_motion": partial(side_like, "glyph"),
    "side_position_unique_in_motion": partial(side_like, "position"),
    "side_slug_unique_in_motion": partial(side_like, "slug"),
    "side_thesis_of_one_side": thesis_twice,
    "sourceparagraph_has_a_place_and_a_text": partial(source_paragraph, text=""),
    "sourceparagraph_number_unique": source_number_twice,
    "sourceparagraph_place_unique": source_place_twice,
    "stance_kind_known": partial(make.StanceFactory, kind="x"),
    "stance_one_per_essay_and_claim": partial(same_again, make.StanceFactory, "essay", "claim"),
    "suggestion_decided_at_its_decision": partial(suggestion, state="accepted"),
    "suggestion_declined_with_a_reason": partial(suggestion, state="declined", decided_at=NOW),
    "suggestion_has_its_target": partial(suggestion, claim=None),
    "suggestion_keeps_its_reader": partial(suggestion, by=None),
    "suggestion_made_something_if_accepted": lambda: suggestion(made_claim=make.ClaimFactory()),
    "suggestion_of_an_essay_has_its_address": lambda: suggestion(kind="essay", claim=None, motion=make.MotionFactory()),
    "suggestion_once": suggested_twice,
    "suggestion_says_something": partial(suggestion, text=""),
    "suggestion_way_of_a_counterpoint": partial(suggestion, way=""),
    "supportday_one_per_side": partial(same_again, support_day, "motion", "side"),
    "supportday_one_undecided": partial(same_again, partial(support_day, side=None), "motion"),
    "swingcount_kind_known": partial(swing_count, kind="x"),
    "swingcount_one_per_cell": partial(same_again, swing_count, "motion"),
    "tag_has_a_name": partial(models.Tag.objects.bulk_create, [models.Tag(name="", slug="x")]),
    "taggedclaim_once": tagged_twice,
    "tagvote_one_per_reader_claim_and_tag": tag_vote_twice,
    "user_email_unique": two_of_one_address,
    "user_guest_has_no_powers": partial(make.GuestFactory, is_staff=True),
    "user_guest_is_not_ranked": partial(make.GuestFactory, ranked=True),
    "user_kind_known": partial(make.GuestFactory, kind="x"),
    "user_only_a_guest_comes_back": partial(make.MemberFactory, returned=True),
}


def test_every_constraint_has_a_case():
    assert sorted(BROKEN) == NAMES


def break_and_settle(name):
    """Break the rule, and let the database judge what it put off to the end of the transaction."""
    with transaction.atomic():
        BROKEN[name]()
        connection.check_constraints()


@pytest.mark.parametrize("name", NAMES)
def test_the_database_refuses_what_breaks_the_rule(name):
    with pytest.raises(IntegrityError) as refused:
        break_and_settle(name)
    assert name in str(refused.value) or "UNIQUE constraint failed" in str(refused.value)


@pytest.mark.parametrize(
    "create",
    [
        *(vote, forecast, ballot, reading, bearing, undercut, crowd_day, score, forecaster_record),
        *(make.PassageFactory, make.RelationFactory, make.SideFactory),
    ],
)
def test_the_database_accepts_what_keeps_the_rules(create):
    assert create().pk
