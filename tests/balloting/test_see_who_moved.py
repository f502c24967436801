"""A reader sees who changed their mind, once they have said where they stand after reading, or asked."""

import re

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debate.actions.corpus import refresh
from debate.actions.insights.computing import compute
from debate.actions.recounting import recount_tally
from debate.models import Claim, ClaimVote, Essay, MovingClaim
from tests.balloting.ballots import move, paired, say
from tests.factories import EssayFactory, GuestFactory, MemberFactory, motion_with_claims, readers

pytestmark = pytest.mark.django_db
PAGE = "/insights/swing/"
READERS = pytest.mark.parametrize("who", ["reader_client", "member_client"])


@pytest.fixture
def motion(db):
    return motion_with_claims(2, featured=True)


@pytest.fixture
def essay(motion):
    return motion.essays.get()


def crowd(thing, *, members=(), guests=()):
    """So many pairs of members and of guests: (before, after, how many)."""
    for told, kind in ((members, "member"), (guests, "guest")):
        pairs = [(before, after) for before, after, count in told for _ in range(count)]
        paired(list(zip(readers(len(pairs), kind), pairs, strict=True)), thing)


SOME = [("yes", "yes", 6), ("yes", "no", 2), ("undecided", "no", 5), ("no", "no", 7)]


@pytest.fixture
def asked(reader_client, motion):
    reader_client.post(f"/motions/{motion.slug}/reveal/")
    return reader_client


def read(client, address=PAGE):
    answer = client.get(address)
    assert answer.status_code == 200
    told = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1]).split())
    return re.sub(r" ([.,;])", r"\1", told)


def numbers(client, address=PAGE):
    """The cells of the matrix, row by row, with the sums."""
    html = client.get(address).content.decode()
    table = re.search(r'<table class="matrix-of">(.*?)</table>', html, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL) if table else []
    return [[int(cell) for cell in re.findall(r'<td(?: class="\w+")?>(\d+)', row)] for row in rows[1:]]


# Hidden.


@pytest.mark.parametrize("query", ["", "?motion={motion}", "?essay={essay}", "?readers=guests"])
@pytest.mark.parametrize("who", ["client", "reader_client", "member_client"])
def test_nothing_of_it_shows_before(who, query, motion, essay, request):
    client, address = request.getfixturevalue(who), PAGE + query.format(motion=motion.slug, essay=essay.slug)
    before = client.get(address).content
    crowd(motion, members=SOME)
    crowd(essay, guests=SOME)
    assert client.get(address).content == before
    assert "How others moved is hidden until you have said where you stand" in read(client, address)


def test_hidden_it_can_be_kept_by_any_cache(client, motion):
    answer = client.get(PAGE)
    assert ("public" in answer["Cache-Control"], answer.cookies) == (True, {})


@READERS
def test_what_one_said_before_shows_nothing_yet_and_leads_on(who, motion, request):
    client = request.getfixturevalue(who)
    client.post(f"/motions/{motion.slug}/ballot/", {"phase": "before", "side": "yes"})
    html = client.get(PAGE).content.decode()
    assert "Say where you stand now" in html
    assert "Show me how others moved" in html


@pytest.mark.parametrize("query", ["", "?readers=members"])
def test_asking_leads_back_to_it(reader_client, motion, query):
    html = reader_client.get(PAGE + query).content.decode()
    wanted = re.search(r'name="next" value="([^"]+)"', html)[1]
    answer = reader_client.post(f"/motions/{motion.slug}/reveal/", {"next": wanted})
    assert answer["Location"] == PAGE + query


# Shown.


@READERS
def test_who_says_where_they_stand_after_reading_sees_it(who, motion, request):
    client = request.getfixturevalue(who)
    client.post(f"/motions/{motion.slug}/ballot/", {"phase": "after", "side": "yes"})
    assert "It is too early to tell: 0 readers" in read(client)
    assert "private" in client.get(PAGE)["Cache-Control"]


def test_saying_so_after_an_essay_shows_that_essay_alone(reader_client, motion, essay):
    reader_client.post(f"/essays/{essay.slug}/ballot/", {"phase": "after", "side": "yes"})
    other = EssayFactory(motion=motion)
    shown = [f"{PAGE}?essay={essay.slug}"]
    assert "too early" in read(reader_client, *shown)
    for address in (PAGE, f"{PAGE}?essay={other.slug}"):
        assert "How others moved is hidden" in read(reader_client, address)


def test_taking_it_back_hides_it_again(reader_client, motion):
    for side in ("yes", "withdraw"):
        reader_client.post(f"/motions/{motion.slug}/ballot/", {"phase": "after", "side": side})
    assert "How others moved is hidden" in read(reader_client)


