"""Somebody follows, in a feed reader, which counterpoints stand unanswered and which have been answered."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.dateparse import parse_datetime

from debate.actions.corpus import refresh
from debate.lenses import essays_of, ledger_index
from debate.models import Claim, Essay, Motion, Relation, Stance
from tests import factories

pytestmark = pytest.mark.django_db
FEED = "/feeds/unanswered.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


def feed(client: Client, address: str = FEED) -> ET.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return ET.fromstring(answer.content)  # noqa: S314 our own feed


def entries(client: Client, address: str = FEED) -> list[ET.Element]:
    return feed(client, address).findall("a:entry", ATOM)


def text(element: ET.Element, path: str) -> str:
    return element.findtext(path, "", ATOM)


def countered(**told: object) -> Relation:
    """A counterpoint on a featured motion."""
    motion = Motion.objects.filter(featured=True).first() or factories.MotionFactory.create(featured=True)
    relation: Relation = factories.RelationFactory.create(source__motion=motion, **told)
    refresh(motion)
    return relation


def answer_to(relation: Relation, at: datetime) -> None:
    essay = factories.EssayFactory.create(motion=relation.source.motion)
    factories.StanceFactory.create(claim=relation.source, essay=essay, kind="denies", created_at=at)
    refresh(relation.source.motion)


# What every Atom feed has to have (RFC 4287).


def test_it_says_that_it_is_atom(client: Client, corpus: Motion) -> None:
    assert client.get(FEED)["Content-Type"] == "application/atom+xml; charset=utf-8"


@pytest.mark.parametrize("path", ["a:id", "a:title", "a:updated", "a:author/a:name"])
def test_the_feed_has_what_atom_requires(client: Client, corpus: Motion, path: str) -> None:
    found = feed(client)
    assert len(found.findall(path, ATOM)) == 1
    assert text(found, path)


@pytest.mark.parametrize("path", ["a:id", "a:title", "a:updated", "a:published", "a:summary"])
def test_every_entry_has_what_atom_requires(client: Client, corpus: Motion, path: str) -> None:
    assert [entry for entry in entries(client) if len(entry.findall(path, ATOM)) != 1 or not text(entry, path)] == []


def test_every_id_is_an_address_of_its_own(client: Client, corpus: Motion) -> None:
    found = feed(client)
    ids = [text(found, "a:id"), *(text(entry, "a:id") for entry in found.findall("a:entry", ATOM))]
    assert len(set(ids)) == len(ids)
    assert all(told.startswith("urn:uuid:") for told in ids)


def test_every_link_is_absolute(client: Client, corpus: Motion) -> None:
    links = [link.get("href", "") for link in feed(client).iter(f"{{{ATOM['a']}}}link")]
    assert [link for link in links if not link.startswith("http://testserver/")] == []


def test_every_link_of_an_entry_leads_somewhere(client: Client, corpus: Motion) -> None:
    links = {entry.find("a:link", ATOM).get("href") for entry in entries(client)}  # type: ignore[union-attr]
    assert {client.get(str(link).removeprefix("http://testserver")).status_code for link in links} == {200}


@pytest.mark.parametrize("query", ["", "?author=luke-posey", "?motion=ml-engineers-in-ten-years"])
def test_it_links_to_itself_and_to_its_page(client: Client, corpus: Motion, query: str) -> None:
    links = {link.get("rel"): link.get("href") for link in feed(client, FEED + query).findall("a:link", ATOM)}
    kept = query if "author" in query else ""  # the featured motion goes without saying
    assert links == {"self": f"http://testserver{FEED}{kept}", "alternate": f"http://testserver/unanswered/{kept}"}


def test_the_dates_are_instants(client: Client, corpus: Motion) -> None:
    dates = [parse_datetime(text(entry, f"a:{name}")) for entry in entries(client) for name in ("updated", "published")]
    assert all(date is not None and date.tzinfo is not None for date in dates)


def test_the_feed_is_as_new_as_its_newest_entry(client: Client, corpus: Motion) -> None:
    found = feed(client)
    assert text(found, "a:updated") == max(text(entry, "a:updated") for entry in found.findall("a:entry", ATOM))


# What it tells.


def test_it_tells_of_both_kinds(client: Client, corpus: Motion) -> None:
    titles = {text(entry, "a:title").split(":")[0] for entry in entries(client)}
    assert titles == {"Not answered", "Answered"}


def test_it_holds_fifty(client: Client, corpus: Motion) -> None:
    assert len(entries(client)) == 50


def test_the_newest_comes_first(client: Client, corpus: Motion) -> None:
    dates = [text(entry, "a:updated") for entry in entries(client)]
    assert dates == sorted(dates, reverse=True)


def test_an_unanswered_counterpoint_is_as_old_as_its_entry_here(client: Client) -> None:
    relation = countered(created_at=BEFORE)
    (entry,) = entries(client)
    assert (text(entry, "a:title"), parse_datetime(text(entry, "a:updated"))) == (
        f"Not answered: {relation.source.text}",
        BEFORE,
    )


def test_once_answered_it_is_an_entry_of_its_own_as_old_as_the_answer(client: Client) -> None:
    relation = countered(created_at=BEFORE)
    before = text(entries(client)[0], "a:id")
    answer_to(relation, BEFORE + timedelta(7))
    (entry,) = entries(client)
    assert (text(entry, "a:title"), parse_datetime(text(entry, "a:updated"))) == (
        f"Answered: {relation.source.text}",
        BEFORE + timedelta(7),
    )
    assert text(entry, "a:id") != before


def test_a_second_answer_does_not_make_it_new_again(client: Client) -> None:
    relation = countered(created_at=BEFORE)
    answer_to(relation, BEFORE + timedelta(7))
    answer_to(relation, BEFORE + timedelta(9))
    assert parse_datetime(text(entries(client)[0], "a:updated")) == BEFORE + timedelta(7)


def test_an_answer_that_was_there_before_makes_it_no_older(client: Client) -> None:
    relation = countered(created_at=BEFORE)
    answer_to(relation, BEFORE - timedelta(7))
    assert parse_datetime(text(entries(client)[0], "a:updated")) == BEFORE


def test_an_answer_by_a_relation_dates_it_too(client: Client) -> None:
    relation = countered(created_at=BEFORE)
    countered(target_claim=relation.source, created_at=BEFORE + timedelta(3))
    answered = next(entry for entry in entries(client) if text(entry, "a:title").startswith("Answered"))
    assert parse_datetime(text(answered, "a:updated")) == BEFORE + timedelta(3)


def test_an_entry_keeps_its_name_when_slugs_and_words_change(client: Client) -> None:
    relation = countered()
    before = text(entries(client)[0], "a:id")
    Claim.objects.filter(pk=relation.source_id).update(slug="another", text="Put another way.")
    assert text(entries(client)[0], "a:id") == before


def test_an_entry_says_what_why_and_who(client: Client, corpus: Motion) -> None:
    entry = next(
        e for e in entries(client, f"{FEED}?author=jonathon-belotti") if "Drawn by: Omont" in text(e, "a:summary")
    )
    assert "Drawn by: Omont, May 2020, inferred" in text(entry, "a:summary")
    assert "Why: " in text(entry, "a:summary")


def test_an_answered_entry_says_by_what_and_when(client: Client, corpus: Motion) -> None:
    summaries = [text(entry, "a:summary") for entry in entries(client, f"{FEED}?author=nicolas-omont")]
    assert any("Answer: denies it (Posey, 28 April 2020)" in summary for summary in summaries) or any(
        "Answer: qualifies it (Belotti, 30 October 2021)" in summary for summary in summaries
    )


def test_an_undercut_says_what_it_grants(client: Client, corpus: Motion) -> None:
    assert any("Grants “" in text(entry, "a:summary") for entry in entries(client))


def test_one_authors_feed_tells_of_what_strikes_them(client: Client, corpus: Motion) -> None:
    assert (
        text(feed(client, f"{FEED}?author=luke-posey"), "a:title")
        == "Ten Years: counterpoints to Luke Posey, and what answers them"
    )


# Hostile, hidden, empty.

HOSTILE = "</summary><script>alert('1')</script> & ]]> \x08\x0b\x1f\ufffe “quoted”"


def test_hostile_words_do_no_harm(client: Client) -> None:
    relation = countered(rationale=HOSTILE)
    Claim.objects.filter(pk=relation.source_id).update(text=HOSTILE)
    (entry,) = entries(client)
    assert text(entry, "a:title") == "Not answered: </summary><script>alert('1')</script> & ]]>  “quoted”"
    assert "<script" not in text(entry, "a:summary")
    assert "&lt;script&gt;" in text(entry, "a:summary")
    assert relation.rationale == HOSTILE


def test_what_is_in_draft_is_nowhere(client: Client, corpus: Motion) -> None:
    Essay.objects.filter(slug="omont-2020-wont-be-replaced").update(status="draft")
    refresh(corpus)
    found = client.get(FEED).content.decode()
    assert "Omont" not in found


def test_a_draft_that_would_answer_does_not(client: Client) -> None:
    relation = countered()
    answer_to(relation, BEFORE)
    Essay.objects.update(status="draft")
    refresh(relation.source.motion)
    assert text(entries(client)[0], "a:title").startswith("Not answered")


def test_an_empty_feed_is_as_old_as_its_motion_and_stays_the_same(client: Client) -> None:
    motion = factories.MotionFactory.create(featured=True, created_at=BEFORE)
    first, again = client.get(FEED), client.get(FEED)
    assert parse_datetime(text(feed(client), "a:updated")) == motion.created_at
    assert first["ETag"] == again["ETag"]


def test_it_may_be_kept_by_anybody(client: Client, corpus: Motion) -> None:
    answer = client.get(FEED)
    again = client.get(FEED, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, len(answer.cookies), "public" in answer["Cache-Control"]) == (304, 0, True)


@pytest.mark.parametrize("query", ["status=answered", "page=1", "author=a&author=b", "author=%00"])
def test_an_address_that_makes_no_sense_is_refused(client: Client, corpus: Motion, query: str) -> None:
    assert client.get(f"{FEED}?{query}").status_code == 400


def test_it_takes_no_post(reader_client: Client, corpus: Motion) -> None:
    assert reader_client.post(FEED).status_code == 405


@pytest.mark.parametrize("query", ["", "?author=luke-posey"])
def test_it_asks_at_most_twelve_questions(client: Client, corpus: Motion, query: str) -> None:
    for kept in (ledger_index.WHOLE, ledger_index.TOWARDS, ledger_index.AUTHORS, essays_of.ESSAYS):
        kept.things.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(FEED + query)
    assert len(asked) <= 12


def test_of_many_it_holds_fifty_and_stays_small(client: Client) -> None:
    motion = factories.MotionFactory.create(featured=True)
    target = factories.ClaimFactory.create(motion=motion)
    claims = [factories.ClaimFactory.build(motion=motion, text="x" * 270 + str(number)) for number in range(500)]
    Claim.objects.bulk_create(claims)
    Relation.objects.bulk_create(
        factories.RelationFactory.build(source=claim, target_claim=target, rationale="y" * 400) for claim in claims
    )
    refresh(motion)
    answer = client.get(FEED)
    assert (len(entries(client)), len(answer.content) < 300_000, Stance.objects.count()) == (50, True, 0)
