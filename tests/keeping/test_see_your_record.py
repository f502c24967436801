"""A reader sees all they gave, changes it in place, takes it back, and is offered to put it back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from debate.actions.balloting import cast_ballot
from debate.actions.forecasting import make_forecast, withdraw_forecast
from debate.actions.tagging import propose_tag
from debate.actions.voting import cast_vote, withdraw_vote
from debate.models import Ballot, Claim, ClaimVote, Forecast, Motion, TagVote
from tests import factories as make
from tests.keeping.conftest import give_everything, give_scores, resolve

pytestmark = pytest.mark.django_db
PAGES = ("/you/", "/you/votes/", "/you/forecasts/", "/you/ballots/", "/you/tags/", "/you/data/")
LIST, DETAIL = 8, 12


def words(client, address):
    html = client.get(address).content.decode()
    return " ".join(strip_tags(re.sub(r"<(title|style)[^>]*>.*?</\1>", "", html).replace("<", " <")).split())


@pytest.fixture
def given(guest, claims, predictions):
    give_everything(guest, claims, predictions)
    return guest


@pytest.mark.parametrize("address", PAGES)
def test_somebody_new_is_told_how_to_begin_on_a_page_that_any_cache_may_keep(client, motion, address):
    answer = client.get(address)
    assert "Nothing of yours is here yet" in answer.content.decode()
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
    assert client.get(address, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("who", ["guest_client", "member_client"])
def test_everybody_elses_page_is_kept_by_nobody(request, motion, who, address):
    answer = request.getfixturevalue(who).get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.parametrize("address", PAGES)
def test_a_guest_is_told_where_it_lives_and_a_member_is_not(guest_client, member_client, motion, address):
    assert "lives in this browser only" in words(guest_client, address)
    assert "lives in this browser only" not in words(member_client, address)


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_record_says_what_to_do(member_client, motion, address):
    assert member_client.get(address).status_code == 200


def test_the_overview_has_the_newest_of_each(given, guest_client, claims, predictions, motion):
    told = words(guest_client, "/you/")
    for text in (claims[0].text, predictions[1].statement, motion.question):
        assert text in told


def test_the_header_leads_there_for_whoever_has_a_record(client, guest_client, member_client, motion):
    link = '<a href="/you/"'
    assert link not in client.get("/claims/").content.decode()
    for who in (guest_client, member_client):
        assert link in who.get("/claims/").content.decode()


# Votes.


def test_votes_are_narrowed_by_answer_with_counts(given, guest_client, claims):
    withdraw_vote(reader=given, claim=claims[2])
    told = words(guest_client, "/you/votes/")
    assert "All 3 Agree 1 Disagree 1 Taken back 1" in told
    told = words(guest_client, "/you/votes/?answer=disagree")
    assert claims[1].text in told
    assert claims[0].text not in told


def test_the_answer_given_blind_is_told_where_it_differs(given, guest_client, claims):
    cast_vote(reader=given, claim=claims[0], value="pass", informed=True)
    assert "Before you had seen what others think, you said: agree." in words(guest_client, "/you/votes/?answer=pass")


def forms_of(client, address):
    """The forms of the page's rows: where each is sent, with the fields that are hidden and the buttons it has."""
    html = client.get(address).content.decode()
    found = []
    for action, body in re.findall(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', html, re.DOTALL):
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body))
        buttons = re.findall(r'<button[^>]*name="(\w+)" value="([^"]*)"', body)
        found.append((action, {name: value.replace("&amp;", "&") for name, value in hidden.items()}, buttons))
    return found


def push(client, address, name, value, *, of=""):
    """Push the button of this name and value on the page; where that leads."""
    for action, hidden, buttons in forms_of(client, address):
        if of in action and (name, value) in buttons:
            answer = client.post(action, {**hidden, name: value})
            assert answer.status_code == 303
            return answer["Location"]
    raise AssertionError(f"no button {name}={value} of {of}")


def put_back(client, address):
    action, hidden, _buttons = next(form for form in forms_of(client, address) if "next" in form[1] and not form[2])
    return client.post(action, hidden)["Location"]


