"""A reader says where they stand, before reading and after, on the motion and on an essay."""

import re

import pytest
from django.utils.html import strip_tags

from debate.models import Ballot, User
from tests.factories import PredictionFactory, motion_with_claims

pytestmark = pytest.mark.django_db
IN_PLACE = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def motion(db):
    return motion_with_claims(2, featured=True)


@pytest.fixture(params=["motion", "essay"])
def place(request, motion):
    """Where a ballot is given: (page, address of the ballot)."""
    if request.param == "motion":
        return f"/motions/{motion.slug}/", f"/motions/{motion.slug}/ballot/"
    essay = motion.essays.get()
    return f"/essays/{essay.slug}/", f"/essays/{essay.slug}/ballot/"


def say(client, place, phase, side, **headers):
    return client.post(place[1], {"phase": phase, "side": side}, **headers)


def words(client, place):
    html = client.get(place[0]).content.decode()
    part = html.split('id="ballot"')[1].split("</section>")[0]
    return " ".join(strip_tags(part.replace("</", " </")).split())


def pressed(client, place):
    return re.findall(r'id="(\w+-\w+)" aria-pressed="true"', client.get(place[0]).content.decode())


def given():
    return {(ballot.phase, ballot.side and ballot.side.slug) for ballot in Ballot.objects.all()}


def test_it_needs_no_account_and_leads_back(place, reader_client):
    answer = say(reader_client, place, "before", "yes")
    assert (answer.status_code, answer["Location"]) == (303, place[0] + "#ballot")
    assert answer.cookies["reader"]["httponly"] is True
    assert given() == {("before", "yes")}


def test_the_page_says_what_you_said(place, reader_client):
    say(reader_client, place, "before", "yes")
    assert "Before reading you said: It says yes" in words(reader_client, place)


def test_undecided_is_an_answer(place, reader_client):
    say(reader_client, place, "before", "undecided")
    assert given() == {("before", None)}
    assert "Before reading you said: Undecided" in words(reader_client, place)


def test_both_ballots_stand_side_by_side(place, reader_client):
    say(reader_client, place, "before", "yes")
    say(reader_client, place, "after", "no")
    assert given() == {("before", "yes"), ("after", "no")}
    assert pressed(reader_client, place) == ["after-no"]


def test_the_ballot_on_the_motion_is_not_the_one_on_an_essay(motion, reader_client):
    essay = motion.essays.get()
    reader_client.post(f"/motions/{motion.slug}/ballot/", {"phase": "before", "side": "yes"})
    reader_client.post(f"/essays/{essay.slug}/ballot/", {"phase": "before", "side": "no"})
    assert Ballot.objects.count() == 2
    assert Ballot.objects.on_essay(essay).get().side.slug == "no"


def test_it_can_be_changed(place, reader_client):
    for side in ("yes", "no"):
        say(reader_client, place, "before", side)
    assert given() == {("before", "no")}


def test_it_can_be_withdrawn(place, reader_client):
    say(reader_client, place, "before", "yes")
    say(reader_client, place, "before", "withdraw")
    assert given() == set()
    assert "where do you stand?" in words(reader_client, place)


def test_a_form_sent_twice_leaves_the_same_state(place, reader_client):
    for _ in range(3):
        say(reader_client, place, "before", "yes")
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("side", ["no", "undecided", "withdraw"])
def test_before_is_locked_once_after_is_given(place, reader_client, side):
    say(reader_client, place, "before", "yes")
    say(reader_client, place, "after", "no")
    answer = say(reader_client, place, "before", side)
    assert answer.status_code == 400
    assert given() == {("before", "yes"), ("after", "no")}


def test_before_is_free_again_once_after_is_withdrawn(place, reader_client):
    for phase, side in (("before", "yes"), ("after", "no"), ("after", "withdraw"), ("before", "no")):
        say(reader_client, place, phase, side)
    assert given() == {("before", "no")}


def test_withdrawing_what_was_never_given_makes_no_guest(place, reader_client):
    assert say(reader_client, place, "before", "withdraw").status_code == 303
    assert not User.objects.exists()


def test_in_place_the_answer_is_the_ballot_and_says_what_happened(place, reader_client):
    html = say(reader_client, place, "before", "yes", **IN_PLACE).content.decode()
    assert 'data-said="Your ballot: It says yes. Saved."' in html
    assert "<html" not in html


def test_a_first_ballot_before_anything_else_is_in_time(place, reader_client):
    say(reader_client, place, "before", "yes")
    assert not Ballot.objects.get().late


def acts(motion):
    claim, prediction = motion.claims.first(), PredictionFactory(motion=motion)
    return {
        "vote": (f"/claims/{claim.slug}/vote/", {"value": "agree"}),
        "forecast": (f"/predictions/{prediction.slug}/forecast/", {"step": "even"}),
        "reveal a claim": (f"/claims/{claim.slug}/reveal/", {}),
        "reveal a prediction": (f"/predictions/{prediction.slug}/reveal/", {}),
        "reveal the motion": (f"/motions/{motion.slug}/reveal/", {}),
    }


@pytest.mark.parametrize("who", ["reader_client", "member_client"])
@pytest.mark.parametrize("act", ["vote", "forecast", "reveal a claim", "reveal a prediction", "reveal the motion"])
def test_after_a_first_act_on_the_motion_it_is_late_and_says_so(motion, who, act, request):
    client = request.getfixturevalue(who)
    client.post(*acts(motion)[act])
    place = (f"/motions/{motion.slug}/", f"/motions/{motion.slug}/ballot/")
    say(client, place, "before", "yes")
    assert Ballot.objects.get().late
    assert "after a first vote or a look at the results" in words(client, place)


def test_an_act_on_another_motion_does_not_make_it_late(motion, reader_client):
    other = motion_with_claims(1)
    for address, fields in acts(other).values():
        reader_client.post(address, fields)
    reader_client.post(f"/motions/{motion.slug}/ballot/", {"phase": "before", "side": "yes"})
    assert not Ballot.objects.get().late


HOSTILE = [
    {},
    {"phase": "before"},
    {"side": "yes"},
    {"phase": "during", "side": "yes"},
    {"phase": "before", "side": "maybe"},
    {"phase": "before", "side": ""},
    {"phase": "before", "side": "yes\x00"},
    {"phase": "before", "side": ["yes", "no"]},
    {"phase": ["before", "after"], "side": "yes"},
]


@pytest.mark.parametrize("fields", HOSTILE, ids=str)
def test_what_makes_no_sense_is_refused_and_changes_nothing(place, reader_client, fields):
    assert reader_client.post(place[1], fields).status_code == 400
    assert not User.objects.exists()
    assert not Ballot.objects.exists()


def test_a_side_of_another_motion_is_refused(motion, reader_client):
    other = motion_with_claims(0)
    other.sides.filter(slug="no").update(slug="perhaps")
    assert (
        reader_client.post(f"/motions/{motion.slug}/ballot/", {"phase": "before", "side": "perhaps"}).status_code == 400
    )


@pytest.mark.parametrize(
    "address", ["/motions/none-such/ballot/", "/essays/none-such/ballot/", "/motions/none-such/reveal/"]
)
def test_what_is_not_here_takes_none(db, reader_client, address):
    assert reader_client.post(address, {"phase": "before", "side": "yes"}).status_code == 404
