"""A reader narrows the list of claims; filters compose, are shareable, and count right."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from debate.models import Author, Claim, Essay, Side, Tag
from tests.factories import ClaimFactory, motion_with_claims

pytestmark = pytest.mark.django_db
LINK = re.compile(
    r'<li><a href="(/claims/[^"]*)"( aria-current="true")?>([^<]*)</a><span class="count">(\d+)</span></li>'
)


def texts(answer):
    """The claims that a page lists, in its order."""
    found = re.findall(r'<p class="claim-text"><a [^>]*>(.*?)</a>', answer.content.decode())
    return [unescape(text) for text in found]


def count_told(answer):
    return re.search(r'class="list-count">([^<]*)<', answer.content.decode())[1]


def every_page(client, address):
    """The claims of a list through all its pages."""
    answer = client.get(address)
    found = texts(answer)
    while more := re.search(r'href="\?([^"]*page=[^"]*)"', answer.content.decode()):
        answer = client.get(f"/claims/?{unescape(more[1])}")
        found += texts(answer)
    return found


def expected(**words):
    rows = Claim.objects.visible()
    for word, value in words.items():
        rows = getattr(rows, word)(value)
    return set(rows.values_list("text", flat=True))


def test_without_a_filter_it_lists_every_visible_claim_once(corpus, client):
    found = every_page(client, "/claims/")
    assert len(found) == len(set(found))
    assert set(found) == expected()


@pytest.mark.parametrize("slug", ["luke-posey", "nicolas-omont", "henrik-skogstrom", "jonathon-belotti", "tds-author"])
def test_by_author(corpus, client, slug):
    essays = Essay.objects.by_author(Author.objects.get(slug=slug))
    assert set(every_page(client, f"/claims/?author={slug}")) == expected(taken_up_in=essays)


def test_by_essay(corpus, client):
    essay = Essay.objects.visible().first()
    wanted = expected(taken_up_in=Essay.objects.filter(pk=essay.pk))
    assert set(every_page(client, f"/claims/?essay={essay.slug}")) == wanted


@pytest.mark.parametrize("slug", ["remains", "absorbed"])
def test_by_side(corpus, client, slug):
    side = Side.objects.get(slug=slug)
    assert set(every_page(client, f"/claims/?side={slug}")) == expected(favouring=side)


def test_by_neither_side(corpus, client):
    assert set(every_page(client, "/claims/?side=none")) == expected(favouring=None)


@pytest.mark.parametrize("kind", ["forecast", "advice", "definition"])
def test_by_kind(corpus, client, kind):
    assert set(every_page(client, f"/claims/?kind={kind}")) == expected(of_kind=kind)


def test_by_answered_and_unanswered_counterpoints(corpus, client):
    answered = set(Claim.objects.visible().answered().values_list("text", flat=True))
    unanswered = set(Claim.objects.visible().unanswered().values_list("text", flat=True))
    assert set(every_page(client, "/claims/?status=answered")) == answered
    assert set(every_page(client, "/claims/?status=unanswered")) == unanswered


def test_by_several_tags_at_once_all_of_them(corpus, client):
    both = Claim.objects.visible().tagged("hiring").tagged("skills")
    assert both.exists()
    found = every_page(client, "/claims/?tag=hiring&tag=skills")
    assert set(found) == set(both.values_list("text", flat=True))


def test_by_words(corpus, client):
    found = every_page(client, "/claims/?q=monitoring+models")
    assert set(found) == expected(matching="monitoring models")
    assert found


def test_filters_compose(corpus, client):
    rows = (
        Claim.objects.visible()
        .taken_up_in(Essay.objects.by_author(Author.objects.get(slug="luke-posey")))
        .favouring(Side.objects.get(slug="absorbed"))
        .tagged("skills")
    )
    found = every_page(client, "/claims/?author=luke-posey&side=absorbed&tag=skills")
    assert set(found) == set(rows.values_list("text", flat=True))


@pytest.mark.parametrize(
    "query", ["", "author=luke-posey", "side=remains&tag=hiring", "kind=forecast&status=unanswered"]
)
def test_every_count_beside_a_filter_is_what_its_link_then_lists(corpus, client, query):
    links = LINK.findall(client.get(f"/claims/?{query}").content.decode())
    assert len(links) > 5
    for address, chosen, _label, count in links:
        if not chosen:
            told = count_told(client.get(unescape(address)))
            assert told.split()[0] == count, address


def test_a_filter_with_nothing_left_is_not_offered(corpus, client):
    links = LINK.findall(client.get("/claims/?author=nicolas-omont").content.decode())
    assert "0" not in [count for _address, _chosen, _label, count in links]


def test_it_says_how_many(corpus, client):
    assert count_told(client.get("/claims/")) == f"{Claim.objects.visible().count()} claims"


def test_filters_that_are_on_can_be_let_go_one_by_one(corpus, client):
    page = client.get("/claims/?side=remains&tag=hiring&q=role").content.decode()
    active = page[page.index('<ul class="active"') :]
    active = active[: active.index("</ul>")]
    addresses = [unescape(address) for address in re.findall(r'href="([^"]*)"', active)]
    assert addresses == [
        "/claims/?q=role&tag=hiring",
        "/claims/?side=remains&q=role",
        "/claims/?side=remains&tag=hiring",
        "/claims/",
    ]


def test_nothing_found_says_what_to_do(corpus, client):
    page = strip_tags(client.get("/claims/?q=zeppelin").content.decode())
    assert "No claim passes all of these filters" in page


def test_a_link_shared_with_a_tracking_mark_still_works(corpus, client):
    assert client.get("/claims/?utm_source=letter&fbclid=x&side=remains").status_code == 200


def test_another_motion_by_its_slug(corpus, client):
    motion = motion_with_claims(3)
    assert len(texts(client.get(f"/claims/?motion={motion.slug}"))) == 3


def test_what_was_typed_stays_escaped(corpus, client):
    page = client.get("/claims/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_a_draft_is_not_listed(corpus, client):
    ClaimFactory(motion=corpus, text="A draft says this.", status=Claim.Status.DRAFT)
    assert "A draft says this." not in every_page(client, "/claims/")


def test_a_tag_of_a_hidden_claim_is_not_offered(corpus, client):
    hidden = ClaimFactory(motion=corpus, status=Claim.Status.DRAFT)
    tag = Tag.objects.create(name="Only on a draft")
    hidden.tag_uses.create(tag=tag)
    assert "Only on a draft" not in client.get("/claims/").content.decode()
