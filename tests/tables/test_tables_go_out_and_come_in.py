"""A curator takes a table out, works on it elsewhere, and brings it in: drafts alone, all of it or nothing."""

import csv
import io
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from debate.actions.corpus import refresh
from debate.actions.tables.bring import take_out
from debate.interchange.tables.reading import read_table
from debate.interchange.tables.writing import write_table
from debate.models import Author, Claim, Edition, Essay, ModerationEntry, Prediction, Relation
from tests import factories as make
from tests.curating.forms import page, tree_of
from tests.tables.conftest import csv_of, rows_out, xlsx_of

pytestmark = pytest.mark.django_db
NOUNS = (Author, Essay, Claim, Relation, Prediction)
CLAIM = {"slug": "it-is-so", "motion": "the-motion", "text": "It is so.", "kind": "observation", "side": "yes"}


DAY = datetime(2020, 5, 1)  # noqa: DTZ001 - a spreadsheet knows no zones


def said(report):
    return [(problem.row, problem.column, problem.said) for problem in report.problems]


@pytest.fixture
def drafts(motion):
    """One of everything, of signs that spreadsheets, CSV and Markdown take for something else."""
    side = motion.sides.get()
    essay = make.EssayFactory(motion=motion, status="draft", side=side, title="=cmd|' /C calc'!A0", words=900)
    told = {"motion": motion, "status": "draft"}
    answer = make.EssayFactory(**told, responds_to=essay, slug="a-first-by-name", source_note="-x")
    claims = [
        make.ClaimFactory(**told, side=side, text="+1 is “so”, it says.", note="- a list\n- of two"),
        make.ClaimFactory(**told, origin="essay", text="'=quoted already"),
        make.ClaimFactory(**told, text="@SUM(1;2)\tand, more"),
    ]
    make.tag(claims[0], "C++")
    make.tag(claims[0], "Skills")
    drawn = make.RelationFactory(source=claims[0], target_claim=claims[1], origin="essay", rationale="-1+1")
    drawn.drawn_by.set([essay, answer])
    against = {"target_claim": None, "kind": "undercuts"}
    undercut = make.RelationFactory(source=claims[2], target_relation=drawn, **against)
    make.RelationFactory(source=claims[1], target_relation=undercut, **against)
    make.PredictionFactory(motion=motion, essay=essay, status="draft", criteria="=1\r\n\r\n> so")
    refresh(motion)
    return motion


def emptied():
    for noun in (Prediction, Relation, Claim, Essay, Author):
        noun.objects.order_by("-pk").delete()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_out_and_in_and_out_again_gives_the_same_rows(drafts, bring, form, capsys):
    tables = {noun: read_table("out", write_table(take_out(noun=noun), form)) for noun in NOUNS}
    before = {noun: rows_out(noun) for noun in NOUNS}
    emptied()
    for noun in NOUNS:
        report = bring(noun, tables[noun])
        assert (said(report), len(report.made)) == ([], len(before[noun]))
    assert {noun: rows_out(noun) for noun in NOUNS} == before
    edition = Edition.now()
    for noun in NOUNS:
        report = bring(noun, tables[noun])
        assert (said(report), report.is_news, report.same) == ([], False, len(before[noun]))
    assert Edition.now() == edition
    assert not Claim.objects.exclude(status="draft").exists()


def test_nothing_that_goes_out_is_a_formula(drafts):
    for noun in NOUNS:
        text = write_table(take_out(noun=noun), "csv").decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n"))]
    titles = [row["title"] for row in rows_out(Essay, "xlsx")]
    assert "=cmd|' /C calc'!A0" in titles


def test_rows_are_saved_as_the_room_saves_them(motion, bring, curator, capsys):
    bring(Claim, csv_of({**CLAIM, "note": "So *it* is.", "tags": "skills, Wages"}))
    claim = Claim.objects.get(slug="it-is-so")
    assert (claim.status, claim.note_html) == ("draft", "<p>So <em>it</em> is.</p>")
    assert sorted(claim.tags.names()) == ["Wages", "skills"]
    told = claim.history.get()
    assert (told.history_user, told.history_change_reason) == (curator, "table.csv")
    assert claim.tally.total == 0
    bring(Claim, csv_of({"slug": "it-is-so", "text": "It is not so."}))
    claim.refresh_from_db()
    assert (claim.text, claim.side.slug, claim.history.count()) == ("It is not so.", "yes", 2)
    assert not ModerationEntry.objects.exists()


def test_every_mistake_is_told_with_its_row_and_nothing_is_written(motion, bring):
    make.ClaimFactory(motion=motion, slug="there", text="It is there.")
    rows = [
        CLAIM,
        {**CLAIM, "slug": "b", "text": "B.", "kind": "rumour"},
        {**CLAIM, "slug": "c", "text": "C.", "side": "maybe"},
        {**CLAIM, "slug": "d", "text": "it is there"},
        {**CLAIM, "slug": "e", "text": "E" * 281},
        {**CLAIM, "slug": "f f", "text": "F."},
        {**CLAIM, "slug": "g", "text": "G.", "motion": "no-such"},
        {**CLAIM, "slug": "h", "text": "IT IS SO"},
    ]
    report = bring(Claim, csv_of(*rows))
    assert [(row, column) for row, column, _said in said(report)] == [
        *[(3, "kind"), (4, "side"), (5, "text"), (6, "text"), (7, "slug"), (8, "motion"), (8, "side"), (9, "text")],
    ]
    assert Claim.objects.count() == 1


