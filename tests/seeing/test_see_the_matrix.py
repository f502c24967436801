"""A reader sees who stands where: every author beside every claim, and what each cell says."""

import re

import html5lib
import pytest
from django.utils.html import strip_tags

from debate.models import Author, Claim, Essay, Side, Stance
from tests.factories import AuthorFactory, ClaimFactory, EssayFactory, PassageFactory, StanceFactory
from tests.seeing.matrix_page import far, motion, see, stances, take, text

__all__ = ["motion", "see"]
pytestmark = pytest.mark.django_db
WORDS = ("asserts", "denies", "qualifies", "concedes", "reports")


# What the cells say.


def test_every_stance_stands_once_in_its_cell(corpus, see):
    assert see().said == stances()


def test_every_other_cell_says_silent(corpus, see):
    page = see()
    told = {(claim, who) for claim, who, _essay, _word in page.said}
    others = [td for claim, cells in page.rows.items() for who, td in cells.items() if (claim, who) not in told]
    assert {(td.get("class"), text(td).split()[-1]) for td in others} == {("stance silent", "silent")}


def test_every_visible_claim_has_a_row(corpus, see):
    assert set(see().rows) == set(Claim.objects.visible().values_list("slug", flat=True))


def test_every_author_has_a_column(corpus, see):
    assert set(see().columns) == set(Author.objects.visible().values_list("slug", flat=True))


def test_a_cell_says_its_word_beside_its_author(corpus, see):
    cell = see().rows["role-remains-distinct"]["luke-posey"]
    assert text(cell) == "Posey denies"


def test_a_cell_opens_the_passage(corpus, see, client):
    link = see().rows["role-remains-distinct"]["luke-posey"].find("a").get("href")
    address, anchor = link.split("#")
    assert f'<li id="{anchor}">' in client.get(address).content.decode()


def test_a_cell_tells_what_is_said_there(corpus, see):
    link = see().rows["role-remains-distinct"]["luke-posey"].find("a")
    stance = Stance.objects.get(claim__slug="role-remains-distinct", essay__authors__slug="luke-posey")
    assert link.get("data-gist") in stance.passages.filter(kind="denies").values_list("gist", flat=True)


def test_a_draft_says_nothing(corpus, see):
    essay = Essay.objects.get(slug="posey-2020-will-not-exist")
    essay.status = "draft"
    essay.save()
    assert "luke-posey" not in see().columns


def test_an_author_of_two_minds_shows_both_with_their_dates(motion, see):
    claim, author = ClaimFactory(motion=motion, slug="it-is"), AuthorFactory(short_name="Doe")
    take(claim, "asserts", author, published_on="2019-05-01")
    take(claim, "denies", author, published_on="2021-06-02")
    cell = see().rows["it-is"][author.slug]
    assert [text(link) for link in cell] == ["Doe asserts 1 May 2019", "Doe denies 2 June 2021"]


def test_the_later_mind_is_the_one_that_parts(motion, see):
    claim, author = ClaimFactory(motion=motion, slug="it-is"), AuthorFactory()
    take(claim, "asserts", author, published_on="2019-05-01")
    take(claim, "denies", author, published_on="2021-06-02")
    take(claim, "asserts", AuthorFactory())
    assert "it-is" in see("/matrix/?voices=parted").rows


def test_an_essay_without_a_date_is_not_taken_for_the_latest(motion, see):
    claim, author = ClaimFactory(motion=motion, slug="it-is"), AuthorFactory()
    take(claim, "asserts", author, published_on="2019-05-01")
    take(claim, "denies", author, published_on=None, date_precision="unknown")
    take(claim, "asserts", AuthorFactory())
    assert see("/matrix/?voices=parted").rows == {}


def test_both_authors_of_one_essay_say_it(motion, see):
    claim, authors = ClaimFactory(motion=motion, slug="it-is"), [AuthorFactory(), AuthorFactory()]
    essay = EssayFactory(motion=motion, authors=authors)
    PassageFactory(stance=StanceFactory(claim=claim, essay=essay, kind="concedes"))
    assert {who for _claim, who, _essay, _word in see().said} == {author.slug for author in authors}


