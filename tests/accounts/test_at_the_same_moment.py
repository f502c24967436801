"""Somebody signs up or in while votes of theirs are still on their way: nothing is lost, nothing counts twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from debate.actions.accounts import sign_up
from debate.actions.merging import merge
from debate.actions.recounting import wrong_crowds, wrong_tallies
from debate.actions.returning import BACK_AFTER
from debate.actions.voting import cast_vote, withdraw_vote
from debate.models import Claim, ClaimTally, ClaimVote, User
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
ACTS = 60


@pytest.fixture
def claims() -> list[Claim]:
    return list(make.motion_with_claims(6).claims.order_by("pk"))


def at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Do all of this in threads of their own; what went wrong, by name."""

    def done(act: Callable[[], object]) -> str:
        try:
            act()
        except (User.DoesNotExist, IntegrityError) as error:
            return type(error).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(done, acts))


def acts_of(reader: User, claims: list[Claim]) -> Iterator[Callable[[], object]]:
    """Votes as a request makes them that began before: it still takes the reader for what they were."""
    for number in range(ACTS):
        claim, value = claims[number % len(claims)], ("agree", "disagree", "pass")[number % 3]
        if number % 7 == 6:
            yield lambda claim=claim: withdraw_vote(reader=reader, claim=claim)
        else:
            yield lambda claim=claim, value=value: cast_vote(reader=reader, claim=claim, value=value, informed=False)


def test_a_guest_signs_up_while_voting(claims):
    guest = User.objects.create_guest()
    acts = list(acts_of(guest, claims))
    acts.insert(ACTS // 2, lambda: sign_up(guest=guest, email="new@example.org", password="a long enough one"))
    assert set(at_once(acts)) == {""}
    assert list(wrong_tallies()) == []
    assert all(tally.guest_agree == 0 for tally in ClaimTally.objects.all())


def test_a_guest_signs_in_while_voting_as_both(claims):
    guest, member = User.objects.create_guest(), make.MemberFactory()
    acts = list(chain.from_iterable(zip(acts_of(guest, claims), acts_of(member, claims), strict=True)))
    acts.insert(ACTS, lambda: merge(guest=guest, member=member))
    at_once(acts)
    assert [*wrong_tallies(), *wrong_crowds()] == []
    assert ClaimVote.objects.values("user").distinct().count() == 1


def test_a_guest_comes_back_while_signing_up(claims):
    """All begin with the guest as it was when the request came in: none knows what the others are doing."""
    guest = make.GuestFactory(date_joined=timezone.now() - BACK_AFTER)
    acts = list(acts_of(guest, claims))
    acts.insert(ACTS // 2, lambda: sign_up(guest=guest, email="new@example.org", password="a long enough one"))
    assert set(at_once(acts)) == {""}
    assert list(wrong_tallies()) == []
    assert all(tally.returning_agree == 0 for tally in ClaimTally.objects.all())


def test_a_guest_comes_back_while_signing_in(claims):
    guest, member = make.GuestFactory(date_joined=timezone.now() - BACK_AFTER), make.MemberFactory()
    acts = list(acts_of(guest, claims))
    acts.insert(ACTS // 2, lambda: merge(guest=guest, member=member))
    at_once(acts)
    assert list(wrong_tallies()) == []
    assert ClaimVote.objects.values("user").distinct().count() == 1


def test_a_guest_signs_up_twice_at_once():
    guest = User.objects.create_guest()
    acts = [
        lambda n=n: sign_up(guest=guest, email=f"new-{n}@example.org", password="a long enough one") for n in range(4)
    ]
    assert set(at_once(acts)) == {""}
    assert (User.objects.count(), User.objects.get(pk=guest.pk).kind) == (4, "member")
