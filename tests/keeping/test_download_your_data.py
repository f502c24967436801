"""A reader takes everything with them, as JSON or as CSV."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress

from debate.actions.voting import cast_vote
from debate.interchange.own_csv import cell
from debate.interchange.own_data import tables_of
from debate.models import ClaimVote, Forecast, User
from tests import factories as make
from tests.keeping.conftest import give_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(member, claims, predictions):
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    give_everything(member, claims, predictions)
    claims[0]._history_user = member
    claims[0].save()
    give_everything_of_somebody_else(claims)
    return member


def give_everything_of_somebody_else(claims):
    cast_vote(reader=make.GuestFactory(), claim=claims[3], value="agree", informed=False)


def downloaded(client):
    answer = client.get("/you/data/record.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    return json.loads(answer.getvalue())


def unzipped(client):
    answer = client.get("/you/data/record.zip")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    with ZipFile(BytesIO(answer.getvalue())) as archive:
        return {name: list(csv.DictReader(StringIO(archive.read(name).decode()))) for name in archive.namelist()}


@pytest.mark.parametrize("ending", ["json", "zip"])
def test_it_is_a_file_that_no_cache_keeps(given, member_client, ending):
    answer = member_client.get(f"/you/data/record.{ending}")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith('attachment; filename="ten-years-20')
    assert answer["Content-Disposition"].endswith(f'.{ending}"')


@pytest.mark.parametrize("ending", ["json", "zip"])
def test_whoever_has_given_nothing_is_led_to_where_one_begins(client, motion, ending):
    answer = client.get(f"/you/data/record.{ending}")
    assert (answer.status_code, answer["Location"]) == (302, "/you/data/")
    assert client.get(f"/you/data/record.{ending}?x=1").status_code == 400


def test_the_json_says_what_it_is_and_holds_everything(given, member_client, claims, predictions):
    told = downloaded(member_client)
    assert (told["format"], told["version"]) == ("ten-years-record", 1)
    assert [table.name for table in tables_of(given)] == list(told)[3:]
    assert told["account"][0]["email"] == given.email
    assert told["addresses"] == [{"address": given.email, "confirmed": True, "primary": True}]
    assert [(vote["claim"], vote["value"], vote["blind_value"]) for vote in told["votes"]] == [
        (claims[0].slug, "agree", "agree"),
        (claims[1].slug, "disagree", "disagree"),
        (claims[2].slug, "pass", "pass"),
    ]
    assert [(row["prediction"], row["probability"]) for row in told["forecasts"]] == [
        (prediction.slug, probability) for prediction in predictions for probability in (0.3, 0.4)
    ]
    assert [(row["phase"], row["side"]) for row in told["ballots"]] == [
        *(("before", "yes"), ("after", "no"), ("before", "undecided"))
    ]
    assert {name for name, rows in told.items() if rows == []} == {"ways", "moderation", "admin_log"}
    assert told["changes"][-1]["noun"] == "claim"


def test_numbers_and_instants_are_exactly_as_stored(given, member_client):
    told = downloaded(member_client)
    stored = Forecast.objects.by(given).order_by("pk")
    assert [row["probability"] for row in told["forecasts"]] == [row.probability for row in stored]
    assert [row["from"] for row in told["forecasts"]] == [row.made_at.isoformat() for row in stored]
    assert [vote["given_at"] for vote in told["votes"]] == [
        vote.made_at.isoformat() for vote in ClaimVote.objects.by(given).order_by("pk")
    ]


def test_the_csv_files_say_the_same(given, member_client):
    told, files = downloaded(member_client), unzipped(member_client)
    assert sorted(files) == sorted(f"{name}.csv" for name in list(told)[3:])
    assert [float(row["probability"]) for row in files["forecasts.csv"]] == [
        row["probability"] for row in told["forecasts"]
    ]
    assert [row["claim"] for row in files["votes.csv"]] == [row["claim"] for row in told["votes"]]


def test_a_guest_has_a_file_too(guest, guest_client, claims, predictions):
    give_everything(guest, claims, predictions)
    told = downloaded(guest_client)
    assert (told["account"][0]["kind"], len(told["votes"])) == ("guest", 3)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_text_becomes_a_formula(name):
    assert cell(name) == f"'{name}"


@pytest.mark.parametrize(("value", "told"), [(-0.35, -0.35), (True, "true"), (False, "false"), ("a-b", "a-b"), (0, 0)])
def test_what_is_no_formula_stays_as_it_is(value, told):
    assert cell(value) == told


def test_a_name_that_looks_like_a_formula_is_made_harmless(given, member_client):
    User.objects.filter(pk=given.pk).update(display_name='=HYPERLINK("https://evil.example")')
    assert unzipped(member_client)["account.csv"][0]["display_name"].startswith("'=HYPERLINK")
