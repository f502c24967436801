"""A reader looks up which counterpoints nobody has answered, and what answers the others, since when."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debate.actions.corpus import refresh
from debate.lenses import essays_of, ledger_index
from debate.lenses.ledger import Row
from debate.models import Author, Claim, CounterpointStanding, Essay, Motion, Relation, Stance
from tests import factories

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("who", ["client", "member_client"])
LEDGER = "/unanswered/"
ENTERED = datetime(2026, 11, 20, 12, tzinfo=UTC)


def page(client: Client, address: str = LEDGER) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def ledger(client: Client, address: str = LEDGER) -> Any:
    return client.get(address).context["ledger"]


def rows(client: Client, address: str = LEDGER) -> list[Row]:
    """Every row of a ledger, all its pages one after the other."""
    found: list[Row] = []
    following = address
    while following:
        context = client.get(following).context
        found += [row for section in context["ledger"].sections for row in section.rows]
        token, kept = context["ledger"].next, context["asked"].kept
        following = f"{LEDGER}?{kept}page={token}" if token else ""
    return found


def told(row: Row) -> tuple[str, str, str]:
    return row.relation.source.slug, row.relation.kind, row.relation.struck.slug


def row_of(client: Client, source: str, struck: str, address: str = LEDGER) -> Row:
    return next(row for row in rows(client, address) if told(row)[::2] == (source, struck))


def queries(client: Client, address: str = LEDGER) -> int:
    kept = (ledger_index.WHOLE, ledger_index.TOWARDS, ledger_index.AUTHORS, essays_of.ESSAYS)
    for things in kept:
        things.things.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def motion_of(count: int) -> Motion:
    """A featured motion with so many unanswered and so many answered counterpoints to what its author asserts."""
    motion = factories.MotionFactory.create(featured=True)
    essay = factories.EssayFactory.create(motion=motion, authors=[factories.AuthorFactory.create(slug="somebody")])
    for _number in range(count):
        held = factories.StanceFactory.create(essay=essay, claim__motion=motion)
        claim = factories.PassageFactory.create(stance=held).stance.claim
        factories.RelationFactory.create(source__motion=motion, target_claim=claim)
        point = factories.RelationFactory.create(source__motion=motion, target_claim=claim)
        factories.StanceFactory.create(essay=essay, claim=point.source, kind="denies")
    refresh(motion)
    return motion


@pytest.fixture
def loaded(corpus: Motion) -> Motion:
    """The corpus, as if a curator had entered all of it on one day."""
    Relation.objects.update(created_at=ENTERED)
    return corpus


# What it says of the five essays, checked by hand against them.


def test_nobody_answers_what_posey_grants_himself(client: Client, loaded: Motion) -> None:
    """He calls it very possible that the field will not slow down, and leaves it there."""
    row = row_of(client, "no-slowdown", "role-absorbed-by-software-engineers")
    assert (row.relation.kind, [essay.who for essay in row.drawn_by], row.since) == (
        "rebuts",
        ["Posey"],
        "since 28 April 2020",
    )


def test_nobody_answers_omonts_point_about_statistical_guarantees(client: Client, loaded: Motion) -> None:
    row = row_of(client, "statistical-invariants", "mostly-software-engineering")
    assert ([essay.who for essay in row.drawn_by], row.since) == (["Omont"], "since May 2020, inferred")


def test_belotti_sets_domain_knowledge_aside_and_nobody_takes_it_up(client: Client, loaded: Motion) -> None:
    row = row_of(client, "domain-knowledge-underplayed", "mostly-software-engineering")
    assert (row.relation.kind, row.since) == ("qualifies", "since 30 October 2021")


def test_of_two_who_drew_it_the_date_that_is_known_is_the_latest(client: Client, loaded: Motion) -> None:
    """The TDS essay is of 2020; Skogström's has no date and may be older."""
    row = row_of(client, "engineering-stays-invaluable", "tools-lower-the-barrier")
    assert ([essay.who for essay in row.drawn_by], row.since) == (
        ["TDS essay", "Skogström"],
        "since 2020 at the latest",
    )


def test_what_an_essay_without_a_date_draws_has_no_date(client: Client, loaded: Motion) -> None:
    row = row_of(client, "one-person-both-roles", "large-initiatives-specialise")
    assert ([essay.who for essay in row.drawn_by], row.since) == (["Skogström"], "since an essay without a date")


