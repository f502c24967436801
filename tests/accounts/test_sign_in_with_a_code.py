"""A member takes an app that makes codes as a second step, signs in with it, and gets in without it once."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from debate.actions.voting import cast_vote
from debate.models import ClaimVote, User
from tests.accounts.conftest import PASSWORD
from tests.conftest import SAME_ORIGIN

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HALF_A_MINUTE = timedelta(seconds=30)


def code(secret: str = SECRET) -> str:
    """What an app shows now."""
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def show_again(client: Client, to: str, **typed: str):
    """Give the password once more, as is asked before anything about signing in changes."""
    return client.post(f"/accounts/reauthenticate/?next={to}", {"password": PASSWORD} | typed)


@pytest.fixture
def sure_client(member_client) -> Client:
    """A member who has just given the password once more."""
    show_again(member_client, "/accounts/2fa/")
    return member_client


@pytest.fixture
def guarded(member) -> User:
    """A member with an app."""
    TOTP.activate(member, SECRET)
    return member


def by_password(client: Client, member: User, to: str = ""):
    address = f"/accounts/login/{f'?next={to}' if to else ''}"
    return client.post(address, {"login": member.email, "password": PASSWORD})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# Taking an app.


def secret_on(page: str) -> str:
    return re.search(r"The secret: <code>([\w ]+)</code>", page)[1].replace(" ", "")


def take_app(client: Client):
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    return client.post("/accounts/2fa/totp/activate/", {"code": code(secret_on(page))})


def test_taking_an_app_asks_first_whether_it_is_you(member_client):
    answer = member_client.get("/accounts/2fa/totp/activate/")
    assert answer["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"


def test_the_secret_is_shown_as_a_picture_and_as_text(sure_client, member):
    page = sure_client.get("/accounts/2fa/totp/activate/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert f"otpauth://totp/{member.email.replace('@', '%40')}?secret={secret_on(page)}&amp;issuer=Ten%20Years" in page


def test_a_fitting_code_takes_the_app_and_shows_recovery_codes(sure_client, member):
    assert take_app(sure_client)["Location"] == "/accounts/2fa/recovery-codes/"
    page = sure_client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert len(set(re.findall(r"<code>(\d{8})</code>", page))) == 10
    assert sorted(row.type for row in Authenticator.objects.filter(user=member)) == ["recovery_codes", "totp"]


def test_a_code_that_does_not_fit_takes_nothing_and_keeps_the_secret(sure_client):
    secret = secret_on(sure_client.get("/accounts/2fa/totp/activate/").content.decode())
    answer = sure_client.post("/accounts/2fa/totp/activate/", {"code": "12345x"})
    assert answer.status_code == 422
    assert secret_on(answer.content.decode()) == secret
    assert not Authenticator.objects.exists()


def test_whoever_has_one_takes_no_other(sure_client, guarded):
    assert sure_client.get("/accounts/2fa/totp/activate/")["Location"] == "/accounts/2fa/totp/deactivate/"


def test_taken_twice_at_one_moment_it_is_taken_once(sure_client, monkeypatch):
    def taken(_user, _secret):
        raise IntegrityError

    monkeypatch.setattr(TOTP, "activate", taken)
    assert take_app(sure_client)["Location"] == "/accounts/2fa/"


def test_doing_without_it_takes_the_recovery_codes_too(sure_client, guarded):
    assert sure_client.get("/accounts/2fa/totp/deactivate/").status_code == 200
    assert sure_client.post("/accounts/2fa/totp/deactivate/")["Location"] == "/accounts/2fa/"
    assert not Authenticator.objects.exists()


def test_where_mail_is_sent_the_address_is_confirmed_first(sure_client, member, settings):
    settings.SENDS_MAIL, settings.MFA_ALLOW_UNVERIFIED_EMAIL = True, False
    EmailAddress.objects.create(user=member, email=member.email, primary=True)
    answer = sure_client.get("/accounts/2fa/totp/activate/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/2fa/"
    assert "Confirm your email address first" in answer.content.decode()


def test_a_taken_app_is_written_of(sure_client, settings, mailoutbox):
    settings.SENDS_MAIL = settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    take_app(sure_client)
    sure_client.post("/accounts/2fa/totp/deactivate/")
    assert [letter.subject for letter in mailoutbox] == ["Ten Years: The app that makes codes was removed"]


@pytest.mark.parametrize("path", ["", "totp/activate/", "totp/deactivate/", "recovery-codes/", "webauthn/add/"])
def test_whoever_is_not_signed_in_is_asked_to_and_nothing_is_kept(reader_client, path):
    for answer in (reader_client.get(f"/accounts/2fa/{path}"), reader_client.post(f"/accounts/2fa/{path}", {"x": "y"})):
        assert answer["Location"] == f"/accounts/login/?next=/accounts/2fa/{path}"
        assert not answer.cookies


# Signing in with it.


def test_a_password_alone_lets_nobody_in(reader_client, guarded):
    assert by_password(reader_client, guarded)["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(reader_client)
    assert reader_client.get("/accounts/2fa/")["Location"] == "/accounts/login/?next=/accounts/2fa/"


def test_a_fitting_code_lets_in_and_leads_to_where_it_was_asked_for(reader_client, guarded):
    by_password(reader_client, guarded, to="/claims/")
    assert reader_client.get("/accounts/2fa/authenticate/").status_code == 200
    answer = reader_client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert (answer["Location"], is_in(reader_client)) == ("/claims/", True)


@pytest.mark.parametrize("typed", ["000000", "", "12 34", "é" * 6, "1" * 5_000, "12345\x00"])
def test_a_code_that_does_not_fit_is_refused(reader_client, guarded, typed):
    with time_machine.travel("2026-11-27T12:00:00Z", tick=False):
        by_password(reader_client, guarded)
        answer = reader_client.post("/accounts/2fa/authenticate/", {"code": typed})
    assert (answer.status_code, is_in(reader_client)) == (422, False)


def test_a_code_fits_though_the_clock_is_half_a_minute_off(reader_client, guarded):
    by_password(reader_client, guarded)
    with time_machine.travel(timezone.now() - HALF_A_MINUTE, tick=False):
        shown = code()
    reader_client.post("/accounts/2fa/authenticate/", {"code": shown})
    assert is_in(reader_client)


@pytest.mark.parametrize("later", [0, 20, 40])
def test_a_code_works_once_for_as_long_as_it_fits(guarded, later):
    """Two thirds of the way through its half minute, and the one after, it would fit again."""
    with time_machine.travel("2026-11-27T12:00:05Z", tick=False) as clock:
        shown = code()
        for wanted in (True, False):
            client = Client(**SAME_ORIGIN)
            by_password(client, guarded)
            client.post("/accounts/2fa/authenticate/", {"code": shown})
            assert is_in(client) == wanted
            clock.shift(later)


def test_the_code_that_took_the_app_lets_nobody_in(sure_client, member):
    secret = secret_on(sure_client.get("/accounts/2fa/totp/activate/").content.decode())
    shown = code(secret)
    sure_client.post("/accounts/2fa/totp/activate/", {"code": shown})
    client = Client(**SAME_ORIGIN)
    by_password(client, member)
    assert client.post("/accounts/2fa/authenticate/", {"code": shown}).status_code == 422


def test_guessing_is_put_off(reader_client, guarded):
    by_password(reader_client, guarded)
    with time_machine.travel("2026-11-27T12:00:00Z", tick=False):
        for _guess in range(5):
            reader_client.post("/accounts/2fa/authenticate/", {"code": "000000"})
        answer = reader_client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert answer.status_code == 422
    assert "Wait five minutes" in answer.content.decode()
    assert not is_in(reader_client)


def test_without_a_password_there_is_no_second_step(reader_client):
    for answer in (reader_client.get("/accounts/2fa/authenticate/"), reader_client.post("/accounts/2fa/authenticate/")):
        assert answer["Location"] == "/accounts/login/"


def test_on_the_way_one_can_begin_again(reader_client, guarded):
    by_password(reader_client, guarded)
    assert reader_client.get("/accounts/login/")["Location"] == "/accounts/2fa/authenticate/"
    reader_client.post("/accounts/logout/", {"next": "/accounts/login/"})
    assert reader_client.get("/accounts/login/").status_code == 200


def test_a_curator_enters_the_curation_room_with_it_too(reader_client, guarded):
    User.objects.filter(pk=guarded.pk).update(is_staff=True, is_superuser=True)
    by_password(reader_client, guarded, to="/admin/")
    assert reader_client.get("/admin/")["Location"].startswith("/admin/login/")
    assert reader_client.post("/accounts/2fa/authenticate/", {"code": code()})["Location"] == "/admin/"
    assert reader_client.get("/admin/").status_code == 200


# Recovery codes.


@pytest.fixture
def spare(sure_client) -> list[str]:
    """The recovery codes of a member who has just taken an app."""
    take_app(sure_client)
    return sure_client.get("/accounts/2fa/recovery-codes/download/").content.decode().split()


def test_a_recovery_code_lets_in_once(spare, member):
    for wanted in (True, False):
        client = Client(**SAME_ORIGIN)
        by_password(client, member)
        client.post("/accounts/2fa/authenticate/", {"code": spare[3]})
        assert is_in(client) == wanted


def test_those_left_can_be_kept_as_a_file(sure_client, spare):
    answer = sure_client.get("/accounts/2fa/recovery-codes/download/")
    assert (len(spare), answer["Content-Type"]) == (10, "text/plain; charset=utf-8")
    assert answer["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert "no-store" in answer["Cache-Control"]


def test_new_ones_replace_those_before(sure_client, spare):
    assert sure_client.post("/accounts/2fa/recovery-codes/generate/")["Location"] == "/accounts/2fa/recovery-codes/"
    assert not set(sure_client.get("/accounts/2fa/recovery-codes/download/").content.decode().split()) & set(spare)


def test_looking_at_them_writes_nothing(sure_client, spare):
    before = list(Authenticator.objects.order_by("pk").values())
    sure_client.get("/accounts/2fa/recovery-codes/")
    assert list(Authenticator.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("path", ["", "download/"])
def test_without_an_app_there_are_none(sure_client, path):
    assert sure_client.get(f"/accounts/2fa/recovery-codes/{path}").status_code == 404


def test_without_an_app_none_are_made(sure_client):
    assert sure_client.post("/accounts/2fa/recovery-codes/generate/").status_code == 422


def test_they_are_seen_only_by_who_has_just_shown_that_it_is_them(member_client, guarded):
    assert member_client.get("/accounts/2fa/recovery-codes/")["Location"].startswith("/accounts/reauthenticate/")


# Showing again that it is you.


def test_a_code_does_as_well_as_the_password(member_client, guarded):
    page = member_client.get("/accounts/reauthenticate/?next=/accounts/2fa/totp/deactivate/").content.decode()
    other = "/accounts/2fa/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Fdeactivate%2F"
    assert f'<a href="{other}">Give a code instead</a>' in page
    assert member_client.get(other).status_code == 200
    assert member_client.post(other, {"code": "000000"}).status_code == 422
    assert member_client.post(other, {"code": code()})["Location"] == "/accounts/2fa/totp/deactivate/"


def test_an_address_can_be_changed_with_an_app_in_use(member_client, guarded, settings, mailoutbox):
    settings.SENDS_MAIL, settings.MFA_ALLOW_UNVERIFIED_EMAIL = True, False
    EmailAddress.objects.create(user=guarded, email=guarded.email, primary=True, verified=True)
    show_again(member_client, "/accounts/email/")
    answer = member_client.post("/accounts/email/", {"email": "other@example.org", "action_add": "1"})
    assert answer.status_code == 302
    assert "Ten Years: Confirm your address" in [letter.subject for letter in mailoutbox]


# What a guest gave comes along after the second step, once.


def test_what_a_guest_gave_comes_along_with_the_second_step(guest_client, guest, guarded, claims):
    cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
    by_password(guest_client, guarded)
    assert ClaimVote.objects.get().user == guest
    guest_client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert ClaimVote.objects.get().user == guest
    answer = guest_client.post("/accounts/2fa/authenticate/", {"code": code()}, follow=True)
    assert (ClaimVote.objects.get().user, User.objects.count()) == (guarded, 1)
    assert answer.content.decode().count("1 answer you gave on this device came along") == 1
    assert "came along" not in guest_client.get("/").content.decode()
