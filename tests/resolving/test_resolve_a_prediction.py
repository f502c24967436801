"""A curator says how a prediction came out, corrects it, and opens it again; scores come and go at once."""

from datetime import timedelta
from math import log, log2

import pytest
from django.core.exceptions import ValidationError

from debate.actions.forecasting import Closed, make_forecast, withdraw_forecast
from debate.actions.resolution import reopen_prediction, resolve_prediction
from debate.models import Forecast, ForecasterRecord, Prediction, Score, User
from tests import factories as make
from tests.resolving.conftest import OPENED

pytestmark = pytest.mark.django_db
near = pytest.approx
NUMBERS = ("brier", "log", "baseline", "peer", "coverage")


@pytest.fixture
def ann():
    return make.MemberFactory(username="ann")


@pytest.fixture
def bob():
    return make.GuestFactory(username="bob")


@pytest.fixture
def both(say, ann, bob):
    """Ann says 80 % from the first day on, Bob 20 % from the 50th."""
    say(ann, 0.8, 0)
    say(bob, 0.2, 50)


def score_of(reader):
    return Score.objects.filter(user=reader).values(*NUMBERS).first()


def record_of(reader):
    return ForecasterRecord.objects.filter(user=reader).values("predictions", "peer", "coverage", "score").first()


def told_by(error):
    return {field: " ".join(messages) for field, messages in error.value.message_dict.items()}


def test_it_is_stored_with_its_date_note_and_evidence(resolve, prediction):
    assert resolve("no") is True
    prediction.refresh_from_db()
    assert prediction.state() == "resolved"
    assert (prediction.resolution, str(prediction.resolved_on)) == ("no", "2026-04-11")
    assert (prediction.resolution_note, prediction.evidence_url) == (
        "It was in the newspaper.",
        "https://example.org/news",
    )


def test_all_who_forecast_are_scored_at_once(both, resolve, ann, bob):
    """Peer: ln(0.8/0.2)·100 over half of the time, against each other; before, Ann was alone."""
    resolve("yes")
    assert score_of(ann) == near(
        {
            "brier": 0.04,
            "log": log(0.8),
            "baseline": 100 * (1 + log2(0.8)),
            "peer": 50 * log(4),
            "coverage": 1,
        },
        abs=1e-9,
    )
    assert score_of(bob) == near(
        {
            "brier": 0.64,
            "log": log(0.2),
            "baseline": 50 * (1 + log2(0.2)),
            "peer": -50 * log(4),
            "coverage": 0.5,
        },
        abs=1e-9,
    )


def test_records_follow(both, resolve, ann, bob):
    resolve("yes")
    told = {"predictions": 1, "peer": 50 * log(4), "coverage": 1, "score": 50 * log(4) / 30}
    assert record_of(ann) == near(told, abs=1e-9)
    assert record_of(bob)["score"] == near(-50 * log(4) / 30, abs=1e-9)


def test_records_add_up_over_predictions(both, say, resolve, ann, bob):
    other = make.PredictionFactory(opens_at=OPENED, closes_at=OPENED + timedelta(days=100))
    say(bob, 0.9, 0, on=other)
    resolve("yes")
    resolve("yes", prediction=other)
    assert record_of(bob) == near(
        {"predictions": 2, "peer": -50 * log(4), "coverage": 1.5, "score": -50 * log(4) / 30}, abs=1e-9
    )
    assert record_of(ann)["predictions"] == 1


def test_who_asked_to_be_listed_has_a_rank_from_the_fifth_score_on_and_none_below(say, resolve, curator, ann):
    User.objects.filter(pk=ann.pk).update(ranked=True)
    made = make.PredictionFactory.create_batch(5, opens_at=OPENED, closes_at=OPENED + timedelta(days=100))
    listings = []
    for prediction in made:
        say(ann, 0.9, 1, on=prediction)
        resolve("yes", prediction=prediction)
        listings.append(ForecasterRecord.objects.get(user=ann).listing)
    assert listings == [*["early"] * 4, "ranked"]
    reopen_prediction(curator=curator, prediction=made[0], note="So.")
    assert ForecasterRecord.objects.get(user=ann).listing == "early"


@pytest.mark.parametrize("how", ["ambiguous", "annulled"])
def test_ambiguous_and_annulled_score_nobody_and_need_no_evidence(both, resolve, how):
    assert resolve(how, evidence_url="") is True
    assert not Score.objects.exists()
    assert not ForecasterRecord.objects.exists()


