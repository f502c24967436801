"""A reader reads the map as the list it is without script: the whole motion, an author, a tag, around a claim."""

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debate.actions.synthetic.motions import MotionMaker, make_tags
from debate.actions.voting import cast_vote
from debate.models import Claim, ClaimInsight, ClaimVote, InsightRun, Motion, Relation, Stance, User
from tests.databases import database_with
from tests.factories import ClaimFactory, MotionFactory, RelationFactory, motion_with_claims

pytestmark = pytest.mark.django_db
MOST = 12
LARGEST = 300_000
THESES = ["role-remains-distinct", "role-absorbed-by-software-engineers"]
FIRST = "role-remains-distinct"


def tree(client: Client, address: str = "/map/") -> Element:
    response = client.get(address)
    assert response.status_code == 200
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())  # type: ignore[no-any-return]


def full(page: Element) -> list[str]:
    """The claims that are told in full, in the order of the page."""
    return [str(box.get("id"))[2:] for box in page.iter("div") if str(box.get("id", "")).startswith("c-")]


def told(page: Element) -> list[int]:
    return [int(str(li.get("data-relation"))) for li in page.iter("li") if li.get("data-relation")]


def relation_item(page: Element, key: int) -> Element:
    return next(li for li in page.iter("li") if li.get("data-relation") == str(key))


def slugs(claims: "list[Claim] | object") -> set[str]:
    return {claim.slug for claim in claims}  # type: ignore[attr-defined]


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


# The whole motion.


def test_every_visible_claim_is_told_in_full_once(client: Client, corpus: Motion) -> None:
    assert sorted(full(tree(client))) == sorted(slugs(Claim.objects.visible().of_motion(corpus)))


def test_every_visible_relation_is_told_once(client: Client, corpus: Motion) -> None:
    relations = Relation.objects.visible().of_motion(corpus).values_list("pk", flat=True)
    assert sorted(told(tree(client))) == sorted(relations)


def test_each_thesis_opens_its_section_in_the_order_of_the_sides(client: Client, corpus: Motion) -> None:
    sections = [
        section for section in tree(client).iter("section") if str(section.get("aria-labelledby")).startswith("side")
    ]
    assert [full(section)[0] for section in sections] == THESES


def test_a_claim_stands_under_what_it_bears_on(client: Client, corpus: Motion) -> None:
    page = tree(client)
    above = {child: parent for parent in page.iter("li") for ul in parent for child in ul.iter("li")}
    relations = Relation.objects.visible().of_motion(corpus).exclude(kind="undercuts").select_related("target_claim")
    wrong = [r for r in relations if r.target_claim.slug not in full(above[relation_item(page, r.pk)])]
    assert wrong == []


def test_an_undercut_stands_under_the_relation_it_attacks(client: Client, corpus: Motion) -> None:
    page = tree(client)
    undercuts = Relation.objects.visible().of_motion(corpus).filter(kind="undercuts")
    attacked = [(u.pk, relation_item(page, u.target_relation_id or 0)) for u in undercuts]
    assert attacked
    assert [key for key, item in attacked if key not in told(item)] == []


def test_what_was_told_elsewhere_is_referred_to_by_a_link(client: Client, corpus: Motion) -> None:
    page = tree(client)
    links = [str(a.get("href")) for p in page.iter("p") if p.get("class") == "again" for a in p.iter("a")]
    assert links
    assert {link.removeprefix("#c-") for link in links} <= set(full(page))


def test_a_reference_says_on_which_way_it_leads(client: Client, corpus: Motion) -> None:
    html = client.get("/map/").content.decode()
    wrong = []
    for found in re.finditer(r'class="again">.*?href="#(c-[^"]+)".*?see (above|below)', html):
        before = html.index(f'id="{found[1]}"') < found.start()
        wrong += [found[1]] if before != (found[2] == "above") else []
    assert wrong == []


def test_a_claim_that_supports_one_side_has_its_home_there(client: Client, corpus: Motion) -> None:
    page = tree(client)
    home = next(s for s in page.iter("section") if s.get("aria-labelledby") == "side-absorbed")
    relations = Relation.objects.visible().filter(kind="supports", target_claim__slug=THESES[1])
    assert slugs(r.source for r in relations) <= set(full(home))


def test_loose_claims_come_last(client: Client, corpus: Motion) -> None:
    loose = slugs(Claim.objects.visible().of_motion(corpus).loose())
    assert set(full(tree(client))[-len(loose) :]) == loose


def test_each_claim_tells_its_strength_with_the_way_to_the_method(client: Client, corpus: Motion) -> None:
    numbers = [a for a in tree(client).iter("a") if a.get("class") == "number"]
    assert {(a.get("href"), bool(re.search(r"strength [01]\.\d\d$", words(a)))) for a in numbers} == {
        ("/about/method/#strength", True)
    }


def test_two_claims_that_only_rebut_each_other_are_told(client: Client) -> None:
    motion = motion_with_claims(1, featured=True)
    one, other = ClaimFactory(motion=motion), ClaimFactory(motion=motion)
    RelationFactory(source=one, target_claim=other)
    RelationFactory(source=other, target_claim=one)
    page = tree(client)
    assert {one.slug, other.slug} <= set(full(page))
    assert len(told(page)) == 2


