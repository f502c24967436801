"""A reader searches for somebody's name, or for an essay's title, and is led to their pages."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debate.lenses.named import NAMES
from tests.factories import AuthorFactory, EssayFactory, motion_with_claims

pytestmark = pytest.mark.django_db
POINTED = re.compile(r'<a href="(/(?:authors|essays)/[^"]+)">[^<]*</a>”? is an (?:author|essay) here')


def pointed_to(client, typed):
    return POINTED.findall(unescape(client.get("/claims/", {"q": typed}).content.decode()))


@pytest.fixture
def essay(db):
    """An essay of two authors, without a claim, beside a motion's claims."""
    motion = motion_with_claims(1, featured=True)
    essay = EssayFactory(motion=motion, title="What’s in a name? The title bore.", slug="bore")
    essay.authors.set([AuthorFactory(name="Åsa Skogström", slug="asa"), AuthorFactory(name="Luke Skog", slug="luke")])
    return essay


@pytest.mark.parametrize("typed", ["Luke Posey", "posey", "luke", "POSEY, Luke", "luke pos"])
def test_an_authors_name_leads_to_the_author(corpus, client, typed):
    assert pointed_to(client, typed) == ["/authors/luke-posey/"]


def test_it_says_so_where_no_claim_holds_the_words(corpus, client):
    page = client.get("/claims/", {"q": "Luke Posey"}).content.decode()
    assert '<a href="/authors/luke-posey/">Luke Posey</a> is an author here.' in page
    assert "No claim passes all of these filters" in page


@pytest.mark.parametrize("typed", ["what's in a name", "title bore", "name tit"])
def test_an_essays_title_leads_to_the_essay(essay, client, typed):
    assert pointed_to(client, typed) == ["/essays/bore/"]


def test_one_word_of_a_title_is_no_title(essay, client):
    assert pointed_to(client, "title") == []


@pytest.mark.parametrize("typed", ["asa", "ÅSA", "Skogstrom", "skogström å", "asa skogs"])
def test_a_name_is_found_without_its_accents_and_case(essay, client, typed):
    found = pointed_to(client, typed)
    assert found == ([] if typed.endswith(" å") else ["/authors/asa/"])


def test_everybody_of_that_name_is_named(essay, client):
    assert pointed_to(client, "skog") == ["/authors/luke/", "/authors/asa/"]


def test_of_very_many_three_are_named(essay, client):
    for author in AuthorFactory.create_batch(5, name="Kim Skog"):
        essay.authors.add(author)
    essay.save()
    assert len(pointed_to(client, "skog")) == 3


@pytest.mark.parametrize("typed", ["", "lu", "engineers", "?!", "posey zeppelin"])
def test_other_words_name_nobody(corpus, client, typed):
    assert pointed_to(client, typed) == []


def test_whoever_wrote_nothing_published_is_not_named(essay, client):
    essay.status = "draft"
    essay.save()
    assert pointed_to(client, "skog") == []


def test_a_name_is_looked_up_once_an_edition(corpus, client):
    client.get("/claims/")
    NAMES.things.clear()
    counts = []
    for typed in ("posey", "omont"):
        with CaptureQueriesContext(connection) as asked:
            client.get("/claims/", {"q": typed})
        counts.append(sum("UNION ALL" in query["sql"] and "title" in query["sql"] for query in asked))
        assert len(asked) <= 8
    assert counts == [1, 0]