def test_without_a_forecast_nobody_is_scored(resolve):
    assert resolve("yes") is True
    assert not Score.objects.exists()


def test_the_same_again_changes_nothing(both, resolve, prediction):
    resolve("yes")
    before = list(Score.objects.order_by("pk").values()), prediction.history.count()
    assert resolve("yes", note="  It was in the newspaper.  ") is False
    assert (list(Score.objects.order_by("pk").values()), prediction.history.count()) == before


def test_a_correction_scores_anew_in_one_action(both, resolve, prediction, ann, bob):
    resolve("yes")
    assert resolve("no") is True
    assert Prediction.objects.get(pk=prediction.pk).resolution == "no"
    assert score_of(ann)["peer"] == near(-50 * log(4), abs=1e-9)
    assert record_of(bob)["peer"] == near(50 * log(4), abs=1e-9)
    assert resolve("annulled") is True
    assert not Score.objects.exists()
    assert not ForecasterRecord.objects.exists()


def test_it_can_be_corrected_to_an_earlier_day(both, resolve, ann, bob):
    resolve("yes")
    resolve("yes", day=40)
    assert score_of(ann) == near(
        {"brier": 0.04, "log": log(0.8), "baseline": 40 * (1 + log2(0.8)), "peer": 0, "coverage": 0.4}, abs=1e-9
    )
    assert score_of(bob) is None


def test_reopening_takes_the_scores_with_it(both, resolve, reopen, prediction):
    resolve("yes")
    assert reopen("The report was withdrawn.") is True
    prediction.refresh_from_db()
    assert (prediction.resolution, prediction.resolved_on, prediction.resolution_note, prediction.evidence_url) == (
        *("", None, "", ""),
    )
    assert not Score.objects.exists()
    assert not ForecasterRecord.objects.exists()


@pytest.mark.usefixtures("both")
def test_reopening_leaves_what_other_predictions_gave(say, resolve, reopen, bob):
    other = make.PredictionFactory(opens_at=OPENED, closes_at=OPENED + timedelta(days=100))
    say(bob, 0.9, 0, on=other)
    resolve("yes")
    resolve("yes", prediction=other)
    reopen("Too early.")
    assert record_of(bob) == near({"predictions": 1, "peer": 0, "coverage": 1, "score": 0}, abs=1e-9)


def test_what_is_open_is_not_opened_again(prediction, reopen):
    before = prediction.history.count()
    assert reopen("") is False
    assert prediction.history.count() == before


def test_reopening_needs_a_reason(resolve, prediction, reopen):
    resolve("yes")
    with pytest.raises(ValidationError) as error:
        reopen("  ")
    assert told_by(error) == {"note": "Say in a sentence why it is opened again."}
    assert Prediction.objects.get(pk=prediction.pk).resolution == "yes"


def test_who_did_what_when_is_on_record(resolve, reopen, prediction, curator):
    resolve("yes")
    resolve("no")
    resolve("no", note="It was in two newspapers.")
    reopen("They took it back.")
    told = prediction.history.order_by("pk").values_list("history_user", "history_change_reason", "resolution")
    assert list(told)[1:] == [
        (curator.pk, "resolved: yes", "yes"),
        (curator.pk, "corrected: yes → no", "no"),
        (curator.pk, "resolved: no", "no"),
        (curator.pk, "reopened: They took it back.", ""),
    ]


def test_resolved_early_it_takes_no_more_forecasts_and_those_given_run_on_as_if_ended(both, say, resolve, ann):
    resolve("yes", day=60, at=70)
    assert score_of(ann) == near(
        {"brier": 0.04, "log": log(0.8), "baseline": 60 * (1 + log2(0.8)), "peer": 10 * log(4), "coverage": 0.6},
        abs=1e-9,
    )
    with pytest.raises(Closed, match="resolved"):
        say(ann, 0.99, 71)


def test_what_was_forecast_on_the_day_it_was_decided_or_later_does_not_count(both, say, resolve, ann):
    late = make.MemberFactory()
    say(late, 0.99, 60.5)
    say(ann, 0.99, 65)
    resolve("yes", day=60, at=70)
    assert score_of(late) is None
    assert score_of(ann)["brier"] == near(0.04, abs=1e-9)


@pytest.mark.usefixtures("both")
def test_after_reopening_forecasts_run_on(say, resolve, reopen, ann):
    resolve("yes", day=60, at=70)
    reopen("It was another firm.")
    say(ann, 0.5, 80)
    resolve("yes")
    assert score_of(ann)["brier"] == near(0.8 * 0.04 + 0.2 * 0.25, abs=1e-9)


