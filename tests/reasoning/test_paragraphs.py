"""A pasted text becomes paragraphs, each with the heading it stands under and its number there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.paragraphs import LONGEST_TEXT, Paragraph, TooLong, paragraphs_of

LONG = "A paragraph that is much longer than any heading would be, so that what stands before it can be told from it. "


def places(text):
    return [(p.heading, p.paragraph) for p in paragraphs_of(text)]


def texts(text):
    return [p.text for p in paragraphs_of(text)]


def test_paragraphs_are_counted_over_the_text_and_under_their_heading():
    found = paragraphs_of("One\ngoes on.\n\nTwo.\n\n# Then\nThree.\n\nFour.\n\nLast\n----\n\nFive.")
    assert found == [
        Paragraph(1, "", 1, "One goes on."),
        Paragraph(2, "", 2, "Two."),
        Paragraph(3, "Then", 1, "Three."),
        Paragraph(4, "Then", 2, "Four."),
        Paragraph(5, "Last", 1, "Five."),
    ]


def test_a_heading_that_comes_twice_counts_on():
    assert places("# A\n\nx\n\n# B\n\nx\n\n# A\n\nx") == [("A", 1), ("B", 1), ("A", 2)]


def test_each_item_of_a_list_is_a_paragraph():
    assert texts("Three things:\n\n- one\n  goes on\n- two\n3. three") == [
        "Three things:",
        "one goes on",
        "two",
        "three",
    ]


def test_marks_of_markdown_are_dropped():
    said = "> A [link](https://example.org/a_b), *stress*, __more__, `code` and ![a picture](x.png); snake_case_stays."
    assert texts(said) == ["A link, stress, more, code and a picture; snake_case_stays."]


def test_rules_and_empty_headings_are_no_paragraphs():
    assert places("#\n\n* * *\n\nx\n\n---\n\ny") == [("", 1), ("", 2)]


def test_a_short_line_before_a_paragraph_is_a_heading_where_none_is_marked():
    assert places(f"{LONG}\n\nWhat comes then?\n\n{LONG}\n\nShort, with a stop.\n\n{LONG}")[1:] == [
        ("What comes then?", 1),
        ("What comes then?", 2),
        ("What comes then?", 3),
    ]


def test_where_one_is_marked_nothing_is_guessed():
    assert places(f"# Marked\n\nNot marked\n\n{LONG}") == [("Marked", 1), ("Marked", 2)]


def test_a_text_that_is_no_essay_is_refused():
    with pytest.raises(TooLong) as refused:
        paragraphs_of("x" * (LONGEST_TEXT + 1))
    assert refused.value.most == LONGEST_TEXT
    with pytest.raises(TooLong):
        paragraphs_of("x\n\n" * 2_000)


@given(st.text(alphabet=st.sampled_from("ab #-*_[]()`>\n=1."), max_size=200))
def test_every_place_is_one_paragraph(text):
    found = paragraphs_of(text)
    assert [p.number for p in found] == list(range(1, len(found) + 1))
    assert len({(p.heading, p.paragraph) for p in found}) == len(found)
    assert all(p.text == " ".join(p.text.split()) != "" for p in found)
