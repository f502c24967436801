"""Whoever leaves is counted out everywhere, and the database knows nothing of them afterwards."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection
from django.test import Client

from debate.actions.auditing.readers import rules
from debate.actions.forecasting import make_forecast
from debate.actions.leaving import LastAdministrator, leave
from debate.actions.recounting import wrong_crowds, wrong_tallies
from debate.actions.recounting_days import wrong_days
from debate.actions.recounting_scores import wrong_records, wrong_scores
from debate.actions.resolution import resolve_prediction
from debate.actions.swinging import wrong_swing
from debate.actions.tagging import propose_tag
from debate.actions.voting import cast_vote, withdraw_vote
from debate.models import (
    Ballot,
    Claim,
    ClaimTally,
    CrowdDay,
    Forecast,
    ForecasterRecord,
    PredictionCrowd,
    Score,
    Session,
    SwingCount,
    Tag,
    TaggedClaim,
    User,
)
from tests import factories as make
from tests.conftest import SAME_ORIGIN
from tests.keeping.conftest import give_everything, mentions

pytestmark = pytest.mark.django_db
KEY = 918_273_645
NAMED = {"username": "zebulon-quagga", "email": "zebulon@quagga.example", "display_name": "Zeb Quagga"}
URL = "https://example.org/news"
NEEDLES = [KEY, "zebulon", "quagga"]


@pytest.fixture
def leaver(claims, predictions) -> User:
    """A curator, too, who has given everything, is signed in, and whom an administrator has looked after."""
    leaver = make.CuratorFactory(pk=KEY, **NAMED)
    make.CuratorFactory()
    Client(**SAME_ORIGIN).force_login(leaver)
    EmailAddress.objects.create(user=leaver, email=leaver.email, primary=True, verified=True)
    leaver.groups.add(Group.objects.get_or_create(name="Curators")[0])
    give_everything(leaver, claims, predictions)
    claims[1]._history_user = leaver
    claims[1].save()
    log(leaver, claims[1])
    log(make.CuratorFactory(), leaver)
    return leaver


def log(by: User, thing: Any) -> None:
    kind = ContentType.objects.get_for_model(thing)
    LogEntry.objects.create(
        user=by, content_type=kind, object_id=str(thing.pk), object_repr=str(thing), action_flag=CHANGE
    )


def everything_wrong() -> list[str]:
    broken = (finding for finding in (rule.check() for rule in rules()) if finding.rows)
    return [str(each) for each in chain(broken, wrong_tallies(), wrong_crowds(), wrong_days(), wrong_swing())]


def test_nothing_in_the_whole_database_mentions_them(leaver):
    assert list(mentions(*NEEDLES)) != []
    leave(reader=leaver)
    assert list(mentions(*NEEDLES)) == []


def test_every_count_equals_a_recount(leaver):
    leave(reader=leaver)
    assert everything_wrong() == []
    assert {tally.total for tally in ClaimTally.objects.all()} == {0}
    assert {count.readers for count in SwingCount.objects.all()} == {0}


def test_what_others_gave_stays(leaver, claims, predictions, member):
    cast_vote(reader=member, claim=claims[0], value="agree", informed=False)
    make_forecast(reader=member, prediction=predictions[1], probability=0.8, informed=False)
    leave(reader=leaver)
    assert ClaimTally.objects.get(claim=claims[0]).member_agree == 1
    crowd = PredictionCrowd.objects.get(prediction=predictions[1])
    assert (crowd.forecasters, crowd.median) == (1, 0.8)
    assert [day.median for day in CrowdDay.objects.filter(prediction=predictions[1])] == [0.8]


def test_forecasts_on_what_is_resolved_stay_as_nobodys(leaver, predictions):
    before = Forecast.objects.on(predictions[0]).values_list("pk", "probability", "made_at", "ended_at")
    kept = list(before)
    leave(reader=leaver)
    assert list(before.all()) == kept
    nobody = User.objects.get(pk=Score.objects.get().user_id)
    assert {row.user_id for row in Forecast.objects.all()} == {nobody.pk} == {ForecasterRecord.objects.get().user_id}
    assert (nobody.kind, nobody.is_active, nobody.ranked, nobody.email) == ("guest", False, False, "")
    assert not nobody.has_usable_password()


def test_the_scores_of_others_stand(predictions, member, guest):
    prediction, curator = predictions[0], make.CuratorFactory()
    for reader, probability in ((member, 0.8), (guest, 0.3)):
        made_at = prediction.opens_at + timedelta(days=100)
        Forecast.objects.create(user=reader, prediction=prediction, probability=probability, made_at=made_at)
    resolve_prediction(
        curator=curator,
        prediction=prediction,
        resolution="yes",
        resolved_on=date(2026, 11, 1),
        note="So it was.",
        evidence_url=URL,
    )
    before = list(Score.objects.by(member).values())
    leave(reader=guest)
    assert list(Score.objects.by(member).values()) == before != []
    assert list(chain(wrong_scores(), wrong_records())) == []


def test_whoever_has_nothing_resolved_leaves_nobody_behind(guest, claims):
    cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
    leave(reader=guest)
    assert not User.objects.exists()


def test_what_they_wrote_as_a_curator_stays_without_their_name(leaver, claims):
    written = Claim.history.filter(id=claims[1].pk, history_user=leaver)
    assert written.exists()
    keys = list(written.values_list("pk", flat=True))
    leave(reader=leaver)
    assert {row.history_user_id for row in Claim.history.filter(pk__in=keys)} == {None}


def test_all_their_sessions_end_and_nobody_elses(leaver, member_client):
    Client(**SAME_ORIGIN).force_login(leaver)
    assert Session.objects.filter(reader=leaver.pk).count() == 2
    leave(reader=leaver)
    assert [session.reader for session in Session.objects.all()] == [User.objects.get(username__startswith="member").pk]


def test_somebody_about_to_give_their_code_is_known_to_a_session_too(member):
    from allauth.account.models import Login

    from debate.sessions import SessionStore

    session = SessionStore()
    session["account_login"] = Login(user=member).serialize()
    session.save()
    assert Session.objects.get().reader == member.pk


@pytest.mark.parametrize("who", ["guest", "member"])
def test_a_word_that_only_they_proposed_goes_with_them(claims, who, request):
    reader = request.getfixturevalue(who)
    propose_tag(reader=reader, claim=claims[1], name="Zebulon was here")
    leave(reader=reader)
    assert list(mentions("Zebulon")) == []


def test_a_tag_that_is_public_stays(guest, claims, member):
    for reader in (guest, member):
        propose_tag(reader=reader, claim=claims[2], name="Wages")
    for reader in (guest, member):
        leave(reader=reader)
    assert TaggedClaim.objects.filter(content_object=claims[2], tag__name="Wages").exists()


def test_a_word_that_somebody_else_proposes_stays(guest, claims, member):
    for reader, claim in ((guest, claims[0]), (member, claims[1])):
        propose_tag(reader=reader, claim=claim, name="Wages")
    leave(reader=guest)
    assert Tag.objects.filter(name="Wages").exists()


def test_a_curators_word_stays(guest, claims):
    word = make.TagFactory(name="Wages")
    Tag.history.filter(id=word.pk).update(history_user=make.CuratorFactory())
    propose_tag(reader=guest, claim=claims[0], name="Wages")
    leave(reader=guest)
    assert Tag.objects.filter(pk=word.pk).exists()


def test_leaving_twice_changes_nothing_more(leaver):
    leave(reader=leaver)
    leave(reader=User(pk=KEY, **NAMED))
    assert everything_wrong() == []


def test_a_last_administrator_cannot_leave(db):
    one, other = make.CuratorFactory.create_batch(2)
    leave(reader=one)
    with pytest.raises(LastAdministrator):
        leave(reader=other)
    assert User.objects.get() == other


def test_an_administrator_who_may_not_enter_is_no_other_one(db):
    make.CuratorFactory(is_active=False)
    with pytest.raises(LastAdministrator):
        leave(reader=make.CuratorFactory())


def test_many_answers_cost_no_more_queries(member, motion, django_assert_max_num_queries):
    for claim in make.motion_with_claims(20).claims.all():
        cast_vote(reader=member, claim=claim, value="agree", informed=False)
    with django_assert_max_num_queries(70):
        leave(reader=member)


# At the same moment.


def at_once(acts: list[Callable[[], object]]) -> set[str]:
    """Do all of this in threads of their own; what went wrong, by name."""

    def done(act: Callable[[], object]) -> str:
        try:
            act()
        except (User.DoesNotExist, IntegrityError, LastAdministrator) as error:
            return type(error).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(8) as pool:
        return set(pool.map(done, acts))


def acts_of(reader: User, claims: list[Claim], predictions: list[Any]) -> Iterator[Callable[[], object]]:
    """Votes, forecasts and proposals, as of requests that began before."""
    for number in range(48):
        claim, value = claims[number % len(claims)], ("agree", "disagree", "pass")[number % 3]
        if number % 8 == 5:
            yield lambda claim=claim: withdraw_vote(reader=reader, claim=claim)
        elif number % 8 == 6:
            yield lambda n=number: make_forecast(
                reader=reader, prediction=predictions[n % 2], probability=(n + 1) / 100, informed=False
            )
        elif number % 8 == 7:
            yield lambda n=number, claim=claim: propose_tag(reader=reader, claim=claim, name=f"Word {n % 2}")
        else:
            yield lambda claim=claim, value=value: cast_vote(reader=reader, claim=claim, value=value, informed=False)


@pytest.mark.django_db(transaction=True)
def test_leaving_while_voting_leaves_every_count_true(claims, predictions, guest):
    acts = list(acts_of(guest, claims, predictions))
    acts[16:16] = [lambda: leave(reader=guest)] * 2
    assert at_once(acts) <= {"", "DoesNotExist", "IntegrityError"}
    assert everything_wrong() == []
    assert not User.objects.filter(pk=guest.pk).exists()
    assert not Ballot.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_last_administrators_who_leave_at_once_one_stays():
    one, other = make.CuratorFactory.create_batch(2)
    assert at_once([lambda who=who: leave(reader=who) for who in (one, other)]) == {"", "LastAdministrator"}
    assert User.objects.count() == 1