def test_the_whole_matrix_with_its_sums(asked, motion):
    crowd(motion, members=SOME)
    assert numbers(asked) == [[6, 2, 0, 8], [0, 7, 0, 7], [0, 5, 0, 5], [6, 14, 0, 20]]


def test_the_share_that_moved_with_its_interval(asked, motion):
    crowd(motion, members=SOME)
    assert "7 of 20 changed their mind: 35%, and plausibly anything from 18% to 57%." in read(asked)


def test_what_each_side_gained_and_who_went_where(asked, motion):
    crowd(motion, members=SOME)
    told = read(asked)
    assert "It says yes −2 from 8 to 6, −10 points It says no +7 from 7 to 14, +35 points" in told
    assert "Undecided −5 from 5 to 0, −25 points" in told
    assert "Who went where: 5 from Undecided to No 2 from Yes to No" in told


def test_intelligence_squareds_rule_in_a_line_with_its_flaw(asked, motion):
    crowd(motion, members=SOME)
    told = read(asked)
    assert "the largest net gain wins: It says no, by +7 (+35 points)." in told
    assert "a side that begins with fewer has more readers to win" in told
    assert "This one began with 35%. Of the 7 who moved, 5 came from undecided. And among 20, one reader" in told


def test_where_nobody_gained_nobody_wins(asked, motion):
    crowd(motion, members=[("yes", "yes", 5), ("no", "no", 5)])
    assert "the largest net gain wins: here no side does." in read(asked)


def test_below_ten_pairs_it_is_too_early_and_no_matrix_shows(asked, motion):
    crowd(motion, members=[("yes", "no", 9)])
    assert "9 readers have said both before and after where they stand, and it takes 1 more." in read(asked)
    assert numbers(asked) == []


def test_single_and_late_ballots_are_in_no_cell(asked, motion):
    crowd(motion, members=SOME)
    say(GuestFactory(), motion, "before", "yes")
    late = GuestFactory()
    say(late, motion.essays.get(), "after", "no")
    move(late, motion, "no", "yes")
    assert numbers(asked)[-1][-1] == 20


def test_ones_own_way_stands_above_it(member_client, motion):
    for phase, side in (("before", "yes"), ("after", "no")):
        member_client.post(f"/motions/{motion.slug}/ballot/", {"phase": phase, "side": side})
    assert "You moved from It says yes to It says no." in read(member_client)


# Members and guests.


def test_members_and_guests_can_be_told_apart(asked, motion):
    crowd(motion, members=SOME, guests=[("no", "yes", 12)])
    told = {name: numbers(asked, f"{PAGE}?readers={name}")[-1][-1] for name in ("all", "members", "guests")}
    assert told == {"all": 32, "members": 20, "guests": 12}


def test_the_switch_is_links_that_say_which_is_chosen(asked, motion):
    html = asked.get(f"{PAGE}?readers=members").content.decode()
    links = re.findall(r'<a href="([^"]*)"( aria-current="true")?>(\w+)</a>', html.split('class="switch"')[1])[:3]
    assert links == [
        (PAGE, "", "Everybody"),
        (f"{PAGE}?readers=members", ' aria-current="true"', "Members"),
        (f"{PAGE}?readers=guests", "", "Guests"),
    ]


@pytest.mark.parametrize("readers", ["members", "guests"])
def test_neither_is_shown_alone_where_that_would_tell_on_the_few_others(asked, motion, readers):
    crowd(motion, members=SOME, guests=[("no", "yes", 3)])
    assert numbers(asked, f"{PAGE}?readers={readers}") == []
    assert numbers(asked)[-1][-1] == 23
    assert ("tell on single readers" in read(asked, f"{PAGE}?readers={readers}")) == (readers == "members")


def test_members_are_shown_alone_where_there_is_no_guest(asked, motion):
    crowd(motion, members=SOME)
    assert numbers(asked, f"{PAGE}?readers=members")[-1][-1] == 20


# Essay by essay.


def test_a_table_tells_of_each_essay(asked, motion, essay):
    crowd(essay, members=SOME)
    assert f"{essay.title} 7 of 20 −2 +7 −5" in read(asked)


def test_an_essay_with_few_pairs_says_so_there(asked, motion, essay):
    crowd(essay, members=[("yes", "no", 3)])
    assert f"{essay.title} too early: 3 readers so far" in read(asked)


def test_one_essay_has_a_page_of_its_own(asked, motion, essay):
    crowd(essay, members=SOME)
    crowd(motion, members=[("yes", "yes", 11)])
    address = f"{PAGE}?essay={essay.slug}"
    assert f'<a class="claim-text" href="{address}">' in asked.get(PAGE).content.decode()
    assert numbers(asked, address)[-1][-1] == 20
    assert f"Whom “{essay.title}” moved" in read(asked, address)


