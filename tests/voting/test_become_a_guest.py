"""So many guests are made per network address and hour, as the proxies tell the address."""

import pytest
import time_machine
from django.test import Client, RequestFactory

from debate.access import address_of
from debate.models import ClaimVote, User
from tests.conftest import SAME_ORIGIN
from tests.factories import ClaimFactory, MotionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(db):
    return ClaimFactory(motion=MotionFactory(featured=True))


@pytest.fixture(autouse=True)
def two_an_hour(settings):
    settings.GUESTS_PER_HOUR = 2


def vote(claim, address="192.0.2.1", **headers):
    return Client(REMOTE_ADDR=address, **SAME_ORIGIN).post(f"/claims/{claim.slug}/vote/", {"value": "agree"}, **headers)


def test_over_the_allowance_it_is_429_and_says_when(claim):
    assert [vote(claim).status_code for _ in range(3)] == [303, 303, 429]
    refused = vote(claim)
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert User.objects.count() == ClaimVote.objects.count() == 2


def test_the_allowance_is_the_addresss(claim):
    assert [vote(claim, f"192.0.2.{n}").status_code for n in range(5)] == [303] * 5


def test_who_has_voted_before_goes_on(claim):
    client = Client(REMOTE_ADDR="192.0.2.1", **SAME_ORIGIN)
    client.post(f"/claims/{claim.slug}/vote/", {"value": "agree"})
    for _ in range(2):
        vote(claim)
    assert client.post(f"/claims/{claim.slug}/vote/", {"value": "pass"}).status_code == 303


def test_senseless_input_uses_up_nothing(claim):
    client = Client(REMOTE_ADDR="192.0.2.1", **SAME_ORIGIN)
    for _ in range(5):
        client.post(f"/claims/{claim.slug}/vote/", {"value": "maybe"})
    assert vote(claim).status_code == 303


def test_the_next_hour_allows_anew_and_not_sooner(claim):
    with time_machine.travel("2026-12-01T10:01:00Z", tick=False) as clock:
        for _ in range(2):
            vote(claim)
        clock.move_to("2026-12-01T10:59:00Z")
        assert vote(claim).status_code == 429
        clock.move_to("2026-12-01T11:00:01Z")
        assert vote(claim).status_code == 303


def test_a_household_of_ipv6_addresses_is_one(claim):
    told = [vote(claim, f"2001:db8:1:2::{n}").status_code for n in range(3)]
    assert told == [303, 303, 429]


def asks_from(count, forwarded, settings, remote="10.0.0.1"):
    settings.PROXY_COUNT = count
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))


@pytest.mark.parametrize(
    ("count", "forwarded", "told"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "not an address", "not an address"),
    ],
)
def test_the_address_is_what_the_last_trusted_proxy_saw(count, forwarded, told, settings):
    assert asks_from(count, forwarded, settings) == told


def test_an_ipv6_address_is_known_by_its_network(settings):
    assert asks_from(0, "", settings, "2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64"
