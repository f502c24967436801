"""A reader asks who forecasts best, and looks at one of them."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from debate.keyset import SIGNER
from debate.lenses import leaderboard
from debate.lenses.leaderboard import Standing
from debate.models import ForecasterRecord, Motion, User
from debate.templatetags.words import signed
from tests import factories as make
from tests.forecasting.forecasters import forecaster, record, scored

pytestmark = pytest.mark.django_db
PAGE = "/leaderboard/"


def told(client: Client, address: str = PAGE) -> str:
    return " ".join(unescape(client.get(address).content.decode()).split())


def part(client: Client, name: str, address: str = PAGE) -> str:
    return told(client, address).split(f'<h2 id="{name}"')[1].split("</section>")[0]


def ranks(client: Client, address: str = PAGE) -> list[tuple[str, str]]:
    """(rank, name) of every row with a rank."""
    row = re.compile(r'Rank </span>(\d+)</p> <div><p class="title"><a href="[^"]+"><bdi>([^<]+)</bdi>')
    return row.findall(told(client, address))


def test_the_best_stands_first(client: Client) -> None:
    for score, name in ((3.0, "Cid"), (12.5, "Ada"), (-4.0, "Dan"), (8.1, "Bea")):
        forecaster(score, name=name)
    assert ranks(client) == [("1", "Ada"), ("2", "Bea"), ("3", "Cid"), ("4", "Dan")]


def test_who_shows_the_same_score_shares_a_rank(client: Client) -> None:
    for score, name in ((9.04, "Ada"), (8.96, "Bea"), (7.0, "Cid")):
        forecaster(score, name=name)
    assert ranks(client) == [("1", "Ada"), ("1", "Bea"), ("3", "Cid")]


def test_a_rank_stands_beside_what_it_rests_on(client: Client) -> None:
    ada = forecaster(12.45, name="Ada", predictions=7)
    for baseline in (20.0, 40.0):
        scored(ada, baseline=baseline)
    row = part(client, "ranked").split("<li")[1]
    assert "7 predictions" in row
    assert "50% of the time" in row
    assert "baseline +30.0" in row
    assert "+12.4" in row or "+12.5" in row


def test_who_asked_not_to_be_listed_is_nowhere(client: Client) -> None:
    hidden = forecaster(name="Ada", listed=False)
    assert "Ada" not in told(client)
    assert client.get(f"{PAGE}{hidden.pk}/").status_code == 404


def test_who_may_no_longer_sign_in_is_nowhere(client: Client) -> None:
    gone = forecaster(name="Ada")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert "Ada" not in told(client)
    assert client.get(f"{PAGE}{gone.pk}/").status_code == 404


def test_below_the_minimum_nobody_has_a_rank_or_shows_a_score(client: Client) -> None:
    forecaster(70.3, predictions=4, name="Ada")
    forecaster(1.0, predictions=2, name="Bea")
    assert ranks(client) == []
    early = part(client, "early")
    assert re.findall(r"<bdi>(\w+)</bdi>", early) == ["Ada", "Bea"]
    assert "4 of 5" in early
    assert "70.3" not in early


def test_a_forecaster_without_a_name_is_a_number(client: Client) -> None:
    nameless = forecaster(name="  ")
    assert f"<bdi>Forecaster {nameless.pk}</bdi>" in told(client)
    assert nameless.username not in told(client)
    assert nameless.email not in told(client)


def test_a_name_is_text_and_nothing_else(client: Client) -> None:
    forecaster(name="<b>&\N{RIGHT-TO-LEFT OVERRIDE}")
    assert "<bdi>&lt;b&gt;&amp;" in client.get(PAGE).content.decode()


def test_pages_go_on_counting_where_the_last_one_ended(client: Client) -> None:
    for number in range(45):
        forecaster(100.0 - number // 2, name=f"F{number:02}")
    address, found = PAGE, []
    while address:
        found += ranks(client, address)
        more = re.search(r'href="(\?group=ranked&page=[^"]+)" rel="next"', told(client, address))
        address = PAGE + more[1] if more else ""
    assert found == [(str(2 * (number // 2) + 1), f"F{number:02}") for number in range(45)]


def test_those_without_a_rank_go_on_too(client: Client) -> None:
    made = {forecaster(predictions=1 + number % 4, name=f"F{number:02}").display_name for number in range(25)}
    first = told(client)
    more = re.search(r'href="(\?group=early&page=[^"]+)" rel="next"', first)
    second = told(client, PAGE + more[1]) if more else ""
    assert {name for page in (first, second) for name in re.findall(r"<bdi>(F\d\d)</bdi>", page)} == made


@pytest.mark.parametrize(
    "query",
    [
        *("group=best", "group=ranked&group=early", "page=x", "group=ranked&page=x", "group=%00", "colour=red"),
        "group=ranked&page=" + SIGNER.sign_object(["early", "2026-11-27", 3, 1]),
        "group=ranked&page=" + signing.dumps(["ranked", "2026-11-27", 3.0, 1, 1, 1]),
    ],
)
def test_an_address_without_sense_is_refused(client: Client, query: str) -> None:
    forecaster()
    assert client.get(f"{PAGE}?{query}").status_code == 400


@pytest.mark.parametrize("key", ["0", "999999999", "9223372036854775808", "9" * 400])
def test_a_number_of_nobody_is_not_found(client: Client, key: str) -> None:
    assert client.get(f"{PAGE}{key}/").status_code == 404


def test_on_a_fresh_site_it_says_what_closes_next(client: Client) -> None:
    now, motion = timezone.now(), make.MotionFactory.create(featured=True)
    later, sooner = (
        make.PredictionFactory.create(motion=motion, closes_at=now + timedelta(days=days)) for days in (90, 40)
    )
    make.PredictionFactory.create(motion=motion, closes_at=now - timedelta(days=1))
    nobody = part(client, "nobody")
    assert "The next one closes on" in nobody
    assert nobody.index(sooner.get_absolute_url()) < nobody.index(later.get_absolute_url())
    assert "It is too early to tell: 0 predictions" in part(client, "crowd")


def test_with_the_corpus_alone_it_names_predictions_of_it(client: Client, corpus: Motion) -> None:
    assert part(client, "nobody").count("<li>") == leaderboard.NEXT


def test_on_an_empty_site_it_stands_too(client: Client) -> None:
    assert "No prediction takes forecasts now." in part(client, "nobody")


def test_anybodys_page_can_be_kept_and_asked_for_again(client: Client) -> None:
    forecaster()
    response = client.get(PAGE)
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert client.get(PAGE, HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304


def test_a_members_page_is_their_own(member_client: Client) -> None:
    assert "private" in member_client.get(PAGE)["Cache-Control"]


@pytest.mark.parametrize("who", ["client", "member_client"])
def test_it_asks_the_same_at_one_row_and_at_twenty(request: Any, member: User, who: str) -> None:
    client = request.getfixturevalue(who)
    record(member)
    asked = []
    for count in (1, 20):
        for _number in range(count):
            forecaster()
            scored(forecaster(predictions=3))
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 8


def test_one_forecasters_record_says_what_it_is_worth(client: Client) -> None:
    forecaster(20.0)
    ada = forecaster(3.0, name="Ada", predictions=8)
    ForecasterRecord.objects.of(ada).update(peer=48.0, coverage=4.0)
    scored(ada, baseline=31.0, brier=0.183, log=-0.55)
    page = told(client, f"{PAGE}{ada.pk}/")
    assert "<h1><bdi>Ada</bdi></h1>" in page
    assert "Rank 2 by peer score. To what happened they gave 1.13 times the probability" in page
    assert "<dd>8</dd>" in page
    assert "50% of the time that these were to take forecasts" in page
    for number in ("+3.0", "+31.0", "0.18", "−0.55"):
        assert f"<strong>{number}</strong>" in page
    assert "It is too early to tell" in page


def test_the_record_of_one_without_a_rank_shows_no_score(client: Client) -> None:
    early = forecaster(44.4, predictions=4)
    page = told(client, f"{PAGE}{early.pk}/")
    assert "4 of 5 resolved predictions: too early for a rank or a score." in page
    assert "44.4" not in page
    assert "Brier" not in page


def test_a_record_asks_few_questions(client: Client) -> None:
    ada = forecaster()
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{PAGE}{ada.pk}/")
    assert len(queries) <= 5


def test_far_down_a_rank_is_counted_to_a_thousand_only(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaderboard, "MOST_AHEAD", 2)
    for score in (9.0, 8.0, 7.0):
        forecaster(score)
    last = forecaster(1.0)
    assert "Ranked beyond the first" in told(client, f"{PAGE}{last.pk}/")


@pytest.mark.parametrize(("score", "words"), [(-0.04, "0.0"), (0.0, "0.0"), (12.44, "+12.4"), (-3.06, "−3.1")])
def test_a_score_is_shown_to_one_decimal_and_never_as_minus_nought(score: float, words: str) -> None:
    assert signed(Standing(ForecasterRecord(score=score)).score) == words


def test_the_predictions_page_leads_there(client: Client, corpus: Motion) -> None:
    assert f'href="{PAGE}"' in client.get("/predictions/").content.decode()


def test_it_stands_under_predictions(client: Client) -> None:
    assert '<a href="/predictions/" aria-current="true">' in client.get(PAGE).content.decode()
