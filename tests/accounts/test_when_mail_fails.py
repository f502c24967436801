"""A mail server that does not answer takes nothing from anybody: what was done stays done, and it is said."""

import re
import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.core.mail.backends.locmem import EmailBackend

from debate.models import User
from tests.accounts.conftest import NEW, PASSWORD

pytestmark = pytest.mark.django_db
OTHER = "another quite long password"
DEATHS = [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPRecipientsRefused({}), smtplib.SMTPServerDisconnected()]


@pytest.fixture(params=DEATHS, ids=lambda error: type(error).__name__)
def dead_mail(request, settings, monkeypatch):
    """The site sends mail, and its server is gone."""

    def die(_backend, _letters):
        raise request.param

    settings.SENDS_MAIL = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    monkeypatch.setattr(EmailBackend, "send_messages", die)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_signing_up_succeeds_and_says_that_the_letter_is_lost(dead_mail, reader_client):
    response = reader_client.post("/accounts/signup/", NEW)
    assert response.status_code == 302
    assert "_auth_user_id" in reader_client.session
    assert "The letter to new@example.org could not be sent" in said(response)
    assert "We have written" not in said(response)


def test_the_next_page_says_so_too(dead_mail, reader_client):
    assert "could not be sent" in text(reader_client.post("/accounts/signup/", NEW, follow=True))


def test_where_addresses_must_be_confirmed_it_says_when_to_come_back(dead_mail, reader_client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    response = reader_client.post("/accounts/signup/", NEW)
    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert "You are signed up, but the letter" in text(response)
    assert "Sign in five minutes from now" in text(response)
    assert User.objects.get().email == "new@example.org"


def test_signing_in_then_sends_the_letter(reader_client, settings, mailoutbox, monkeypatch):
    settings.SENDS_MAIL, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": False}
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(EmailBackend, "send_messages", refuse)
        reader_client.post("/accounts/signup/", NEW)
    reader_client.post("/accounts/login/", {"login": NEW["email"], "password": PASSWORD})
    assert [letter.to for letter in mailoutbox] == [["new@example.org"]]


def refuse(_backend, _letters):
    raise ConnectionRefusedError


def test_a_password_cannot_be_reset_just_now(dead_mail, reader_client, member):
    response = reader_client.post("/accounts/password/reset/", {"email": member.email})
    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert "The letter could not be sent" in text(response)


def test_an_unknown_address_gets_the_same_answer(dead_mail, reader_client, member):
    known, unknown = (
        reader_client.post("/accounts/password/reset/", {"email": email}).content
        for email in (member.email, "nobody@example.org")
    )
    assert known == unknown


def test_a_new_password_stands_though_the_news_of_it_is_lost(dead_mail, member_client, member):
    typed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    response = member_client.post("/accounts/password/change/", typed)
    member.refresh_from_db()
    assert (response.status_code, member.check_password(OTHER)) == (302, True)


def test_another_address_counts_and_its_letter_is_lost(dead_mail, member_client, member):
    first = member_client.post("/accounts/email/", {"email": "other@example.org", "action_add": "1"})
    response = member_client.post(first["Location"], {"password": PASSWORD}, follow=True)
    member.refresh_from_db()
    assert (response.status_code, member.email) == (200, "other@example.org")
    assert "The letter to other@example.org could not be sent" in text(response)


def test_why_is_told_to_whoever_runs_the_site(dead_mail, reader_client, member, caplog):
    with caplog.at_level("ERROR", logger="django.request"):
        reader_client.post("/accounts/password/reset/", {"email": member.email})
    assert "A letter could not be sent (account/email/password_reset_key)" in caplog.text
