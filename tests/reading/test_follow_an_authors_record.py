"""A reader asks what became of what an author expects."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from debate.lenses.author import made_for
from debate.lenses.track_record import FEWEST_JUDGED, TrackRecord
from debate.models import Author, Essay, Motion, Prediction, Reading
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def essay(db: None) -> Essay:
    return make.EssayFactory.create(side=make.SideFactory.create(slug="yes"))


def predicted(essay: Essay, resolution: str = "", **told: Any) -> Prediction:
    """A prediction from the essay, resolved where that is told."""
    if resolution:
        told = {"resolution": resolution, "resolved_on": date(2026, 11, 1), "resolution_note": "So it was.", **told}
        told = {"closes_at": timezone.now() - DAY, **told}
    return make.PredictionFactory.create(motion=essay.motion, essay=essay, **told)


def read(essay: Essay, prediction: Prediction, low: float, high: float) -> Reading:
    return Reading.objects.create(
        essay=essay, prediction=prediction, low=low, high=high, paragraph=1, note="It sounds so."
    )


def record_of(essay: Essay) -> TrackRecord:
    return made_for(essay.authors.get()).record


def page(client: Client, essay: Essay) -> str:
    told = client.get(essay.authors.get().get_absolute_url()).content.decode()
    return " ".join(unescape(told.split('id="predictions"')[1].split("</section>")[0]).split())


def test_predictions_are_counted_by_origin_and_by_how_they_stand(essay: Essay) -> None:
    now = timezone.now()
    for resolution in ("yes", "no", "ambiguous", "annulled"):
        predicted(essay, resolution)
    predicted(essay, origin="taken")
    predicted(essay, closes_at=now - DAY)
    predicted(essay, opens_at=now + DAY)
    counts = record_of(essay).counts
    assert counts._asdict() == {
        "taken": 1, "derived": 6, "came_true": 1, "did_not": 1, "untestable": 2, "due": 1, "open": 1, "upcoming": 1,
    }  # fmt: skip


def test_a_prediction_falls_due_as_time_goes_by(essay: Essay) -> None:
    prediction = predicted(essay)
    record = record_of(essay)
    with time_machine.travel(prediction.closes_at + DAY, tick=False):
        assert (record.counts.due, record.counts.open) == (1, 0)
        assert [state for state, _rows in record.groups] == ["due"]


def test_the_reading_stands_on_one_axis_with_the_others(client: Client, essay: Essay) -> None:
    prediction, other = predicted(essay), make.EssayFactory.create(motion=essay.motion)
    read(essay, prediction, 0.6, 0.8)
    read(other, prediction, 0.1, 0.2)
    told = page(client, essay)
    assert told.count('<svg class="tracks" ') == 1
    assert "read as 60 to 80%" in told
    assert f"{other.authors.get().short_name}: 10 to 20%" in told
    assert "No author gave these numbers" in told


def test_a_reading_of_an_essay_that_is_not_visible_is_left_out(client: Client, essay: Essay) -> None:
    prediction, other = predicted(essay), make.EssayFactory.create(motion=essay.motion, status="draft")
    read(essay, prediction, 0.6, 0.8)
    read(other, prediction, 0.1, 0.2)
    assert "10 to 20%" not in page(client, essay)


def test_a_prediction_from_elsewhere_for_which_the_wording_is_read_is_shown_and_not_counted(essay: Essay) -> None:
    other = make.EssayFactory.create(motion=essay.motion)
    read(essay, predicted(other), 0.6, 0.8)
    record = record_of(essay)
    assert (len(record.made), len(record.shown)) == (0, 1)


@pytest.mark.parametrize(
    ("resolution", "words"),
    [("yes", "came true"), ("no", "did not come true"), ("ambiguous", "not to be told: ambiguous")],
)
def test_what_became_of_it_is_said_of_the_prediction(client: Client, essay: Essay, resolution: str, words: str) -> None:
    predicted(essay, resolution)
    assert f"<strong>{words}</strong>" in page(client, essay)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0.6, 0.9, "leaned to a yes"), (0.1, 0.3, "leaned to a no"), (0.4, 0.6, "leaned neither way")],
)
def test_it_says_which_way_the_wording_leaned(
    client: Client, essay: Essay, low: float, high: float, words: str
) -> None:
    read(essay, predicted(essay, "no"), low, high)
    assert f"the wording {words}" in page(client, essay)


def test_while_it_is_open_nothing_is_said_of_leaning(client: Client, essay: Essay) -> None:
    read(essay, predicted(essay), 0.6, 0.9)
    assert "leaned" not in page(client, essay)


def test_where_the_truth_lies_is_drawn_once_it_is_known(client: Client, essay: Essay) -> None:
    prediction = predicted(essay)
    read(essay, prediction, 0.6, 0.9)
    assert 'class="truth"' not in page(client, essay)
    read(essay, predicted(essay, "yes"), 0.6, 0.9)
    assert 'class="truth"' in page(client, essay)


def test_below_the_minimum_there_is_no_score(client: Client, essay: Essay) -> None:
    for _number in range(FEWEST_JUDGED - 1):
        read(essay, predicted(essay, "yes"), 0.6, 0.8)
    read(essay, predicted(essay, "annulled"), 0.6, 0.8)
    predicted(essay, "no")
    assert "none yet: 4 predictions with a reading have come true or not, and it takes 5." in page(client, essay)


def test_the_score_is_of_the_middle_of_the_curators_readings(client: Client, essay: Essay) -> None:
    for resolution in ("yes", "yes", "yes", "yes", "no"):
        read(essay, predicted(essay, resolution), 0.6, 0.8)
    record = record_of(essay)
    assert record.brier == pytest.approx((4 * 0.09 + 0.49) / 5)
    told = page(client, essay)
    assert (
        "0.17: the Brier score of the middle of the curator’s readings, over the 5 predictions for which there is one."
        in told
    )
    assert "Not a number of the author’s." in told


def test_of_several_essays_what_was_written_last_is_scored(essay: Essay) -> None:
    author = essay.authors.get()
    later = make.EssayFactory.create(motion=essay.motion, authors=[author], published_on=date(2021, 1, 1))
    undated = make.EssayFactory.create(
        motion=essay.motion, authors=[author], published_on=None, date_precision="unknown"
    )
    for _number in range(FEWEST_JUDGED):
        prediction = predicted(essay, "yes")
        read(later, prediction, 0.9, 0.9)
        read(essay, prediction, 0.1, 0.1)
        read(undated, prediction, 0.2, 0.2)
    record = record_of(essay)
    assert record.brier == pytest.approx(0.01)
    assert record.judged == FEWEST_JUDGED
    assert [told.value for told in record.shown[0].own] == ["20%", "10%", "90%"]


def test_without_any_prediction_it_says_so(client: Client, essay: Essay) -> None:
    assert "No prediction is taken or derived from these essays" in page(client, essay)


def test_a_hidden_prediction_counts_nowhere(essay: Essay) -> None:
    read(essay, predicted(essay, status="draft"), 0.6, 0.8)
    record = record_of(essay)
    assert (record.made, record.shown) == ([], [])


def test_many_predictions_are_cut_and_counted(client: Client, essay: Essay) -> None:
    make.PredictionFactory.create_batch(42, motion=essay.motion, essay=essay)
    told = page(client, essay)
    assert "and 2 more predictions" in told


def test_it_asks_the_same_at_one_prediction_and_at_twenty(client: Client) -> None:
    told = []
    for count in (1, 20):
        essay = make.EssayFactory.create()
        for _number in range(count):
            prediction = predicted(essay, "yes")
            read(essay, prediction, 0.6, 0.8)
            read(make.EssayFactory.create(motion=essay.motion), prediction, 0.6, 0.8)
        with CaptureQueriesContext(connection) as queries:
            page(client, essay)
        told.append(len(queries))
    assert told[0] == told[1] <= 12


def test_the_list_says_how_the_predictions_of_each_stand(client: Client, essay: Essay) -> None:
    for resolution in ("yes", "no", "annulled", ""):
        predicted(essay, resolution)
    predicted(essay, closes_at=timezone.now() - DAY)
    told = unescape(client.get("/authors/").content.decode())
    assert "</a>: 2 judged, 1 untestable, 1 due, 1 open" in told


def test_every_author_of_the_corpus_has_a_record(client: Client, corpus: Motion) -> None:
    for author in Author.objects.all():
        record = made_for(author).record
        assert len(record.made) == Prediction.objects.visible().filter(essay__authors=author).count()
        assert record.brier is None