def test_a_motion_without_claims_says_so(client: Client) -> None:
    MotionFactory(featured=True)
    assert "No claim of this motion is published yet." in client.get("/map/").content.decode()


# A part of it.


def test_the_map_of_an_author_holds_their_claims_and_what_ties_them_together(client: Client, corpus: Motion) -> None:
    page = tree(client, "/map/?author=nicolas-omont")
    stances = Stance.objects.visible().shown().filter(essay__authors__slug="nicolas-omont")
    between = {str(d.get("id"))[2:] for d in page.iter("div") if "between" in str(d.get("class", "")).split()}
    assert set(full(page)) == slugs(s.claim for s in stances.select_related("claim")) | between


def test_the_map_of_an_author_leads_to_the_theses(client: Client, corpus: Motion) -> None:
    assert "At the edge" not in client.get("/map/?author=luke-posey").content.decode()


def test_the_map_of_a_tag_holds_its_claims(client: Client, corpus: Motion) -> None:
    tagged = Claim.objects.visible().tagged("hiring")
    assert tagged.exists()
    assert slugs(tagged) <= set(full(tree(client, "/map/?tag=hiring")))


def test_the_map_around_a_claim_goes_as_far_as_asked(client: Client, corpus: Motion) -> None:
    found = [set(full(tree(client, f"/map/?claim={FIRST}&steps={steps}"))) for steps in (1, 2, 3)]
    assert found[0] < found[1] < found[2]


def test_the_map_around_a_claim_takes_two_steps_unless_told(client: Client, corpus: Motion) -> None:
    assert full(tree(client, f"/map/?claim={FIRST}")) == full(tree(client, f"/map/?claim={FIRST}&steps=2"))


def test_the_map_around_a_claim_marks_it(client: Client, corpus: Motion) -> None:
    page = tree(client, "/map/?claim=ml-in-every-toolkit&steps=1")
    assert [d.get("id") for d in page.iter("div") if "focus" in str(d.get("class", "")).split()] == [
        "c-ml-in-every-toolkit"
    ]


def test_around_a_claim_one_step_is_every_claim_that_touches_it(client: Client, corpus: Motion) -> None:
    claim = Claim.objects.get(slug="ml-in-every-toolkit")
    direct = Relation.objects.visible().filter(target_claim=claim) | Relation.objects.visible().filter(source=claim)
    touching = {slug for r in direct if r.target_claim for slug in (r.source.slug, r.target_claim.slug)}
    assert touching <= set(full(tree(client, "/map/?claim=ml-in-every-toolkit&steps=1")))


def test_what_bears_on_a_claim_and_is_not_here_is_a_link_to_the_map_around_it(client: Client, corpus: Motion) -> None:
    html = client.get("/map/?claim=ml-in-every-toolkit&steps=1").content.decode()
    assert re.search(r'/map/\?claim=[\w-]+&amp;steps=1">\d+ more claims? bears? on it', html)


def test_a_merged_claim_leads_to_the_map_around_its_survivor(client: Client, corpus: Motion) -> None:
    ClaimFactory(motion=corpus, slug="gone", status="merged", merged_into=Claim.objects.get(slug=FIRST))
    response = client.get("/map/?claim=gone&steps=1")
    assert (response.status_code, response["Location"]) == (302, f"/map/?claim={FIRST}&steps=1")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("author=nobody", 404),
        ("tag=no-such-tag", 404),
        ("claim=no-such-claim", 404),
        ("motion=no-such-motion", 404),
        (f"claim={FIRST}&steps=4", 400),
        (f"claim={FIRST}&steps=two", 400),
        ("steps=2", 400),
        (f"claim={FIRST}&author=luke-posey", 400),
        ("colour=red", 400),
        ("tag=a&tag=b", 400),
        ("claim=%00", 400),
    ],
)
def test_what_makes_no_sense_is_refused_clearly(client: Client, corpus: Motion, query: str, status: int) -> None:
    response = client.get(f"/map/?{query}")
    assert response.status_code == status
    assert b"<h1" in response.content


def test_a_claim_of_another_motion_is_not_on_this_ones_map(client: Client, corpus: Motion) -> None:
    other = motion_with_claims(1)
    assert client.get(f"/map/?motion={other.slug}&claim={FIRST}").status_code == 404


def test_a_claim_brings_its_motion_along(client: Client, corpus: Motion) -> None:
    claim = motion_with_claims(2).claims.order_by("pk")[0]
    assert claim.slug in full(tree(client, f"/map/?claim={claim.slug}"))


# What is one's own, and what is hidden.


def test_a_reader_finds_their_own_votes(member: User, member_client: Client, corpus: Motion) -> None:
    cast_vote(reader=member, claim=Claim.objects.get(slug=FIRST), value="disagree", informed=False)
    page = tree(member_client)
    assert [words(p) for p in page.iter("p") if p.get("class") == "own"] == ["Your vote: disagree"]


