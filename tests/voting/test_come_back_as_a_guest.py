"""A guest who comes back on a later day counts in the rankings beside the members; one who is new does not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from debate.actions.accounts import sign_up
from debate.actions.merging import merge
from debate.actions.recounting import recount_tally, wrong_tallies
from debate.actions.returning import BACK_AFTER, welcome_back
from debate.actions.voting import cast_vote, withdraw_vote
from debate.models import Claim, ClaimTally, User
from tests import factories as make

pytestmark = pytest.mark.django_db
MOMENT = timedelta(seconds=1)


@pytest.fixture
def claims() -> list[Claim]:
    return list(make.motion_with_claims(3).claims.order_by("pk"))


def guest_made(ago: timedelta) -> User:
    return make.GuestFactory(date_joined=timezone.now() - ago)


@pytest.fixture
def guest() -> User:
    """Somebody whose cookie is old enough."""
    return guest_made(BACK_AFTER)


def vote(reader: User, claim: Claim, value: str = "agree") -> None:
    cast_vote(reader=reader, claim=claim, value=value, informed=False)


def voted_before(guest: User, claims: list[Claim]) -> None:
    """As if the guest had given these votes when the cookie was new."""
    made, guest.date_joined = guest.date_joined, timezone.now()
    for claim in claims:
        vote(guest, claim)
    guest.date_joined = made


def tally(claim: Claim) -> ClaimTally:
    return ClaimTally.objects.get(claim=claim)


def ranking(claim: Claim) -> tuple[int, bool]:
    """How many who agree count in the rankings as guests who came back, and whether the claim ranks at all."""
    told = tally(claim)
    return told.returning_agree, told.top > 0


def test_a_new_guest_does_not_rank(claims):
    vote(guest_made(BACK_AFTER - MOMENT * 60), claims[0])
    assert ranking(claims[0]) == (0, False)


def test_a_vote_with_an_old_cookie_ranks(guest, claims):
    vote(guest, claims[0])
    assert ranking(claims[0]) == (1, True)
    assert User.objects.get(pk=guest.pk).returned


def test_so_do_from_then_on_the_votes_given_before(guest, claims):
    voted_before(guest, claims[:2])
    assert ranking(claims[0]) == (0, False)
    vote(guest, claims[2])
    assert [ranking(claim) for claim in claims] == [(1, True)] * 3


def test_who_came_back_is_still_counted_among_the_guests(guest, claims):
    vote(guest, claims[0])
    assert (tally(claims[0]).guest_agree, tally(claims[0]).total) == (1, 1)


def test_a_vote_withdrawn_before_does_not_come_back(guest, claims):
    voted_before(guest, claims[:1])
    withdraw_vote(reader=guest, claim=claims[0])
    vote(guest, claims[1])
    assert ranking(claims[0]) == (0, False)


def test_taking_back_alone_is_no_coming_back(guest, claims):
    voted_before(guest, claims[:2])
    withdraw_vote(reader=guest, claim=claims[0])
    assert ranking(claims[1]) == (0, False)


def test_who_came_back_changes_and_withdraws_like_anybody(guest, claims):
    vote(guest, claims[0])
    vote(guest, claims[0], "disagree")
    assert (tally(claims[0]).returning_agree, tally(claims[0]).returning_disagree) == (0, 1)
    withdraw_vote(reader=guest, claim=claims[0])
    assert tally(claims[0]).returning_disagree == 0
    assert list(wrong_tallies()) == []


def test_being_welcomed_again_changes_nothing(guest, claims):
    vote(guest, claims[0])
    welcome_back(guest=guest)
    assert ranking(claims[0]) == (1, True)


def test_a_member_or_somebody_gone_is_not_welcomed(member, guest, claims):
    vote(member, claims[0])
    User.objects.filter(pk=guest.pk).delete()
    for reader in (member, guest):
        welcome_back(guest=reader)
    assert ranking(claims[0])[0] == 0


def test_a_recount_knows_who_came_back(guest, claims):
    voted_before(guest, claims[:2])
    vote(guest, claims[2])
    assert list(wrong_tallies()) == []
    ClaimTally.objects.filter(claim=claims[0]).update(returning_agree=5)
    assert "returning_agree 5, counted 1" in str(next(wrong_tallies()))
    recount_tally(claim=claims[0].pk)
    assert list(wrong_tallies()) == []


def test_who_signs_up_counts_as_a_member_alone(guest, claims):
    vote(guest, claims[0])
    member = sign_up(guest=guest, email="new@example.org", password="a long enough one")
    told = tally(claims[0])
    assert (told.member_agree, told.guest_agree, told.returning_agree, member.returned) == (1, 0, 0, False)
    assert list(wrong_tallies()) == []


def test_who_signs_in_counts_once(guest, member, claims):
    vote(guest, claims[0])
    vote(guest, claims[1])
    vote(member, claims[1], "disagree")
    merge(guest=guest, member=member)
    assert [tally(claim).returning_agree for claim in claims] == [0, 0, 0]
    assert list(wrong_tallies()) == []


def test_the_database_knows_no_member_who_comes_back(member):
    with pytest.raises(IntegrityError, match="user_only_a_guest_comes_back"), transaction.atomic():
        User.objects.filter(pk=member.pk).update(returned=True)


def test_a_usual_vote_takes_its_four_statements(guest, claims):
    """Lock, read, look whether it is blind, put, store; and what opens and closes the transaction."""
    vote(guest, claims[0])
    with CaptureQueriesContext(connection) as asked:
        vote(guest, claims[0], "disagree")
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) == 4