def test_a_reader_who_withdrew_is_scored_for_the_time_their_forecast_stood(both, resolve, prediction, clock, ann):
    clock.at(25)
    withdraw_forecast(reader=ann, prediction=prediction)
    resolve("yes")
    assert (score_of(ann)["coverage"], score_of(ann)["peer"]) == near((0.25, 0), abs=1e-9)


def test_a_page_opened_before_the_resolution_forecasts_no_more(prediction, resolve, clock, ann):
    before = Prediction.objects.get(pk=prediction.pk)
    resolve("yes", day=60, at=70)
    clock.at(71)
    for act in (
        lambda: make_forecast(reader=ann, prediction=before, probability=0.9, informed=False),
        lambda: withdraw_forecast(reader=ann, prediction=before),
    ):
        with pytest.raises(Closed, match="resolved"):
            act()


REFUSED = {
    "resolution": ({"how": "maybe"}, "It resolves yes, no, ambiguous or annulled."),
    "resolution of nothing": ({"how": ""}, "It resolves yes, no, ambiguous or annulled."),
    "note": ({"note": " \n"}, "Say in a sentence or two how it was judged."),
    "resolved_on": ({"day": 121}, "This day has not come yet."),
    "resolved_on before": ({"day": -1}, "It opened on 1 January 2026; it cannot have been decided before."),
    "evidence_url": ({"evidence_url": ""}, "A yes or a no needs the address of its evidence."),
    "evidence_url no": ({"how": "no", "evidence_url": " "}, "A yes or a no needs the address of its evidence."),
    "evidence_url long": ({"evidence_url": f"https://example.org/{'x' * 500}"}, "too long"),
    **{
        f"evidence_url {bad}": ({"evidence_url": bad}, "This is no web address")
        for bad in (
            "newspaper",
            "javascript:alert(1)",
            "ftp://example.org/a",
            "data:text/html,x",
            "https://",
            "//a.org/",
        )
    },
    "evidence_url ambiguous": ({"how": "ambiguous", "evidence_url": "javascript:alert(1)"}, "This is no web address"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_a_rule_forbids_is_told_by_field_and_changes_nothing(both, resolve, prediction, what):
    facts, said = REFUSED[what]
    with pytest.raises(ValidationError) as error:
        resolve(facts.get("how", "yes"), **{name: value for name, value in facts.items() if name != "how"})
    told = told_by(error)
    assert list(told) == [what.split(" ", maxsplit=1)[0]]
    assert said in told[what.split(" ", maxsplit=1)[0]]
    assert Prediction.objects.get(pk=prediction.pk).resolution == ""
    assert not Score.objects.exists()


def test_everything_that_is_wrong_is_told_together(resolve):
    with pytest.raises(ValidationError) as error:
        resolve("yes", note="", evidence_url="", day=121)
    assert set(told_by(error)) == {"note", "evidence_url", "resolved_on"}


@pytest.mark.parametrize("status", ["draft", "review"])
def test_only_what_is_published_is_resolved(resolve, status):
    hidden = make.PredictionFactory(status=status, opens_at=OPENED)
    with pytest.raises(ValidationError, match="Only a published prediction"):
        resolve("yes", prediction=hidden)


def test_what_has_not_opened_is_not_resolved(resolve):
    upcoming = make.PredictionFactory(opens_at=OPENED + timedelta(days=130))
    with pytest.raises(ValidationError, match="has not opened yet"):
        resolve("yes", prediction=upcoming)


def test_a_day_may_be_left_out_by_nobody(prediction, curator):
    with pytest.raises(ValidationError, match="on which day"):
        resolve_prediction(
            curator=curator,
            prediction=prediction,
            resolution="annulled",
            resolved_on=None,
            note="So.",
        )


def test_a_thousand_forecasters_are_scored_in_few_statements(prediction, resolve, django_assert_max_num_queries):
    readers = User.objects.bulk_create([User(username=f"r{n}", kind="guest") for n in range(1_000)])
    Forecast.objects.bulk_create(
        [
            Forecast(user=reader, prediction=prediction, probability=(n % 99 + 1) / 100, made_at=OPENED)
            for n, reader in enumerate(readers)
        ]
    )
    with django_assert_max_num_queries(60):
        resolve("yes")
    assert Score.objects.count() == ForecasterRecord.objects.count() == 1_000
    assert sum(Score.objects.values_list("peer", flat=True)) == near(0, abs=1e-6)
