"""An address that makes no sense gets a clear 4xx page, never a 500."""

import pytest
from django.core import signing

from tests.factories import PredictionFactory, motion_with_claims, tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    """A motion with a claim, a tag and a prediction."""
    motion = motion_with_claims(1, featured=True)
    tag(motion.claims.get(), "skills")
    PredictionFactory(motion=motion, slug="it-happens")
    return motion


UNKNOWN = [
    "/claims/no-such-claim/",
    "/predictions/no-such-prediction/",
    "/tags/no-such-tag/",
    "/claims/?author=nobody",
    "/claims/?essay=none-such",
    "/claims/?side=left",
    "/claims/?tag=no-such-tag",
    "/claims/?tag=skills&tag=no-such-tag",
    "/claims/?motion=no-such-motion",
    "/predictions/?motion=no-such-motion",
    "/predictions/?essay=none-such",
    "/tags/skills/?motion=no-such-motion",
]
SENSELESS = [
    "/claims/?colour=red",
    "/claims/?kind=poem",
    "/claims/?status=maybe",
    "/claims/?order=best",
    "/claims/?page=2",
    "/claims/?page=x:y:z",
    "/claims/?author=one&author=two",
    "/claims/?q=a&q=b",
    "/claims/?q=" + "x" * 201,
    "/claims/?author=%00",
    "/claims/?tag=a%00b",
    "/claims/?q=%00",
    "/claims/?q=%ff%fe",
    "/claims/?side=%E0%A4%A",
    "/claims/?" + "&".join(f"tag=t{n}" for n in range(11)),
    "/predictions/?state=lost",
    "/predictions/?page=2",
    "/predictions/?state=open&page=2",
    "/predictions/?colour=red",
    "/essays/?colour=red",
    "/essays/?page=2",
    "/authors/?colour=red",
    "/authors/?page=x&page=y",
    "/motions/?colour=red",
    "/motions/?page=%00",
    "/tags/?page=2",
    "/tags/?colour=red",
    "/tags/skills/?kind=forecast",
]


@pytest.mark.parametrize("address", UNKNOWN)
def test_what_is_not_here_is_404(site, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", SENSELESS)
def test_what_makes_no_sense_is_400_and_says_so(site, client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.content.decode().count("<h1") == 1


def test_a_page_token_of_another_order_is_refused(site, client):
    token = signing.Signer(salt="page").sign_object(["new", "2026-11-20", 1, 2, 3])
    assert client.get("/claims/", {"page": token}).status_code == 400


DETAILS = ["/", "/motions/{}/", "/essays/{}/", "/authors/{}/", "/claims/{}/", "/predictions/it-happens/", "/about/"]


@pytest.mark.parametrize("query", ["colour=red", "q=%00", "motion=%00", "page=%ff%fe", "%00=%00", "a[]=1&a[]=2"])
@pytest.mark.parametrize("address", DETAILS)
def test_what_a_page_of_one_thing_does_not_ask_for_does_no_harm(site, client, address, query):
    essay = site.essays.order_by("pk").first()
    rows = {"motions": site, "essays": essay, "authors": essay.authors.first(), "claims": site.claims.first()}
    row = rows.get(address.split("/")[1])
    assert client.get(f"{address.format(row.slug if row else '')}?{query}").status_code == 200


def test_motion_with_a_nul_is_not_found(site, client):
    assert client.get("/predictions/?motion=%00").status_code in (400, 404)


@pytest.mark.parametrize("address", ["/claims/a%00b/", "/claims/%ff/", "/tags/%ff/", "/predictions/%00/"])
def test_a_path_that_cannot_be_read_is_404(site, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        "*",
        '"',
        "AND",
        "NEAR(a b)",
        "a OR b",
        "-",
        "col:text",
        "'; DROP TABLE debate_claim; --",
        "(",
        "ünïcode",
        "🤖",
        "%",
        "_",
        "\\",
    ],
)
def test_any_words_can_be_searched_for(site, client, words):
    assert client.get("/claims/", {"q": words}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/claims/", "/claims/any/", "/predictions/", "/predictions/any/", "/tags/", "/tags/any/"]
)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_for_reading(reader_client, address, method):
    answer = getattr(reader_client, method)(address)
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize(
    "address",
    [
        "/claims/any/vote/",
        "/claims/any/reveal/",
        "/claims/any/tags/",
        "/predictions/any/forecast/",
        "/predictions/any/reveal/",
        "/motions/any/ballot/",
        "/motions/any/reveal/",
        "/essays/any/ballot/",
    ],
)
def test_acts_are_not_done_by_following_a_link(client, address):
    answer = client.get(address)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
