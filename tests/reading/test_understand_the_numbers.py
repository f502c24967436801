"""A reader asks what this is, and how a number was made."""

import pytest
from django.test import Client

from debate.lenses.method import examples
from debate.models import Motion

pytestmark = pytest.mark.django_db
NUMBERS = [
    *("standing", "asking", "coherence"),
    *("tally", "share", "contested", "central", "unanswered", "crowd"),
    *("readings", "hidden", "blind", "guests", "order"),
    *("track-record", "calibration", "leaderboard"),
    *("resolution", "brier", "log-score", "baseline", "peer", "coverage"),
]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_has_its_section(client: Client, number: str) -> None:
    assert f'<section id="{number}">' in client.get("/about/method/").content.decode()


def test_the_share_of_the_example_is_worked_out(client: Client) -> None:
    assert (
        "18 agree and 6 disagree: 75%, and plausibly anything from 55% to 88%."
        in client.get("/about/method/").content.decode()
    )


def test_the_crowd_of_the_example_is_worked_out(client: Client) -> None:
    assert "The crowd says 60%" in client.get("/about/method/").content.decode()


def test_the_score_of_the_leaderboard_is_worked_out(client: Client) -> None:
    told = client.get("/about/method/").content.decode()
    assert "add up to 360 over a coverage of 4 make +12.0; over a coverage of 45 they would make +8.0." in told
    assert "At 20 it is 1.22 times." in told


def test_the_bin_of_the_example_is_worked_out(client: Client) -> None:
    told = client.get("/about/method/").content.decode()
    assert (
        "10 predictions, each held at 70% all along, of which 60% came true: "
        "chance alone would leave anything from 50% to 90%." in told
    )


def test_a_reading_of_the_example_is_scored(client: Client) -> None:
    told = client.get("/about/method/").content.decode()
    assert "read as 60% to 80% scores 0.09 if the prediction comes true, 0.49 if it does not." in told


def test_the_nearest_of_the_examples_is_the_surest() -> None:
    five, nine, eight_of_ten, _two_of_six = (share.lower for _agreed, _common, share in examples()["near"])
    assert nine > five > eight_of_ten


def test_a_claim_on_which_two_differ_is_worth_most(client: Client) -> None:
    told = client.get("/about/method/").content.decode()
    assert "adds 1.15, one on which a single author takes a stand 0.70, one that both accept 0.40." in told


def test_more_votes_make_the_same_split_more_contested() -> None:
    few, more, many, _one_sided = (split.contested for split in examples()["splits"])
    assert few < more < many


def test_the_example_of_central_counts_what_leads_through_the_claim() -> None:
    assert examples()["hanging"] == 4


def test_one_of_the_two_counterpoints_of_the_example_is_answered() -> None:
    assert (examples()["answered"], examples()["counterpoints"]) == (1, 2)


@pytest.mark.parametrize("name", ["Kialo", "Metaculus", "Polis", "Argdown"])
def test_about_says_why_one_would_come_here(client: Client, name: str) -> None:
    assert name in client.get("/about/").content.decode()


def test_machines_are_told_what_not_to_read(client: Client) -> None:
    assert client.get("/robots.txt").content.decode().startswith("User-agent: *\nDisallow: /accounts/\n")


def test_how_central_claims_are_chosen_links_to_its_formula(client: Client, corpus: Motion) -> None:
    assert 'href="/about/method/#central"' in client.get("/").content.decode()