def test_the_page_of_nobody_in_particular_can_be_kept(client: Client, corpus: Motion) -> None:
    response = client.get("/map/")
    assert "ETag" in response
    assert not response.cookies
    assert "private" not in response.get("Cache-Control", "")
    assert "<!--" not in response.content.decode()


@pytest.fixture
def reckoned(corpus: Motion) -> Motion:
    run = InsightRun.objects.create(motion=corpus, mark="x", shown=True)
    ClaimInsight.objects.create(run=run, claim=Claim.objects.get(slug=FIRST), strength=0.8125, moved=0.1)
    return corpus


def test_strength_by_votes_is_hidden_until_asked_for(client: Client, reckoned: Motion) -> None:
    html = client.get("/map/").content.decode()
    assert "by votes 0.81" not in html
    assert "Show strength by votes too" in html


def test_strength_by_votes_shows_once_asked_for(reader_client: Client, reckoned: Motion) -> None:
    reader_client.post(f"/motions/{reckoned.slug}/reveal/", {"next": "/map/"})
    response = reader_client.get("/map/")
    assert "by votes 0.81" in response.content.decode()
    assert "private" in response["Cache-Control"]


# How much it costs.


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("who", ["client", "member_client"])
@pytest.mark.parametrize("part", ["", "&author", "&tag=word-0", "claim"])
def test_the_queries_are_as_many_for_one_claim_as_for_twenty(
    part: str, who: str, request: pytest.FixtureRequest
) -> None:
    client, counts = request.getfixturevalue(who), []
    for size in (1, 20):
        motion = motion_with_claims(size)
        author = motion.essays.get().authors.get().slug
        claim = motion.claims.order_by("pk")[0].slug
        address = f"/map/?motion={motion.slug}" + {"&author": f"&author={author}", "claim": f"&claim={claim}"}.get(
            part, part
        )
        counts.append(asked(client, address))
    assert counts[0] == counts[1]
    assert max(counts) <= MOST


large_database = database_with("large", lambda: MotionMaker(seed=1, number=1, claims=3_000, tags=make_tags(5)).make())


@pytest.fixture
def large(large_database: None, db: None) -> Motion:
    return Motion.objects.get()


def test_a_large_motion_stays_within_a_page_and_says_so(client: Client, large: Motion) -> None:
    response = client.get(f"/map/?motion={large.slug}")
    html = response.content.decode()
    assert len(response.content) <= LARGEST
    assert re.search(r"3000 claims, of which the \d{3} that most hangs on are here", html)
    assert len(re.findall(r"more claims? bears? on it", html)) > 20


def test_a_large_motion_opens_collapsed(client: Client, large: Motion) -> None:
    html = client.get(f"/map/?motion={large.slug}").content.decode()
    assert html.count("<details open>") <= 2


def test_long_sentences_stay_within_a_page_too(client: Client, large: Motion) -> None:
    for claim in (claims := list(large.claims.all())):
        claim.text = f"{claim.pk} " + "“x'&" * 66
    Claim.objects.bulk_update(claims, ["text"], batch_size=500)
    assert len(client.get(f"/map/?motion={large.slug}").content) <= LARGEST


def test_what_is_ones_own_leaves_it_within_a_page(member: User, member_client: Client, large: Motion) -> None:
    run = InsightRun.objects.create(motion=large, mark="x", shown=True)
    claims = list(large.claims.all())
    ClaimVote.objects.bulk_create(ClaimVote(user=member, claim=claim, value="disagree") for claim in claims)
    ClaimInsight.objects.bulk_create(ClaimInsight(run=run, claim=claim, strength=0.5, moved=0) for claim in claims)
    member_client.post(f"/motions/{large.slug}/reveal/", {"next": "/"}, headers={"Sec-Fetch-Site": "same-origin"})
    page = member_client.get(f"/map/?motion={large.slug}").content
    assert page.count(b"by votes 0.50") > 200
    assert len(page) <= LARGEST


def test_three_hundred_claims_are_all_there(client: Client) -> None:
    motion = MotionMaker(seed=1, number=1, claims=300, tags=make_tags(5)).make()
    page = tree(client, f"/map/?motion={motion.slug}")
    assert len(full(page)) == 300


def test_what_lies_too_deep_is_a_link(client: Client) -> None:
    motion = motion_with_claims(20, featured=True)
    page = tree(client)
    assert len(full(page)) < 20
    assert f"/map/?claim={full(page)[-1]}&steps=1" in {a.get("href") for a in page.iter("a")}
    assert motion.claims.count() == 20


# The way here.


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (f"/claims/{FIRST}/", f"/map/?claim={FIRST}"),
        ("/authors/luke-posey/", "/map/?author=luke-posey"),
        ("/tags/hiring/", "/map/?tag=hiring"),
    ],
)
def test_other_pages_lead_to_their_part_of_the_map(client: Client, corpus: Motion, address: str, link: str) -> None:
    assert f'href="{link}"' in client.get(address).content.decode()
