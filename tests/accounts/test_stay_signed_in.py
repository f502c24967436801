"""Somebody stays signed in from page to page, and no longer than they may."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from debate.models import Edition, Session, User
from debate.sessions import SessionStore
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SESSION = "sessionid"


def same_cookie(client: Client) -> Client:
    """Another browser with a copy of this one's cookie."""
    other = Client()
    other.cookies[SESSION] = client.cookies[SESSION].value
    return other


def is_signed_in(client: Client) -> bool:
    return bool(client.get("/about/").wsgi_request.user.is_authenticated)


def test_a_list_of_claims_asks_for_the_session_and_the_votes(member_client, claims):
    member_client.get("/claims/")
    with CaptureQueriesContext(connection) as asked:
        assert member_client.get("/claims/").status_code == 200
    assert [query["sql"].split("FROM ")[1].split()[0].strip('"') for query in asked] == [
        "debate_session",
        "debate_claimvote",
    ]


def test_the_member_is_the_one_of_the_account(member_client, member):
    user = member_client.get("/about/").wsgi_request.user
    assert (user == member, user.email, user.date_joined) == (True, member.email, member.date_joined)


def test_the_edition_that_came_along_is_the_current_one(member_client, claims):
    claims[0].save()
    request = member_client.get("/about/").wsgi_request
    assert request.session.edition == Edition.now() != ""


def test_an_edit_shows_on_the_next_page(member_client, claims):
    member_client.get("/claims/")
    claims[0].text = "Something else is so."
    claims[0].save()
    assert "Something else is so." in member_client.get("/claims/").content.decode()


def test_who_signed_out_is_signed_out_at_once(member_client):
    copy = same_cookie(member_client)
    member_client.post("/accounts/logout/")
    assert (is_signed_in(member_client), is_signed_in(copy)) == (False, False)


def test_a_new_password_signs_out_every_other_browser(member_client, member):
    copy = same_cookie(member_client)
    fields = {"oldpassword": PASSWORD, "password1": "another long phrase", "password2": "another long phrase"}
    assert member_client.post("/accounts/password/change/", fields).status_code == 302
    assert (is_signed_in(member_client), is_signed_in(copy)) == (True, False)


def test_a_closed_account_is_signed_out_at_once(member_client, member):
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert not is_signed_in(member_client)


def test_a_deleted_account_is_signed_out_at_once(member_client, member):
    member.delete()
    assert not is_signed_in(member_client)


def test_a_session_that_has_run_out_signs_nobody_in(member_client):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_signed_in(member_client)


@pytest.mark.parametrize("key", ["", "no-such-session", "'; --", "x" * 400])
def test_a_key_that_there_is_not_signs_nobody_in(client, key):
    client.cookies[SESSION] = key
    assert not is_signed_in(client)


def test_an_older_secret_still_serves(settings, member_client):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a newer secret that is long enough to be one " * 2
    assert is_signed_in(member_client)


def test_a_secret_that_is_given_up_signs_out(settings, member_client):
    settings.SECRET_KEY = "a newer secret that is long enough to be one " * 2
    assert not is_signed_in(member_client)


def test_a_session_whose_reader_is_not_known_yet_serves_all_the_same(member_client):
    Session.objects.update(reader=None)
    assert is_signed_in(member_client)


def test_a_session_of_somebody_else_is_not_believed(member_client, member, curator_client):
    """The signed data say who it is; the column only helps to find them."""
    Session.objects.filter(reader=member.pk).update(reader=User.objects.get(is_staff=True).pk)
    assert member_client.get("/about/").wsgi_request.user == member


def test_a_session_of_nobody_has_no_reader():
    session = SessionStore()
    session["said"] = "something"
    session.save()
    again = SessionStore(session.session_key)
    assert (again["said"], again.user) == ("something", None)
