"""`manage.py recount` compares what is derived with what it is derived from, and repairs it when asked."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from debate.actions import recounting
from debate.actions.forecasting import make_forecast
from debate.actions.insights.computing import compute
from debate.actions.insights.recounting import wrong_insights
from debate.actions.recounting import wrong_crowds, wrong_standings, wrong_tallies
from debate.actions.voting import cast_vote, withdraw_vote
from debate.models import (
    Ballot,
    Claim,
    ClaimInsight,
    ClaimStanding,
    ClaimTally,
    ClaimVote,
    Forecast,
    InsightRun,
    Motion,
    PredictionCrowd,
    ReaderPlace,
    SupportDay,
    User,
)
from tests import factories as make
from tests.seeing.crowd import camps

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion() -> Motion:
    return make.motion_with_claims(5)


@pytest.fixture
def claim(motion: Motion) -> Claim:
    return motion.claims.order_by("pk").first()


@pytest.fixture
def prediction(motion: Motion):
    return make.PredictionFactory(motion=motion, essay=motion.essays.first())


def recount(**options) -> int:
    """The command's exit code."""
    try:
        call_command("recount", **options)
    except SystemExit as ended:
        return int(ended.code)
    return 0


def votes_by_action(claims) -> None:
    readers = [make.MemberFactory(), make.GuestFactory(), make.MemberFactory()]
    for reader, value in zip(readers, ("agree", "disagree", "pass"), strict=True):
        for claim in claims:
            cast_vote(reader=reader, claim=claim, value=value, informed=False)
    withdraw_vote(reader=readers[0], claim=claims[0])


def test_votes_cast_by_the_action_need_no_repair(motion):
    votes_by_action(motion.claims.all())
    assert list(wrong_tallies()) == []


def test_forecasts_made_by_the_action_need_no_repair(prediction):
    for probability in (0.2, 0.4, 0.9):
        make_forecast(reader=make.MemberFactory(), prediction=prediction, probability=probability, informed=False)
    assert list(wrong_crowds()) == []


def test_a_vote_behind_the_tally_is_told(claim):
    ClaimVote.objects.create(user=make.GuestFactory(), claim=claim, value="pass")
    assert [str(found) for found in wrong_tallies()] == [f"claim {claim.pk}: guest_pass 0, counted 1"]


def test_a_rank_that_does_not_follow_from_the_counts_is_told(claim):
    ClaimTally.objects.filter(claim=claim).update(contested=0.7)
    assert [str(found) for found in wrong_tallies()] == [f"claim {claim.pk}: contested 0.7, counted 0.0"]


def test_every_batch_of_claims_is_counted(motion, monkeypatch):
    monkeypatch.setattr(recounting, "BATCH", 2)
    ClaimTally.objects.update(member_agree=7)
    assert len(list(wrong_tallies())) == 5


def test_without_fix_nothing_is_written_and_it_fails(claim, capsys):
    ClaimTally.objects.filter(claim=claim).update(guest_agree=3)
    assert recount() == 1
    assert ClaimTally.objects.get(claim=claim).guest_agree == 3
    assert "1 rows differed." in capsys.readouterr().out


def test_fix_makes_the_tally_what_the_votes_add_up_to(claim):
    votes_by_action([claim])
    right = ClaimTally.objects.filter(claim=claim).values()[0]
    ClaimTally.objects.filter(claim=claim).update(member_agree=9, guest_disagree=0, top=0.9)
    assert recount(fix=True) == 0
    assert ClaimTally.objects.filter(claim=claim).values()[0] == right


def test_fix_makes_a_tally_that_is_missing(claim):
    ClaimTally.objects.filter(claim=claim).delete()
    recount(fix=True)
    assert ClaimTally.objects.get(claim=claim).total == 0


def test_fix_makes_the_crowd_what_the_forecasts_make(prediction):
    make_forecast(reader=make.MemberFactory(), prediction=prediction, probability=0.3, informed=False)
    Forecast.objects.create(user=make.MemberFactory(), prediction=prediction, probability=0.5, made_at=timezone.now())
    recount(fix=True)
    crowd = PredictionCrowd.objects.get(prediction=prediction)
    assert (crowd.forecasters, crowd.median) == (2, 0.4)


def test_fix_empties_a_crowd_without_forecasts(prediction):
    PredictionCrowd.objects.create(prediction=prediction, forecasters=4, median=0.4)
    recount(fix=True)
    crowd = PredictionCrowd.objects.get(prediction=prediction)
    assert (crowd.forecasters, crowd.median) == (0, None)


def test_fix_derives_standings_again(motion, claim):
    ClaimStanding.objects.filter(claim=claim).update(central=99, loose=True)
    recount(fix=True)
    assert list(wrong_standings()) == []


def test_a_standing_of_what_nobody_sees_is_told(motion, claim):
    Claim.objects.filter(pk=claim.pk).update(status="draft")
    assert f"claim {claim.pk}: not to be there" in [str(found) for found in wrong_standings()]


@pytest.fixture
def counted() -> Motion:
    """A motion whose insights are computed."""
    motion = make.motion_with_claims(8)
    camps(motion, 12, 12)
    yes, no = motion.sides.order_by("position")
    for number, reader in enumerate(User.objects.all()):
        Ballot.objects.create(user=reader, motion=motion, phase="before", side=(yes, no)[number % 2])
    compute(motion=motion)
    return motion


TAMPERED = {
    "places": lambda: ReaderPlace.objects.filter(pk=ReaderPlace.objects.first().pk).update(group=4),
    "claims": lambda: ClaimInsight.objects.filter(pk=ClaimInsight.objects.first().pk).update(strength=0.1),
    "claims gone": lambda: ClaimInsight.objects.first().delete(),
    "crux claims": lambda: InsightRun.objects.get().crux_claims.all().delete(),
    "days of support": lambda: SupportDay.objects.update(readers=99),
    "runs": lambda: InsightRun.objects.update(dots=[]),
}


def test_insights_that_are_as_computed_are_told_nowhere(counted):
    assert list(wrong_insights()) == []


@pytest.mark.parametrize("what", TAMPERED)
def test_insights_that_are_not_as_computed_are_told(counted, what):
    TAMPERED[what]()
    assert str(next(wrong_insights())).startswith(f"insights of motion {counted.pk}: ")


def test_fix_computes_insights_again(counted):
    for tamper in TAMPERED.values():
        tamper()
    recount(fix=True)
    assert list(wrong_insights()) == []


def test_insights_of_votes_that_have_changed_since_are_not_wrong(counted):
    ClaimInsight.objects.update(strength=0.1)
    ClaimVote.objects.first().delete()
    assert list(wrong_insights()) == []


def test_after_a_repair_nothing_differs(motion, prediction, capsys):
    ClaimTally.objects.update(member_pass=2)
    ClaimStanding.objects.update(central=99)
    recount(fix=True)
    assert "and are repaired" in capsys.readouterr().out
    assert recount() == 0