def test_a_vote_is_changed_in_place(given, guest_client, claims):
    back = push(guest_client, "/you/votes/?answer=agree", "value", "pass", of=claims[0].slug)
    assert back.startswith("/you/votes/?answer=agree#vote-")
    assert ClaimVote.objects.on(claims[0]).get().value == "pass"


def test_a_vote_taken_back_is_offered_to_be_put_back(given, guest_client, claims):
    back = push(guest_client, "/you/votes/?answer=agree", "value", "withdraw", of=claims[0].slug)
    assert ClaimVote.objects.on(claims[0]).get().value == "withdrawn"
    told = words(guest_client, back)
    assert "Your vote is taken back." in told
    assert "Put it back: agree" in told
    assert put_back(guest_client, back) == "/you/votes/?answer=agree"
    assert ClaimVote.objects.on(claims[0]).get().value == "agree"
    assert "Put it back" not in words(guest_client, back)


def test_votes_on_what_is_hidden_now_are_not_shown(given, guest_client, claims):
    Claim.objects.filter(pk=claims[0].pk).update(status="draft")
    assert claims[0].text not in words(guest_client, "/you/votes/")


def test_one_walks_through_pages_of_votes(guest, guest_client):
    claims = make.motion_with_claims(45).claims.all()
    for claim in claims:
        cast_vote(reader=guest, claim=claim, value="agree", informed=False)
    seen, address = [], "/you/votes/"
    while address:
        html = guest_client.get(address).content.decode()
        seen += re.findall(r'id="vote-(\d+)"', html)
        more = re.search(r'href="(\?[^"]+)" rel="next"', html)
        address = more and "/you/votes/" + more[1].replace("&amp;", "&")
    newest_first = ClaimVote.objects.order_by("-changed_at", "-pk").values_list("pk", flat=True)
    assert [int(key) for key in seen] == list(newest_first)


# Forecasts.


def test_forecasts_say_how_each_stands_and_what_it_scored(given, guest_client):
    told = words(guest_client, "/you/forecasts/")
    assert "All 2 Open 1 Resolved 1" in told
    assert "resolved: yes" in told
    assert "peer score +12.5 Brier score 0.36" in told


def test_a_forecast_is_revised_taken_back_and_put_back(given, guest_client, predictions):
    address = "/you/forecasts/?state=open"
    slug = predictions[1].slug
    guest_client.post(f"/predictions/{slug}/forecast/", {"percent": "63", "next": address})
    back = push(guest_client, address, "withdraw", "yes", of=slug)
    assert not Forecast.objects.current().on(predictions[1]).exists()
    told = words(guest_client, back)
    assert "Your forecast is taken back." in told
    assert "Put it back: 63%" in told
    assert put_back(guest_client, back) == address
    assert Forecast.objects.current().on(predictions[1]).get().probability == 0.63


def test_each_prediction_is_told_once_with_the_newest_revision(given, guest_client, predictions):
    withdraw_forecast(reader=given, prediction=predictions[1])
    told = words(guest_client, "/you/forecasts/?state=withdrawn")
    assert "You said 40%, and took it back on" in told
    assert told.count(predictions[1].statement) == 2  # the sentence, and the label of the field


def test_what_is_closed_can_only_be_seen(given, guest_client, predictions):
    resolve(predictions[1])
    assert not [form for form in forms_of(guest_client, "/you/forecasts/") if "forecast" in form[0]]


# Ballots.


def test_a_ballot_is_changed_taken_back_and_put_back(given, guest_client, motion):
    after = Ballot.objects.on_motion(motion).filter(phase="after")
    push(guest_client, "/you/ballots/", "side", "undecided", of=f"{motion.slug}/ballot/")
    assert after.get().side is None
    back = push(guest_client, "/you/ballots/", "side", "withdraw", of=f"{motion.slug}/ballot/")
    assert not after.exists()
    assert "Put it back: undecided" in words(guest_client, back)
    assert put_back(guest_client, back) == "/you/ballots/"
    assert after.get().side is None


def test_a_ballot_on_an_essay_is_put_back_there(given, guest_client, motion):
    essay = motion.essays.get()
    back = push(guest_client, "/you/ballots/", "side", "withdraw", of=f"{essay.slug}/ballot/")
    assert not Ballot.objects.on_essay(essay).exists()
    put_back(guest_client, back)
    assert Ballot.objects.on_essay(essay).get().phase == "before"


