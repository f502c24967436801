"""Who moved from which side to which is counted as they say so, and counted again by `manage.py recount`."""

import pytest
from django.core.management import call_command

from debate.actions.accounts import sign_up
from debate.actions.merging import merge
from debate.actions.swinging import counting_swing, wrong_swing
from debate.models import Ballot, HasRead, SwingCount, User
from tests.balloting.ballots import counts, move, say, take_back
from tests.factories import GuestFactory, MemberFactory, motion_with_claims

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return motion_with_claims(2, featured=True)


@pytest.fixture(params=["motion", "essay"])
def thing(request, motion):
    return motion if request.param == "motion" else motion.essays.get()


@pytest.fixture
def guest(db):
    return GuestFactory()


# Saying, changing, taking back.


def test_a_pair_counts_once(thing, guest):
    move(guest, thing, "yes", "no")
    assert counts(thing) == {("guest", "yes", "no"): 1}


def test_staying_is_counted_too(thing, member):
    move(member, thing, "undecided", "undecided")
    assert counts(thing) == {("member", "undecided", "undecided"): 1}


@pytest.mark.parametrize("phase", ["before", "after"])
def test_a_single_ballot_is_no_pair(thing, guest, phase):
    say(guest, thing, phase, "yes")
    assert not counts(thing)


def test_the_same_readers_add_up(thing):
    for reader in (*MemberFactory.create_batch(3), *GuestFactory.create_batch(2)):
        move(reader, thing, "undecided", "yes")
    assert counts(thing) == {("member", "undecided", "yes"): 3, ("guest", "undecided", "yes"): 2}


def test_a_change_after_reading_moves_the_count(thing, guest):
    move(guest, thing, "yes", "no")
    say(guest, thing, "after", "undecided")
    assert counts(thing) == {("guest", "yes", "undecided"): 1}


def test_said_again_it_counts_once_and_is_as_old_as_it_was(thing, guest):
    move(guest, thing, "yes", "no")
    told = list(Ballot.objects.values())
    say(guest, thing, "after", "no")
    assert (counts(thing), list(Ballot.objects.values())) == ({("guest", "yes", "no"): 1}, told)


def test_taken_back_it_counts_nowhere(thing, guest):
    move(guest, thing, "yes", "no")
    take_back(guest, thing, "after")
    assert not counts(thing)


def test_an_essay_and_its_motion_are_counted_apart(motion, guest):
    essay = motion.essays.get()
    say(guest, motion, "before", "yes")
    move(guest, essay, "yes", "no")
    say(guest, motion, "after", "undecided")
    assert counts(motion) == {("guest", "yes", "undecided"): 1}
    assert counts(essay) == {("guest", "yes", "no"): 1}


def test_another_motion_counts_for_itself(motion, guest):
    other = motion_with_claims(1)
    move(guest, other, "yes", "no")
    assert (counts(motion), counts(other)) == ({}, {("guest", "yes", "no"): 1})


# Becoming a member, going.


def test_a_guest_who_signs_up_counts_among_the_members(thing, guest):
    move(guest, thing, "yes", "no")
    sign_up(guest=guest, email="new@example.org", password="a long enough one")
    assert counts(thing) == {("member", "yes", "no"): 1}


def test_what_a_guest_said_comes_along_when_they_sign_in(thing, guest, member):
    move(guest, thing, "yes", "no")
    merge(guest=guest, member=member)
    assert counts(thing) == {("member", "yes", "no"): 1}


def test_of_two_pairs_of_one_person_the_first_before_and_the_last_after_stand(thing, guest, member):
    move(member, thing, "yes", "yes")
    move(guest, thing, "no", "undecided")
    merge(guest=guest, member=member)
    assert counts(thing) == {("member", "yes", "undecided"): 1}


def test_of_two_said_before_any_reading_the_newer_stands(thing, guest, member):
    say(member, thing, "before", "yes")
    say(guest, thing, "before", "no")
    say(guest, thing, "after", "no")
    merge(guest=guest, member=member)
    assert counts(thing) == {("member", "no", "no"): 1}


def test_halves_of_a_pair_meet_when_one_signs_in(thing, guest, member):
    say(member, thing, "before", "yes")
    say(guest, thing, "after", "no")
    merge(guest=guest, member=member)
    assert counts(thing) == {("member", "yes", "no"): 1}


def test_halves_that_meet_in_the_wrong_order_are_no_pair(thing, guest, member):
    say(guest, thing, "after", "no")
    say(member, thing, "before", "yes")
    merge(guest=guest, member=member)
    assert Ballot.objects.get(phase="before").late
    assert not counts(thing)


def test_having_read_comes_along_from_the_earlier_time_on(thing, guest, member):
    for reader in (guest, member):
        move(reader, thing, "yes", "no")
    earlier = HasRead.objects.get(user=guest).made_at
    merge(guest=guest, member=member)
    assert list(HasRead.objects.values_list("user", "made_at")) == [(member.pk, earlier)]


def test_a_reader_who_is_deleted_counts_nowhere(thing, guest):
    move(guest, thing, "yes", "no")
    with counting_swing([guest.pk]):
        guest.delete()
    assert not counts(thing)
    assert not HasRead.objects.exists()


# Counting again.


def test_what_the_actions_counted_needs_no_repair(thing, guest, member):
    move(guest, thing, "yes", "no")
    move(member, thing, "no", "no")
    say(MemberFactory(), thing, "before", "yes")
    take_back(member, thing, "after")
    assert list(wrong_swing()) == []


def test_a_pair_behind_the_counts_is_told(thing, motion, guest):
    move(guest, thing, "yes", "no")
    SwingCount.objects.all().delete()
    (found,) = map(str, wrong_swing())
    assert found.startswith(f"swing of motion {motion.pk}: guests on ")
    assert found.endswith(": 0, counted 1")


def test_a_late_ballot_is_counted_by_nobody(thing, guest):
    move(guest, thing, "yes", "no")
    Ballot.objects.filter(phase="before").update(late=True)
    assert str(next(wrong_swing())).endswith(": 1, counted 0")


def test_counts_that_are_wrong_either_way_are_made_right(thing, guest, member):
    move(guest, thing, "yes", "no")
    move(member, thing, "no", "no")
    right = counts(thing)
    SwingCount.objects.filter(kind="guest").delete()
    SwingCount.objects.filter(kind="member").update(readers=9)
    call_command("recount", fix=True)
    assert (counts(thing), list(wrong_swing())) == (right, [])


def test_too_few_counted_stand_in_nobodys_way(thing, guest):
    move(guest, thing, "yes", "no")
    SwingCount.objects.update(readers=0)
    say(guest, thing, "after", "undecided")
    assert counts(thing) == {("guest", "yes", "undecided"): 1}


def test_counting_again_costs_the_same_at_one_pair_and_at_twenty(thing, django_assert_num_queries):
    for reader in GuestFactory.create_batch(20):
        move(reader, thing, "yes", "no")
        if User.objects.filter(ballots__isnull=False).distinct().count() in (1, 20):
            with django_assert_num_queries(2):
                assert list(wrong_swing()) == []
