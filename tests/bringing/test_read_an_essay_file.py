"""A curator writes an essay file by hand: it says what they meant, or which line is wrong and what was expected."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.actions.bringing.shapes import Arrow, ClaimPart, EssayFile, PassagePart, RelationPart, Unreadable
from debate.interchange.essay_file import parse, write
from tests.bringing.conftest import EXAMPLE, SMALL


def read(text):
    return parse("file.md", text.encode())


def problems(text):
    with pytest.raises(Unreadable) as refused:
        read(text)
    return [str(problem) for problem in refused.value.problems]


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def test_the_example_of_the_document_says_all_that_a_file_can():
    file = read(EXAMPLE)
    claim, named = file.claims
    assert [author.slug for author in file.essay.authors] == ["jane-doe", "nicolas-omont"]
    assert (claim.slug, claim.stance, claim.tags) == ("title-outlives-contents", "asserts", ("titles", "Career advice"))
    assert claim.note.endswith("in lines that are\nindented by two spaces.")
    assert claim.passages[0].gist.endswith("names last longer than duties.")
    assert claim.passages[1].speaker == "Luke Posey"
    assert claim.passages[2].quote == "a short quotation, only with the right to it"
    undercut = claim.relations[1].arrow
    assert undercut.target == Arrow("ml-in-every-toolkit", "supports", "role-absorbed-by-software-engineers")
    assert (named.text, named.stance) == (None, "concedes")
    own, other = file.predictions
    assert (own.readings[0].low, own.bearings[0].outcome) == (0.7, "yes")
    assert (other.statement, other.readings[0].heading) == (None, "In the end")


def test_the_example_written_out_and_read_again_is_the_same():
    file = read(EXAMPLE)
    assert read(write(file)) == file
    assert write(read(write(file))) == write(file)


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference():
    assert read("\ufeff" + SMALL.replace("\n", "\r\n")) == read(SMALL)


@pytest.mark.parametrize(
    ("part", "instead", "told"),
    [
        ("title: Small", "", "“title” is missing"),
        ("title: Small", "titel: Small", "“titel” is not known here"),
        ("published: 2024-05-01", "published: May 2024", "is no date; write it as 2020-04-28"),
        ("published: 2024-05-01", "published: 2024-05-01\nprecision: about", "“precision” is one of"),
        ("kind: observation", "kind: rumour", "“kind” is one of definition, observation"),
        ("kind: observation", "kind: observation\nkind: value", "“kind” is given twice"),
        ("stance: asserts", "stance: denies", "No passage shows the stance “denies”"),
        ("stance: asserts\n", "", "Passages show a stance"),
        ("- asserts at 1: She", "- asserts in 1: She", "Expected a passage such as"),
        ("- asserts at 1: She says so.", "- asserts at 1: She says so.\n- reports at 2: He.", "Name the speaker"),
        ("- supports [[thesis]]: It follows.", "- supports thesis: It follows.", "Expected a passage such as"),
        ("- supports [[thesis]]: It follows.", "- supports [[thesis]]", "A relation says why"),
        ("## It is so.", "##", "The heading says the sentence"),
        ("# Claims", "# Claims\nkind: value", "Here an entry was expected"),
        ("- supports [[thesis]]: It follows.", "It follows.", "Expected a field"),
        ("authors:\n  - slug: jane-doe\n    name: Jane Doe\n", "", "An essay names its authors"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_expected(part, instead, told):
    text = SMALL.replace(part, instead)
    found = [problem for problem in problems(text) if told in problem]
    assert found
    assert re.match(r"\d+: ", found[0])


def test_the_line_is_the_one_that_an_editor_shows():
    text = SMALL.replace("kind: observation", "kind: rumour")
    assert problems(text)[0].startswith(f"{line_of(text, 'kind: rumour')}: ")


def test_all_mistakes_are_told_at_once():
    text = SMALL.replace("kind: observation", "kind: rumour").replace("published: 2024", "published: 20x4")
    assert len(problems(text)) == 2


@pytest.mark.parametrize("text", ["", "no front matter", "---\nessay: x\n", "---\n---\n", "---\n- a list\n---\n"])
def test_what_is_no_essay_file_says_so(text):
    assert problems(text)


def test_a_file_of_neither_essay_nor_motion_is_told_so_and_no_more():
    found = problems("---\ntitle: Small\n---\n")
    assert len(found) == 1
    assert "under “essay:” or “motion:”" in found[0]


words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60).map(str.strip)
sentences = words.filter(lambda text: text and not text.startswith("[["))
paragraphs = st.lists(sentences, min_size=1, max_size=3).map("\n".join)


@given(gist=paragraphs, heading=words, speaker=sentences, text=sentences, why=paragraphs)
def test_whatever_is_said_comes_back_as_it_was(gist, heading, speaker, text, why):
    file = read(SMALL)
    passage = PassagePart("reports", 7, heading, 3, speaker, gist, "")
    relation = RelationPart(Arrow("c", "rebuts", "d"), why)
    claim = ClaimPart("c", text, "value", "", (), "", "essay", "reports", (passage,), (relation,))
    made = EssayFile("file.md", file.essay, {}, (claim,))
    assert read(write(made)) == made
