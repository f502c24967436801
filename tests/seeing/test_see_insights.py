"""A reader sees what stands and what divides: by structure at once, what readers make of it when they ask."""

import re
from datetime import timedelta

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from debate.actions.corpus import refresh
from debate.actions.insights.computing import compute
from debate.models import Claim, ClaimStanding, Edition, InsightRun, Motion, Relation, Reveal, Side
from tests import factories as make
from tests.seeing.crowd import camps, take_sides

pytestmark = pytest.mark.django_db
PAGE = "/insights/"
HEADINGS = ["by-votes", "groups", "consensus", "division", "crux", "contested", "support"]


@pytest.fixture
def motion() -> Motion:
    return make.motion_with_claims(10, featured=True)


@pytest.fixture
def crowd(motion: Motion):
    """Two camps of twelve members, each for its side."""
    found = camps(motion, 12, 12)
    for readers, side in zip(found, motion.sides.order_by("position"), strict=True):
        take_sides(motion, readers, side, at=timezone.now() - timedelta(days=3))
    compute(motion=motion)
    return found


@pytest.fixture
def asked(reader_client: Client, motion: Motion) -> Client:
    """The browser of somebody who has asked to see what others think."""
    reader_client.post(reverse("reveal-motion", args=[motion.slug]))
    return reader_client


def read(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1]).split())


def anchors(client: Client, address: str = PAGE) -> list[str]:
    return re.findall(r'<h[23] id="([^"]+)"', client.get(address).content.decode())


def claim_of(motion: Motion, text: str, **columns) -> Claim:
    return make.ClaimFactory(motion=motion, text=text, **columns)


# What stands.


def test_each_thesis_is_told_with_its_strength(client, corpus):
    told = read(client)
    for side in corpus.sides.select_related("thesis__standing"):
        assert f"{side.thesis.text} strength {side.thesis.standing.strength:.3f}" in told


def test_the_strengths_of_the_corpus_are_those_of_its_relations(corpus):
    strengths = {side.slug: round(side.thesis.standing.strength, 3) for side in Side.objects.filter(motion=corpus)}
    assert strengths == {"remains": 0.979, "absorbed": 0.974}


def test_a_lead_smaller_than_one_counterpoint_is_called_a_draw(client, corpus):
    assert "Take it as a draw: the lead is 0.005, and a single counterpoint decides more than that." in read(client)


def test_the_caution_stands_beside_the_verdict(client, corpus):
    assert "not who is right" in read(client)


def test_the_strongest_claim_of_a_side_is_the_one_most_lifted(client, motion):
    yes = motion.sides.get(slug="yes")
    lifted = claim_of(motion, "Much speaks for this.", side=yes)
    for number in range(3):
        make.RelationFactory(
            source=claim_of(motion, f"Reason {number}."), target_claim=lifted, kind=Relation.Kind.SUPPORTS
        )
    refresh(motion)
    assert "Strongest Much speaks for this." in read(client)


def test_the_weakest_claim_of_a_side_is_the_one_most_pressed(client, motion):
    no = motion.sides.get(slug="no")
    pressed = claim_of(motion, "Much speaks against this.", side=no)
    for number in range(3):
        make.RelationFactory(source=claim_of(motion, f"Reason {number}."), target_claim=pressed)
    refresh(motion)
    assert "Weakest Much speaks against this." in read(client)


def test_the_counterpoint_that_matters_most_is_named_with_what_it_decides(client, motion):
    thesis = motion.claims.order_by("pk").first()
    Relation.objects.all().delete()
    make.RelationFactory(source=claim_of(motion, "The one objection."), target_claim=thesis)
    refresh(motion)
    assert re.search(r"The one objection\. rebuts: The thing number \d+ is so\. \+0\.100", read(client))


def test_what_authors_part_on_is_told_without_votes(client, corpus):
    assert "What becomes of a job title does not matter. Posey concedes Belotti denies" in read(client)


def test_an_invisible_claim_is_named_nowhere(client, motion):
    gone = claim_of(motion, "Nobody should see this.", side=motion.sides.get(slug="yes"), status="draft")
    ClaimStanding.objects.create(claim=gone, motion=motion, strength=0.99)
    assert "Nobody should see this." not in read(client)


def test_a_motion_without_sides_or_claims_says_so(client):
    bare = make.MotionFactory()
    told = read(client, f"{PAGE}?motion={bare.slug}")
    assert "This motion has no sides yet." in told
    assert "On no claim does one author accept what another denies" in told


def test_a_motion_without_relations_says_that_nothing_decides_it(client, motion):
    Relation.objects.all().delete()
    refresh(motion)
    assert "No single counterpoint makes a difference" in read(client)


def test_it_can_be_kept_by_any_cache(client, corpus):
    answer = client.get(PAGE)
    assert ("public" in answer["Cache-Control"], answer.cookies) == (True, {})


