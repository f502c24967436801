"""A POST from another site is refused; one whose browser does not say is asked to confirm."""

import re

import pytest
from django.test import Client

from debate.models import Claim, ClaimVote, User
from debate.views.errors import UNSEEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote_on(corpus):
    claim = Claim.objects.visible().first()
    return f"/claims/{claim.slug}/vote/"


def post(address, **headers):
    return Client(enforce_csrf_checks=True).post(address, {"value": "agree"}, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"origin": "https://example.org"},
        {"origin": "null"},
        {"origin": "http://testserver:81"},
    ],
    ids=str,
)
def test_from_another_site_it_changes_nothing(vote_on, headers):
    assert post(vote_on, **headers).status_code == 403
    assert not ClaimVote.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}], ids=str)
def test_from_a_page_of_ours_it_counts(vote_on, headers):
    assert post(vote_on, **headers).status_code in (200, 302, 303)
    assert ClaimVote.objects.count() == 1


def test_a_browser_that_says_nothing_is_asked_and_can_confirm(vote_on):
    browser = Client(enforce_csrf_checks=True)
    asked = browser.post(vote_on, {"value": "agree"})
    assert asked.status_code == 403
    assert not ClaimVote.objects.exists()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', asked.content.decode()))
    assert fields["value"] == "agree"
    assert browser.post(vote_on, fields).status_code in (200, 302, 303)
    assert ClaimVote.objects.count() == 1


SIGN_UP = {"email": "new@example.org", "password1": "a secret passphrase", "password2": "a secret passphrase"}


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/accounts/signup/", SIGN_UP),
        ("/accounts/login/", {"login": "new@example.org", "password": "a secret passphrase"}),
        ("/accounts/password/change/", dict.fromkeys(("oldpassword", "password1"), "a secret passphrase")),
    ],
)
def test_a_password_is_not_repeated_but_asked_for_once_more(db, address, typed):
    page = Client(enforce_csrf_checks=True).post(address, typed).content.decode()
    asked = re.findall(r'<input type="password" id="([^"]+)" name="([^"]+)"', page)
    assert "a secret passphrase" not in page
    assert asked == [(name, name) for name in typed if "password" in name]


def test_with_the_password_typed_once_more_it_is_done(db):
    browser = Client(enforce_csrf_checks=True)
    page = browser.post("/accounts/signup/", SIGN_UP).content.decode()
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert browser.post("/accounts/signup/", SIGN_UP | kept).status_code == 302
    assert User.objects.get().email == "new@example.org"


@pytest.mark.parametrize("path", ["signup/", "login/", "password/change/", "password/set/", "reauthenticate/"])
def test_the_question_knows_every_field_that_is_typed_unseen(member_client, member, path):
    if path == "password/set/":
        member.set_unusable_password()
        member.save()
        member_client.force_login(member)
    page = (Client() if path in ("signup/", "login/") else member_client).get(f"/accounts/{path}").content.decode()
    unseen = re.findall(r'<input type="password" name="([^"]+)"', page)
    assert unseen
    assert set(unseen) <= set(UNSEEN)


def test_a_forged_token_is_refused(vote_on):
    browser = Client(enforce_csrf_checks=True)
    browser.post(vote_on, {"value": "agree"})
    assert browser.post(vote_on, {"value": "agree", "csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert not ClaimVote.objects.exists()


def test_a_body_over_the_limit_is_refused_before_it_is_read(vote_on):
    browser = Client(enforce_csrf_checks=True, HTTP_SEC_FETCH_SITE="same-origin")
    answer = browser.post(vote_on, {"value": "agree", "more": "x" * 10_000_000})
    assert answer.status_code == 413
    assert not ClaimVote.objects.exists()
