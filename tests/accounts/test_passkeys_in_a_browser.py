"""A passkey end to end, in a browser that can keep one: added, enough by itself, and as a second step."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Page, expect

from debate.actions.voting import cast_vote
from debate.models import Claim, ClaimVote, User
from tests import factories as make
from tests.accounts.conftest import PASSWORD
from tests.chromium import Open, two_looks, wrong_with
from tests.conftest import SAME_ORIGIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ABLE = {
    "protocol": "ctap2",
    "transport": "internal",
    "automaticPresenceSimulation": True,
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def member(transactional_db) -> User:
    return make.MemberFactory()


@pytest.fixture
def claim(transactional_db) -> Claim:
    return make.motion_with_claims(2, featured=True).claims.first()


@pytest.fixture
def sure_client(member) -> Client:
    client = Client(**SAME_ORIGIN)
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/?next=/", {"password": PASSWORD})
    return client


@pytest.fixture
def keyed(open_page: Open, sure_client: Client) -> Page:
    """The page on which a passkey is added, in a browser that can keep one."""
    return with_authenticator(open_page("/accounts/2fa/webauthn/add/", client=sure_client, fresh=True))


def with_authenticator(page: Page, **other: bool) -> Page:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": ABLE | other})
    return page


def add_passkey(page: Page) -> None:
    page.fill("#id_name", "Phone")
    page.click("text=Add the passkey")
    expect(page).to_have_url(re.compile("/accounts/2fa/recovery-codes/$"))


def leave(page: Page) -> None:
    """As if another day had come: the browser keeps the passkey, and no cookie."""
    page.context.clear_cookies()


def is_in(page: Page) -> bool:
    return any(cookie["name"] == "sessionid" for cookie in page.context.cookies()) and "Sign out" in page.content()


def test_a_passkey_is_added_used_and_removed(keyed, member):
    add_passkey(keyed)
    assert Authenticator.objects.get(type="webauthn").wrap().is_passwordless
    leave(keyed)
    keyed.goto("/accounts/login/?next=/about/")
    keyed.click("text=Sign in with a passkey")
    expect(keyed).to_have_url(re.compile(r"\d/about/$"))
    assert is_in(keyed)
    keyed.goto("/accounts/2fa/")
    expect(keyed.locator(".rows .title")).to_have_text("Phone")
    keyed.click("text=Remove")
    keyed.click("text=Show a passkey instead")
    keyed.click("text=Show the passkey")
    keyed.click("text=Remove it")
    expect(keyed.locator(".notices")).to_have_text("The passkey is removed.")
    assert not Authenticator.objects.exists()


def test_after_a_password_it_is_the_second_step(keyed, member):
    add_passkey(keyed)
    leave(keyed)
    keyed.goto("/accounts/login/?next=/about/")
    keyed.fill("#id_login", member.email)
    keyed.fill("#id_password", PASSWORD)
    keyed.click("main button:text-is('Sign in')")
    expect(keyed).to_have_url(re.compile("/accounts/2fa/authenticate/$"))
    assert not is_in(keyed)
    keyed.click("text=Use a passkey")
    expect(keyed).to_have_url(re.compile(r"\d/about/$"))
    assert is_in(keyed)


def test_what_a_guest_gave_comes_along_once(keyed, member, claim):
    add_passkey(keyed)
    leave(keyed)
    keyed.goto(claim.get_absolute_url())
    keyed.click("#vote-agree")
    expect(keyed.locator("#vote .tally")).to_be_visible()
    cast_vote(reader=member, claim=claim.motion.claims.last(), value="pass", informed=False)
    keyed.goto(f"/accounts/login/?next={claim.get_absolute_url()}")
    keyed.click("text=Sign in with a passkey")
    expect(keyed.locator(".notices")).to_contain_text("1 answer you gave on this device came along.")
    assert set(ClaimVote.objects.values_list("user", "value")) == {(member.pk, "agree"), (member.pk, "pass")}
    assert User.objects.get() == member
    assert "reader" not in {cookie["name"] for cookie in keyed.context.cookies()}


def test_one_of_a_closed_account_lets_nobody_in(keyed, member):
    add_passkey(keyed)
    leave(keyed)
    User.objects.filter(pk=member.pk).update(is_active=False)
    keyed.goto("/accounts/login/")
    keyed.click("text=Sign in with a passkey")
    expect(keyed.locator("h1")).to_have_text("This account is closed")


def test_one_that_the_account_knows_no_more_is_refused(keyed, member, complaints):
    add_passkey(keyed)
    leave(keyed)
    Authenticator.objects.all().delete()
    keyed.goto("/accounts/login/")
    keyed.click("text=Sign in with a passkey")
    expect(keyed.locator("h1")).to_have_text("This passkey does not fit")
    complaints.clear()


def test_the_same_device_is_not_added_twice(keyed):
    add_passkey(keyed)
    keyed.goto("/accounts/2fa/webauthn/add/")
    keyed.click("text=Add the passkey")
    expect(keyed.locator(".entry .error")).to_have_text("This passkey is known here already.")
    expect(keyed.locator("text=Add the passkey")).to_be_enabled()


def test_an_authenticator_that_does_not_know_its_owner_is_not_enough(open_page, sure_client):
    page = open_page("/accounts/2fa/webauthn/add/", client=sure_client)
    with_authenticator(page, isUserVerified=False)
    page.click("text=Add the passkey")
    expect(page.locator(".entry .error")).to_have_text("No passkey came, or it took too long. Try again.")
    assert not Authenticator.objects.exists()


def test_without_script_the_other_ways_are_told(open_page, sure_client):
    page = open_page("/accounts/2fa/webauthn/add/", client=sure_client, script=False)
    expect(page.locator("form[data-passkey]")).to_be_hidden()
    expect(page.locator("noscript p")).to_contain_text("A passkey needs JavaScript.")
    page.click("text=Use an app that makes codes")
    expect(page.locator("h1")).to_have_text("Use an app that makes codes")


@two_looks
def test_the_pages_shut_nobody_out(open_page, sure_client, width, theme):
    for path in ("", "webauthn/add/", "totp/activate/"):
        page = open_page(f"/accounts/2fa/{path}", client=sure_client, width=width, theme=theme)
        assert wrong_with(page) == []