def test_what_a_curator_drew_says_when_it_was_entered(client: Client, loaded: Motion) -> None:
    row = row_of(client, "platform-role-growing", "role-remains-distinct")
    assert (row.drawn_by, row.since) == ([], "entered here on 20 November 2026")


def test_an_undercut_says_what_it_grants_and_what_it_denies(client: Client, loaded: Motion) -> None:
    """Omont grants that machine learning will be in every toolkit, not that the role is absorbed by that."""
    row = row_of(client, "engineers-want-determinism", "ml-in-every-toolkit")
    attacked = row.relation.target_relation
    assert attacked is not None
    assert (attacked.kind, attacked.target_claim) == (
        "supports",
        Claim.objects.get(slug="role-absorbed-by-software-engineers"),
    )


def test_what_meets_poseys_forecast_is_told_with_its_dates(client: Client, loaded: Motion) -> None:
    row = row_of(client, "role-absorbed-by-software-engineers", "role-remains-distinct", f"{LEDGER}?status=answered")
    assert [(answer.essays[0].who, answer.kind, answer.dated) for answer in row.answers[:3]] == [
        ("Omont", "denies", "May 2020, inferred"),
        ("Belotti", "qualifies", "30 October 2021"),
        ("Skogström", "qualifies", "date not given"),
    ]


def test_what_meets_omonts_hundreds_of_models_is_a_curators_doing(client: Client, loaded: Motion) -> None:
    row = row_of(client, "hundreds-of-models", "demand-wont-last", f"{LEDGER}?status=answered")
    met = {(answer.claim.slug, answer.kind, answer.dated) for answer in row.answers if answer.claim}
    assert met == {
        ("few-need-serious-ml", "qualifies", "20 November 2026"),
        ("apis-cover-most-uses", "qualifies", "20 November 2026"),
    }


