"""A member signs in; what they gave as a guest before joins what they gave as a member."""

from datetime import timedelta

import pytest
from allauth.account import app_settings
from allauth.core.internal.ratelimit import get_rates
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debate.actions.balloting import cast_ballot
from debate.actions.forecasting import make_forecast, withdraw_forecast
from debate.actions.merging import Merged, merge
from debate.actions.recounting import wrong_crowds, wrong_tallies
from debate.actions.revealing import reveal
from debate.actions.tagging import propose_tag
from debate.actions.voting import cast_vote, withdraw_vote
from debate.cookies import READER_COOKIE
from debate.models import Ballot, ClaimVote, Forecast, Reveal, TagVote, User
from tests import factories as make
from tests.accounts.conftest import PASSWORD, give_everything

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def sign_in(client, member, **more):
    return client.post("/accounts/login/", {"login": member.email, "password": PASSWORD} | more)


def older(model, hours=1, **which):
    """As if these rows had been given some hours earlier."""
    for row in model.objects.filter(**which):
        row.made_at -= hours * HOUR
        for name in ("changed_at", "ended_at"):
            if getattr(row, name, None):
                setattr(row, name, getattr(row, name) - hours * HOUR)
        row.save()


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


# Signing in.


def test_a_member_signs_in_by_address(reader_client, member):
    response = sign_in(reader_client, member)
    assert (response["Location"], reader_client.session["_auth_user_id"]) == ("/", str(member.pk))


def test_the_address_may_be_written_in_capitals(reader_client, member):
    assert sign_in(reader_client, member, login=member.email.upper()).status_code == 302


@pytest.mark.parametrize("typed", [{"password": "wrong"}, {"login": "nobody@example.org"}])
def test_a_wrong_pair_is_refused_without_saying_which(reader_client, member, typed):
    response = sign_in(reader_client, member, **typed)
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "This address and this password do not belong together. Check both, please."
    ]


def test_guessing_a_password_is_put_off(reader_client, member):
    for _guess in range(5):
        sign_in(reader_client, member, password="wrong")
    response = sign_in(reader_client, member)
    assert "Wait five minutes" in response.context["form"].non_field_errors()[0]


def test_whoever_is_put_off_by_a_page_need_not_wait_longer_than_it_says():
    actions = set(app_settings.RATE_LIMITS) - {"login_failed"}  # which is said beside the form
    rates = [rate for action in actions for rate in get_rates(app="allauth.account", action=action)]
    assert max(rate.duration for rate in rates) <= 180


def test_many_attempts_from_one_place_are_put_off(settings, member):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")
    sign_in(client, member, password="wrong")
    answer = sign_in(client, member)
    assert (answer.status_code, answer["Retry-After"]) == (429, "180")


def test_a_guest_cannot_sign_in_by_name(reader_client, guest):
    assert sign_in(reader_client, guest, login=guest.username, password="!").status_code == 422


def test_a_closed_account_is_told_so(reader_client, member):
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert sign_in(reader_client, member).status_code in (200, 302)
    assert "_auth_user_id" not in reader_client.session


def test_whoever_is_signed_in_is_led_on(member_client):
    assert member_client.get("/accounts/login/?next=/claims/")["Location"] == "/claims/"


def test_nobody_is_led_to_another_site(reader_client, member):
    response = reader_client.post(
        "/accounts/login/?next=https://evil.example/", {"login": member.email, "password": PASSWORD}
    )
    assert response["Location"] == "/"


