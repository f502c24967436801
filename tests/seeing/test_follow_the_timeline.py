"""A reader follows the argument through time: what was written when, and when it will be judged."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import html5lib
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debate.lenses import essays_of, timeline
from debate.models import Essay, Motion, Prediction, PredictionCrowd
from tests import factories

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("who", ["client", "member_client"])
TIMELINE = "/timeline/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """One instant for all; nothing is kept from another test, whose edition may go by the same number and instant."""
    forget()
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        yield


def forget() -> None:
    for kept in (timeline.CHOSEN, essays_of.ESSAYS):
        kept.things.clear()


def page(client: Client, address: str = TIMELINE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def times(client: Client, address: str = TIMELINE) -> Any:
    return client.get(address).context["times"]


def drawing(html: str, name: str = "wide") -> str:
    found = re.search(rf'<svg class="timeline {name}".*?</svg>', html, re.DOTALL)
    assert found is not None
    return found[0]


def queries(client: Client, address: str = TIMELINE) -> int:
    forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def motion_of(count: int) -> Motion:
    """A featured motion of so many essays, each with a prediction of its own."""
    motion = factories.MotionFactory.create(featured=True)
    for essay in factories.EssayFactory.create_batch(count, motion=motion):
        factories.PredictionFactory.create(motion=motion, essay=essay)
    return motion


# What the corpus says.


@pytest.mark.parametrize("name", ["wide", "phone"])
def test_every_essay_and_prediction_is_a_link_in_the_drawing(client: Client, corpus: Motion, name: str) -> None:
    drawn = set(re.findall(r'<a href="([^"]+)"', drawing(page(client), name)))
    assert drawn == {row.get_absolute_url() for row in (*Essay.objects.all(), *Prediction.objects.all())}


def test_the_tables_say_the_same(client: Client, corpus: Motion) -> None:
    html = page(client)
    tables = "".join(re.findall(r"<table.*?</table>", html, re.DOTALL))
    rows = (*Essay.objects.all(), *Prediction.objects.all())
    assert [row for row in rows if f'<a href="{row.get_absolute_url()}"' not in tables] == []


@pytest.mark.parametrize(
    ("slug", "first", "last"),
    [
        ("posey-2020-will-not-exist", date(2020, 4, 28), date(2020, 4, 28)),
        ("omont-2020-wont-be-replaced", date(2020, 5, 1), date(2020, 5, 31)),
        ("tds-2020-industry-trends", date(2020, 1, 1), date(2020, 12, 31)),
        ("belotti-2021-title-bore", date(2021, 10, 30), date(2021, 10, 30)),
    ],
)
def test_an_essay_is_as_wide_as_what_is_known_of_its_date(corpus: Motion, slug: str, first: date, last: date) -> None:
    assert Essay.objects.get(slug=slug).written_within == (first, last)


def test_an_essay_without_a_date_stands_apart(client: Client, corpus: Motion) -> None:
    assert [one.essay.slug for one in times(client).undated] == ["skogstrom-so-sought-after"]


def test_only_omont_answers_another_by_name(client: Client, corpus: Motion) -> None:
    told = times(client)
    answers = {one.essay.who: one.answers.who for one in (*told.dated, *told.undated) if one.answers}
    assert answers == {"Omont": "Posey"}


def test_the_line_of_the_answer_is_drawn_once(client: Client, corpus: Motion) -> None:
    assert drawing(page(client)).count('class="answers"') == 1


def test_what_is_taken_from_an_essay_was_made_with_it(client: Client, corpus: Motion) -> None:
    taken = {m.prediction.essay.slug: m.made for m in times(client).predictions if m.prediction.origin == "taken"}
    assert taken == {
        "posey-2020-will-not-exist": (date(2020, 4, 28), date(2020, 4, 28)),
        "omont-2020-wont-be-replaced": (date(2020, 5, 1), date(2020, 5, 31)),
    }


def test_what_a_curator_derived_begins_when_it_takes_forecasts(client: Client, corpus: Motion) -> None:
    derived = [m for m in times(client).predictions if m.prediction.origin == "derived"]
    assert all(m.made.first == m.made.last == m.prediction.opens_at.date() for m in derived)


def test_the_deciding_prediction_comes_first_and_stands_out(client: Client, corpus: Motion) -> None:
    deciding = [marked.deciding for marked in times(client).predictions]
    assert (deciding[0], sum(deciding), drawing(page(client)).count("prediction deciding")) == (True, 1, 1)


def test_the_others_come_by_the_day_on_which_they_close(client: Client, corpus: Motion) -> None:
    closing = [marked.closes for marked in times(client).predictions[1:]]
    assert closing == sorted(closing)


def test_the_axis_runs_from_2020_to_the_last_horizon(client: Client, corpus: Motion) -> None:
    years = re.findall(r'class="tick-label"[^>]*>(\d+)<', drawing(page(client)))
    assert (years[0], years[-1]) == ("2020", "2030")


@pytest.mark.parametrize(("hour", "told"), [(23, "20 Nov 2026"), (24, "21 Nov 2026")])
def test_today_is_right_to_the_day(client: Client, corpus: Motion, hour: int, told: str) -> None:
    day, rest = divmod(hour, 24)
    with time_machine.travel(datetime(2026, 11, 20 + day, rest, 30, tzinfo=UTC), tick=False):
        assert f"today, {told}" in drawing(page(client))


def test_a_prediction_that_has_closed_waits_to_be_judged(client: Client, corpus: Motion) -> None:
    assert [m.prediction.closes_at.year for m in times(client).predictions if m.state == "due"] == [2025]


def test_a_resolution_is_drawn_and_told(client: Client, corpus: Motion) -> None:
    told = {"resolution": "yes", "resolved_on": date(2026, 11, 1), "resolution_note": "It did."}
    Prediction.objects.filter(closes_at__year=2025).update(**told)
    html = page(client)
    assert "✓" in drawing(html)
    assert "resolved: yes, 1 November 2026" in html


# What is hidden.


@pytest.fixture
def crowd(corpus: Motion) -> PredictionCrowd:
    """The deciding prediction with a crowd that expects 37%."""
    PredictionCrowd.objects.filter(prediction=corpus.deciding_prediction).update(median=0.37, forecasters=5)
    return PredictionCrowd.objects.get(prediction=corpus.deciding_prediction)


def test_the_crowds_forecast_is_hidden_until_asked_for(client: Client, crowd: PredictionCrowd) -> None:
    html = page(client)
    assert "37%" not in html
    assert "/motions/ml-engineers-in-ten-years/reveal/" in html


def test_who_asks_sees_the_crowds_forecast(reader_client: Client, crowd: PredictionCrowd) -> None:
    reader_client.post("/motions/ml-engineers-in-ten-years/reveal/", {"next": TIMELINE})
    html = page(reader_client)
    assert "crowd: 37%" in drawing(html)
    assert "as of 12:00 UTC on 20 November 2026" in html


def test_asking_leads_back_here(reader_client: Client, corpus: Motion) -> None:
    answer = reader_client.post("/motions/ml-engineers-in-ten-years/reveal/", {"next": TIMELINE})
    assert answer["Location"] == TIMELINE


def test_who_asked_for_one_prediction_sees_that_one(reader_client: Client, crowd: PredictionCrowd) -> None:
    reader_client.post(f"/predictions/{crowd.prediction.slug}/reveal/")
    told = times(reader_client)
    assert [m.prediction.pk for m in told.predictions if m.crowd] == [crowd.pk]
    assert told.hidden


def test_who_has_forecast_sees_that_one(member_client: Client, crowd: PredictionCrowd) -> None:
    member_client.post(f"/predictions/{crowd.prediction.slug}/forecast/", {"step": "likely"})
    assert [m.prediction.pk for m in times(member_client).predictions if m.crowd] == [crowd.pk]


def test_what_is_revealed_is_private(reader_client: Client, crowd: PredictionCrowd) -> None:
    reader_client.post("/motions/ml-engineers-in-ten-years/reveal/")
    assert "private" in reader_client.get(TIMELINE)["Cache-Control"]


def test_a_page_for_anybody_may_be_kept(client: Client, corpus: Motion) -> None:
    answer = client.get(TIMELINE)
    again = client.get(TIMELINE, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, len(answer.cookies), "public" in answer["Cache-Control"]) == (304, 0, True)


def test_a_draft_is_nowhere(client: Client, corpus: Motion) -> None:
    Essay.objects.filter(slug="omont-2020-wont-be-replaced").update(status="draft")
    Prediction.objects.filter(essay__slug="belotti-2021-title-bore").update(status="review")
    told = times(client)
    assert "Omont" not in {one.essay.who for one in told.dated}
    assert {m.prediction.essay.slug for m in told.predictions}.isdisjoint(
        {"omont-2020-wont-be-replaced", "belotti-2021-title-bore"}
    )


def test_an_answer_to_a_draft_is_not_named(client: Client, corpus: Motion) -> None:
    Essay.objects.filter(slug="posey-2020-will-not-exist").update(status="draft")
    html = page(client)
    assert "answers Posey" not in html


# Much, little, and nothing.


def test_a_question_without_essays_says_what_to_do(client: Client) -> None:
    factories.MotionFactory.create(featured=True)
    html = page(client)
    assert "No essay or prediction" in html
    assert "<svg class=" not in html


def test_essays_without_predictions_are_drawn(client: Client) -> None:
    factories.EssayFactory.create(motion__featured=True)
    assert "No prediction is taken or derived" in page(client)


def test_undated_essays_alone_are_drawn(client: Client) -> None:
    factories.EssayFactory.create(motion__featured=True, published_on=None, date_precision="unknown")
    assert "Date not given" in drawing(page(client))


@BOTH
@pytest.mark.parametrize("rows", [1, 20])
def test_it_asks_at_most_twelve_questions(request: pytest.FixtureRequest, who: str, rows: int) -> None:
    motion_of(rows)
    assert queries(request.getfixturevalue(who)) <= 12


def test_as_many_questions_for_twenty_as_for_one(client: Client) -> None:
    motion_of(1)
    one = queries(client)
    Motion.objects.update(featured=False)
    motion_of(20)
    assert queries(client) == one


@pytest.fixture
def crowded(db: None) -> Motion:
    """A featured motion of 300 essays and 300 predictions, over years near and far."""
    motion = factories.MotionFactory.create(featured=True)
    essays = [
        factories.EssayFactory.build(motion=motion, published_on=date(2000 + n % 27, 1 + n % 12, 1)) for n in range(300)
    ]
    Essay.objects.bulk_create(essays)
    first = Essay.objects.filter(motion=motion).first()
    rows = [
        factories.PredictionFactory.build(
            motion=motion, essay=first, opens_at=datetime(2019, 1, 1, tzinfo=UTC),
            closes_at=datetime(2021 + n % 40, 6, 1, tzinfo=UTC), statement="Long & <winding> " * 12 + str(n),
        )
        for n in range(300)
    ]  # fmt: skip
    Prediction.objects.bulk_create(rows)
    motion.deciding_prediction = Prediction.objects.filter(motion=motion, closes_at__year=2060).first()
    motion.save()
    return motion


def test_a_page_of_much_stays_small(client: Client, crowded: Motion) -> None:
    assert len(page(client)) < 300_000


def test_of_much_all_is_counted(client: Client, crowded: Motion) -> None:
    told = times(client)
    assert len(told.predictions) + sum(rest.count for rest in told.more_predictions) == 300
    assert len(told.dated) + sum(rest.count for rest in told.more_essays) == 300


def test_of_much_the_deciding_prediction_is_drawn(client: Client, crowded: Motion) -> None:
    assert times(client).predictions[0].prediction.closes_at.year == 2060


def test_of_much_the_page_says_what_is_left_out_and_leads_to_it(client: Client, crowded: Motion) -> None:
    html = page(client)
    assert "Not everything has room here" in html
    assert 'href="/predictions/"' in html


def test_it_asks_no_more_of_much(client: Client, crowded: Motion) -> None:
    assert queries(client) <= 12


@pytest.mark.parametrize("address", ["/timeline/?motion=none-such"])
def test_an_unknown_motion_is_not_found(client: Client, corpus: Motion, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "query", ["year=2020", "motion=a&motion=b", "motion=%00", "motion=%ff", "page=2", "motion=" + "x" * 101]
)
def test_an_address_that_makes_no_sense_is_refused(client: Client, corpus: Motion, query: str) -> None:
    assert client.get(f"{TIMELINE}?{query}").status_code == 400


def test_it_takes_no_post(reader_client: Client, corpus: Motion) -> None:
    assert reader_client.post(TIMELINE).status_code == 405


def test_another_motion_is_shown_by_its_name(client: Client, corpus: Motion) -> None:
    other = factories.PredictionFactory.create().motion
    assert other.question in page(client, f"{TIMELINE}?motion={other.slug}")


@pytest.mark.parametrize("years", [(1, 2), (9_998, 9_999)])
def test_a_day_at_the_end_of_time_has_a_place(client: Client, years: tuple[int, int]) -> None:
    motion = factories.MotionFactory.create(featured=True)
    opens, closes = (datetime(year, 1, 1, tzinfo=UTC) for year in years)
    factories.PredictionFactory.create(motion=motion, opens_at=opens, closes_at=closes)
    assert drawing(page(client))


def test_it_is_valid_html_with_one_heading(client: Client, corpus: Motion) -> None:
    html = page(client)
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert (html.count("<h1"), len(ids), " style=" in html) == (1, len(set(ids)), False)
