"""A curator gives a web page: its facts and paragraphs are found, as plain text, whatever else the page has in it."""

import sys
from datetime import date
from pathlib import Path

import pytest

from debate.interchange.articles import extraction
from debate.interchange.articles.decoding import decode
from debate.interchange.articles.extraction import MOST_BYTES, NoArticle, extract
from debate.interchange.articles.finding import found_in

PAGE = (Path(__file__).parent / "pages" / "essay.html").read_bytes()
WORDS = "These are words of an essay that says something, and of it so much that it is taken for a text. "
HARM = (
    '<p onclick="alert(1)">An essay may talk of &lt;script&gt; in a sentence that is otherwise quite harmless.</p>'
    "<script>alert('script')</script><style>p { color: red }</style>"
    '<svg onload="alert(1)"><script>alert("svg")</script><text>drawn</text></svg>'
    '<p><a href="javascript:alert(1)">A link</a> and <a href="data:text/html,<script>x</script>">another one</a> in it,'
    ' <img src="data:image/svg+xml;base64,PHN2Zz4=" onerror="alert(1)">with a picture between its many words.</p>'
    '<iframe srcdoc="<p>framed</p>"></iframe><object data="evil.swf"></object><math><mtext>counted</mtext></math>'
    "<p>The last para\0graph has a sign\x07 that no text has, and ends after a number of ordinary words.</p>"
)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
BOMB += "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10)) + "]>"


def page(body, head=""):
    return f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>".encode()


def paragraphs(*said):
    return "".join(f"<p>{text} {WORDS}</p>" for text in said)


def test_facts_are_found():
    found = extract(PAGE)
    assert (found.title, found.authors) == ("The Plumbing Outlasts the Model", ("Ida Marlow",))
    assert (found.published_on, found.publisher) == (date(2021, 9, 14), "Pipework Quarterly")
    assert found.address == "https://pipework.example/2021/plumbing-outlasts-the-model"


def test_paragraphs_are_found_in_order_each_under_its_heading():
    places = [(one.heading, one.paragraph, one.text.split()[0]) for one in extract(PAGE).paragraphs]
    assert places == [
        ("", 1, "Every"),
        ("", 2, "I"),
        ("What the work consists of", 1, "Count"),
        ("What the work consists of", 2, "A"),
        ("What the work consists of", 3, "It"),
        ("Where I may be mistaken", 1, "In"),
        ("Where I may be mistaken", 2, "If"),
        ("Where I may be mistaken", 3, "If"),
        ("Where I may be mistaken", 4, "My"),
    ]


def test_a_page_whose_paragraphs_are_line_breaks_in_a_table_has_paragraphs_too():
    said = "<br><br>".join(f"{number}. {WORDS}" for number in range(3))
    old = f"<table><tr><td><img src=x></td><td><font size=2>{said}</font></td></tr></table>"
    data = b"<html><title>Old</title><body>" + old.encode() + b"</body></html>"
    assert [one.text.split()[0] for one in extract(data).paragraphs] == ["0.", "1.", "2."]


def test_lists_quotes_and_code_are_paragraphs_of_their_own():
    body = paragraphs("One.") + "<h2>Then <em>more</em></h2><ul><li>a b<ul><li>c d</li></ul></li></ul><pre>e\nf</pre>"
    found = extract(page(body + "<blockquote><p>g</p><p>h</p></blockquote>" + paragraphs("Two.")))
    then = [(one.paragraph, one.text[:4]) for one in found.paragraphs if one.heading == "Then more"]
    assert then == [(1, "a b"), (2, "c d"), (3, "e f"), (4, "g"), (5, "h"), (6, "Two.")]


def test_what_stands_around_the_article_is_left_out():
    said = " ".join(one.text for one in extract(PAGE).paragraphs)
    for around in ("cookies", "Issues", "Read next", "copper", "disagree", "Subscribe"):
        assert around not in said


def test_nothing_but_text_is_left_of_a_page_that_does_harm():
    found = extract(page(HARM + paragraphs("One.", "Two."), "<title>A <b>title</b> &amp; more</title>"))
    said = " ".join(one.text for one in found.paragraphs)
    assert "An essay may talk of <script> in a sentence" in said
    assert "The last paragraph has a sign that" in said
    for harm in ("alert", "onclick", "javascript:", "data:", "drawn", "framed", "color", "\0", "\x07"):
        assert harm not in said