def test_a_relation_from_a_claim_that_is_not_there_says_so_once(motion, bring):
    row = {"source": "nowhere", "kind": "rebuts", "target": make.ClaimFactory(motion=motion).slug, "rationale": "So."}
    assert said(bring(Relation, csv_of(row))) == [(2, "source", "There is no “nowhere” here.")]


@pytest.mark.parametrize(
    ("head", "told"), [(("slug", "colour"), "no such column"), (("slug", "slug"), "twice"), (("text",), "is needed")]
)
def test_a_head_that_does_not_fit_is_told(motion, bring, head, told):
    report = bring(Claim, xlsx_of(head, ["x"] * len(head)))
    assert told in report.problems[0].said


def test_what_readers_see_is_never_changed_and_none_is_published(motion, bring):
    essay = make.EssayFactory(motion=motion)
    claim, other = make.ClaimFactory.create_batch(2, motion=motion)
    author, relation = essay.authors.get(), make.RelationFactory(source=claim, target_claim=other)
    prediction = make.PredictionFactory(motion=motion, essay=essay)
    tables = {
        Author: {"slug": author.slug, "name": "Else"},
        Essay: {"slug": essay.slug, "title": "Else"},
        Claim: {"slug": claim.slug, "tags": "Else"},
        Relation: {"source": claim.slug, "kind": "rebuts", "target": other.slug, "rationale": "Else"},
        Prediction: {"slug": prediction.slug, "statement": "Else"},
    }
    for noun, row in tables.items():
        assert "at the desk" in said(bring(noun, csv_of(row)))[0][2]
        assert bring(noun, csv_of(*rows_out(noun))).same == noun.objects.count()
    fresh = {"source": other.slug, "kind": "rebuts", "target": claim.slug, "rationale": "x", "origin": "curator"}
    assert "at once" in said(bring(Relation, csv_of(fresh)))[0][2]
    assert Relation.objects.get() == relation
    assert "no such column" in said(bring(Claim, csv_of({"slug": claim.slug, "status": "published"})))[0][2]


def test_numbers_days_and_yes_or_no_come_as_a_spreadsheet_keeps_them(motion, bring):
    bring(Author, xlsx_of(["slug", "name", "short_name", "named"], ["ann", "Ann", "Ann", False]))
    head = ["slug", "motion", "title", "authors", "publisher", "source_url", "published_on", "date_precision", "words"]
    row = ["on-it", "the-motion", 2020, "ann", "Here", "https://example.org/x", DAY, "day", 900.0]
    assert said(bring(Essay, xlsx_of(head, row))) == []
    essay = Essay.objects.get()
    assert (essay.title, essay.published_on, essay.words) == ("2020", date(2020, 5, 1), 900)
    assert Author.objects.get().named is False


def test_in_the_room_one_looks_first_and_then_brings_it_in(motion, room, curator):
    address = page("claim", "import")
    data = csv_of({**CLAIM, "text": "<script>alert(1)</script> is so."})
    looked = room.post(address, {"file": SimpleUploadedFile("claims.csv", data)})
    html = looked.content.decode()
    assert "1 to make, 0 to change, 0 as they are." in html
    assert "<script>alert" not in html
    assert not Claim.objects.exists()
    token = next(field.get("value") for field in tree_of(looked).iter("input") if field.get("name") == "token")
    assert room.post(address, {"token": "another"}).status_code == 302
    assert room.post(page("essay", "import"), {"token": token}).status_code == 302
    assert not Claim.objects.exists()
    done = room.post(address, {"token": token})
    assert (done.status_code, done["Location"]) == (302, page("claim"))
    assert Claim.objects.get().history.get().history_user == curator
    again = room.post(address, {"token": token}, follow=True)
    assert "not kept any more" in again.content.decode()
    refused = room.post(address, {"file": SimpleUploadedFile("x.csv", b"slug,text\nx,\xff")})
    assert "UTF-8" in refused.content.decode()


def test_in_the_room_a_list_goes_out_as_it_is_narrowed(motion, room, client, member):
    make.ClaimFactory(motion=motion, slug="seen")
    make.ClaimFactory(motion=motion, slug="draft", status="draft")
    answer = room.get(page("claim", "export", form="csv", status__exact="draft"))
    assert 'filename="claims.csv"' in answer["Content-Disposition"]
    assert [line.split(",")[0] for line in answer.content.decode("utf-8-sig").split()][1:2] == ["draft"]
    assert room.get(page("claim", "export", form="exe")).status_code == 404
    assert room.get(page("claim", "export", form="csv", status__exact="\x01"), follow=True).status_code in (200, 400)
    client.force_login(member)
    for name in ("export", "import"):
        assert client.get(page("claim", name)).status_code == 403


def test_every_rule_holds_afterwards(drafts, bring, capsys):
    bring(Claim, csv_of(CLAIM))
    call_command("audit")
    assert "0 of them broken" in capsys.readouterr().out


def test_the_corpus_taken_out_and_brought_in_is_as_it_was(corpus, bring):
    edition = Edition.now()
    for noun in NOUNS:
        report = bring(noun, write_table(take_out(noun=noun), "csv"))
        assert (said(report), report.is_news, report.same) == ([], False, noun.objects.count())
    assert Edition.now() == edition
