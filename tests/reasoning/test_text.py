"""Markdown that curators write becomes HTML that cannot hurt."""

import pytest

from debate.reasoning.text import fold, marked_claims, render_markdown, summary_blocks


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


def test_a_summary_falls_into_paragraphs_with_their_claims():
    blocks = summary_blocks("First. [[one]] More. [[two]]\n\nSecond.")
    assert [block["claims"] for block in blocks] == [["one", "two"], []]
    assert blocks[0]["html"].strip() == "<p>First. More.</p>"


def test_a_claim_marked_twice_counts_once():
    assert marked_claims("a [[x]] b [[y]] c [[x]]") == ["x", "y"]


def test_folding_forgets_case_and_doubled_space():
    assert fold("  Big   DATA ") == fold("big data")