def test_an_essay_that_readers_cannot_see_is_named_nowhere(asked, motion, essay):
    crowd(essay, members=SOME)
    Essay.objects.update(status="draft")
    assert essay.title not in read(asked)
    assert asked.get(f"{PAGE}?essay={essay.slug}").status_code == 404


# What goes with moving.


def voted(claim, readers, value):
    ClaimVote.objects.bulk_create([ClaimVote(user=reader, claim=claim, value=value) for reader in readers])
    recount_tally(claim=claim.pk)


@pytest.fixture
def moved(motion):
    """Fourteen who moved to the one side and agree with a claim, twelve who stayed undecided and do not."""
    movers, stayers = MemberFactory.create_batch(14), GuestFactory.create_batch(12)
    for those, after in ((movers, "no"), (stayers, "undecided")):
        for reader in those:
            move(reader, motion, "undecided", after)
    claim = motion.claims.order_by("pk").last()
    voted(claim, [*movers[:12], *stayers[:2]], "agree")
    voted(claim, [*movers[12:], *stayers[2:]], "disagree")
    compute(motion=motion)
    return claim


def test_what_goes_with_moving_is_told_with_its_counts(asked, motion, moved):
    told = read(asked)
    assert f"Moving to It says no goes with agreeing: {moved.text} 12 of 14 who moved agree, 2 of 12 who stayed" in told
    assert "It goes with moving; it need not be why" in told


def test_it_is_hidden_with_the_rest(client, motion, moved):
    assert moved.text not in read(client)


def test_a_claim_taken_back_since_is_left_out(asked, motion, moved):
    Claim.objects.filter(pk=moved.pk).update(status="draft")
    refresh(motion)
    assert moved.text not in read(asked)


def test_what_may_be_chance_is_not_told(asked, motion, moved):
    MovingClaim.objects.update(adjusted=0.11)
    assert "No claim’s votes go with moving surely enough" in read(asked)


# Asked wrongly, and what it costs.


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?essay=no-such", 404),
        ("?motion=no-such", 404),
        ("?essay={essay}&motion={other}", 404),
        ("?motion={motion}&essay={essay}", 200),
        ("?readers=women", 400),
        ("?readers=all&readers=guests", 400),
        ("?order=top", 400),
        ("?essay=%00", 400),
        ("?motion=%FF", 400),
    ],
)
def test_what_cannot_be_asked_is_refused(client, motion, essay, query, status):
    told = {"essay": essay.slug, "motion": motion.slug, "other": motion_with_claims(0).slug}
    assert client.get(PAGE + query.format(**told)).status_code == status


def test_without_a_featured_motion_there_is_none(client, db):
    assert client.get(PAGE).status_code == 404


def asks(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def member_of(motion):
    client = Client()
    client.force_login(MemberFactory())
    client.post(f"/motions/{motion.slug}/reveal/", HTTP_SEC_FETCH_SITE="same-origin")
    client.cookies.pop("revealed")
    return client


@pytest.mark.parametrize("query", ["", "?essay={essay}"])
def test_it_asks_at_most_eight_questions_at_one_essay_and_at_twenty(motion, query):
    told = []
    for count in (1, 19):
        for essay in EssayFactory.create_batch(count, motion=motion):
            crowd(essay, members=[("yes", "no", 10)])
        told.append(asks(member_of(motion), PAGE + query.format(essay=motion.essays.last().slug)))
    assert told[0] == told[1] <= 8


@pytest.mark.parametrize("state", ["hidden", "early", "shown"])
def test_it_is_valid_html_in_every_state(state, client, asked, motion, essay):
    if state == "shown":
        crowd(motion, members=SOME)
        crowd(essay, guests=SOME)
    html = (client if state == "hidden" else asked).get(PAGE).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert len(re.findall("<h1[ >]", html)) == 1


def test_every_number_leads_to_a_section_that_is_there(asked, motion):
    crowd(motion, members=SOME)
    linked = set(re.findall(r'href="/about/method/#([^"]+)"', asked.get(PAGE).content.decode()))
    there = set(re.findall(r'id="([^"]+)"', asked.get("/about/method/").content.decode()))
    assert {"swing", "moving", "late"} <= linked <= there


@pytest.mark.parametrize("address", ["/insights/", "/motions/{motion}/", "/"])
def test_it_is_one_link_away(client, motion, address):
    assert f'href="{PAGE}"' in client.get(address.format(motion=motion.slug)).content.decode()