def test_signs_that_no_text_has_are_left_out_however_they_are_said():
    told = r'{"@context": "https://schema.org", "@type": "Article", "headline": "T\u0000i\ud800t\u202ele",'
    told += r' "author": {"@type": "Person", "name": "A\u200bda Marlow"}}'
    body = paragraphs("O&shy;n&#8203;e.", "Two.")
    found = extract(page(body, f'<script type="application/ld+json">{told}</script>'))
    assert (found.title, found.authors) == ("Title", ("Ada Marlow",))
    assert found.paragraphs[0].text.startswith("One. ")


def test_an_address_that_is_none_of_the_web_is_no_fact():
    head = '<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="data:text/html,x">'
    assert extract(page(paragraphs("One.", "Two."), head)).address == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><body></body></html>",
        bytes(range(256)) * 40,
        page("<div>" * 10_000 + WORDS + "</div>" * 10_000),
        page("<p>x" * 100_001),
        BOMB.encode() + page(f"<p>&a9; {WORDS}</p>"),
    ],
    ids=["nothing", "no text", "no page", "ten thousand levels", "too many tags", "a bomb of entities"],
)
def test_what_is_no_article_is_refused_in_a_sentence(data):
    with pytest.raises(NoArticle, match=r"^[A-Z][^.]+\. Paste the text instead\.$"):
        extract(data)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\nwords", b"PK\x03\x04 words", b"{\\rtf1 words}"], ids=["PDF", "packed", "RTF"]
)
def test_a_document_that_is_no_page_is_refused_in_a_sentence(data):
    with pytest.raises(NoArticle, match="neither a web page nor plain text"):
        found_in(data)


def test_fifty_megabytes_are_refused_before_they_are_looked_at(monkeypatch):
    monkeypatch.setattr(extraction, "read_apart", None)
    with pytest.raises(NoArticle, match="A page may have 5 MB at most"):
        extract(b"<p>" * (50 * 1024**2 // 3))
    assert MOST_BYTES < 50 * 1024**2


def test_a_text_beyond_measure_is_refused():
    many = paragraphs(*(f"Paragraph {number}." for number in range(4_200)))
    with pytest.raises(NoArticle, match="longer than 400,000 bytes"):
        extract(page(many))


def test_a_page_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(extraction, "SECONDS", 1)
    with pytest.raises(NoArticle, match="within the time"):
        extract(page(f"<div {' '.join(f'a{n}=x' for n in range(200_000))}>{paragraphs('One.')}</div>"))


def test_what_a_server_calls_its_charset_harms_nothing():
    assert extract(PAGE, "\0--help; \n").title == "The Plumbing Outlasts the Model"


def test_the_process_that_reads_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "told")
    asked = {}
    monkeypatch.setattr(extraction.subprocess, "run", lambda *_args, **told: asked.update(told) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        extract(PAGE)
    assert "SECRET_KEY" not in asked["env"]


def test_what_reads_pages_is_never_loaded_by_the_site_itself():
    extract(PAGE)
    assert "trafilatura" not in sys.modules


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("café".encode(), ""),
        ("café".encode("utf-8-sig"), ""),
        ("café".encode("utf-16"), ""),
        ("café".encode("latin-1"), ""),
        ("café".encode(), "iso-8859-1"),
        ('<meta charset="iso-8859-2">café'.encode("iso-8859-2"), ""),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' + "café".encode(), ""),
        ("caf\0é".encode(), "\0-x"),
        ("café".encode("cp1252"), "rot13"),
        ("café".encode("cp1252"), "unicode_escape"),
    ],
)
def test_bytes_are_read_as_a_browser_reads_them(data, charset):
    assert decode(data, charset).endswith("café")


def test_a_japanese_page_is_read_as_declared():
    told = '<meta charset="iso-2022-jp">日本'
    assert decode(told.encode("iso-2022-jp")) == told
    assert decode("日本".encode("shift_jis"), "Shift_JIS") == "日本"
