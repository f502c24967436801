"""A forecaster asks whether what they held so likely came true as often; a reader asks it of the crowd."""

from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from debate.lenses.calibration import Calibration, calibration_of, calibration_of_crowd
from debate.models import CrowdDay, Forecast, Prediction, User
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OPENED, CLOSED = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 11, tzinfo=UTC)


@pytest.fixture
def reader(db: None) -> User:
    return make.MemberFactory.create()


def judged(resolution: str = "yes", **told: Any) -> Prediction:
    """Open for ten days of January 2026, and resolved after them."""
    facts = {"opens_at": OPENED, "closes_at": CLOSED, "resolution": resolution, "resolved_on": date(2026, 2, 1)}
    return make.PredictionFactory.create(**{**facts, "resolution_note": "So it was.", **told})


def held(
    reader: User, prediction: Prediction, probability: float, *, since: datetime = OPENED, **told: Any
) -> Forecast:
    return Forecast.objects.create(user=reader, prediction=prediction, probability=probability, made_at=since, **told)


def only_bin(calibration: Calibration) -> Any:
    assert len(calibration.bins) == 1
    return calibration.bins[0]


def shown(calibration: Calibration) -> str:
    return " ".join(unescape(render_to_string("forecasters/_calibration.html", {"calibration": calibration})).split())


def test_how_often_it_came_true_stands_by_how_likely_it_was_held(reader: User) -> None:
    for resolution in ("yes", "yes", "no", "yes"):
        held(reader, judged(resolution), 0.75)
    told = only_bin(calibration_of(reader))
    assert (told.n, told.forecast, told.happened) == (4, 0.75, 0.75)


def test_a_forecast_weighs_by_how_long_it_stood(reader: User) -> None:
    held(reader, judged("yes"), 0.75, ended_at=OPENED + DAY)
    held(reader, judged("no"), 0.75, since=CLOSED - 3 * DAY)
    assert only_bin(calibration_of(reader)).happened == pytest.approx(1 / 4)


def test_two_forecasts_on_one_prediction_are_one_prediction(reader: User) -> None:
    prediction = judged()
    held(reader, prediction, 0.72, ended_at=OPENED + DAY)
    held(reader, prediction, 0.78, since=OPENED + DAY)
    assert only_bin(calibration_of(reader)).n == calibration_of(reader).predictions == 1


@pytest.mark.parametrize(
    "told",
    [
        {"resolution": "ambiguous"},
        {"resolution": "annulled"},
        {"closes_at": datetime(2100, 1, 1, tzinfo=UTC)},
        {"status": "draft"},
        {"resolution": "", "resolved_on": None, "resolution_note": ""},
    ],
)
def test_what_does_not_count(reader: User, told: dict[str, Any]) -> None:
    held(reader, judged(**told), 0.75)
    assert calibration_of(reader).predictions == 0


def test_what_resolved_early_counts_once_its_date_has_passed_and_until_the_day_that_decided_it(reader: User) -> None:
    early = judged("yes", resolved_on=date(2026, 1, 6))
    held(reader, early, 0.75, since=OPENED)
    assert only_bin(calibration_of(reader)).weight == pytest.approx(0.5)


def test_a_forecast_after_the_day_that_decided_it_does_not_count(reader: User) -> None:
    held(reader, judged(resolved_on=date(2026, 1, 6)), 0.99, since=datetime(2026, 1, 6, 1, tzinfo=UTC))
    assert calibration_of(reader).predictions == 0


def test_what_others_forecast_is_theirs(reader: User) -> None:
    held(make.MemberFactory.create(), judged(), 0.75)
    assert calibration_of(reader).predictions == 0


def test_too_few_say_that_it_is_too_early_and_how_many_there_are(reader: User) -> None:
    for _number in range(4):
        held(reader, judged(), 0.75)
    told = shown(calibration_of(reader))
    assert "It is too early to tell: 4 predictions have been judged and are past their date, and it takes 5." in told
    assert "<svg" not in told


def test_the_chart_has_its_numbers_in_a_table(reader: User) -> None:
    for resolution in ("yes", "yes", "no", "yes", "no"):
        held(reader, judged(resolution), 0.95)
    told = shown(calibration_of(reader))
    assert "<svg" in told
    assert (
        '<th scope="row">90 to 100%</th><td>95%</td><td>60% <span class="small">beyond</span></td>'
        "<td>80 to 100%</td><td>5</td>"
    ) in told


def crowd_said(prediction: Prediction, *days: tuple[int, float | None]) -> None:
    """On which days of January 2026 the crowd's number changed, and to what; None where nobody stood any more."""
    for day, median in days:
        told = {"forecasters": 3, "median": median, "lower": median, "upper": median}
        told = told if median is not None else {"forecasters": 0}
        CrowdDay.objects.create(prediction=prediction, day=date(2026, 1, day), **told)


def test_the_crowds_number_stands_until_the_day_on_which_it_changed() -> None:
    crowd_said(judged("yes"), (1, 0.75), (3, None), (6, 0.35))
    low, high = calibration_of_crowd("").bins
    assert (low.forecast, low.weight, high.forecast, high.weight) == pytest.approx((0.35, 0.5, 0.75, 0.2))


def test_one_predictions_days_do_not_run_into_the_next_ones() -> None:
    crowd_said(judged("yes"), (1, 0.75))
    crowd_said(judged("no"), (9, 0.75))
    told = only_bin(calibration_of_crowd(""))
    assert (told.n, told.weight) == (2, pytest.approx(1.2))


def test_a_crowd_that_nobody_has_resolved_yet_has_no_calibration() -> None:
    crowd_said(judged("", resolved_on=None, resolution_note=""), (1, 0.75))
    assert calibration_of_crowd("").predictions == 0


def test_the_crowd_asks_two_questions_however_much_there_is(django_assert_num_queries: Any) -> None:
    for _number in range(5):
        crowd_said(judged(), (1, 0.2), (2, 0.4), (3, 0.6))
    with django_assert_num_queries(2):
        calibration_of_crowd("")


def test_a_readers_own_asks_one(reader: User, django_assert_num_queries: Any) -> None:
    for _number in range(5):
        held(reader, judged(), 0.75)
    with django_assert_num_queries(1):
        assert calibration_of(reader).is_enough


def test_it_is_measured_against_now(reader: User) -> None:
    held(reader, judged(closes_at=timezone.now() + DAY), 0.75)
    assert calibration_of(reader).predictions == 0
