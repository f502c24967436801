"""Many take sides at one moment, some of them twice, some on the point of signing up: nothing is lost or doubled."""

import random
from contextlib import suppress

import pytest

from debate.actions.accounts import sign_up
from debate.actions.balloting import Locked
from debate.actions.merging import merge
from debate.actions.swinging import recount_swing, wrong_swing
from debate.models import Ballot, SwingCount, User
from tests.balloting.ballots import counts, say, take_back
from tests.factories import GuestFactory, MemberFactory, motion_with_claims
from tests.voting.test_vote_at_the_same_moment import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 16, 12
SIDES = ("yes", "no", "undecided")


@pytest.fixture
def motion(db):
    return motion_with_claims(1, featured=True)


def give(dice, reader, thing):
    """One act as a request makes it, whose reader may have gone since it began."""
    phase = dice.choice(["before", "after", "after"])
    with suppress(Locked, User.DoesNotExist):
        if dice.random() < 0.2:
            take_back(reader, thing, phase)
        else:
            say(reader, thing, phase, dice.choice(SIDES))


def test_the_counts_equal_a_recount_whatever_sixteen_writers_do(motion):
    readers, things = [*MemberFactory.create_batch(4), *GuestFactory.create_batch(4)], [motion, motion.essays.get()]

    def act(number):
        dice = random.Random(number)
        for turn in range(EACH):
            # Every reader is in the hands of all writers: the same person says two things at the same moment.
            give(dice, dice.choice(readers), dice.choice(things))
            if number == 0 and turn in (3, 7):
                sign_up(guest=readers[turn], email=f"new-{turn}@example.org", password="a long enough one")
            if number == 1 and turn == 6:
                merge(guest=readers[5], member=readers[0])
            if number == 2 and turn == 5:
                recount_swing(motion=motion.pk)

    all_at_once(act, WRITERS)
    assert list(wrong_swing()) == []
    assert sum(SwingCount.objects.values_list("readers", flat=True)) == Ballot.objects.paired().count()


def test_the_first_pairs_of_all_meet_in_one_row(motion):
    readers = GuestFactory.create_batch(WRITERS)
    for reader in readers:
        say(reader, motion, "before", "undecided")
    all_at_once(lambda number: say(readers[number], motion, "after", "yes") and None, WRITERS)
    assert counts(motion) == {("guest", "undecided", "yes"): WRITERS}


def test_one_person_clicking_sixteen_times_counts_once(motion):
    reader = GuestFactory()
    say(reader, motion, "before", "no")
    all_at_once(lambda number: say(reader, motion, "after", SIDES[number % 3]) and None, WRITERS)
    assert sum(counts(motion).values()) == 1
    assert list(wrong_swing()) == []


def test_a_repair_takes_nothing_from_those_who_take_sides_meanwhile(motion):
    readers = GuestFactory.create_batch(WRITERS)
    for reader in readers:
        say(reader, motion, "before", "no")
    SwingCount.objects.create(motion=motion, kind="guest", readers=7)

    def act(number):
        if number % 4:
            say(readers[number], motion, "after", "yes")
        else:
            recount_swing(motion=motion.pk)

    all_at_once(act, WRITERS)
    assert counts(motion) == {("guest", "no", "yes"): WRITERS * 3 // 4}
