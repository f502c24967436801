"""A reader deletes everything of theirs, having shown that they mean it and who they are."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from debate.cookies import READER_COOKIE, REVEAL_COOKIE
from debate.models import ClaimVote, Session, User
from tests import factories as make
from tests.conftest import SAME_ORIGIN
from tests.keeping.conftest import PASSWORD, give_everything, mentions

pytestmark = pytest.mark.django_db
ADDRESS = "/you/delete/"
KEY = 918_273_645


@pytest.fixture
def leaver(claims, predictions):
    leaver = make.MemberFactory(pk=KEY, username="zebulon", email="zebulon@quagga.example", display_name="Zeb Quagga")
    EmailAddress.objects.create(user=leaver, email=leaver.email, verified=True, primary=True)
    give_everything(leaver, claims, predictions)
    return leaver


@pytest.fixture
def leaving(leaver):
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(leaver)
    return client


def test_the_page_says_what_goes_and_what_stays(leaving):
    told = leaving.get(ADDRESS).content.decode()
    for part in ("What goes", "What stays", "the scores of others rest on them", "Download it first"):
        assert part in told


def test_it_can_be_reached_by_nobody_who_has_given_nothing(client, motion):
    for answer in (client.get(ADDRESS), client.post(ADDRESS, HTTP_SEC_FETCH_SITE="same-origin")):
        assert (answer.status_code, answer["Location"]) == (302, "/you/")


def test_with_the_password_everything_is_deleted(leaving):
    answer = leaving.post(ADDRESS, {"password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (303, "/you/deleted/")
    assert list(mentions(KEY, "zebulon", "quagga")) == []
    assert not Session.objects.exists()
    assert "Everything of yours is deleted" in leaving.get("/you/deleted/").content.decode()


def test_the_browser_is_known_to_nobody_afterwards(leaving):
    leaving.post(ADDRESS, {"password": PASSWORD})
    assert {name for name, cookie in leaving.cookies.items() if cookie.value} == set()
    assert "Nothing of yours is here yet" in leaving.get("/you/").content.decode()


@pytest.mark.parametrize("fields", [{}, {"password": ""}, {"password": "wrong"}, {"word": "delete"}])
def test_without_it_nothing_is(leaving, leaver, fields):
    answer = leaving.post(ADDRESS, fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert User.objects.filter(pk=leaver.pk).exists()
    assert answer["Cache-Control"] == "private, no-store"


def test_the_password_cannot_be_tried_for_ever(leaving, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reauthenticate": "2/m/user"}
    answers = [leaving.post(ADDRESS, {"password": "wrong"}).status_code for _ in range(3)]
    assert answers == [422, 422, 429]


@pytest.mark.parametrize("word", ["delete", " DELETE ", "Delete"])
def test_a_guest_types_a_word(guest_client, guest, claims, predictions, word):
    give_everything(guest, claims, predictions)
    guest_client.cookies[REVEAL_COOKIE] = "anything"
    answer = guest_client.post(ADDRESS, {"word": word})
    assert answer.status_code == 303
    assert not User.objects.filter(pk=guest.pk).exists()
    assert [answer.cookies[name].value for name in (READER_COOKIE, REVEAL_COOKIE)] == ["", ""]


@pytest.mark.parametrize("word", [None, "", "yes", "delete\x00", ["delete", "delete"]])
def test_any_other_word_deletes_nothing(guest_client, guest, word):
    assert guest_client.post(ADDRESS, {} if word is None else {"word": word}).status_code == 422
    assert User.objects.filter(pk=guest.pk).exists()


def test_a_get_deletes_nothing_and_another_site_neither(leaving, leaver):
    leaving.get(ADDRESS)
    other = Client(enforce_csrf_checks=True, HTTP_SEC_FETCH_SITE="cross-site")
    other.force_login(leaver)
    assert other.post(ADDRESS, {"password": PASSWORD}).status_code == 403
    assert leaving.get(f"{ADDRESS}?x=1").status_code == 400
    assert ClaimVote.objects.by(leaver).exists()


def test_the_last_administrator_is_told_to_stay(db):
    client, admin = Client(**SAME_ORIGIN), make.CuratorFactory()
    client.force_login(admin)
    answer = client.post(ADDRESS, {"password": PASSWORD})
    assert answer.status_code == 422
    assert "You are the only administrator" in answer.content.decode()


def test_a_member_without_a_password_types_the_word(leaving, leaver):
    leaver.set_unusable_password()
    leaver.save()
    leaving.force_login(leaver)
    assert leaving.post(ADDRESS, {"word": "delete"}).status_code == 303


def test_a_member_with_an_app_shows_first_that_it_is_them(leaving, leaver):
    TOTP.activate(leaver, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    told = leaving.get(ADDRESS).content.decode()
    show = f"/accounts/reauthenticate/?next={ADDRESS}"
    assert f'href="{show}"' in told
    assert leaving.post(ADDRESS, {"password": PASSWORD})["Location"] == show
    assert leaving.post(show, {"password": PASSWORD})["Location"] == ADDRESS
    assert leaving.post(ADDRESS)["Location"] == "/you/deleted/"
    assert list(mentions(KEY, "zebulon", "quagga")) == []


def test_what_counts_tries_is_forgotten_too(leaving, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reauthenticate": "9/m/user"}
    leaving.post(ADDRESS, {"password": "wrong"})
    assert list(mentions(f"user:{KEY}")) != []
    leaving.post(ADDRESS, {"password": PASSWORD})
    assert list(mentions(KEY)) == []
