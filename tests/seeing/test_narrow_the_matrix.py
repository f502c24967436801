"""A reader narrows the matrix, comes to it from elsewhere, asks for what is not there, and meets very many claims."""

import re
from html import unescape

import pytest
from django.core import signing

from debate.actions.corpus import refresh
from debate.models import Claim, Stance, Tag
from tests.factories import AuthorFactory, ClaimFactory, EssayFactory, PassageFactory, motion_with_claims, tag
from tests.seeing.matrix_page import far, motion, see, stances, take, text, whole

__all__ = ["motion", "see"]
pytestmark = pytest.mark.django_db


# Filters.


def test_a_tag_leaves_the_claims_that_carry_it(corpus, see):
    for slug in Tag.objects.visible().values_list("slug", flat=True):
        wanted = set(Claim.objects.visible().tagged(slug).values_list("slug", flat=True))
        assert set(see(f"/matrix/?tag={slug}").rows) == wanted


def test_tags_sides_and_voices_compose(corpus, see):
    claim = Claim.objects.get(slug="mostly-software-engineering")
    slug = claim.tags.first().slug
    found = set(see(f"/matrix/?tag={slug}&side=absorbed&voices=shared").rows)
    shared = {c for c, cells in see().rows.items() if far(cells)[2] > 1}
    wanted = Claim.objects.visible().tagged(slug).favouring(claim.side).values_list("slug", flat=True)
    assert found == shared & set(wanted)


def test_two_tags_leave_what_carries_both(motion, see):
    claims, author = [ClaimFactory(motion=motion) for _n in range(3)], AuthorFactory()
    for claim, names in zip(claims, (["one", "two"], ["one"], ["two"]), strict=True):
        take(claim, "asserts", author)
        for name in names:
            tag(claim, name)
    assert set(see("/matrix/?tag=one&tag=two").rows) == {claims[0].slug}


def test_where_they_part_somebody_denies_what_another_accepts(corpus, see):
    assert all(far(cells)[0] for cells in see("/matrix/?voices=parted").rows.values())


def test_nothing_on_which_they_part_is_left_out(corpus, see):
    assert set(see("/matrix/?voices=parted").rows) == {slug for slug, cells in see().rows.items() if far(cells)[0]}


def test_claims_that_two_or_more_speak_to(corpus, see):
    assert set(see("/matrix/?voices=shared").rows) == {slug for slug, cells in see().rows.items() if far(cells)[2] > 1}


def test_what_nobody_speaks_to_is_one_link_away(motion, see):
    take(ClaimFactory(motion=motion), "asserts", AuthorFactory())
    curated = ClaimFactory(motion=motion)
    assert set(see(see().counts("Claims by who speaks to them")["By none of them"][1]).rows) == {curated.slug}


@pytest.mark.parametrize("label", ["Claims by who speaks to them", "Side", "Tag"])
@pytest.mark.parametrize("address", ["/matrix/", "/matrix/?side=none", "/matrix/?voices=shared&tag=job-titles"])
def test_every_count_is_how_many_rows_its_link_leads_to(corpus, see, label, address):
    page = see(address)
    told = text(page.tree)
    for word, (count, link) in page.counts(label).items():
        assert f"Remove: {word}" in told or len(see(link).rows) == count


def test_the_count_beside_an_author_is_of_the_claims_they_speak_to(corpus, see):
    for count, link in see("/matrix/?side=absorbed").counts("Author").values():
        assert len(see(link).rows) == count


def test_an_author_who_is_picked_stands_alone(corpus, see):
    assert see("/matrix/?author=luke-posey").columns == ["luke-posey"]


def test_several_can_be_picked(corpus, see):
    assert set(see("/matrix/?author=luke-posey&author=tds-author").columns) == {"luke-posey", "tds-author"}


def test_what_the_picked_do_not_speak_to_is_left_out(corpus, see):
    wanted = {claim for claim, who, _essay, _kind in stances() if who == "tds-author"}
    assert set(see("/matrix/?author=tds-author").rows) == wanted


def test_a_filter_that_is_on_can_be_let_go(corpus, see):
    page = see("/matrix/?side=absorbed")
    assert 'href="/matrix/"><span class="unseen">Remove: </span>Software engineering absorbs it</a>' in page.html


def test_the_title_tells_what_is_on(corpus, see):
    assert text(see("/matrix/?side=none").tree.find(".//title")) == "Who stands where: Neither side · Ten Years"


# Ways in.


def test_a_tags_page_leads_to_its_matrix(corpus, client):
    slug = Tag.objects.visible().first().slug
    assert f'href="/matrix/?tag={slug}"' in client.get(f"/tags/{slug}/").content.decode()


def test_the_list_of_claims_leads_to_the_matrix_of_its_side_and_tags(corpus, client):
    html = client.get("/claims/?side=remains&tag=hiring&kind=causal").content.decode()
    assert 'href="/matrix/?side=remains&tag=hiring"' in unescape(html)


def test_an_authors_page_leads_to_their_column(corpus, client):
    assert 'href="/matrix/?author=luke-posey"' in client.get("/authors/luke-posey/").content.decode()


