"""Many vote at one moment, some of them twice: nothing is lost and nothing counts double."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from debate.actions.corpus import refresh
from debate.actions.forecasting import make_forecast, withdraw_forecast
from debate.actions.returning import BACK_AFTER
from debate.actions.tagging import propose_tag
from debate.actions.voting import cast_vote, withdraw_vote
from debate.models import ClaimTally, ClaimVote, Forecast, PredictionCrowd, TaggedClaim, User
from debate.reasoning.aggregation import crowd
from tests.conftest import SAME_ORIGIN
from tests.factories import ClaimFactory, GuestFactory, MemberFactory, MotionFactory, PredictionFactory

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, VOTES_EACH = 32, 75
COLUMNS = [f"{who}_{value}" for who in ("member", "guest", "returning") for value in ("agree", "disagree", "pass")]


def all_at_once(work: Callable[[int], None], writers: int = WRITERS) -> None:
    """Run the work in so many threads that begin together, each with its own connection; raise what any raised."""
    together = Barrier(writers)

    def run(number: int) -> None:
        try:
            together.wait(30)
            work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(writers) as pool:
        for done in [pool.submit(run, number) for number in range(writers)]:
            done.result()


def recount(claim):
    """What the standing votes of a claim add up to."""
    votes = ClaimVote.objects.standing().on(claim).select_related("user")
    told = Counter(f"{vote.user.kind}_{vote.value}" for vote in votes)
    told += Counter(f"returning_{vote.value}" for vote in votes if vote.user.returned)
    return {column: told[column] for column in COLUMNS}


def counted(claim):
    return ClaimTally.objects.filter(claim=claim).values(*COLUMNS).get()


@pytest.fixture
def claims(db):
    motion = MotionFactory(featured=True)
    made = ClaimFactory.create_batch(4, motion=motion)
    refresh(motion)
    return made


def test_the_tally_equals_a_recount_after_a_few_thousand_votes_of_32_writers(claims):
    old = timezone.now() - BACK_AFTER
    readers = [*MemberFactory.create_batch(14), *GuestFactory.create_batch(13)]
    readers += GuestFactory.create_batch(13, date_joined=old)

    def vote(number):
        dice = random.Random(number)
        for _ in range(VOTES_EACH):
            # Every reader is in the hands of all writers: the same person votes at the same moment.
            reader, claim = dice.choice(readers), dice.choice(claims)
            value = dice.choice(["agree", "disagree", "pass", "withdraw"])
            if value == "withdraw":
                withdraw_vote(reader=reader, claim=claim)
            else:
                cast_vote(reader=reader, claim=claim, value=value, informed=False)

    all_at_once(vote)
    assert [counted(claim) for claim in claims] == [recount(claim) for claim in claims]
    assert ClaimVote.objects.count() <= len(readers) * len(claims)
    assert User.objects.filter(returned=True).count() == 13


def test_a_claim_without_a_tally_row_gets_one_though_many_come_first(db):
    claim = ClaimFactory()
    readers = GuestFactory.create_batch(16)
    all_at_once(lambda n: cast_vote(reader=readers[n], claim=claim, value="agree", informed=False) and None, 16)
    assert counted(claim)["guest_agree"] == 16


def test_one_person_clicking_twice_at_once_has_one_vote(claims):
    first = Client(**SAME_ORIGIN)
    first.post(f"/claims/{claims[0].slug}/vote/", {"value": "agree"})
    cookie = first.cookies["reader"].value

    def click(_number):
        client = Client(**SAME_ORIGIN)
        client.cookies["reader"] = cookie
        assert client.post(f"/claims/{claims[1].slug}/vote/", {"value": "agree"}).status_code == 303

    all_at_once(click, 16)
    assert ClaimVote.objects.on(claims[1]).count() == 1
    assert counted(claims[1])["guest_agree"] == 1


def test_everybody_votes_for_the_first_time_at_once(claims, settings):
    settings.GUESTS_PER_HOUR = 1_000

    def come(number):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}", **SAME_ORIGIN)
        assert client.post(f"/claims/{claims[0].slug}/vote/", {"value": "pass"}).status_code == 303

    all_at_once(come)
    assert counted(claims[0])["guest_pass"] == WRITERS


def test_forecasts_given_revised_and_withdrawn_at_once_leave_one_a_reader_and_a_true_crowd(db):
    prediction = PredictionFactory()
    readers = GuestFactory.create_batch(8)

    def forecast(number):
        dice = random.Random(number)
        for _ in range(12):
            reader = dice.choice(readers)
            if dice.random() < 0.2:
                withdraw_forecast(reader=reader, prediction=prediction)
            else:
                make_forecast(
                    reader=reader, prediction=prediction, probability=dice.randint(1, 99) / 100, informed=False
                )

    all_at_once(forecast, 16)
    current = list(Forecast.objects.current().on(prediction).newest_first())
    held = PredictionCrowd.objects.get(prediction=prediction)
    assert held.forecasters == len(current) == len({made.user_id for made in current})
    assert held.median == pytest.approx(crowd([made.probability for made in current[::-1]]).median)


def test_readers_who_propose_one_tag_at_once_make_it_public_once(claims):
    readers = GuestFactory.create_batch(16)
    all_at_once(lambda n: propose_tag(reader=readers[n], claim=claims[0], name="Wages") and None, 16)
    assert TaggedClaim.objects.count() == 1