def test_the_curation_room_is_entered_through_this_page(reader_client):
    curator = make.CuratorFactory()
    asked = reader_client.get("/admin/login/?next=/admin/")
    assert asked["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    response = reader_client.post(asked["Location"], {"login": curator.email, "password": PASSWORD})
    assert response["Location"] == "/admin/"


def test_a_reader_without_rights_does_not_enter_the_curation_room(member_client):
    assert member_client.get("/admin/login/").status_code == 403


# What comes along.


def test_what_a_guest_gave_moves_to_the_member(guest_client, guest, member, claims, prediction):
    give_everything(guest, claims, prediction)
    sign_in(guest_client, member)
    given = [model.objects.filter(user=member).count() for model in (ClaimVote, Forecast, Ballot, TagVote, Reveal)]
    assert given == [3, 1, 1, 1, 1]


def test_the_guest_is_gone_afterwards(guest_client, guest, member):
    response = sign_in(guest_client, member)
    assert not User.objects.filter(pk=guest.pk).exists()
    assert response.cookies[READER_COOKIE]["max-age"] == 0


def test_tallies_and_crowds_equal_a_recount_afterwards(guest_client, guest, member, claims, prediction):
    give_everything(member, claims[1:], prediction, probability=0.8)
    give_everything(guest, claims, prediction)
    sign_in(guest_client, member)
    assert [*wrong_tallies(), *wrong_crowds()] == []


def test_the_newer_answer_stands(guest, member, claims):
    cast_vote(reader=member, claim=claims[0], value="agree", informed=False)
    cast_vote(reader=guest, claim=claims[0], value="disagree", informed=False)
    cast_vote(reader=guest, claim=claims[1], value="disagree", informed=False)
    cast_vote(reader=member, claim=claims[1], value="agree", informed=False)
    merge(guest=guest, member=member)
    assert dict(ClaimVote.objects.by(member).values_list("claim", "value")) == {
        claims[0].pk: "disagree",
        claims[1].pk: "agree",
    }


def test_the_first_blind_answer_stays_the_blind_one(guest, member, claims):
    cast_vote(reader=guest, claim=claims[0], value="pass", informed=False)
    cast_vote(reader=member, claim=claims[0], value="agree", informed=False)
    merge(guest=guest, member=member)
    vote = ClaimVote.objects.get()
    assert (vote.value, vote.blind_value) == ("agree", "pass")


def test_an_answer_that_the_guest_took_back_last_is_taken_back(guest, member, claims):
    cast_vote(reader=member, claim=claims[0], value="agree", informed=False)
    cast_vote(reader=guest, claim=claims[0], value="disagree", informed=False)
    withdraw_vote(reader=guest, claim=claims[0])
    merge(guest=guest, member=member)
    assert ClaimVote.objects.get().value == "withdrawn"
    assert list(wrong_tallies()) == []


def test_a_member_is_told_how_much_came_along(guest_client, guest, member, claims):
    for claim in claims[:3]:
        cast_vote(reader=guest, claim=claim, value="disagree", informed=False)
    cast_vote(reader=member, claim=claims[0], value="agree", informed=False)
    older(ClaimVote, hours=-1, user=guest, claim=claims[1])
    cast_vote(reader=member, claim=claims[1], value="agree", informed=False)
    assert said(sign_in(guest_client, member)) == (
        "You are signed in. 1 answer you gave on this device came along. 1 replaced an older one of yours."
        " 1 was left behind: you have answered anew since."
    )


def test_what_was_taken_back_before_does_not_come_along(guest, member, claims, prediction):
    for claim in claims[:2]:
        cast_vote(reader=guest, claim=claim, value="agree", informed=False)
    withdraw_vote(reader=guest, claim=claims[0])
    make_forecast(reader=guest, prediction=prediction, probability=0.4, informed=False)
    withdraw_forecast(reader=guest, prediction=prediction)
    assert merge(guest=guest, member=member) == Merged(brought=1)


def test_an_answer_where_the_member_had_taken_theirs_back_came_along(guest, member, claims):
    cast_vote(reader=member, claim=claims[0], value="agree", informed=False)
    withdraw_vote(reader=member, claim=claims[0])
    cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
    assert merge(guest=guest, member=member) == Merged(brought=1)
    assert ClaimVote.objects.get().value == "agree"


def test_the_same_forecast_twice_is_no_news(guest, member, prediction):
    for reader in (member, guest):
        make_forecast(reader=reader, prediction=prediction, probability=0.4, informed=False)
    assert merge(guest=guest, member=member) == Merged()


def test_the_same_answer_twice_is_no_news(guest, member, claims):
    for reader in (guest, member):
        cast_vote(reader=reader, claim=claims[0], value="agree", informed=False)
    assert merge(guest=guest, member=member) == Merged()


def test_revisions_of_both_make_one_line(guest, member, prediction):
    for reader, probability in ((member, 0.2), (guest, 0.5), (member, 0.3), (guest, 0.6)):
        make_forecast(reader=reader, prediction=prediction, probability=probability, informed=False)
    merge(guest=guest, member=member)
    line = list(Forecast.objects.by(member).order_by("made_at"))
    assert [row.probability for row in line] == [0.2, 0.5, 0.3, 0.6]
    assert [row.ended_at for row in line] == [*(row.made_at for row in line[1:]), None]


def test_one_person_counts_once_in_the_crowd(guest, member, prediction):
    for reader, probability in ((member, 0.2), (guest, 0.6)):
        make_forecast(reader=reader, prediction=prediction, probability=probability, informed=False)
    assert merge(guest=guest, member=member) == Merged(replaced=1)
    prediction.crowd.refresh_from_db()
    assert (prediction.crowd.forecasters, prediction.crowd.median) == (1, 0.6)


def test_a_forecast_that_the_guest_took_back_last_is_taken_back(guest, member, prediction):
    for reader in (member, guest):
        make_forecast(reader=reader, prediction=prediction, probability=0.4, informed=False)
    withdraw_forecast(reader=guest, prediction=prediction)
    merge(guest=guest, member=member)
    assert not Forecast.objects.current().exists()
    assert list(wrong_crowds()) == []


@pytest.mark.parametrize(("first", "stands"), [("guest", "no"), ("member", "yes")])
def test_the_newer_ballot_stands(guest, member, motion, first, stands):
    given = {"guest": (guest, "yes"), "member": (member, "no")}
    for who in sorted(given, key=lambda name: name != first):
        reader, slug = given[who]
        cast_ballot(reader=reader, motion=motion, essay=None, phase="after", side=motion.sides.get(slug=slug))
    merge(guest=guest, member=member)
    assert Ballot.objects.get().side.slug == stands


def test_ballots_on_motion_and_essay_keep_apart(guest, member, motion):
    for reader, essay in ((member, None), (guest, motion.essays.first())):
        cast_ballot(reader=reader, motion=motion, essay=essay, phase="before", side=None)
    merge(guest=guest, member=member)
    assert Ballot.objects.by(member).count() == 2


def test_a_ballot_before_reading_turns_out_late(guest, member, motion, claims):
    cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
    cast_ballot(reader=member, motion=motion, essay=None, phase="before", side=None)
    merge(guest=guest, member=member)
    assert Ballot.objects.get().late


def test_a_ballot_before_any_vote_stays_in_time(guest, member, motion, claims):
    cast_ballot(reader=member, motion=motion, essay=None, phase="before", side=None)
    cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
    merge(guest=guest, member=member)
    assert not Ballot.objects.get().late


def test_a_proposal_of_both_counts_once(guest, member, claims):
    propose_tag(reader=guest, claim=claims[0], name="Fresh word")
    TagVote.objects.create(user=member, claim=claims[0], tag=TagVote.objects.get().tag)
    merge(guest=guest, member=member)
    assert TagVote.objects.get().user == member


def test_what_either_asked_to_see_is_seen(guest, member, motion, claims):
    for reader, thing in ((guest, motion), (member, motion), (guest, claims[0])):
        reveal(reader=reader, thing=thing)
    merge(guest=guest, member=member)
    assert Reveal.objects.by(member).count() == 2


def test_merging_again_changes_nothing(guest, member, claims):
    cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
    merge(guest=guest, member=member)
    assert merge(guest=guest, member=member) == Merged()
    assert ClaimVote.objects.by(member).count() == 1


def test_a_member_is_never_merged_away(member):
    other = make.MemberFactory()
    assert merge(guest=other, member=member) == Merged()
    assert User.objects.filter(pk=other.pk).exists()


def test_many_answers_cost_no_more_queries_than_one():
    told = []
    for count in (1, 20):
        guest, member = make.GuestFactory(), make.MemberFactory()
        for claim in make.motion_with_claims(count).claims.all():
            for reader in (guest, member):
                cast_vote(reader=reader, claim=claim, value="agree", informed=False)
        with CaptureQueriesContext(connection) as asked:
            merge(guest=guest, member=member)
        told.append(len(asked))
    assert told[0] == told[1]