def test_the_numbers_link_to_their_method(corpus, see):
    assert {"/about/method/#disagreement", "/about/method/#likeness"} <= set(re.findall('href="([^"]*)"', see().html))


# Other motions, and none.


def test_another_motion_by_its_address(corpus, see):
    other = motion_with_claims(2)
    assert set(see(f"/matrix/?motion={other.slug}").rows) == set(other.claims.values_list("slug", flat=True))


def test_links_stay_with_the_motion(corpus, see):
    other = motion_with_claims(2)
    links = [link for _count, link in see(f"/matrix/?motion={other.slug}").counts("Tag").values()]
    assert all(f"motion={other.slug}" in link for link in links)


def test_a_motion_without_essays_says_so(motion, see):
    assert "No essay on this motion is published yet" in see().html


def test_filters_that_leave_nothing_say_how_to_go_on(corpus, see):
    assert "No claim passes all of these filters" in see("/matrix/?voices=silent").html


@pytest.mark.parametrize(
    "query", ["motion=none", "tag=none", "author=nobody", "side=left", "tag=%2e%2e%2f", "author=%22"]
)
def test_what_is_not_there_is_said_to_be_missing(corpus, see, query):
    assert see(f"/matrix/?{query}").status == 404


SENSELESS = [
    *("voices=loud", "colour=red", "side=a&side=b", "page=2", "page=x:y:z", "page=" + "a" * 600, "tag=a%00b"),
    *("author=%00", "side=%ff%fe", "motion=" + "m" * 101, "q=x"),
    "&".join(f"tag=t{n}" for n in range(11)),
    "&".join(f"author=a{n}" for n in range(13)),
]


@pytest.mark.parametrize("query", SENSELESS)
def test_what_makes_no_sense_is_refused(corpus, see, query):
    assert see(f"/matrix/?{query}").status == 400


def test_a_page_of_another_list_is_refused(corpus, see):
    token = signing.Signer(salt="page").sign_object(["central", "2026-01-01", 1, 2, 3])
    assert see(f"/matrix/?page={token}").status == 400


def test_where_a_link_was_found_is_passed_over(corpus, see):
    assert see("/matrix/?utm_source=letter").status == 200


# Many of everything.


def speak(motion, *, claims, authors):
    """So many authors, each speaking to every claim."""
    rows = [
        ClaimFactory(motion=motion, text=f"{'It is so in every way that there is, ' * 3}number {n}.")
        for n in range(claims)
    ]
    essays = [EssayFactory(motion=motion) for _n in range(authors)]
    made = Stance.objects.bulk_create(
        Stance(claim=row, essay=essay, kind="asserts") for row in rows for essay in essays
    )
    for number, stance in enumerate(made):
        PassageFactory(stance=stance, number=number + 1, gist="It says so at some length and for a reason. " * 6)
    refresh(motion)


def test_many_voices_go_on_to_further_pages_without_loss(motion, see):
    speak(motion, claims=60, authors=12)
    found = [slug for page in whole(see) for slug in page.rows]
    assert (len(found), set(found)) == (60, set(Claim.objects.values_list("slug", flat=True)))


def test_many_silent_rows_go_on_to_further_pages_without_loss(see, corpus):
    motion = motion_with_claims(170)
    pages = whole(see, f"/matrix/?motion={motion.slug}")
    assert sum(len(page.rows) for page in pages) == 170
    assert len(pages) > 1


def test_no_page_is_heavier_than_300_kilobytes(motion, see):
    speak(motion, claims=60, authors=12)
    assert max(len(page.html.encode()) for page in whole(see)) < 300_000


def test_of_many_authors_those_who_speak_most_have_columns(motion, see):
    claims = [ClaimFactory(motion=motion) for _n in range(3)]
    authors = [AuthorFactory() for _n in range(14)]
    for number, author in enumerate(authors):
        for claim in claims[: 1 if number < 2 else 2]:
            take(claim, "asserts", author)
    assert set(see().columns) == {author.slug for author in authors[2:]}


def test_how_many_authors_are_left_out_is_said(motion, see):
    claim = ClaimFactory(motion=motion)
    for _number in range(14):
        take(claim, "asserts", AuthorFactory())
    assert "12 of 14 authors have a column" in text(see().tree)


def test_who_is_left_out_can_be_picked(motion, see):
    claim = ClaimFactory(motion=motion)
    for number in range(14):
        take(claim, "asserts", AuthorFactory(slug=f"a-{number:02}", name=f"Author {number:02}"))
    assert see(see().counts("Author")["Author 13"][1]).columns == ["a-13"]


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("who", ["client", "member_client"])
def test_it_asks_the_same_of_the_database_at_one_row_and_at_twenty(count, who, request, django_assert_max_num_queries):
    browser = request.getfixturevalue(who)
    motion_with_claims(count, featured=True)
    with django_assert_max_num_queries(12):
        assert browser.get("/matrix/").status_code == 200


@pytest.mark.parametrize("count", [1, 20])
def test_seen_again_it_asks_next_to_nothing(count, client, django_assert_num_queries):
    motion_with_claims(count, featured=True)
    client.get("/matrix/")
    with django_assert_num_queries(3):
        client.get("/matrix/")