def by_stand(client: Client, author: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows(client, f"{LEDGER}?author={author}"):
        found.setdefault(row.stand.value, set()).add(row.relation.source.slug)
    return found


def test_belotti_left_open_what_was_there_before_he_wrote(client: Client, loaded: Motion) -> None:
    assert by_stand(client, "jonathon-belotti")["open"] == {"statistical-invariants"}


def test_what_belotti_says_himself_is_granted(client: Client, loaded: Motion) -> None:
    address = f"{LEDGER}?author=jonathon-belotti&status=granted"
    assert "Belotti asserts this claim." in page(client, address)
    assert {told(row)[0] for row in rows(client, address)} == {
        *("cross-functional-skills", "engineering-stays-invaluable", "industry-follows-hype", "models-decay"),
        "domain-knowledge-underplayed",
    }


def test_an_undercut_is_not_held_against_who_never_drew_what_it_denies(client: Client, loaded: Motion) -> None:
    """That software engineers did it before is history in the TDS essay, and no sign that they will do it again."""
    against = {
        status: {told(row) for row in rows(client, f"{LEDGER}?author=tds-author&status={status}")}
        for status in ("unanswered", "answered")
    }
    assert not any(kind == "undercuts" for members in against.values() for _source, kind, _struck in members)
    towards_belotti = {told(row) for row in rows(client, f"{LEDGER}?author=jonathon-belotti&status=answered")}
    assert ("no-scaling-with-unicorns", "undercuts", "unicorns-contribute") in towards_belotti


def test_what_is_granted_says_what_answers_it(client: Client, loaded: Motion) -> None:
    (row,) = rows(client, f"{LEDGER}?author=henrik-skogstrom&status=granted")
    assert (row.stand.value, row.theirs, [answer.kind for answer in row.answers]) == (
        "granted",
        "asserts",
        ["rebuts"],
    )


def test_nothing_is_granted_by_nobody(client: Client, loaded: Motion) -> None:
    assert client.get(f"{LEDGER}?status=granted").status_code == 400
    towards_omont = client.get(f"{LEDGER}?author=nicolas-omont&status=granted").content.decode()
    assert 'href="/unanswered/">everything</a>' in " ".join(towards_omont.split())


def test_an_author_who_grants_nothing_is_said_to(client: Client, loaded: Motion) -> None:
    assert "Of no counterpoint here does" in page(client, f"{LEDGER}?author=tds-author&status=granted")


def test_an_author_who_grants_whatever_counters_them_is_said_to(client: Client) -> None:
    motion = motion_of(0)
    essay = motion.essays.get()
    held = factories.StanceFactory.create(essay=essay, claim__motion=motion)
    point = factories.RelationFactory.create(source__motion=motion, target_claim=held.claim)
    for stance in (held, factories.StanceFactory.create(essay=essay, claim=point.source, kind="concedes")):
        factories.PassageFactory.create(stance=stance)
    refresh(motion)
    assert "grants whatever counters them here" in page(client, f"{LEDGER}?author=somebody")


def test_posey_wrote_first_so_nothing_is_held_against_him(client: Client, loaded: Motion) -> None:
    assert set(by_stand(client, "luke-posey")) == {"undated", "later"}


def test_what_omont_drew_came_after_posey(client: Client, loaded: Motion) -> None:
    assert "statistical-invariants" in by_stand(client, "luke-posey")["later"]


def test_the_year_2020_does_not_tell_who_came_first(client: Client, loaded: Motion) -> None:
    assert by_stand(client, "luke-posey")["undated"] == {"engineering-stays-invaluable"}


def test_with_skogstrom_no_order_is_known(client: Client, loaded: Motion) -> None:
    drawn = {stand: names for stand, names in by_stand(client, "henrik-skogstrom").items() if stand != "later"}
    assert drawn == {"undated": {"ml-in-industry-for-decades"}}


def test_what_skogstrom_says_against_himself_is_not_held_against_him(client: Client, loaded: Motion) -> None:
    against = {told(row) for row in rows(client, f"{LEDGER}?author=henrik-skogstrom")}
    assert ("one-person-both-roles", "qualifies", "large-initiatives-specialise") not in against


def test_a_curators_counterpoint_is_never_one_that_an_author_left_open(client: Client, loaded: Motion) -> None:
    curated = [
        row.stand.value
        for author in Author.objects.all()
        for row in rows(client, f"{LEDGER}?author={author.slug}")
        if not row.drawn_by
    ]
    assert set(curated) == {"later"}


# What holds of all of it.


def test_every_counterpoint_is_in_one_of_the_two_lists(client: Client, loaded: Motion) -> None:
    both = [
        row.relation.pk for status in ("unanswered", "answered") for row in rows(client, f"{LEDGER}?status={status}")
    ]
    assert sorted(both) == sorted(Relation.objects.counterpoints().values_list("pk", flat=True))


def test_the_answered_ones_are_those_that_stand_so(client: Client, loaded: Motion) -> None:
    answered = {row.relation.pk for row in rows(client, f"{LEDGER}?status=answered")}
    assert answered == set(CounterpointStanding.objects.filter(answered=True).values_list("relation", flat=True))


def test_whatever_is_answered_says_by_what(client: Client, loaded: Motion) -> None:
    assert [told(row) for row in rows(client, f"{LEDGER}?status=answered") if not row.answers] == []


def test_whatever_is_not_answered_has_no_answer(client: Client, loaded: Motion) -> None:
    assert [told(row) for row in rows(client) if row.answers or row.more_answers] == []


def test_the_counts_are_exact(client: Client, loaded: Motion) -> None:
    counts = ledger(client).counts
    assert (counts["unanswered"], counts["answered"]) == (
        Relation.objects.counterpoints().unanswered().count(),
        CounterpointStanding.objects.filter(answered=True).count(),
    )


def test_what_most_hangs_on_comes_first(client: Client, loaded: Motion) -> None:
    weights = [row.relation.struck.standing.central for row in rows(client)]
    assert weights == sorted(weights, reverse=True)


def test_a_page_holds_twenty(client: Client, loaded: Motion) -> None:
    assert sum(len(section.rows) for section in ledger(client).sections) == 20


def test_against_an_author_it_says_what_their_page_says(client: Client, loaded: Motion) -> None:
    for author in Author.objects.all():
        theirs = client.get(author.get_absolute_url()).context["page"].counterpoints
        counts = ledger(client, f"{LEDGER}?author={author.slug}").counts
        assert {stand: len(members) for stand, members in theirs.items()} == {stand: counts[stand] for stand in theirs}


def test_the_sections_count_all_their_pages(client: Client, loaded: Motion) -> None:
    sections = ledger(client, f"{LEDGER}?author=luke-posey").sections
    assert [(section.heading, section.count) for section in sections] == [
        ("Not known which came first", 1),
        ("Drawn after they wrote, or by a curator", 14),
    ]


@pytest.mark.parametrize("address", ["/authors/luke-posey/", "/claims/mostly-software-engineering/"])
def test_the_way_here_leads_from_authors_and_claims(client: Client, loaded: Motion, address: str) -> None:
    ways = re.findall(r'href="(/unanswered/[^"]*)"', page(client, address))
    assert [client.get(way.replace("&amp;", "&")).status_code for way in ways] == [200] * len(ways)
    assert ways


def test_a_feed_of_the_same_can_be_discovered(client: Client, loaded: Motion) -> None:
    html = page(client, f"{LEDGER}?author=luke-posey")
    found = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', html)
    assert found is not None
    assert found[1] == "/feeds/unanswered.atom?author=luke-posey"


# Nothing hidden shows.


def hide_essay(motion: Motion) -> None:
    Essay.objects.filter(slug="omont-2020-wont-be-replaced").update(status="draft")


def hide_claim(motion: Motion) -> None:
    Claim.objects.filter(slug="statistical-invariants").update(status="draft")


@pytest.mark.parametrize("hide", [hide_essay, hide_claim])
def test_what_is_in_draft_is_nowhere(client: Client, loaded: Motion, hide: Callable[[Motion], None]) -> None:
    hide(loaded)
    refresh(loaded)
    assert "statistical-invariants" not in {told(row)[0] for row in rows(client)}


def test_an_essay_in_draft_answers_nothing(client: Client, loaded: Motion) -> None:
    hide_essay(loaded)
    refresh(loaded)
    answers = [answer for row in rows(client, f"{LEDGER}?status=answered") for answer in row.answers]
    assert "Omont" not in {essay.who for answer in answers for essay in answer.essays}


def test_an_author_of_drafts_alone_is_not_found(client: Client, loaded: Motion) -> None:
    hide_essay(loaded)
    assert client.get(f"{LEDGER}?author=nicolas-omont").status_code == 404


# Much, little, and nothing.


@pytest.mark.parametrize("status", ["", "&status=answered"])
def test_a_question_without_counterpoints_says_so(client: Client, status: str) -> None:
    motion = factories.MotionFactory.create()
    assert "No counterpoint is drawn" in page(client, f"{LEDGER}?motion={motion.slug}{status}")


def test_where_all_is_answered_it_leads_to_the_answers(client: Client) -> None:
    motion = motion_of(1)
    Relation.objects.unanswered().delete()
    refresh(motion)
    assert "Every counterpoint here is answered" in page(client)


def test_where_nothing_is_answered_it_leads_back(client: Client) -> None:
    motion = motion_of(1)
    Stance.objects.filter(kind="denies").delete()
    refresh(motion)
    assert "None of these counterpoints is answered yet" in page(client, f"{LEDGER}?status=answered")


def test_an_author_whom_nobody_counters_is_told_so(client: Client) -> None:
    author = factories.EssayFactory.create(motion__featured=True).authors.get()
    assert "Nobody here counters" in page(client, f"{LEDGER}?author={author.slug}")


ADDRESSES = [
    LEDGER,
    f"{LEDGER}?status=answered",
    f"{LEDGER}?author=somebody",
    f"{LEDGER}?author=somebody&status=answered",
]


@BOTH
@pytest.mark.parametrize("count", [1, 20])
def test_it_asks_at_most_twelve_questions(request: pytest.FixtureRequest, who: str, count: int) -> None:
    motion_of(count)
    client = request.getfixturevalue(who)
    assert max(queries(client, address) for address in ADDRESSES) <= 12


def test_as_many_questions_for_twenty_as_for_one(client: Client) -> None:
    motion_of(1)
    one = [queries(client, address) for address in ADDRESSES]
    Author.objects.update(slug="somebody-else")
    Motion.objects.update(featured=False)
    motion_of(20)
    assert [queries(client, address) for address in ADDRESSES] == one


def test_a_page_of_ten_thousand_stays_small(client: Client) -> None:
    motion = factories.MotionFactory.create(featured=True)
    essay = factories.EssayFactory.create(motion=motion)
    target = factories.ClaimFactory.create(motion=motion)
    names = ["&" * 280, *("x" * 270 + str(number) for number in range(9_999))]
    claims = [factories.ClaimFactory.build(motion=motion, text=text, slug=f"c{n}") for n, text in enumerate(names)]
    Claim.objects.bulk_create(claims)
    Relation.objects.bulk_create(
        factories.RelationFactory.build(source=claim, target_claim=target, rationale="y" * 400) for claim in claims
    )
    Stance.objects.bulk_create(Stance(essay=essay, claim=claim, kind="denies") for claim in claims[:5_000])
    refresh(motion)
    sizes = [len(page(client, address)) for address in ADDRESSES[:2]]
    assert (max(sizes) < 300_000, ledger(client).counts["unanswered"]) == (True, 5_000)


def test_a_counterpoint_with_many_answers_shows_four(client: Client) -> None:
    motion = factories.MotionFactory.create(featured=True)
    point = factories.RelationFactory.create(source__motion=motion)
    factories.RelationFactory.create_batch(6, source__motion=motion, target_claim=point.source)
    refresh(motion)
    (row,) = (row for row in rows(client, f"{LEDGER}?status=answered") if row.relation.pk == point.pk)
    assert (len(row.answers), row.more_answers) == (4, 2)


def test_a_long_row_of_authors_is_cut(client: Client) -> None:
    motion = factories.MotionFactory.create(featured=True)
    factories.EssayFactory.create_batch(32, motion=motion)
    assert "2 more authors" in page(client)


@pytest.mark.parametrize("query", ["author=nobody", "motion=none-such"])
def test_what_there_is_not_is_not_found(client: Client, loaded: Motion, query: str) -> None:
    assert [client.get(f"{address}?{query}").status_code for address in (LEDGER, "/feeds/unanswered.atom")] == [
        404,
        404,
    ]


@pytest.mark.parametrize(
    "query",
    ["status=maybe", "colour=red", "page=2", "page=x:y", "author=a&author=b", "author=%00", "author=%ff", "motion=%0a"],
)
def test_an_address_that_makes_no_sense_is_refused(client: Client, loaded: Motion, query: str) -> None:
    assert client.get(f"{LEDGER}?{query}").status_code == 400


def test_a_page_of_one_list_is_not_one_of_another(client: Client, loaded: Motion) -> None:
    token = ledger(client).next
    assert client.get(f"{LEDGER}?status=answered&page={token}").status_code == 400


def test_a_page_after_the_last_says_so(client: Client) -> None:
    motion = motion_of(21)
    token = ledger(client).next
    Relation.objects.unanswered().delete()
    refresh(motion)
    assert "Nothing is left on this page" in page(client, f"{LEDGER}?page={token}")


def test_it_may_be_kept_by_anybody(client: Client, loaded: Motion) -> None:
    answer = client.get(LEDGER)
    again = client.get(LEDGER, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, len(answer.cookies), "public" in answer["Cache-Control"]) == (304, 0, True)


@pytest.mark.parametrize(
    "address", [LEDGER, *(f"{LEDGER}?{query}" for query in ("status=answered", "author=luke-posey"))]
)
def test_it_is_valid_html_with_one_heading(client: Client, loaded: Motion, address: str) -> None:
    html = page(client, address)
    html5lib.HTMLParser(strict=True).parse(html)
    assert (html.count("<h1"), " style=" in html) == (1, False)


def test_a_date_on_another_motion_tells_nothing(client: Client) -> None:
    """Somebody who wrote on something else later did not thereby leave a counterpoint open."""
    author = factories.AuthorFactory.create()
    stance = factories.StanceFactory.create(essay__authors=[author], essay__published_on=date(2020, 1, 1))
    factories.PassageFactory.create(stance=stance)
    factories.EssayFactory.create(authors=[author], published_on=date(2025, 1, 1))
    motion = stance.claim.motion
    relation = factories.RelationFactory.create(source__motion=motion, target_claim=stance.claim, origin="essay")
    relation.drawn_by.add(factories.EssayFactory.create(motion=motion, published_on=date(2022, 1, 1)))
    refresh(motion)
    told_here = ledger(client, f"{LEDGER}?motion={motion.slug}&author={author.slug}").counts
    theirs = client.get(author.get_absolute_url()).context["page"].counterpoints
    assert (told_here["later"], len(theirs["later"])) == (1, 1)