@pytest.mark.parametrize("query", ["?motion=nothing", "?motion=%00"])
def test_a_motion_that_is_not_there_is_not_found(client, motion, query):
    assert client.get(PAGE + query).status_code in (400, 404)


@pytest.mark.parametrize("query", ["?order=top", "?motion=a&motion=b"])
def test_what_cannot_be_asked_is_refused(client, motion, query):
    assert client.get(PAGE + query).status_code == 400


def test_every_number_leads_to_a_section_that_is_there(asked, crowd):
    linked = set(re.findall(r'href="/about/method/#([^"]+)"', asked.get(PAGE).content.decode()))
    there = set(re.findall(r'id="([^"]+)"', asked.get("/about/method/").content.decode()))
    assert linked
    assert linked <= there


# What readers make of it, hidden.


@pytest.fixture
def voter_client(crowd) -> Client:
    """The browser of somebody who is on the map and has not asked."""
    client = Client()
    client.force_login(crowd[0][0])
    return client


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_REQUEST": "true"}])
@pytest.mark.parametrize("query", ["", "?motion={slug}"])
@pytest.mark.parametrize("who", ["client", "reader_client", "member_client", "voter_client"])
def test_nothing_of_it_shows_before_a_reader_asks(who, query, headers, request, crowd):
    client, address = request.getfixturevalue(who), PAGE + query.format(slug=Motion.objects.get().slug)
    html = client.get(address, **headers).content.decode()
    assert not set(HEADINGS) & set(re.findall(r'id="([^"]+)"', html))
    assert "24" not in re.sub(r"<[^>]+>", " ", html.split('id="readers"')[1])
    assert "Show me what readers make of it" in html


def test_the_hidden_form_is_the_same_whatever_readers_think(client, motion):
    before = client.get(PAGE).content
    camps(motion, 12, 12)
    compute(motion=motion)
    assert client.get(PAGE).content == before


def test_asking_leads_back_to_it(reader_client, motion):
    next_page = re.search(r'name="next" value="([^"]+)"', reader_client.get(PAGE).content.decode())[1]
    answer = reader_client.post(reverse("reveal-motion", args=[motion.slug]), {"next": next_page})
    assert answer["Location"] == "/insights/#readers"


def test_asking_about_one_motion_shows_nothing_of_another(asked, motion, crowd):
    other = make.motion_with_claims(8)
    camps(other, 8, 8)
    compute(motion=other)
    assert "groups" not in anchors(asked, f"{PAGE}?motion={other.slug}")


# What readers make of it, shown.


def test_who_asks_sees_all_of_it(asked, crowd):
    assert [name for name in anchors(asked) if name in HEADINGS] == HEADINGS


def test_it_is_private_then(asked, crowd):
    assert "private" in asked.get(PAGE)["Cache-Control"]


def test_it_says_as_of_when(asked, motion, crowd):
    run = InsightRun.objects.get()
    assert f"As of {run.computed_at:%H:%M} UTC on {run.computed_at:%-d %B %Y}: 24 readers have voted" in read(asked)


def test_a_member_who_has_asked_elsewhere_sees_it(member_client, member, motion, crowd):
    Reveal.objects.create(user=member, motion=motion)
    assert "groups" in anchors(member_client)


def test_before_anything_is_computed_it_says_what_to_do(asked):
    assert "Nothing has been counted here yet." in read(asked)


def test_below_fifteen_readers_it_says_how_many_are_missing(asked, motion):
    camps(motion, 6, 5)
    compute(motion=motion)
    assert "too early to speak of groups: 11 readers have votes enough to be placed, and it takes 4 more" in read(asked)


def test_a_reader_on_the_map_is_shown_where_they_are(motion, crowd):
    client = Client()
    client.force_login(crowd[0][0])
    Reveal.objects.create(user=crowd[0][0], motion=motion)
    html = client.get(PAGE).content.decode()
    assert html.count('class="you"') == 1
    assert "you among them" in html


def test_a_reader_who_is_not_on_the_map_is_told_why(asked, crowd):
    assert "You are not on the map" in read(asked)


def test_a_claim_taken_back_since_is_left_out(asked, motion, crowd):
    hidden = motion.claims.order_by("pk").last()
    text = hidden.text
    assert text in read(asked)
    hidden.status = "draft"
    hidden.save()
    refresh(motion)
    assert text not in read(asked)


def test_a_claim_deleted_since_is_left_out(asked, motion, crowd):
    gone = motion.claims.order_by("pk").last()
    gone.delete()
    refresh(motion)
    assert gone.text not in read(asked)


def test_the_crux_names_both_sides_and_how_many_of_each_agree(asked, crowd):
    assert re.search(r"Yes \d+ of \d+ agree · No \d+ of \d+ agree", read(asked))