def test_a_ballot_before_reading_stands_once_the_one_after_is_given(given, guest_client):
    assert "It stands, now that you have said where you stand after reading." in words(guest_client, "/you/ballots/")


# Tags.


def test_a_proposal_is_taken_back_and_made_again(given, guest_client, claims):
    back = push(guest_client, "/you/tags/", "withdraw", "fresh-word", of=claims[0].slug)
    assert not TagVote.objects.exists()
    assert "Propose it again: Fresh word" in words(guest_client, back)
    assert put_back(guest_client, back) == "/you/tags/"
    assert TagVote.objects.get().tag.name == "Fresh word"


# What an address may ask.

HOSTILE = [
    *(f"/you/?undo={undo}" for undo in ("x", "vote", "vote:a", "vote:a:b:c", "claim:a:b", "vote::agree", "vote:a:%00")),
    *("/you/?page=x&page=y", "/you/?colour=red", "/you/votes/?answer=maybe", "/you/votes/?page=forged"),
    *("/you/forecasts/?state=upcoming", "/you/ballots/?answer=agree", f"/you/votes/?undo=vote:{'a' * 500}:agree"),
]


@pytest.mark.parametrize("address", HOSTILE)
def test_what_makes_no_sense_is_refused(guest_client, client, motion, address):
    for who in (guest_client, client):
        assert who.get(address).status_code == (200 if "page=forged" in address and who is client else 400)


@pytest.mark.parametrize(
    "undo",
    [
        *("vote:no-such:agree", "vote:CLAIM:maybe", "vote:CLAIM:agree", "forecast:no-such:40", "forecast:OPEN:0"),
        *("forecast:OPEN:40", "ballot:motion:no-such:before:yes", "ballot:motion:MOTION:during:yes"),
        *("ballot:motion:MOTION:after:no", "ballot:thing:MOTION:after:no", "tag:CLAIM:no-such", "tag:CLAIM:fresh-word"),
        *("ballot:essay:no-such:before:yes", "ballot:essay:ESSAY:before:maybe", "tag:no-such:fresh-word"),
    ],
)
@pytest.mark.usefixtures("given")
def test_what_stands_or_never_was_is_not_offered(guest_client, claims, predictions, undo):
    motion = claims[0].motion
    names = {"CLAIM": claims[0].slug, "OPEN": predictions[1].slug, "MOTION": motion.slug}
    for name, slug in {**names, "ESSAY": motion.essays.get().slug}.items():
        undo = undo.replace(name, slug)
    assert 'id="put-back"' not in guest_client.get(f"/you/?undo={undo}").content.decode()


# What it costs.


def record_of_size(count, reader):
    motion = make.motion_with_claims(count)
    Motion.objects.update(featured=False)
    Motion.objects.filter(pk=motion.pk).update(featured=True)
    essay = motion.essays.get()
    for number, claim in enumerate(motion.claims.all()):
        cast_vote(reader=reader, claim=claim, value="agree", informed=False)
        propose_tag(reader=reader, claim=claim, name="Wages")
        prediction = make.PredictionFactory(motion=motion, essay=essay)
        prediction.bearings.create(claim=claim, outcome="no", rationale="So it goes.")
        make_forecast(reader=reader, prediction=prediction, probability=0.8, informed=False)
        if number == count - 1:
            resolve(prediction)
            give_scores(reader, prediction)
    cast_ballot(reader=reader, motion=motion, essay=None, phase="before", side=None)


@pytest.mark.parametrize("who", ["guest", "member"])
def test_each_page_asks_the_same_of_one_answer_and_of_twenty(request, who):
    reader, client, told = request.getfixturevalue(who), request.getfixturevalue(f"{who}_client"), []
    for count in (2, 20):
        ClaimVote.objects.all().delete()
        make.models.ForecasterRecord.objects.all().delete()
        record_of_size(count, reader)
        told.append({address: asked(client, address) for address in PAGES})
    assert told[0] == told[1]
    assert told[1].pop("/you/") <= DETAIL
    assert max(told[1].values()) <= LIST


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
