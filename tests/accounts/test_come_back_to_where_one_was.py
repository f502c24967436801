"""Whoever signs up or in from a page is led back to it, with all they gave."""

import pytest

from debate.actions.voting import cast_vote
from tests.accounts.conftest import NEW, PASSWORD

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.mark.parametrize("door", ["/accounts/signup/", "/accounts/login/"])
@pytest.mark.parametrize(
    ("before", "led"),
    [
        (f"{HERE}/claims/a-claim/", "/claims/a-claim/"),
        (f"{HERE}/claims/?author=luke-posey&q=a%26b", "/claims/?author=luke-posey&q=a%26b"),
        (f"{HERE}/stand/", "/stand/"),
    ],
)
def test_the_page_before_is_remembered(reader_client, door, before, led):
    answer = reader_client.get(door, HTTP_REFERER=before, follow=True)
    assert answer.context["redirect_field_value"] == led
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "before",
    [
        *("", f"{HERE}/", f"{HERE}/accounts/login/", f"{HERE}//evil.example/", "https://evil.example/claims/"),
        *("https://testserver/claims/", "http://testserver:81/claims/", "http://[", f"{HERE}/{'x' * 2_000}", "é"),
    ],
)
def test_no_other_page_is(reader_client, before):
    answer = reader_client.get("/accounts/login/", HTTP_REFERER=before)
    assert (answer.status_code, answer.context["redirect_field_value"]) == (200, None)


def test_what_is_asked_for_goes_before_the_page_before(reader_client):
    answer = reader_client.get("/accounts/login/?next=/map/", HTTP_REFERER=f"{HERE}/claims/")
    assert answer.context["redirect_field_value"] == "/map/"


def test_from_one_door_to_the_other_it_is_kept(reader_client):
    page = reader_client.get("/accounts/login/?next=/stand/").content.decode()
    assert 'href="/accounts/signup/?next=%2Fstand%2F"' in page


def test_a_guest_who_votes_is_invited_to_keep_it_and_led_back(reader_client, claims):
    here = claims[0].get_absolute_url()
    assert "Sign up to have it" not in reader_client.get(here).content.decode()
    reader_client.post(f"{here}vote/", {"value": "agree"})
    assert "Sign up to have it" in reader_client.get(here).content.decode()
    answer = reader_client.post(f"/accounts/signup/?next={here}%23vote", NEW)
    assert answer["Location"] == f"{here}#vote"
    html = reader_client.get(here).content.decode()
    assert "The one answer you gave before is kept." in html
    assert "Sign up to have it" not in html


def test_in_place_the_first_vote_invites_too(reader_client, claims):
    here = claims[0].get_absolute_url()
    html = reader_client.post(f"{here}vote/", {"value": "agree"}, HTTP_HX_REQUEST="true").content.decode()
    assert "/accounts/signup/?next=%2Fclaims%2F" in html
    assert "%23vote" in html


def test_a_guest_who_forecasts_is_invited_too(reader_client, prediction):
    here = prediction.get_absolute_url()
    reader_client.post(f"{here}forecast/", {"percent": "40"})
    assert "%23forecast" in reader_client.get(here).content.decode()


def test_a_member_who_signs_in_from_a_page_is_led_back_with_what_they_gave(guest_client, guest, member, claims):
    cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
    here = claims[0].get_absolute_url()
    door = guest_client.get("/accounts/login/", HTTP_REFERER=f"{HERE}{here}")["Location"]
    answer = guest_client.post(door, {"login": member.email, "password": PASSWORD})
    assert answer["Location"] == here
    assert "You agree." in guest_client.get(here).content.decode()
