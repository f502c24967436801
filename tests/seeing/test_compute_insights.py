"""`manage.py compute_insights` makes of votes and ballots what the page of insights shows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from debate.actions.guests import make_guest
from debate.actions.insights import computing
from debate.actions.insights.computing import compute, shown_run
from debate.actions.insights.sources import mark_of
from debate.actions.merging import merge
from debate.actions.recounting import recount_tally
from debate.models import (
    Ballot,
    Claim,
    ClaimInsight,
    ClaimVote,
    CruxClaim,
    InsightRun,
    Motion,
    ReaderPlace,
    SupportDay,
)
from debate.models.insights import FEWEST
from tests import factories as make
from tests.seeing.crowd import camps, change_vote, take_sides

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.fixture
def motion() -> Motion:
    return make.motion_with_claims(10, featured=True)


@pytest.fixture
def crowd(motion: Motion):
    """Two camps of twelve readers."""
    return camps(motion, 12, 12)


def groups_of(run: InsightRun) -> dict[int, int]:
    return dict(ReaderPlace.objects.filter(run=run).values_list("user", "group"))


def support(motion: Motion) -> dict[tuple[date, str], int]:
    rows = SupportDay.objects.of_motion(motion).in_order()
    return {(row.day, row.side.slug if row.side else ""): row.readers for row in rows}


# What it computes.


def test_camps_become_groups(motion, crowd):
    groups = groups_of(compute(motion=motion))
    assert [len({groups[reader.pk] for reader in camp}) for camp in crowd] == [1, 1]
    assert len(set(groups.values())) == 2


def test_below_fifteen_readers_there_are_no_groups(motion):
    camps(motion, 7, FEWEST - 8)
    run = compute(motion=motion)
    assert (run.readers, run.groups, run.dots) == (FEWEST - 1, [], [])


def test_readers_with_fewer_than_seven_votes_are_not_placed(motion, crowd):
    few = ClaimVote.objects.filter(user=crowd[0][0]).values_list("pk", flat=True)[:6]
    ClaimVote.objects.filter(user=crowd[0][0]).exclude(pk__in=list(few)).delete()
    run = compute(motion=motion)
    assert (run.voters, run.readers) == (24, 23)


def test_a_withdrawn_vote_counts_nowhere(motion, crowd):
    ClaimVote.objects.filter(user=crowd[0][0]).update(value="withdrawn")
    assert compute(motion=motion).voters == 23


def test_strength_by_votes_begins_where_the_votes_say(motion, crowd):
    leaf = motion.claims.order_by("pk").last()
    run, tally = compute(motion=motion), leaf.tally
    expected = (tally.agree + 1) / (tally.agree + tally.disagree + 2)
    assert ClaimInsight.objects.get(run=run, claim=leaf).strength == pytest.approx(expected)


def test_every_visible_claim_has_a_strength_by_votes(motion, crowd):
    run = compute(motion=motion)
    assert ClaimInsight.objects.filter(run=run).count() == 10


def test_a_claim_that_cannot_be_seen_enters_nowhere(motion, crowd):
    hidden = motion.claims.order_by("pk").last()
    Claim.objects.filter(pk=hidden.pk).update(status="draft")
    run = compute(motion=motion)
    assert (run.claims, ClaimInsight.objects.filter(run=run, claim=hidden).count()) == (9, 0)


def test_what_sets_a_group_apart_is_told_by_the_claims_key(motion, crowd):
    keys = {row["claim"] for group in compute(motion=motion).groups for row in group["claims"]}
    assert keys
    assert keys <= set(motion.claims.values_list("pk", flat=True))


def test_many_readers_are_gathered_in_few_dots(motion, crowd, monkeypatch):
    monkeypatch.setattr("debate.actions.insights.opinion.MOST_DOTS", 10)
    run = compute(motion=motion)
    assert len(run.dots) < 24
    assert sum(dot[-1] for dot in run.dots) == 24


def test_the_sides_readers_part_on_the_crux(motion, crowd):
    yes, no = motion.sides.order_by("position")
    take_sides(motion, crowd[0], yes, at=MONDAY)
    take_sides(motion, crowd[1], no, at=MONDAY)
    run = compute(motion=motion)
    row = CruxClaim.objects.filter(run=run, claim__side=yes).first()
    assert (row.side, row.other, row.lower > 0) == (yes, no, True)


def test_below_ten_of_each_side_there_is_no_crux(motion, crowd):
    yes, no = motion.sides.order_by("position")
    take_sides(motion, crowd[0], yes, at=MONDAY)
    take_sides(motion, crowd[1][:9], no, at=MONDAY)
    assert not CruxClaim.objects.filter(run=compute(motion=motion)).exists()


def test_the_side_after_reading_counts_for_the_crux(motion, crowd):
    yes, no = motion.sides.order_by("position")
    take_sides(motion, crowd[0], yes, at=MONDAY)
    take_sides(motion, crowd[1], yes, at=MONDAY)
    take_sides(motion, crowd[1], no, phase="after", at=MONDAY + timedelta(days=1))
    assert CruxClaim.objects.filter(run=compute(motion=motion), other=no).exists()


# How support moved.


def test_a_ballot_counts_from_its_day_on(motion):
    yes = motion.sides.get(slug="yes")
    take_sides(motion, [make.GuestFactory()], yes, at=MONDAY)
    take_sides(motion, [make.GuestFactory()], yes, at=MONDAY + timedelta(days=2))
    compute(motion=motion)
    assert support(motion) == {(date(2026, 11, 16), "yes"): 1, (date(2026, 11, 18), "yes"): 2}


def test_a_ballot_after_reading_takes_the_place_of_the_one_before(motion):
    reader = [make.GuestFactory()]
    take_sides(motion, reader, motion.sides.get(slug="yes"), at=MONDAY)
    take_sides(motion, reader, None, phase="after", at=MONDAY + timedelta(days=1))
    compute(motion=motion)
    assert support(motion) == {
        (date(2026, 11, 16), "yes"): 1,
        (date(2026, 11, 17), "yes"): 0,
        (date(2026, 11, 17), ""): 1,
    }


def test_a_ballot_before_that_came_later_counts_nowhere(motion):
    reader = [make.GuestFactory()]
    take_sides(motion, reader, motion.sides.get(slug="yes"), at=MONDAY + timedelta(days=1))
    take_sides(motion, reader, None, phase="after", at=MONDAY)
    compute(motion=motion)
    assert support(motion) == {(date(2026, 11, 16), ""): 1}


def test_counting_the_days_again_changes_nothing(motion):
    take_sides(motion, [make.GuestFactory()], None, at=MONDAY)
    compute(motion=motion)
    before = list(SupportDay.objects.values())
    compute(motion=motion, afresh=True)
    assert list(SupportDay.objects.values()) == before


def test_a_ballot_taken_back_leaves_the_line(motion):
    take_sides(motion, [make.GuestFactory(), make.GuestFactory()], None, at=MONDAY)
    compute(motion=motion)
    Ballot.objects.first().delete()
    compute(motion=motion)
    assert support(motion) == {(date(2026, 11, 16), ""): 1}


# When it computes.


def test_a_motion_without_news_is_passed_over(motion, crowd):
    compute(motion=motion)
    assert compute(motion=motion) is None


def test_passing_over_asks_a_fixed_number_of_queries(motion, crowd, django_assert_max_num_queries):
    compute(motion=motion)
    with django_assert_max_num_queries(14):
        compute(motion=motion)


def test_a_vote_is_news(motion, crowd):
    compute(motion=motion)
    change_vote(crowd[0][0], motion.claims.first().pk, "pass")
    assert compute(motion=motion) is not None


def test_a_relation_is_news(motion, crowd):
    compute(motion=motion)
    make.RelationFactory(source=motion.claims.first(), target_claim=motion.claims.last(), kind="supports")
    assert compute(motion=motion) is not None


def test_a_vote_that_another_reader_takes_over_is_news(motion, crowd):
    mark = mark_of(motion)
    ClaimVote.objects.filter(user=crowd[0][0]).update(user=make.MemberFactory())
    assert mark_of(motion) != mark


def test_a_motion_that_nobody_has_voted_on_has_no_run(motion):
    assert compute(motion=motion) is None
    assert not InsightRun.objects.exists()


def test_when_the_last_vote_goes_so_does_what_was_made_of_it(motion, crowd):
    compute(motion=motion)
    ClaimVote.objects.all().delete()
    compute(motion=motion)
    assert (InsightRun.objects.count(), ReaderPlace.objects.count()) == (0, 0)


def test_the_run_before_makes_room(motion, crowd):
    compute(motion=motion)
    latest = compute(motion=motion, afresh=True)
    assert [run.pk for run in InsightRun.objects.all()] == [latest.pk]


def test_a_run_that_another_has_begun_is_left_to_it(motion, crowd):
    other = InsightRun.objects.create(motion=motion, mark="begun elsewhere")
    compute(motion=motion)
    assert InsightRun.objects.filter(pk=other.pk).exists()


def test_a_run_that_was_given_up_is_cleared_away(motion, crowd):
    begun = datetime.now(UTC) - timedelta(days=1)
    other = InsightRun.objects.create(motion=motion, mark="given up", computed_at=begun)
    compute(motion=motion)
    assert not InsightRun.objects.filter(pk=other.pk).exists()


def test_until_all_rows_are_there_the_run_before_is_shown(motion, crowd, monkeypatch):
    first = compute(motion=motion)
    monkeypatch.setattr(computing.CruxClaim.objects, "bulk_create", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        compute(motion=motion, afresh=True)
    assert shown_run(motion) == first


def test_rows_are_written_in_batches(motion, crowd, monkeypatch):
    monkeypatch.setattr(computing, "BATCH", 3)
    compute(motion=motion)
    run = compute(motion=motion, afresh=True)
    assert (ReaderPlace.objects.filter(run=run).count(), ReaderPlace.objects.count()) == (24, 24)


# Steady, and kept with the readers.


def test_a_group_keeps_its_label_while_most_of_its_members_stay(motion, crowd):
    run = compute(motion=motion)
    swapped = {0: 1, 1: 0}
    for place in ReaderPlace.objects.filter(run=run):
        ReaderPlace.objects.filter(pk=place.pk).update(group=swapped[place.group])
    before = groups_of(run)
    assert groups_of(compute(motion=motion, afresh=True)) == before


def test_more_readers_in_one_camp_leave_the_labels_as_they_were(motion, crowd):
    before = groups_of(compute(motion=motion))
    camps(motion, 2, 20, seed=5)
    after = groups_of(compute(motion=motion))
    assert {reader: after[reader] for reader in before} == before


def test_a_reader_who_goes_takes_their_place_along(motion, crowd):
    compute(motion=motion)
    crowd[0][0].delete()
    assert ReaderPlace.objects.count() == 23


def test_a_reader_who_goes_while_it_counts_is_left_out(motion, crowd):
    made = computing.make(motion, mark_of(motion), None)
    crowd[0][0].delete()
    assert ReaderPlace.objects.filter(run=computing.store(made)).count() == 23


def test_a_claim_that_is_deleted_while_it_counts_is_left_out(motion, crowd):
    deleted = make.ClaimFactory(motion=motion)
    made = computing.make(motion, mark_of(motion), None)
    before = len(made.claims)
    deleted.delete()
    assert ClaimInsight.objects.filter(run=computing.store(made)).count() == before - 1


def test_a_guest_who_is_placed_can_become_a_member(motion, crowd, member):
    guest = make_guest(address="192.0.2.1")
    ClaimVote.objects.filter(user=crowd[0][0]).update(user=guest)
    for claim in motion.claims.all():
        recount_tally(claim=claim.pk)
    compute(motion=motion)
    merge(guest=guest, member=member)
    assert member.pk in groups_of(compute(motion=motion))


# The command.


def test_the_command_says_what_it_has_computed(motion, crowd, capsys):
    call_command("compute_insights")
    assert f"{motion.slug}: 24 readers in 2 groups, 10 claims\n1 of 1 motions computed" in capsys.readouterr().out


def test_the_command_takes_one_motion(motion, crowd):
    camps(make.motion_with_claims(8), 8, 8)
    call_command("compute_insights", motion=motion.slug)
    assert list(InsightRun.objects.values_list("motion", flat=True)) == [motion.pk]


def test_the_command_refuses_a_motion_that_is_not_there(motion):
    with pytest.raises(CommandError, match="nothing"):
        call_command("compute_insights", motion="nothing")
