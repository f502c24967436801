"""A member suggests a claim, counterpoint, tag, correction or essay; a visitor does once they have signed in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from debate.actions.suggesting import MOST_A_DAY, MOST_PENDING
from debate.models import Suggestion
from tests import factories as make
from tests.accounts.conftest import NEW, PASSWORD

pytestmark = pytest.mark.django_db
POINT = {"text": "Tools still need  somebody\nwho mends them.", "way": "rebuts", "why": "See any outage."}
SAID = "Tools still need somebody who mends them."
SIGN_IN = "/accounts/login/"


def at(thing, kind):
    return f"{thing.get_absolute_url()}suggest/?kind={kind}"


def refused(client, address, fields, status=422):
    """What the page says that takes a suggestion back to its writer, with nothing written."""
    answer = client.post(address, fields)
    assert (answer.status_code, Suggestion.objects.count()) == (status, 0)
    return answer.content.decode()


def test_each_page_takes_what_goes_with_it(member_client, claim, essay, prediction):
    motion = claim.motion
    sent = [
        (claim, "counterpoint", POINT),
        (claim, "tag", {"text": "C++", "why": ""}),
        (claim, "correction", {"text": "It is the third paragraph."}),
        (essay, "claim", {"text": "The title changes nothing.", "source_url": "example.org/a"}),
        (essay, "correction", {"text": "It appeared in June."}),
        (prediction, "correction", {"text": "The criteria name no source."}),
        (motion, "claim", {"text": "Salaries tell who is needed."}),
        (motion, "essay", {"text": "On roles", "source_url": "https://example.org/roles"}),
    ]
    for thing, kind, fields in sent:
        answer = member_client.post(at(thing, kind), fields)
        assert (answer.status_code, answer["Location"]) == (303, "/you/suggestions/")
    made = Suggestion.objects.order_by("pk")
    assert [(one.target, one.kind) for one in made] == [(thing, kind) for thing, kind, _fields in sent]
    assert (made[0].text, made[0].way, made[0].state, made[0].named) == (SAID, "rebuts", "pending", True)
    assert made[3].source_url == "https://example.org/a"


def test_what_a_page_does_not_take_is_refused(member_client, claim, prediction):
    assert member_client.get(at(claim, "essay")).status_code == 400
    assert member_client.get(at(prediction, "tag")).status_code == 400
    assert member_client.get(f"{claim.get_absolute_url()}suggest/?text=x").status_code == 400
    assert member_client.get(at(make.ClaimFactory(status="draft"), "tag")).status_code == 404


def test_of_a_merged_claim_it_is_suggested_of_what_it_lives_on_in(member_client, claim):
    merged = make.ClaimFactory(motion=claim.motion, status="merged", merged_into=claim)
    assert member_client.post(at(merged, "counterpoint"), POINT).status_code == 303
    assert Suggestion.objects.get().claim == claim


def test_links_lead_there_from_each_page(client, claim, essay, prediction, motion):
    pages = {"/": motion, "/essays/": motion, "/claims/": motion}
    pages |= {thing.get_absolute_url(): thing for thing in (claim, essay, prediction)}
    for address, thing in pages.items():
        assert f'href="{thing.get_absolute_url()}suggest/?kind=' in client.get(address).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        *({"text": ""}, {"text": "?!"}, {"text": "x" * 281}, {"text": "a\0b"}, {"text": "\ud7ff�"}, {"way": "eats"}),
        *({"text": "See https://spam.example"}, {"why": "www.spam.example"}, {"why": "x" * 401}),
        *({"source_url": "javascript:alert(1)"}, {"source_url": "ftp://a.example"}, {"source_url": "http://[::1"}),
    ],
)
def test_what_makes_no_sense_is_said_and_stays_in_the_form(member_client, claim, wrong):
    html = refused(member_client, at(claim, "counterpoint"), POINT | wrong)
    assert "Something needs another look" in html
    assert ("See any outage." in html) == ("why" not in wrong)


def test_an_essay_needs_an_address_and_a_tag_a_letter(member_client, motion, claim):
    assert "This field is required" in refused(member_client, at(motion, "essay"), {"text": "On roles"})
    assert "at least one letter" in refused(member_client, at(claim, "tag"), {"text": "..."})


# Who.


def test_a_visitors_page_is_anybodys_and_may_be_kept(client, claim):
    answer = client.get(at(claim, "tag"))
    assert not answer.cookies
    assert answer["Cache-Control"].startswith("public")
    assert f"{SIGN_IN}?next=%2Fclaims%2F" in answer.content.decode()


@pytest.mark.parametrize("who", ["visitor", "guest"])
@pytest.mark.parametrize("door", ["login", "signup"])
def test_what_somebody_without_account_writes_waits_until_they_have_one(reader_client, claim, who, door):
    if who == "guest":
        reader_client.post(f"{claim.get_absolute_url()}vote/", {"value": "agree"})
    address = at(claim, "counterpoint")
    answer = reader_client.post(address, POINT)
    assert (answer.status_code, answer["Location"]) == (303, f"{address}#sign-in")
    assert Suggestion.objects.count() == 0
    page = reader_client.get(address)
    assert "What you wrote is kept." in page.content.decode()
    assert SAID in page.content.decode()
    assert "private" in page["Cache-Control"]
    known = {"login": make.MemberFactory(display_name="Ann").email, "password": PASSWORD}
    came = reader_client.post(f"/accounts/{door}/?next={address}", known if door == "login" else NEW)
    assert came["Location"] == address
    html = reader_client.get(address).content.decode()
    assert "It is not sent yet." in html
    assert SAID in html
    assert ("Name me, Ann" in html) == (door == "login")
    assert reader_client.post(address, POINT).status_code == 303
    assert Suggestion.objects.get().by.kind == "member"
    assert SAID not in reader_client.get(address).content.decode()


def test_from_one_address_not_everything_is_kept(reader_client, claim, monkeypatch):
    monkeypatch.setattr("debate.views.suggestions.DRAFTS_PER_HOUR", 1)
    reader_client.post(at(claim, "counterpoint"), POINT)
    html = refused(reader_client, at(claim, "counterpoint"), POINT, 429)
    assert POINT["text"] in html


def test_from_another_site_nothing_comes(member_client, claim):
    answer = member_client.post(at(claim, "counterpoint"), POINT, HTTP_SEC_FETCH_SITE="cross-site")
    assert (answer.status_code, Suggestion.objects.count()) == (403, 0)


def test_what_is_there_already_is_shown_instead(member_client, claim, essay):
    motion = claim.motion
    hidden = make.ClaimFactory(motion=motion, status="draft", text="Nobody sees this yet.")
    carried = make.tag(claim, "Own & <word>")
    there = [
        (motion, "claim", {"text": claim.text.upper()}, claim),
        (motion, "essay", {"text": "So.", "source_url": f"{essay.source_url}/#top"}, essay),
        (claim, "tag", {"text": "OWN & <word>"}, carried),
    ]
    for thing, kind, fields, shown in there:
        html = refused(member_client, at(thing, kind), fields)
        assert f'This is here already: <a href="{shown.get_absolute_url()}">' in html
    assert member_client.post(at(motion, "claim"), {"text": hidden.text}).status_code == 303


# How many.


def test_ten_wait_and_no_more(member_client, member, claim):
    waiting = make.SuggestionFactory.create_batch(MOST_PENDING, by=member, claim=claim)
    html = member_client.post(at(claim, "counterpoint"), POINT).content.decode()
    assert "10 suggestions of yours wait already" in html
    assert SAID.split(maxsplit=1)[0] in html
    member_client.post(f"/you/suggestions/{waiting[0].pk}/", {"act": "withdraw"})
    assert member_client.post(at(claim, "counterpoint"), POINT).status_code == 303
    member_client.post(f"/you/suggestions/{waiting[0].pk}/", {"act": "again"})
    assert Suggestion.objects.get(pk=waiting[0].pk).state == "withdrawn"


def test_thirty_a_day_and_no_more(member_client, member, claim):
    long_ago = timezone.now() - timedelta(hours=25)
    told = {"by": member, "claim": claim, "state": "withdrawn"}
    make.SuggestionFactory.create_batch(MOST_A_DAY - 1, **told)
    make.SuggestionFactory(**told, made_at=long_ago)
    assert member_client.post(at(claim, "counterpoint"), POINT).status_code == 303
    again = member_client.post(at(claim, "counterpoint"), POINT | {"text": "Quite another point."})
    assert "enough for one day" in again.content.decode()


@pytest.mark.parametrize("state", ["pending", "declined", "accepted"])
def test_the_same_words_are_said_once(member_client, member, claim, state):
    member_client.post(at(claim, "counterpoint"), POINT)
    decided = {} if state == "pending" else {"decided_at": timezone.now(), "reason": "So."}
    Suggestion.objects.update(state=state, **decided)
    again = member_client.post(at(claim, "counterpoint"), POINT | {"text": "TOOLS still need somebody who mends them"})
    assert "You have suggested just this before" in again.content.decode()
    assert Suggestion.objects.count() == 1


def test_the_same_words_may_be_said_by_another_or_of_something_else(member_client, claim, motion):
    make.SuggestionFactory(claim=claim, text=SAID)
    for thing in (claim, motion.claims.order_by("pk")[1]):
        assert member_client.post(at(thing, "counterpoint"), POINT).status_code == 303


def test_one_taken_back_is_put_back_by_saying_it_again(member_client, claim):
    for why in ("First.", "Better."):
        member_client.post(at(claim, "counterpoint"), POINT | {"why": why})
        Suggestion.objects.filter(why="First.").update(state="withdrawn")
    assert Suggestion.objects.values_list("state", "why").get() == ("pending", "Better.")
