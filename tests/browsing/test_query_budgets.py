"""Pages ask the database a fixed number of questions, however many rows they show and whoever reads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debate.actions.voting import cast_vote
from debate.models import Claim, Edition, Prediction
from tests.factories import (
    PassageFactory,
    PredictionFactory,
    RelationFactory,
    StanceFactory,
    as_one_edition,
    motion_with_claims,
    tag,
)

pytestmark = pytest.mark.django_db
LIST, DETAIL = 8, 12


def asked(client, address, *, cold):
    """How many queries a page makes: in a new edition, or when a page before it has been made in this one."""
    if cold:
        Edition.advance()
    else:
        client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def motion_of_size(count, member):
    """A motion whose lists have so many rows, and whose first claim and prediction have so many of everything."""
    motion = motion_with_claims(count, featured=True)
    claim = motion.claims.order_by("pk")[0]
    essay = motion.essays.get()
    with as_one_edition():
        for number in range(count):
            prediction = PredictionFactory(motion=motion, essay=essay)
            prediction.bearings.create(claim=claim, outcome="yes", rationale="Because.")
            RelationFactory(target_claim=claim, source__motion=motion)
            RelationFactory(source=claim, target_claim__motion=motion, kind="supports")
            PassageFactory(stance=StanceFactory(claim=claim), number=number + 1)
            tag(claim, f"Another word {number}")
    for row in motion.claims.visible():
        cast_vote(reader=member, claim=row, value="agree", informed=False)
    return motion


LISTS = [
    "/claims/",
    "/claims/?kind=observation&side=yes",
    "/claims/?order=new",
    "/predictions/",
    "/tags/",
    "/tags/word-0/",
]


@pytest.mark.parametrize("who", ["client", "member_client"])
def test_lists_ask_the_same_at_one_row_and_at_twenty(who, member, request):
    client = request.getfixturevalue(who)
    small = motion_of_size(1, member)
    told = asked_by_each(client)
    small.featured = False
    small.save()
    motion_of_size(20, member)
    assert asked_by_each(client) == told
    assert {address: most for address, asked in told.items() if (most := max(asked)) > LIST} == {}


def asked_by_each(client):
    return {each: [asked(client, each, cold=True), asked(client, each, cold=False)] for each in LISTS}


def test_a_list_of_claims_asks_at_most_three_once_the_edition_is_known(client, member):
    motion_of_size(20, member)
    assert asked(client, "/claims/", cold=False) <= 3


@pytest.mark.parametrize("who", ["client", "member_client"])
@pytest.mark.parametrize("noun", [Claim, Prediction])
def test_one_thing_asks_the_same_with_one_of_everything_and_with_twenty(noun, who, member, request):
    client = request.getfixturevalue(who)
    told = []
    for count in (1, 20):
        motion = motion_of_size(count, member)
        motion.featured = False
        motion.save()
        address = noun.objects.of_motion(motion).order_by("pk")[0].get_absolute_url()
        told.append([asked(client, address, cold=True), asked(client, address, cold=False)])
    assert told[0] == told[1]
    assert max(told[0]) <= DETAIL


def test_searching_asks_one_more(client, member):
    motion_of_size(20, member)
    without = asked(client, "/claims/", cold=False)
    assert asked(client, "/claims/?q=thing", cold=False) == without + 1
