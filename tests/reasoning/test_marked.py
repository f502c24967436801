"""Paragraphs are written as a text to correct and read again without a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.marked import marked, unmarked
from debate.reasoning.paragraphs import MOST_PARAGRAPHS, Paragraph, TooLong, numbered

SAID = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])).map(lambda text: " ".join(text.split()))


def test_headings_and_paragraphs_are_told_apart():
    text = "One,\nin two lines.\r\n\r\n## Then\nTwo.\n\n\\# not a heading\n\n- an item\n\n#no heading either"
    assert unmarked(text) == [
        Paragraph(1, "", 1, "One, in two lines."),
        Paragraph(2, "Then", 1, "Two."),
        Paragraph(3, "Then", 2, "# not a heading"),
        Paragraph(4, "Then", 3, "- an item"),
        Paragraph(5, "Then", 4, "#no heading either"),
    ]


@given(st.lists(st.tuples(st.booleans(), SAID)))
def test_what_was_written_is_read_the_same(blocks):
    paragraphs = list(numbered(iter(blocks)))
    assert unmarked(marked(paragraphs)) == paragraphs


def test_signs_that_no_text_has_are_left_out():
    assert [one.text for one in unmarked("a\0b\x07c")] == ["abc"]


@pytest.mark.parametrize("text", ["x" * 400_001, "x\n\n" * (MOST_PARAGRAPHS + 1)])
def test_what_is_no_essay_is_refused(text):
    with pytest.raises(TooLong):
        unmarked(text)
