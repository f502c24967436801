"""A member asks to be on the leaderboard, and no longer to be."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from debate.actions.leaving import leave
from debate.actions.listing import NoMember, list_forecaster
from debate.actions.recounting_scores import recount_record, wrong_records
from debate.actions.scoring import count_records
from debate.models import Forecast, ForecasterRecord, Score, User
from tests import factories as make
from tests.conftest import SAME_ORIGIN
from tests.forecasting.forecasters import record, scored

pytestmark = pytest.mark.django_db
PAGE, ACT = "/leaderboard/", "/leaderboard/me/"


def own(client: Client) -> str:
    page = " ".join(unescape(client.get(PAGE).content.decode()).split())
    return page.split('id="you"')[1].split("</section>")[0]


def listing(member: User) -> str:
    return ForecasterRecord.objects.get(user=member).listing


@pytest.mark.parametrize(("predictions", "place"), [(6, "ranked"), (5, "ranked"), (4, "early")])
def test_a_member_is_listed_and_taken_off_again(
    member: User, member_client: Client, predictions: int, place: str
) -> None:
    record(member, predictions=predictions)
    response = member_client.post(ACT, {"listed": "on"})
    assert (response.status_code, response["Location"]) == (303, "/leaderboard/#you")
    assert listing(member) == place
    assert User.objects.get(pk=member.pk).ranked
    member_client.post(ACT, {"listed": "off"})
    assert listing(member) == ""
    assert not User.objects.get(pk=member.pk).ranked


def test_with_the_fifth_scored_prediction_a_listed_member_has_a_rank(member: User) -> None:
    list_forecaster(reader=member, listed=True)
    found = []
    for _number in range(5):
        scored(member)
        count_records([member.pk])
        found.append(listing(member))
    assert found == ["early"] * 4 + ["ranked"]
    Score.objects.filter(pk=Score.objects.by(member)[0].pk).delete()
    count_records([member.pk])
    assert listing(member) == "early"


def test_nobody_is_listed_by_being_scored(member: User) -> None:
    scored(member)
    count_records([member.pk])
    assert listing(member) == ""


def test_a_record_that_says_otherwise_than_its_reader_is_found_and_repaired(member: User) -> None:
    scored(member)
    count_records([member.pk])
    User.objects.filter(pk=member.pk).update(ranked=True)
    assert [difference.key for difference in wrong_records()] == [member.pk]
    recount_record(reader=member.pk)
    assert listing(member) == "early"
    assert list(wrong_records()) == []


def test_whoever_leaves_is_no_longer_listed(member: User, member_client: Client) -> None:
    prediction = make.PredictionFactory.create(
        closes_at=timezone.now() - timedelta(days=1),
        resolution="yes",
        resolved_on=timezone.now().date(),
        resolution_note="So it was.",
    )
    Forecast.objects.create(user=member, prediction=prediction, probability=0.7, made_at=prediction.opens_at)
    scored(member)
    count_records([member.pk])
    list_forecaster(reader=member, listed=True)
    leave(reader=member)
    assert ForecasterRecord.objects.get().listing == ""


def test_asking_twice_changes_nothing(member: User) -> None:
    record(member)
    for _time in range(2):
        list_forecaster(reader=member, listed=True)
    assert listing(member) == "ranked"


def test_one_can_ask_before_anything_is_scored(member: User, member_client: Client) -> None:
    assert "Nothing that you forecast has been judged yet." in own(member_client)
    member_client.post(ACT, {"listed": "on"})
    assert "You are listed" in own(member_client)


def test_it_says_beforehand_what_others_will_see(member: User, member_client: Client) -> None:
    told = own(member_client)
    assert f"you are seen as <bdi>Forecaster {member.pk}</bdi>" in told
    assert "No single forecast is shown." in told
    assert member.username not in told


def test_ones_own_row_is_marked_and_told(member: User, member_client: Client) -> None:
    record(member, 12.3)
    scored(member, baseline=20.0)
    list_forecaster(reader=member, listed=True)
    told = own(member_client)
    for words in ("Rank 1", "peer score +12.3", "6 predictions", "50% of the time", "baseline +20.0"):
        assert words in told
    assert '<li class="mine">' in member_client.get(PAGE).content.decode()


def test_unlisted_one_sees_ones_score_and_no_rank(member: User, member_client: Client) -> None:
    record(member, 12.3)
    assert "Rank" not in own(member_client)
    assert "peer score +12.3" in own(member_client)


def test_with_few_predictions_one_is_told_how_many_it_takes(member: User, member_client: Client) -> None:
    record(member, predictions=3)
    assert "3 of the 5 resolved predictions that a rank takes." in own(member_client)


def test_somebody_without_an_account_is_told_how(client: Client) -> None:
    told = own(client)
    assert 'href="/accounts/signup/"' in told
    assert "<button" not in told


def guest_client() -> Client:
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    prediction = make.PredictionFactory.create()
    client.post(f"{prediction.get_absolute_url()}forecast/", {"percent": "60"})
    return client


def test_a_guest_is_told_how() -> None:
    told = own(guest_client())
    assert "Guests are not listed." in told
    assert "<button" not in told


@pytest.mark.parametrize("make_client", [guest_client, lambda: Client(enforce_csrf_checks=True, **SAME_ORIGIN)])
def test_who_is_no_member_is_refused_and_told_how(make_client: type[Client]) -> None:
    response = make_client().post(ACT, {"listed": "on"})
    assert response.status_code == 403
    assert "Sign up first" in response.content.decode()
    assert not User.objects.filter(ranked=True).exists()


def test_the_action_refuses_a_guest_too() -> None:
    with pytest.raises(NoMember):
        list_forecaster(reader=make.GuestFactory.create(), listed=True)


@pytest.mark.parametrize("fields", [{}, {"listed": "maybe"}, {"listed": ["on"] * 2 + ["x"]}, {"listed": "\0"}])
def test_what_makes_no_sense_is_refused(member: User, member_client: Client, fields: dict[str, str]) -> None:
    assert member_client.post(ACT, fields).status_code == 400
    assert not User.objects.get(pk=member.pk).ranked


def test_looking_does_not_list_anybody(member: User, member_client: Client) -> None:
    assert member_client.get(ACT, {"listed": "on"}).status_code == 405
    assert not User.objects.get(pk=member.pk).ranked


def test_another_site_cannot_list_anybody(member: User, member_client: Client) -> None:
    response = member_client.post(ACT, {"listed": "on"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 403
    assert not User.objects.get(pk=member.pk).ranked


@pytest.mark.parametrize(("predictions", "place"), [(4, "ranked"), (5, "early"), (5, "first")])
def test_the_database_refuses_a_place_that_does_not_fit(member: User, predictions: int, place: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record(member, predictions=predictions, listing=place)
