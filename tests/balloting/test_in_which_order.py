"""Before, then reading, then after: a ballot before reading that comes later is kept, and never paired."""

from datetime import timedelta

import pytest

from debate.actions.balloting import Locked
from debate.actions.forecasting import make_forecast
from debate.actions.merging import merge
from debate.actions.revealing import reveal
from debate.actions.voting import cast_vote
from debate.models import Ballot, ClaimVote
from tests.balloting.ballots import counts, move, say, take_back
from tests.factories import (
    ClaimFactory,
    EssayFactory,
    GuestFactory,
    PassageFactory,
    PredictionFactory,
    StanceFactory,
    motion_with_claims,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return motion_with_claims(2, featured=True)


@pytest.fixture
def essay(motion):
    return motion.essays.order_by("pk")[0]


@pytest.fixture
def elsewhere(motion):
    """A second essay of the motion, which speaks to a claim and a prediction of its own."""
    other = EssayFactory(motion=motion)
    PassageFactory(stance=StanceFactory(essay=other, claim=ClaimFactory(motion=motion, origin="essay")))
    PredictionFactory(motion=motion, essay=other)
    return other


@pytest.fixture(params=["motion", "essay"])
def thing(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def reader(db):
    return GuestFactory()


def late(reader, thing):
    say(reader, thing, "before", "yes")
    return Ballot.objects.get(user=reader, phase="before", motion__isnull=False, **on(thing)).late


def on(thing):
    return {"essay": thing} if hasattr(thing, "publisher") else {"essay": None}


def vote(reader, claim):
    cast_vote(reader=reader, claim=claim, value="agree", informed=False)


# The order that makes a pair.


def test_before_reading_after(thing, reader):
    move(reader, thing, "yes", "no")
    assert counts(thing) == {("guest", "yes", "no"): 1}


def test_votes_between_the_two_are_reading(thing, motion, reader):
    say(reader, thing, "before", "yes")
    vote(reader, motion.claims.first())
    reveal(reader=reader, thing=motion)
    say(reader, thing, "after", "no")
    assert counts(thing) == {("guest", "yes", "no"): 1}


def test_after_it_before_is_locked(thing, reader):
    move(reader, thing, "yes", "no")
    with pytest.raises(Locked):
        say(reader, thing, "before", "no")
    with pytest.raises(Locked):
        take_back(reader, thing, "before")
    assert counts(thing) == {("guest", "yes", "no"): 1}


def test_after_it_before_is_locked_even_to_the_same_answer(thing, reader):
    move(reader, thing, "yes", "no")
    with pytest.raises(Locked):
        say(reader, thing, "before", "yes")


# Other orders, which make none.


def test_before_said_only_after_after_is_refused(thing, reader):
    say(reader, thing, "after", "no")
    with pytest.raises(Locked):
        say(reader, thing, "before", "yes")
    assert not counts(thing)


def test_taking_after_back_and_changing_before_makes_it_late(thing, reader):
    move(reader, thing, "yes", "no")
    take_back(reader, thing, "after")
    say(reader, thing, "before", "undecided")
    say(reader, thing, "after", "no")
    assert Ballot.objects.get(phase="before").late
    assert not counts(thing)


def test_taking_after_back_and_saying_it_anew_keeps_the_pair(thing, reader):
    move(reader, thing, "yes", "no")
    take_back(reader, thing, "after")
    say(reader, thing, "before", "yes")
    say(reader, thing, "after", "undecided")
    assert counts(thing) == {("guest", "yes", "undecided"): 1}


def test_taking_both_back_and_beginning_anew_is_late(thing, reader):
    move(reader, thing, "yes", "no")
    for phase in ("after", "before"):
        take_back(reader, thing, phase)
    move(reader, thing, "no", "yes")
    assert not counts(thing)


def test_changed_before_anything_else_it_is_still_in_time(thing, reader):
    say(reader, thing, "before", "yes")
    say(reader, thing, "before", "no")
    say(reader, thing, "after", "no")
    assert counts(thing) == {("guest", "no", "no"): 1}


def test_changed_after_a_vote_it_is_late_and_stays_so(thing, motion, reader):
    say(reader, thing, "before", "yes")
    vote(reader, motion.claims.first())
    for side in ("no", "yes"):
        say(reader, thing, "before", side)
        assert Ballot.objects.get().late


def test_said_again_after_a_vote_it_stays_in_time(thing, motion, reader):
    say(reader, thing, "before", "yes")
    vote(reader, motion.claims.first())
    say(reader, thing, "before", "yes")
    assert not Ballot.objects.get().late


def test_a_clock_that_jumps_back_makes_no_late_ballot_early(thing, motion, reader):
    vote(reader, motion.claims.first())
    for given in ClaimVote.objects.all():
        given.made_at += timedelta(hours=1)
        given.changed_at += timedelta(hours=1)
        given.save()
    assert late(reader, thing)


# What a ballot on the whole motion has to come before.


def test_on_the_motion_an_after_on_an_essay_makes_it_late(motion, essay, reader):
    say(reader, essay, "after", "no")
    assert late(reader, motion)


def test_on_the_motion_a_before_on_an_essay_does_not(motion, essay, reader):
    say(reader, essay, "before", "no")
    assert not late(reader, motion)


# What a ballot on an essay has to come before.


def acts_on(essay):
    claim = ClaimVote._meta.get_field("claim").related_model.objects.filter(stances__essay=essay).first()
    prediction = essay.predictions.first()
    return {
        "a vote": lambda reader: vote(reader, claim),
        "a look at a claim": lambda reader: reveal(reader=reader, thing=claim),
        "a forecast": lambda reader: make_forecast(
            reader=reader, prediction=prediction, probability=0.5, informed=False
        ),
        "a look at a prediction": lambda reader: reveal(reader=reader, thing=prediction),
    }


ACTS = pytest.mark.parametrize("act", ["a vote", "a look at a claim", "a forecast", "a look at a prediction"])


@ACTS
def test_what_the_essay_speaks_to_makes_it_late(elsewhere, reader, act):
    acts_on(elsewhere)[act](reader)
    assert late(reader, elsewhere)


@ACTS
def test_what_only_another_essay_speaks_to_does_not(essay, elsewhere, reader, act):
    acts_on(elsewhere)[act](reader)
    assert not late(reader, essay)


@ACTS
def test_the_motion_as_a_whole_is_late_by_either(motion, elsewhere, reader, act):
    acts_on(elsewhere)[act](reader)
    assert late(reader, motion)


def test_a_look_at_the_whole_motion_makes_an_essay_late(motion, essay, reader):
    reveal(reader=reader, thing=motion)
    assert late(reader, essay)


def test_an_after_on_the_whole_motion_makes_an_essay_late(motion, essay, reader):
    say(reader, motion, "after", "no")
    assert late(reader, essay)


def test_one_essay_after_another_makes_a_pair_of_each(essay, elsewhere, reader):
    move(reader, essay, "yes", "no")
    move(reader, elsewhere, "no", "no")
    assert counts(essay) + counts(elsewhere) == {("guest", "yes", "no"): 1, ("guest", "no", "no"): 1}


# By cookie alone, before there is a guest.


@pytest.mark.parametrize("looked_at", ["essay", "elsewhere"])
def test_a_look_that_only_a_cookie_tells_of(looked_at, elsewhere, reader_client, request):
    claim = request.getfixturevalue(looked_at).stances.first().claim
    reader_client.post(f"/claims/{claim.slug}/reveal/")
    reader_client.post(f"/essays/{elsewhere.slug}/ballot/", {"phase": "before", "side": "yes"})
    assert Ballot.objects.get().late == (looked_at == "elsewhere")


def test_a_look_at_the_whole_motion_that_only_a_cookie_tells_of(motion, essay, reader_client):
    reader_client.post(f"/motions/{motion.slug}/reveal/")
    reader_client.post(f"/essays/{essay.slug}/ballot/", {"phase": "before", "side": "yes"})
    assert Ballot.objects.get().late


# What a guest did counts for the member they turn out to be.


def test_two_of_one_person_are_late_by_what_either_did(thing, motion, reader, member):
    say(member, thing, "before", "yes")
    vote(reader, motion.claims.first())
    say(member, thing, "before", "no")
    merge(guest=reader, member=member)
    assert Ballot.objects.get().late


def test_reading_one_essay_as_a_guest_makes_no_other_late(essay, elsewhere, reader, member):
    say(reader, essay, "after", "no")
    say(member, elsewhere, "before", "yes")
    merge(guest=reader, member=member)
    assert not Ballot.objects.get(phase="before").late
