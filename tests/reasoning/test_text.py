"""Markdown that curators write becomes HTML that cannot hurt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.text import Renderer, TooMuch, fold, marked_claims, render_markdown, summary_blocks


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        '<a href="data:text/html,x">x</a>',
        '<p style="position:fixed">x</p>',
        "<svg onload=alert(1)>",
        "<iframe src='https://example.org'></iframe>",
    ],
)
def test_hostile_markup_is_made_harmless(hostile):
    html = render_markdown(hostile)
    assert not any(word in html for word in ("<script", "onerror", "javascript:", "data:", "style=", "<svg", "<iframe"))


def test_emphasis_links_and_lists_stay():
    html = render_markdown("*so* [there](https://example.org)\n\n- one\n- two")
    assert "<em>so</em>" in html
    assert 'href="https://example.org"' in html
    assert html.count("<li>") == 2


def test_links_do_not_lend_reputation():
    assert 'rel="nofollow noopener"' in render_markdown("[there](https://example.org)")


def test_footnotes_keep_their_anchors():
    assert 'id="fn:1"' in render_markdown("so[^1]\n\n[^1]: why")


PARTS = [
    *("so[^1]", "[^1]: why", "HTML", "*[HTML]: a language", "[there][1]", "[1]: https://example.org"),
    *("## So", "- so", "<div markdown=1>", "</div>", "`", "| a | b |\n|---|---|\n| c | d |", "So\n:   it is"),
]
TEXTS = st.lists(st.sampled_from(PARTS)).map("\n\n".join)


@given(TEXTS, TEXTS)
def test_a_text_renders_alike_whatever_was_rendered_before(before, source):
    used = Renderer()
    used.convert(before)
    assert used.convert(source) == Renderer().convert(source)


def test_a_summary_falls_into_paragraphs_with_their_claims():
    blocks = summary_blocks("First. [[one]] More. [[two]]\n\nSecond.")
    assert [block["claims"] for block in blocks] == [["one", "two"], []]
    assert blocks[0]["html"].strip() == "<p>First. More.</p>"


def test_a_claim_marked_twice_counts_once():
    assert marked_claims("a [[x]] b [[y]] c [[x]]") == ["x", "y"]


def test_folding_forgets_case_and_doubled_space():
    assert fold("  Big   DATA ") == fold("big data")


BEYOND = {
    "characters": ["so " * 4_000],
    "signs": ["[" * 301, "!" + "[" * 301, "*a _b " * 301, "`" * 301, "<a " * 301, "[^1] " * 301, "a|b\n" * 301],
    "levels": [
        "* " * 21 + "so",
        "1. " * 21 + "so",
        ">" * 21 + "so",
        "> * " * 11 + "so",
        "    " * 21 + "* so",
        "\t" * 21,
    ],
    "cells": ["a|b|c|d|e\n-|-|-|-|-\n" + "so\n" * 1_000],
}


@pytest.mark.parametrize(("of", "source"), [(of, source) for of, sources in BEYOND.items() for source in sources])
def test_what_markdown_would_take_too_long_over_is_refused(of, source):
    with pytest.raises(TooMuch) as refused:
        render_markdown(source)
    assert refused.value.of == of


def test_a_summary_is_measured_as_a_whole():
    with pytest.raises(TooMuch):
        summary_blocks("Short.\n\n" * 1_500)


@pytest.mark.parametrize(
    "source", ["so " * 3_333, "[so](https://example.org) " * 300, "* " * 20 + "so", "a|b\n-|-\n" + "c|d\n" * 290]
)
def test_what_is_within_measure_is_rendered(source):
    assert "so" in render_markdown(source) or "<td>c</td>" in render_markdown(source)


def test_no_table_of_contents_is_put_in():
    assert render_markdown("[TOC]\n\n## So").count("So") == 1


def test_a_mark_takes_the_space_before_it_along():
    assert summary_blocks("It is so \n [[one]]. And so.")[0]["html"] == "<p>It is so. And so.</p>"
