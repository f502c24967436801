"""A reader asks what this is, and how a number was made."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debate.actions.insights.computing import compute
from debate.lenses.method import examples
from debate.models import Claim, Motion, Reveal, User
from tests import factories as make
from tests.seeing.crowd import camps

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


# Worked on the motion itself.


def now(client: Client) -> str:
    answer = client.get("/about/method/")
    assert answer.status_code == 200
    lines = re.findall(r'<p class="worked now">(.*?)</p>', answer.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", " ".join(lines)).split())


def test_what_the_corpus_says_is_worked_out_for_everybody(client: Client, corpus: Motion) -> None:
    central = Claim.objects.visible().order_by("-standing__central").first()
    assert central is not None
    told, standing = now(client), central.standing
    passing = f"pass through it: {standing.central - len(standing.voices)}; essays that speak to it"
    assert f"most hangs on “{central.text}” Claims that {passing}: {len(standing.voices)}; together" in told
    assert "counterpoints:" in told
    assert "are the most alike" in told
    assert f"“{central.text}” comes to {standing.strength:.3f}." in told


def test_the_claim_that_parts_most_is_the_first_of_the_matrix(client: Client, corpus: Motion) -> None:
    name = re.search(r"furthest apart on “(.*?)” Pairs that part: (\d+)", now(client))
    assert name is not None
    parted = {claim: int(told) for claim, told in matrix_of(corpus)}
    assert (max(parted.values()), parted[name[1]]) == (int(name[2]), int(name[2]))


def matrix_of(motion: Motion) -> Iterator[tuple[str, int]]:
    """Each claim with the pairs of authors of whom one accepts it and the other denies it, counted by hand."""
    for claim in motion.claims.visible():
        kinds = list(claim.stances.values_list("kind", flat=True))
        yield claim.text, sum(kind in ("asserts", "concedes") for kind in kinds) * kinds.count("denies")


def split(motion: Motion) -> None:
    camps(motion, 12, 12)
    compute(motion=motion)


def test_what_readers_say_is_hidden_until_asked_for(client: Client) -> None:
    split(make.motion_with_claims(8, featured=True))
    told = now(client)
    assert "Here, now, on" not in told
    assert "when last counted" not in told


def test_what_readers_say_is_worked_out_for_whoever_asks(reader_client: Client) -> None:
    motion = make.motion_with_claims(8, featured=True)
    split(motion)
    answer = reader_client.post(f"/motions/{motion.slug}/reveal/", {"next": "/about/method/"})
    assert answer["Location"] == "/about/method/"
    told = now(reader_client)
    first = Claim.objects.order_by("-tally__contested", "pk").first()
    assert first is not None
    agree, disagree = first.tally.agree, first.tally.disagree
    share = f"{agree / (agree + disagree):.0%}"
    assert f"on “{first.text}”: agree {agree}, disagree {disagree}: {share}" in told
    assert "readers who have voted: 24; with votes enough to be placed: 24; groups: 2." in told
    assert "private" in reader_client.get("/about/method/")["Cache-Control"]


def test_it_asks_no_more_than_a_page_of_one_thing_may(member_client: Client, member: User) -> None:
    told = []
    for count in (1, 20):
        motion = make.motion_with_claims(count, featured=not told)
        split(motion)
        Motion.objects.update(featured=False)
        Motion.objects.filter(pk=motion.pk).update(featured=True)
        Reveal.objects.create(user=member, motion=motion)
        with CaptureQueriesContext(connection) as asked:
            member_client.get("/about/method/")
        told.append(len(asked))
    assert told[0] == told[1] <= 12
