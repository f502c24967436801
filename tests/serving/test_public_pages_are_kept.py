"""A reader without a session gets a page that any cache may keep; an edit makes it stale at once."""

import pytest
from django.http import HttpResponse
from django.test import Client

from debate.middleware import KeptPage, PublicPages
from debate.models import Claim, Edition

pytestmark = pytest.mark.django_db
PAGES = ("/", "/claims/", "/essays/", "/authors/", "/predictions/", "/tags/", "/about/", "/about/method/")


@pytest.fixture(autouse=True)
def kept(settings):
    """This file is about the kept pages, which other tests do without."""
    settings.PAGE_CACHE = True


@pytest.mark.parametrize("address", PAGES)
def test_a_page_sets_no_cookie_and_says_that_it_may_be_kept(corpus, client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("address", PAGES)
def test_asking_again_with_the_etag_gets_304_and_no_body(corpus, client, address):
    etag = client.get(address)["ETag"]
    again = client.get(address, HTTP_IF_NONE_MATCH=etag)
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == etag


def test_a_kept_page_costs_one_query(corpus, client, django_assert_num_queries):
    client.get("/claims/")
    with django_assert_num_queries(1):
        client.get("/claims/")


def test_an_edit_is_seen_at_once(corpus, client):
    claim = Claim.objects.visible().first()
    client.get(claim.get_absolute_url())
    claim.text = "A curator says it better."
    claim.save()
    assert b"A curator says it better." in client.get(claim.get_absolute_url()).content


def test_a_vote_makes_no_page_stale(corpus, client, reader_client):
    claim = Claim.objects.visible().first()
    before = Edition.now()
    reader_client.post(f"/claims/{claim.slug}/vote/", {"value": "agree"})
    assert Edition.now() == before


def test_a_voter_gets_a_page_of_their_own(corpus, client, reader_client):
    claim = Claim.objects.visible().first()
    reader_client.post(f"/claims/{claim.slug}/vote/", {"value": "agree"})
    mine = reader_client.get(claim.get_absolute_url())
    assert mine["Cache-Control"].startswith("private")
    assert "ETag" not in mine or mine["ETag"] != client.get(claim.get_absolute_url())["ETag"]


def test_a_page_for_one_reader_is_never_given_to_another(corpus, client, member_client, member):
    member_client.get("/")
    assert str(member).encode() not in client.get("/").content


def test_a_page_that_was_not_found_is_not_kept(corpus, client):
    assert client.get("/claims/no-such-claim/").status_code == 404
    assert "public" not in client.get("/claims/no-such-claim/").get("Cache-Control", "")


def test_compressed_and_plain_readers_are_told_apart(corpus, client):
    zipped = client.get("/claims/", HTTP_ACCEPT_ENCODING="gzip")
    plain = client.get("/claims/")
    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain


def test_the_oldest_page_makes_room():
    pages = PublicPages(lambda request: None)
    page = KeptPage(HttpResponse(b"x" * 1_000_000), "1", 0.0)
    for number in (*range(20), 19):
        pages.keep((str(number),), page)
    assert pages.bytes == len(pages.pages) * page.size <= pages.most_bytes
    assert ("0",) not in pages.pages
    assert ("19",) in pages.pages


def test_without_an_edition_pages_are_still_answered(db, client):
    Edition.objects.all().delete()
    assert client.get("/about/").status_code == 200


def test_a_cached_page_can_be_voted_from_without_a_token(corpus, client):
    claim = Claim.objects.visible().first()
    client.get(claim.get_absolute_url())
    browser = Client(enforce_csrf_checks=True, HTTP_SEC_FETCH_SITE="same-origin")
    assert browser.post(f"/claims/{claim.slug}/vote/", {"value": "agree"}).status_code in (200, 302, 303)
