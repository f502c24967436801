"""However much there is to read, a page asks the database the same few questions, and nobody's page is personal."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debate.lenses import author, essay, front, library
from debate.models import Author, Essay, Motion
from tests import factories

pytestmark = pytest.mark.django_db
LISTS = ["/motions/", "/essays/", "/authors/"]
PAGES = [*LISTS, "/about/", "/about/method/"]
BOTH = pytest.mark.parametrize("who", ["client", "member_client"])


def details() -> list[str]:
    """The addresses of one motion, one essay and one author."""
    rows = (
        Motion.objects.get(featured=True),
        Essay.objects.order_by("pk").first(),
        Author.objects.order_by("pk").first(),
    )
    return ["/", *(row.get_absolute_url() for row in rows if row)]


def forget() -> None:
    """Make the process ask anew."""
    for kept in (front.GROUNDS, essay.PARTS, author.PAGES, library.ESSAY_PAGES, library.AUTHOR_PAGES):
        kept.things.clear()


def queries(client: Client, address: str) -> int:
    forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def essays(count: int) -> None:
    """A featured motion of so many claims, and so many essays by as many authors."""
    motion = factories.motion_with_claims(count, featured=True)
    factories.EssayFactory.create_batch(count, motion=motion)
    factories.MotionFactory.create_batch(count)


@BOTH
@pytest.mark.parametrize("rows", [1, 20])
def test_a_list_asks_at_most_eight_questions(request: pytest.FixtureRequest, who: str, rows: int) -> None:
    essays(rows)
    client = request.getfixturevalue(who)
    assert max(queries(client, address) for address in LISTS) <= 8


@BOTH
@pytest.mark.parametrize("rows", [1, 20])
def test_a_detail_page_asks_at_most_twelve_questions(request: pytest.FixtureRequest, who: str, rows: int) -> None:
    essays(rows)
    client = request.getfixturevalue(who)
    assert max(queries(client, address) for address in details()) <= 12


@BOTH
def test_the_corpus_asks_at_most_twelve_questions(request: pytest.FixtureRequest, who: str, corpus: Motion) -> None:
    client = request.getfixturevalue(who)
    rows = [*Essay.objects.all(), *Author.objects.all(), corpus]
    assert max(queries(client, row.get_absolute_url()) for row in rows) <= 12


def test_as_many_questions_for_twenty_rows_as_for_two(client: Client) -> None:
    essays(2)
    two = [queries(client, address) for address in [*LISTS, *details()]]
    Motion.objects.update(featured=False)
    essays(20)
    assert [queries(client, address) for address in [*LISTS, *details()]] == two


def test_a_reader_without_a_session_gets_no_cookie(client: Client, corpus: Motion) -> None:
    assert [address for address in [*PAGES, "/nothing-here/", *details()] if client.get(address).cookies] == []


def test_a_page_asked_for_again_has_not_changed(client: Client, corpus: Motion) -> None:
    etags = {address: client.get(address)["ETag"] for address in [*PAGES, *details()]}
    again = [client.get(address, headers={"If-None-Match": etag}).status_code for address, etag in etags.items()]
    assert set(again) == {304}
