"""Somebody signs up, and what they gave as a guest stays theirs."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from debate.actions import accounts, holding
from debate.actions.accounts import Taken, sign_up
from debate.actions.recounting import wrong_crowds, wrong_tallies
from debate.actions.voting import cast_vote, withdraw_vote
from debate.cookies import READER_COOKIE, REVEAL_COOKIE, keep_reveal
from debate.models import Ballot, ClaimTally, ClaimVote, Forecast, Reveal, TagVote, User
from tests import factories as make
from tests.accounts.conftest import NEW, PASSWORD, give_everything

pytestmark = pytest.mark.django_db


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_somebody_new_becomes_a_member_and_is_signed_in(reader_client):
    response = reader_client.post("/accounts/signup/", NEW)
    member = User.objects.get(email="new@example.org")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert (member.kind, reader_client.session["_auth_user_id"]) == ("member", str(member.pk))


def test_a_guest_who_signs_up_is_the_same_reader(guest_client, guest):
    guest_client.post("/accounts/signup/", NEW)
    guest.refresh_from_db()
    assert (guest.kind, guest.email, guest.check_password(PASSWORD)) == ("member", "new@example.org", True)


def test_everything_a_guest_gave_is_kept(guest_client, guest, claims, prediction):
    give_everything(guest, claims, prediction)
    guest_client.post("/accounts/signup/", NEW)
    given = [model.objects.filter(user=guest).count() for model in (ClaimVote, Forecast, Ballot, TagVote, Reveal)]
    assert given == [3, 1, 1, 1, 1]


def test_votes_move_to_the_members_columns(guest_client, guest, claims, prediction):
    give_everything(guest, claims, prediction)
    guest_client.post("/accounts/signup/", NEW)
    tally = ClaimTally.objects.get(claim=claims[0])
    assert (tally.guest_agree, tally.member_agree) == (0, 1)
    assert tally.top > 0


def test_tallies_and_crowds_equal_a_recount_afterwards(guest_client, guest, claims, prediction):
    give_everything(guest, claims, prediction)
    withdraw_vote(reader=guest, claim=claims[1])
    cast_vote(reader=make.GuestFactory(), claim=claims[0], value="agree", informed=False)
    guest_client.post("/accounts/signup/", NEW)
    assert [*wrong_tallies(), *wrong_crowds()] == []


def test_a_vote_of_the_guest_that_comes_late_counts_among_the_members(guest, claims):
    sign_up(guest=guest, email="new@example.org", password=PASSWORD)
    assert guest.is_guest
    cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
    assert list(wrong_tallies()) == []


def test_a_new_member_is_told_what_is_kept(guest_client, guest, claims, prediction):
    give_everything(guest, claims, prediction)
    response = guest_client.post("/accounts/signup/", NEW)
    assert told(response) == ["Welcome: you are signed up and signed in. The 6 answers you gave before are kept."]


def test_somebody_new_is_told_nothing_of_answers(reader_client):
    assert told(reader_client.post("/accounts/signup/", NEW)) == ["Welcome: you are signed up and signed in."]


def test_the_guests_cookie_goes(guest_client):
    response = guest_client.post("/accounts/signup/", NEW)
    assert response.cookies[READER_COOKIE]["max-age"] == 0


def test_what_a_cookie_says_was_asked_for_becomes_a_row(reader_client, claims):
    request, response = reader_client.get("/accounts/signup/").wsgi_request, HttpResponse()
    keep_reveal(request, response, claims[2])
    reader_client.cookies[REVEAL_COOKIE] = response.cookies[REVEAL_COOKIE].value
    reader_client.post("/accounts/signup/", NEW)
    assert Reveal.objects.get().claim == claims[2]


def test_an_address_is_kept_in_small_letters(reader_client):
    reader_client.post("/accounts/signup/", NEW | {"email": "New@Example.ORG"})
    assert EmailAddress.objects.get().email == "new@example.org"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"email": "nobody"}, "email", "Enter a valid email address."),
        ({"email": ""}, "email", "This field is required."),
        ({"email": f"{'x' * 250}@example.org"}, "email", "at most 254"),
        ({"email": "new@example.org\x00"}, "email", "Null characters are not allowed."),
        ({"password1": "short", "password2": "short"}, "password1", "too short"),
        ({"password1": "password", "password2": "password"}, "password1", "too common"),
        ({"password1": "new@example.org", "password2": "new@example.org"}, "password1", "too similar"),
        ({"password2": "something else"}, "password2", "the same password each time"),
    ],
)
def test_what_does_not_do_is_said_beside_its_field(reader_client, typed, field, said):
    response = reader_client.post("/accounts/signup/", NEW | typed)
    assert response.status_code == 422
    assert said in " ".join(response.context["form"].errors[field])
    assert not User.objects.exists()


def test_problems_are_summed_up_with_a_way_to_each_field(reader_client):
    page = reader_client.post("/accounts/signup/", NEW | {"email": "nobody"}).content.decode()
    assert '<li><a href="#id_email">Email address</a>: Enter a valid email address.</li>' in page
    assert "<title>Error: Sign up · " in page


def test_a_known_address_is_refused(reader_client, member):
    response = reader_client.post("/accounts/signup/", NEW | {"email": member.email.upper()})
    assert "already signed up" in response.context["form"].errors["email"][0]


def test_an_address_taken_in_the_same_moment_is_refused(reader_client, monkeypatch):
    def taken(**_told):
        raise Taken

    monkeypatch.setattr("debate.adapter.sign_up", taken)
    response = reader_client.post("/accounts/signup/", NEW)
    assert "already signed up" in response.context["form"].errors["email"][0]


def test_the_database_refuses_an_address_twice(member, guest):
    with pytest.raises(Taken):
        sign_up(guest=guest, email=member.email, password=PASSWORD)
    assert User.objects.get(pk=guest.pk).is_guest


def test_a_guest_signs_up_once(guest):
    first = sign_up(guest=guest, email="one@example.org", password=PASSWORD)
    second = sign_up(guest=guest, email="two@example.org", password=PASSWORD)
    assert (first.pk == guest.pk, second.pk == guest.pk) == (True, False)


def test_the_form_sent_twice_makes_one_member(reader_client):
    for _time in range(2):
        reader_client.post("/accounts/signup/", NEW)
    assert User.objects.count() == 1


def test_a_vote_that_comes_in_between_is_waited_for(guest, claims, monkeypatch):
    lock = holding.lock_tallies

    def lock_late(keys):
        held = lock(list(keys))
        monkeypatch.setattr(holding, "lock_tallies", lock)
        cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
        return held

    monkeypatch.setattr(holding, "lock_tallies", lock_late)
    with pytest.raises(holding.Meanwhile):
        holding.hold([guest])


def test_what_never_ends_is_given_up(guest, monkeypatch):
    def never(_readers):
        raise holding.Meanwhile

    monkeypatch.setattr(holding, "hold", never)
    with pytest.raises(OperationalError):
        sign_up(guest=guest, email="new@example.org", password=PASSWORD)


def test_it_begins_anew_where_something_came_in_between(guest, monkeypatch):
    hold, tries = holding.hold, []

    def hold_late(readers):
        tries.append(1)
        if len(tries) < 3:
            raise holding.Meanwhile
        return hold(readers)

    monkeypatch.setattr(holding, "hold", hold_late)
    assert sign_up(guest=guest, email="new@example.org", password=PASSWORD).pk == guest.pk


def test_many_votes_cost_no_more_queries(guest, django_assert_max_num_queries):
    for claim in make.motion_with_claims(20).claims.all():
        cast_vote(reader=guest, claim=claim, value="agree", informed=False)
    with django_assert_max_num_queries(16):
        sign_up(guest=guest, email="new@example.org", password=PASSWORD)


ELSEWHERE = ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "https:evil"]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_to_another_site(reader_client, target):
    response = reader_client.post(f"/accounts/signup/?next={target}", NEW)
    assert response["Location"] == "/"


def test_somebody_is_led_back_to_where_they_were(reader_client):
    response = reader_client.post("/accounts/signup/?next=/claims/%3Fauthor%3Dluke-posey", NEW)
    assert response["Location"] == "/claims/?author=luke-posey"


def test_the_password_is_asked_for_twice_where_no_letter_could_reset_it(reader_client):
    assert "password2" in reader_client.get("/accounts/signup/").context["form"].fields


def test_too_many_sign_ups_from_one_place_are_put_off(settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    client = Client(HTTP_SEC_FETCH_SITE="same-origin", REMOTE_ADDR="192.0.2.7")
    client.post("/accounts/signup/", NEW | {"email": "nobody"})
    answer = client.post("/accounts/signup/", NEW)
    assert (answer.status_code, answer["Retry-After"]) == (429, "180")


def test_a_sign_up_from_another_site_is_refused(db):
    response = Client(HTTP_SEC_FETCH_SITE="cross-site").post("/accounts/signup/", NEW)
    assert (response.status_code, User.objects.exists()) == (403, False)


def test_answers_are_counted_of_every_sort(guest, claims, prediction):
    give_everything(guest, claims, prediction)
    assert accounts.answers_of(guest) == 6
