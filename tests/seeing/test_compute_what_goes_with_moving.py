"""`manage.py compute_insights` finds the claims whose votes go with moving to a side, and tells nothing below ten."""

import pytest

from debate.actions.insights.computing import compute
from debate.actions.insights.recounting import wrong_insights
from debate.actions.recounting import recount_tally
from debate.models import Ballot, ClaimVote, MovingClaim
from debate.reasoning.crux import Counted
from debate.reasoning.swing import LEAST, beside
from tests.balloting.ballots import move, paired, take_back
from tests.factories import motion_with_claims, readers

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return motion_with_claims(3)


@pytest.fixture
def claim(motion):
    return motion.claims.order_by("pk").last()


def readers_who(motion, before, after, *answers):
    """So many readers who go from one side to one, each with an answer to the last claim."""
    claim = motion.claims.order_by("pk").last()
    found = readers(len(answers), "guest")
    paired([(reader, (before, after)) for reader in found], motion)
    pairs = zip(found, answers, strict=True)
    ClaimVote.objects.bulk_create([ClaimVote(user=reader, claim=claim, value=value) for reader, value in pairs])
    recount_tally(claim=claim.pk)
    return found


def say(agree, disagree, passing=0):
    return ["agree"] * agree + ["disagree"] * disagree + ["pass"] * passing


def found(motion):
    compute(motion=motion)
    return {(row.claim_id, row.side.slug): row for row in MovingClaim.objects.select_related("side")}


def test_movers_are_set_beside_those_who_could_have_moved_and_stayed(motion, claim):
    readers_who(motion, "undecided", "no", *say(9, 2))
    readers_who(motion, "yes", "no", *say(3, 0))
    readers_who(motion, "undecided", "undecided", *say(3, 5))
    readers_who(motion, "yes", "yes", *say(1, 6))
    row = found(motion)[claim.pk, "no"]
    assert (row.moved_agree, row.moved_disagree, row.stayed_agree, row.stayed_disagree) == (12, 2, 4, 11)


def test_who_was_there_already_or_went_elsewhere_is_on_neither_hand(motion, claim):
    readers_who(motion, "undecided", "no", *say(10, 2))
    readers_who(motion, "yes", "yes", *say(2, 10))
    before = found(motion)[claim.pk, "no"]
    readers_who(motion, "no", "no", *say(20, 0))
    readers_who(motion, "yes", "undecided", *say(0, 15))
    readers_who(motion, "no", "undecided", *say(0, 15))
    after = found(motion)[claim.pk, "no"]
    assert (after.moved, after.stayed) == (before.moved, before.stayed) == (12, 12)


def test_the_numbers_are_those_of_the_formula(motion, claim):
    readers_who(motion, "undecided", "no", *say(11, 2))
    readers_who(motion, "undecided", "undecided", *say(3, 9))
    row, test = found(motion)[claim.pk, "no"], beside(Counted(11, 2), Counted(3, 9))
    assert (row.difference, row.chance) == (test.difference.value, test.p)
    assert (row.lower, row.upper) == (test.difference.lower, test.difference.upper)
    assert row.adjusted == row.chance


@pytest.mark.parametrize(("movers", "stayers"), [(LEAST - 1, 20), (20, LEAST - 1)])
def test_below_ten_of_either_nothing_is_told(motion, movers, stayers):
    readers_who(motion, "undecided", "no", *say(movers, 0))
    readers_who(motion, "undecided", "undecided", *say(0, stayers))
    assert found(motion) == {}


def test_who_passes_has_not_answered(motion):
    readers_who(motion, "undecided", "no", *say(9, 0, passing=5))
    readers_who(motion, "undecided", "undecided", *say(0, 12))
    assert found(motion) == {}


def test_moving_to_undecided_is_moving_to_no_side(motion):
    readers_who(motion, "yes", "undecided", *say(12, 0))
    readers_who(motion, "yes", "yes", *say(0, 12))
    assert found(motion) == {}


def test_only_pairs_count(motion, claim):
    movers = readers_who(motion, "undecided", "no", *say(12, 0))
    readers_who(motion, "undecided", "undecided", *say(0, 12))
    Ballot.objects.filter(user=movers[0], phase="before").update(late=True)
    take_back(movers[1], motion, "after")
    assert found(motion)[claim.pk, "no"].moved == 10


def test_a_pair_on_an_essay_is_none_on_the_motion(motion):
    essay = motion.essays.get()
    for reader in readers_who(motion, "undecided", "undecided", *say(12, 0)):
        move(reader, essay, "undecided", "no")
    assert found(motion) == {}


def test_chances_are_raised_for_how_many_claims_were_tried(motion, claim):
    other = motion.claims.order_by("pk")[1]
    movers = readers_who(motion, "undecided", "no", *say(11, 2))
    stayers = readers_who(motion, "undecided", "undecided", *say(3, 9))
    votes = [ClaimVote(user=reader, claim=other, value="agree") for reader in (*movers, *stayers)]
    ClaimVote.objects.bulk_create(votes)
    recount_tally(claim=other.pk)
    rows = found(motion)
    assert rows[other.pk, "no"].adjusted == 1.0
    assert rows[claim.pk, "no"].adjusted == pytest.approx(2 * rows[claim.pk, "no"].chance)


def test_a_ballot_is_news(motion):
    readers = readers_who(motion, "undecided", "no", *say(12, 0))
    compute(motion=motion)
    assert compute(motion=motion) is None
    take_back(readers[0], motion, "after")
    assert compute(motion=motion) is not None


def test_what_differs_from_a_recount_is_told_and_goes_with_its_run(motion, claim):
    readers_who(motion, "undecided", "no", *say(11, 2))
    readers_who(motion, "undecided", "undecided", *say(3, 9))
    found(motion)
    assert list(wrong_insights()) == []
    MovingClaim.objects.update(moved_agree=12)
    assert "moving claims 1, counted 0" in str(next(wrong_insights()))
    compute(motion=motion, afresh=True)
    assert (MovingClaim.objects.count(), list(wrong_insights())) == (1, [])
