"""A member signs out, changes the password, changes the address, and gets in again without the password."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.test import Client

from debate.actions.accounts import Taken, change_address
from debate.models import User
from tests import factories as make
from tests.accounts.conftest import NEW, PASSWORD

pytestmark = pytest.mark.django_db
OTHER = "another quite long password"


@pytest.fixture
def mail(settings):
    """The site sends mail, and the letters can be read."""
    settings.SENDS_MAIL = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True


def change_to(client, email, **more):
    """Ask for another address, and give the password when asked for it."""
    first = client.post("/accounts/email/", {"email": email, "action_add": "1", **more})
    if "reauthenticate" not in first.get("Location", ""):
        return first
    return client.post(first["Location"], {"password": PASSWORD}, follow=True)


def link_in(letter) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body)[1]


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


# Signing out.


def test_signing_out_is_asked_first(member_client):
    response = member_client.get("/accounts/logout/")
    assert "_auth_user_id" in member_client.session
    assert '<form class="act entry" method="post">' in response.content.decode()


def test_signing_out_is_a_post(member_client):
    assert member_client.post("/accounts/logout/")["Location"] == "/"
    assert "_auth_user_id" not in member_client.session


def test_signing_out_from_another_site_is_refused(member_client):
    response = member_client.post("/accounts/logout/", HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 403
    assert "_auth_user_id" in member_client.session


def test_after_signing_out_nobody_is_led_to_another_site(member_client):
    assert member_client.post("/accounts/logout/", {"next": "https://evil.example/"})["Location"] == "/"


# The password.


def test_a_new_password_works_and_the_session_stays(member_client, member):
    typed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    response = member_client.post("/accounts/password/change/", typed)
    member.refresh_from_db()
    assert (response.status_code, member.check_password(OTHER)) == (302, True)
    assert member_client.get("/accounts/password/change/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"oldpassword": "wrong"}, "oldpassword"),
        ({"password1": "short"}, "password1"),
        ({"password2": "x"}, "password2"),
    ],
)
def test_a_password_that_does_not_do_is_refused(member_client, member, typed, field):
    told = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER} | typed
    response = member_client.post("/accounts/password/change/", told)
    member.refresh_from_db()
    assert response.context["form"].errors.keys() >= {field}
    assert member.check_password(PASSWORD)


def test_a_member_without_a_password_sets_one(member_client, member):
    member.set_unusable_password()
    member.save()
    member_client.force_login(member)
    assert member_client.get("/accounts/password/change/")["Location"] == "/accounts/password/set/"
    member_client.post("/accounts/password/set/", {"password1": OTHER, "password2": OTHER})
    member.refresh_from_db()
    assert member.check_password(OTHER)


def test_a_changed_password_is_written_of(member_client, mail, mailoutbox):
    typed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    member_client.post("/accounts/password/change/", typed)
    assert [letter.subject for letter in mailoutbox] == ["Ten Years: Your password was changed"]


# The address.


def test_another_address_needs_the_password_first(member_client, member):
    response = member_client.post("/accounts/email/", {"email": "other@example.org", "action_add": "1"})
    assert response["Location"].startswith("/accounts/reauthenticate/")
    member.refresh_from_db()
    assert member.email != "other@example.org"


def test_another_address_counts_at_once_where_no_mail_is_sent(member_client, member, mailoutbox):
    change_to(member_client, "Other@example.org")
    member.refresh_from_db()
    assert member.email == "other@example.org"
    assert [row.email for row in EmailAddress.objects.filter(user=member)] == ["other@example.org"]
    assert mailoutbox == []


def test_whoever_changed_the_address_signs_in_with_it(member_client, member):
    change_to(member_client, "other@example.org")
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")
    response = client.post("/accounts/login/", {"login": "other@example.org", "password": PASSWORD})
    assert response.status_code == 302


def test_an_address_that_was_confirmed_changes_too_where_no_mail_is_sent(member_client, member):
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    change_to(member_client, "other@example.org")
    member.refresh_from_db()
    assert member.email == "other@example.org"


def test_somebody_elses_address_is_refused(member_client, member):
    response = change_to(member_client, make.MemberFactory().email)
    assert "already signed up" in response.context["form"].errors["email"][0]


def test_ones_own_address_is_no_change(member_client, member):
    response = change_to(member_client, member.email)
    assert response.context["form"].errors["email"] == ["This is your address already."]


def test_an_address_taken_in_the_same_moment_is_refused(member_client, monkeypatch):
    def taken(**_told):
        raise Taken

    monkeypatch.setattr("debate.adapter.change_address", taken)
    response = change_to(member_client, "other@example.org")
    assert "already signed up" in response.context["form"].errors["email"][0]


def test_the_database_refuses_an_address_of_two(member):
    with pytest.raises(Taken):
        change_address(member=member, email=make.MemberFactory().email)


def test_an_unconfirmed_address_changes_at_once_and_gets_a_letter(member_client, member, mail, mailoutbox):
    change_to(member_client, "other@example.org")
    member.refresh_from_db()
    assert member.email == "other@example.org"
    assert "Ten Years: Confirm your address" in [letter.subject for letter in mailoutbox]


def test_a_confirmed_address_stays_until_the_new_one_is_confirmed(member_client, member, mail, mailoutbox):
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    change_to(member_client, "other@example.org")
    member.refresh_from_db()
    assert member.email != "other@example.org"
    member_client.post(link_in(mailoutbox[-1]))
    member.refresh_from_db()
    assert member.email == "other@example.org"


def test_a_change_that_waits_can_be_given_up(member_client, member, mail):
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    change_to(member_client, "other@example.org")
    assert "We have written to other@example.org" in member_client.get("/accounts/email/").content.decode()
    member_client.post("/accounts/email/", {"email": "other@example.org", "action_remove": "1"})
    assert [row.email for row in EmailAddress.objects.filter(user=member)] == [member.email]


# By letter.


def test_a_new_member_is_asked_to_confirm_the_address(reader_client, mail, mailoutbox):
    reader_client.post("/accounts/signup/", NEW)
    reader_client.post(link_in(mailoutbox[0]))
    assert EmailAddress.objects.get().verified


def test_no_letter_is_sent_where_none_could_arrive(reader_client, mailoutbox):
    reader_client.post("/accounts/signup/", NEW)
    assert mailoutbox == []


def test_where_addresses_must_be_confirmed_nobody_is_in_before(reader_client, mail, settings, mailoutbox):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    response = reader_client.post("/accounts/signup/", NEW)
    assert response["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in reader_client.session
    assert "Look into your mail" in reader_client.get(response["Location"]).content.decode()


def test_a_forgotten_password_is_set_anew_by_a_link(reader_client, member, mail, mailoutbox):
    reader_client.post("/accounts/password/reset/", {"email": member.email})
    form = reader_client.get(link_in(mailoutbox[0]), follow=True)
    address = form.redirect_chain[-1][0]
    response = reader_client.post(address, {"password1": OTHER, "password2": OTHER}, follow=True)
    member.refresh_from_db()
    assert member.check_password(OTHER)
    assert "You can sign in with it now." in response.content.decode()


def test_a_link_works_once(reader_client, member, mail, mailoutbox):
    reader_client.post("/accounts/password/reset/", {"email": member.email})
    member.set_password(OTHER)
    member.save()
    page = reader_client.get(link_in(mailoutbox[0]), follow=True).content.decode()
    assert "This link is used up" in page


def test_asking_for_an_unknown_address_tells_nothing(reader_client, mail, mailoutbox):
    response = reader_client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert response["Location"] == "/accounts/password/reset/done/"
    assert "There is none" in mailoutbox[0].body


@pytest.mark.parametrize(
    "path", ["password/reset/", "password/reset/done/", "password/reset/key/1-x/", "confirm-email/", "confirm-email/x/"]
)
def test_nothing_by_letter_is_offered_where_none_is_sent(reader_client, path):
    assert reader_client.get(f"/accounts/{path}").status_code == 404


def test_the_way_to_a_new_password_shows_only_where_mail_is_sent(reader_client, settings):
    assert "password/reset" not in reader_client.get("/accounts/login/").content.decode()
    settings.SENDS_MAIL = True
    assert "password/reset" in reader_client.get("/accounts/login/").content.decode()


def test_a_letter_bears_no_markup(reader_client, mail, mailoutbox, member):
    reader_client.post("/accounts/password/reset/", {"email": member.email})
    assert not re.search(r"&\w+;|<\w", mailoutbox[0].body)
    assert mailoutbox[0].alternatives == []


def test_a_closed_account_says_so(reader_client, member):
    User.objects.filter(pk=member.pk).update(is_active=False)
    response = reader_client.get("/accounts/inactive/")
    assert "This account is closed" in response.content.decode()