def test_without_enough_of_each_side_the_crux_says_so(asked, motion):
    camps(motion, 8, 8)
    compute(motion=motion)
    assert "No claim has been answered by ten readers of each of two sides" in read(asked)


def test_support_has_a_chart_with_its_numbers_behind(asked, crowd):
    html = asked.get(PAGE).content.decode()
    assert 'class="support"' in html
    assert re.search(r"<td>12</td>\s*<td>12</td>\s*<td>0</td>", html)


def test_it_shows_what_was_computed_and_computes_nothing(asked, motion, crowd):
    before = read(asked)
    camps(motion, 9, 3, seed=4)
    run = InsightRun.objects.get()
    assert InsightRun.objects.get().pk == run.pk
    assert re.search(r"24 readers with votes enough", before)
    assert re.search(r"24 readers with votes enough", read(asked))


@pytest.mark.parametrize("state", ["hidden", "shown"])
def test_it_is_valid_html_either_way(state, asked, client, crowd):
    html = (asked if state == "shown" else client).get(PAGE).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    assert len(re.findall("<h1[ >]", html)) == 1


# What it costs.


def asks(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def shown_to(count: int) -> tuple[Client, Motion]:
    """A member who has asked, and voted on a motion of so many claims."""
    motion = make.motion_with_claims(count)
    (camp, _other) = camps(motion, 10, 10)
    compute(motion=motion)
    Reveal.objects.create(user=camp[0], motion=motion)
    client = Client()
    client.force_login(camp[0])
    return client, motion


def test_the_hidden_form_asks_the_same_at_one_claim_and_at_twenty(client):
    told = [asks(client, f"{PAGE}?motion={make.motion_with_claims(count).slug}") for count in (1, 20)]
    assert told[0] == told[1] <= 5


def test_the_shown_form_asks_the_same_at_one_claim_and_at_twenty():
    told = []
    for count in (1, 20):
        client, motion = shown_to(count)
        told.append(asks(client, f"{PAGE}?motion={motion.slug}"))
    assert told[0] == told[1] <= 12


def test_once_an_edition_is_known_it_asks_little(client, motion):
    client.get(PAGE)
    assert asks(client, PAGE) <= 2


def test_a_motion_of_many_claims_stays_small(client):
    motion = make.MotionFactory()
    yes, no = make.SideFactory(motion=motion, slug="yes"), make.SideFactory(motion=motion, slug="no")
    rows = Claim.objects.bulk_create(
        Claim(slug=f"many-{n}", motion=motion, text=f"Number {n}.", kind="value", status="published", origin="curator",
              side=(yes, no)[n % 2]) for n in range(3_000)
    )  # fmt: skip
    Relation.objects.bulk_create(
        Relation(source=rows[n], target_claim=rows[n // 3], kind=("rebuts", "supports")[n % 2], rationale="x",
                 origin="curator") for n in range(1, 3_000)
    )  # fmt: skip
    Side.objects.filter(pk=yes.pk).update(thesis=rows[0])
    refresh(motion)
    answer = client.get(f"{PAGE}?motion={motion.slug}")
    assert len(answer.content) < 60_000
    assert b"the 33 nearest to a thesis are looked at" in answer.content


# On a claim's own page.


def test_a_claim_tells_its_strength_and_what_lifts_it(client, motion):
    claim = claim_of(motion, "This stands.")
    make.RelationFactory(source=claim_of(motion, "A reason for it."), target_claim=claim, kind="supports")
    refresh(motion)
    told = read(client, claim.get_absolute_url())
    assert "0.60, from one half where every claim begins" in told
    assert "A reason for it. +0.50 In sum 0.50" in told


def test_an_undercut_takes_from_what_lifts_it(client, motion):
    claim, reason = claim_of(motion, "This stands."), claim_of(motion, "A reason for it.")
    support = make.RelationFactory(source=reason, target_claim=claim, kind="supports")
    make.RelationFactory(
        source=claim_of(motion, "It does not follow."), target_claim=None, target_relation=support, kind="undercuts"
    )
    refresh(motion)
    assert "A reason for it. (undercut) +0.25" in read(client, claim.get_absolute_url())


def test_a_claim_that_nothing_bears_on_stays_where_it_began(client, motion):
    claim = claim_of(motion, "Nobody minds this.")
    refresh(motion)
    assert "so it stays where it began" in read(client, claim.get_absolute_url())


def test_the_pulls_add_up_to_the_strength(corpus):
    from debate.lenses.claim_page import claim_page

    edition = Edition.now()
    for claim in Claim.objects.visible().of_motion(corpus).for_claim_page():
        energy = claim_page(edition, claim).pulls.energy
        square = energy * energy / (1 + energy * energy) / 2
        assert claim.standing.strength == pytest.approx(0.5 + (square if energy > 0 else -square), abs=1e-6)