@pytest.mark.parametrize("kind", WORDS)
def test_each_stance_has_a_shape_and_a_word(motion, see, kind):
    claim, author = ClaimFactory(motion=motion, slug="it-is"), AuthorFactory(short_name="Doe")
    take(claim, kind, author)
    link = see().rows["it-is"][author.slug].find("a")
    assert (link.get("class"), text(link)) == (f"stance {kind}", f"Doe {kind}")


# Rows and columns.


def test_rows_are_grouped_by_the_side_they_favour_neither_last(corpus, see):
    assert [head.rsplit(" ", 2)[0] for head in see().by_side] == [
        "Favours: Remains",
        "Favours: Absorbed",
        "Neither side",
    ]


def test_each_group_holds_the_claims_of_its_side(corpus, see):
    sides = [*Side.objects.order_by("position"), None]
    wanted = [set(Claim.objects.visible().favouring(side).values_list("slug", flat=True)) for side in sides]
    assert [set(rows) for rows in see().by_side.values()] == wanted


def test_each_group_says_how_many_there_are(corpus, see):
    groups = see().by_side
    assert [head.rsplit(" ", 2)[1:] for head in groups] == [[str(len(rows)), "claims"] for rows in groups.values()]


def test_within_a_side_the_further_they_part_the_higher(corpus, see):
    measured = [[far(cells) for cells in rows.values()] for rows in see().by_side.values()]
    assert measured == [sorted(group, reverse=True) for group in measured]


def test_where_they_part_alike_the_more_central_stands_higher(corpus, see):
    central = dict(Claim.objects.values_list("slug", "standing__central"))
    rows = [[(far(cells), central[slug]) for slug, cells in group.items()] for group in see().by_side.values()]
    assert rows == [sorted(group, reverse=True) for group in rows]


def test_the_two_who_answer_the_motion_stand_at_the_ends(corpus, see):
    columns = see().columns
    assert (columns[0], columns[-1]) == ("nicolas-omont", "luke-posey")


def test_columns_stay_in_their_order_under_a_filter(corpus, see):
    assert see("/matrix/?side=none").columns == see().columns


def test_a_column_tells_the_side_of_its_author(corpus, see):
    assert [text(head) for head in see().heads[1:]][0::4] == ["Omont Remains", "Posey Absorbed"]


def test_an_author_on_both_sides_is_told_as_such(motion, see):
    author, sides = AuthorFactory(short_name="Doe"), motion.sides.all()
    for side in sides:
        take(ClaimFactory(motion=motion), "asserts", author, side=side)
    assert text(see().heads[1]) == "Doe Takes both sides"


# The page as such.


def test_it_is_valid_html(corpus, see):
    parser = html5lib.HTMLParser()
    parser.parse(see().html)
    assert parser.errors == []


def test_it_has_one_heading_and_a_description(corpus, see):
    html = see().html
    assert (len(re.findall("<h1", html)), len(re.findall('name="description" content="[^"]{40,}"', html))) == (1, 1)


def test_no_id_stands_twice(corpus, see):
    ids = re.findall(r'\sid="([^"]+)"', see().html)
    assert len(ids) == len(set(ids))


def test_it_brings_no_style_or_script_of_its_own(corpus, see):
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", see().html)


def test_every_cell_is_headed_by_an_author_and_a_claim(corpus, see):
    page = see()
    heads = {head.get("scope") for head in page.heads}
    rows = {row.find("th").get("scope") for group in page.groups for row in group.findall("tr")[1:]}
    assert (heads, rows) == ({"col"}, {"row"})


def test_anybodys_cache_may_keep_it(corpus, client):
    answer = client.get("/matrix/")
    assert ("public" in answer["Cache-Control"], bool(answer.cookies), answer["ETag"] != "") == (True, False, True)


def test_an_edit_shows_at_once(corpus, see):
    see()
    claim = Claim.objects.get(slug="role-remains-distinct")
    claim.text = "It will still be there."
    claim.save()
    assert "It will still be there." in strip_tags(see().html)
