"""`manage.py populate` fills a database with synthetic rows that break no rule."""

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import CommandError

from debate.actions.audit import every_rule
from debate.actions.synthetic import readers as synthetic
from debate.actions.synthetic.motions import CLAIMS, MotionMaker, make_tags
from debate.actions.synthetic.readers import Crowd, shared_out
from debate.actions.synthetic.words import dice
from debate.actions.voting import cast_vote
from debate.models import (
    Author,
    Ballot,
    Claim,
    ClaimTally,
    ClaimVote,
    Edition,
    Essay,
    Forecast,
    Motion,
    PredictionCrowd,
    User,
)
from tests import factories as make

pytestmark = pytest.mark.django_db
TINY = {"motions": 1, "large": 40, "readers": 30, "votes": 400, "forecasts": 120, "ballots": 12}


def populate(**options) -> None:
    call_command("populate", **TINY | options)


def what_was_made() -> list:
    return [
        *Claim.objects.order_by("slug").values_list("slug", "text", "kind", "standing__central", "tally__guest_agree"),
        *ClaimVote.objects.order_by("claim__slug", "user__username").values_list(
            "claim__slug", "user__username", "value"
        ),
        *Forecast.objects.order_by("pk").values_list("prediction__slug", "user__username", "probability"),
    ]


@pytest.fixture(autouse=True)
def _motions_are_small(monkeypatch):
    monkeypatch.setattr("debate.actions.populating.CLAIMS", 26)


@pytest.fixture
def populated(db) -> None:
    populate()


def test_it_breaks_no_rule(populated):
    assert [finding for rule in every_rule() if (finding := rule.check()).rows] == []


def test_it_makes_as_much_as_was_asked_for(populated):
    assert Motion.objects.count() == 2
    assert sorted(motion.claims.count() for motion in Motion.objects.all()) == [26, 40]
    assert (User.objects.count(), ClaimVote.objects.count()) == (30, 400)
    assert Forecast.objects.current().count() == 120
    assert Ballot.objects.filter(phase="before").count() == 12


def test_a_motion_has_the_proportions_of_the_corpus(db):
    motion = MotionMaker(seed=1, number=0, claims=CLAIMS, tags=make_tags(27)).make()
    essay = motion.essays.first()
    assert (motion.essays.count(), motion.predictions.count()) == (5, 24)
    assert 150 < sum(claim.stances.count() for claim in motion.claims.all()) < 230
    assert 180 < sum(claim.relations.count() for claim in motion.claims.all()) < 260
    assert essay.summary_blocks[0]["claims"] == ["synthetic-0-0"]


def test_everything_is_visible_and_found(populated):
    assert Claim.objects.visible().count() == 66
    word = Claim.objects.first().text.split()[1]
    assert Claim.objects.visible().matching(word).exists()


def test_pages_of_before_are_stale(db):
    before = Edition.now()
    populate()
    assert Edition.now() != before


def test_tallies_tell_members_and_guests_apart(populated):
    tallies = ClaimTally.objects.all()
    members = sum(row.member_agree + row.member_disagree + row.member_pass for row in tallies)
    assert 0 < members < sum(row.total for row in tallies) / 2
    assert 0 < sum(row.returning_agree for row in tallies) < sum(row.guest_agree for row in tallies)


def test_the_same_seed_makes_the_same(db):
    populate(seed=7)
    first = what_was_made()
    for model in (ClaimVote, Forecast, Ballot, User):
        model.objects.all().delete()
    Motion.objects.update(deciding_prediction=None)
    for motion in Motion.objects.all():
        motion.predictions.all().delete()
        motion.sides.update(thesis=None)
        motion.claims.all().delete()
        motion.essays.all().delete()
        motion.delete()
    Author.objects.all().delete()
    populate(seed=7)
    assert what_was_made() == first


def test_another_seed_makes_something_else(populated):
    text = Claim.objects.get(slug="synthetic-0-0").text
    other = MotionMaker(seed=2, number=9, claims=10, tags=make_tags(5)).make()
    assert not other.claims.filter(text=text).exists()


def test_what_was_given_before_still_counts(db):
    motion = make.motion_with_claims(3, featured=True)
    prediction = make.PredictionFactory(motion=motion, essay=motion.essays.first())
    guest = make.GuestFactory()
    cast_vote(reader=guest, claim=motion.claims.first(), value="agree", informed=False)
    synthetic.Forecast.objects.create(user=guest, prediction=prediction, probability=0.5)
    PredictionCrowd.objects.create(prediction=prediction, forecasters=1, median=0.5)
    populate(large=0)
    assert [rule.name for rule in every_rule() if "recount" in rule.name and rule.check().rows] == []


def test_it_refuses_where_there_are_members(member):
    with pytest.raises(CommandError, match="1 members"):
        populate()
    assert not Motion.objects.exists()


def test_it_may_be_forced(member):
    populate(force=True, large=0)
    assert Motion.objects.count() == 1


def test_it_refuses_a_second_time(populated):
    with pytest.raises(CommandError, match="populated before"):
        populate(force=True)


def test_without_readers_nothing_is_given(db):
    populate(readers=0)
    assert not ClaimVote.objects.exists()


def test_nobody_can_sign_in_as_a_synthetic_reader(populated):
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert make_password(None).startswith("!")


def test_the_command_says_how_long_it_took(db, capsys):
    populate(large=0)
    said = capsys.readouterr().out
    assert "Votes: 400 in " in said
    assert "Populated in " in said


def test_essays_stay_apart(populated):
    assert Essay.objects.values("source_url").distinct().count() == Essay.objects.count()


@pytest.mark.parametrize("total", [1, 2, 30, 97])
def test_nobody_comes_twice_upon_one_thing(total):
    crowd = Crowd()
    crowd.keys.extend(range(total))
    for seed in range(20):
        walked = list(crowd.some(dice(seed), total))
        assert sorted(walked) == list(range(total))


def test_no_more_come_than_there_are():
    crowd = Crowd()
    crowd.keys.extend(range(5))
    assert len(list(crowd.some(dice(1), 50))) == 5


@pytest.mark.parametrize(("total", "weights"), [(10, [1, 1, 1]), (0, [1.0]), (7, [0.1, 5.0, 0.1]), (1000, [3] * 7)])
def test_parts_add_up_to_the_whole(total, weights):
    assert sum(shared_out(total, weights)) == total
