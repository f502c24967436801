"""The checker of pages finds what a parser lets pass, and leaves alone what is well made."""

import pytest

from tests.pages.markup import problems_of

FINE = [
    '<p>A <a href="/x/?a=1&amp;b=2"><strong>link</strong></a> in <em>a</em> line.</p>',
    "<ul><li>one</li><li><p>two</p></li></ul>",
    "<dl><dt>what</dt><dd>it means</dd><dd>and that</dd></dl>",
    "<dl><div><dt>what</dt><dd>it means</dd></div></dl>",
    "<details><summary>More</summary><p>So.</p></details>",
    "<fieldset><legend>Which?</legend><label><input type=radio name=a value=b> this</label></fieldset>",
    '<label for="a">Name</label><input id="a" name="a" maxlength="40" required>',
    '<table><caption>Of</caption><tbody><tr><th scope="row">a</th><td>b</td></tr></tbody></table>',
    '<svg viewBox="0 0 1 1" role="img" aria-labelledby="t"><title id="t">It</title></svg>',
    '<svg viewBox="0 0 1 1" aria-hidden="true"><path d="M0 0"/></svg>',
    '<time datetime="2027-12-25T22:51Z">25 December</time>',
    '<div role="status"><ul class="notices"><li>Saved.</li></ul></div>',
    '<p id="why">Why</p><button aria-describedby="why" data-hx-post="/x/">Do</button>',
]
AMISS = [
    ("<div>not closed", "expected-closing-tag"),
    ("<p><div>block</div></p>", "unexpected-end-tag"),
    ('<a href="/a/">one <a href="/b/">two</a></a>', "unexpected-start-tag-implies-end-tag"),
    ('<p id="a" id="b">x</p>', "duplicate-attribute"),
    ("<p>&nosuch;</p>", "named-entity"),
    ("<blink>x</blink>", "no element of HTML"),
    ("<center>x</center>", "no element of HTML"),
    ("<span><div>block</div></span>", "<div> stands in <span>"),
    ("<h2><em><ul><li>x</li></ul></em></h2>", "<ul> stands in <em>"),
    ("<section><li>x</li></section>", "<li> stands in <section>"),
    ("<ul><p>x</p></ul>", "<p> stands in <ul>"),
    ("<ul>text</ul>", "holds bare text"),
    ("<dl><dd>x</dd></dl>", "no list of terms"),
    ("<dl><dt>x</dt></dl>", "no list of terms"),
    ("<dl><div><dt>x</dt><dd>y</dd></div><dt>z</dt><dd>a</dd></dl>", "mixes groups"),
    ("<details><p>x</p></details>", "begins with no summary"),
    ("<fieldset><p>x</p><legend>y</legend></fieldset>", "not the first"),
    ('<button>a <a href="/b/">b</a></button>', "stands in <button>"),
    ('<a href="/a/"><input name="b" aria-label="c"></a>', "stands in <a>"),
    ('<p align="center">x</p>', "has no attribute align"),
    ('<p hx-get="/x/">x</p>', "has no attribute hx-get"),
    ('<p aria-labeledby="x">x</p>', "has no attribute aria-labeledby"),
    ('<p role="buton">x</p>', "no role buton"),
    ('<ul role="status"><li>x</li></ul>', "no role status here"),
    ('<input aria-label="a" maxlength="ten">', "is no number"),
    ('<a href="">x</a>', "is no address"),
    ('<a href="/a b/">x</a>', "is no address"),
    ('<a href="javascript:x()">x</a>', "is no address"),
    ('<form action="" method="post"><button>x</button></form>', "is no address"),
    ("<time>soon</time>", "is no time"),
    ('<time datetime="2027-12-25T22:51:47.509002+00:00">x</time>', "is no time"),
    ('<p style="color: red">x</p>', "style or script of its own"),
    ('<button onclick="x()">x</button>', "style or script of its own"),
    ("<script>x()</script>", "style or script of its own"),
    ('<p id="a">x</p><p id="a">y</p>', "stands 2 times"),
    ('<p id="a b">x</p>', "is no id"),
    ('<p aria-describedby="b">x</p>', "refers to b"),
    ('<label for="b">x</label>', "refers to b"),
    ('<a href="#b">x</a>', "leads to #b"),
    ('<input name="a">', "has no label"),
    ("<button></button>", "says nothing"),
    ('<img src="/a.png">', "has no alt"),
    ('<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>', "drawing without a name"),
    ('<p aria-hidden="true"><a href="/a/">x</a></p>', "can be reached"),
    ('<label>a <input name="a"> <input name="b"></label>', "labels 2 controls"),
]
HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A page</title>'
    '<meta name="description" content="What stands on this page.">'
)
BODY = "<main><h1>A page</h1><h2>A part</h2></main>"
WHOLE = [
    ("", HEAD, BODY, "no language"),
    (' lang="en"', HEAD.replace("<title>A page</title>", "<title></title>"), BODY, "no title"),
    (' lang="en"', HEAD.replace("What stands on this page.", "x"), BODY, "no description"),
    (' lang="en"', HEAD.replace('<meta charset="utf-8">', ""), BODY, "no charset"),
    (' lang="en"', HEAD.replace("viewport", "port"), BODY, "no viewport"),
    (' lang="en"', HEAD, BODY.replace("h1", "h2"), "0 h1"),
    (' lang="en"', HEAD, BODY.replace("h2", "h1"), "2 h1"),
    (' lang="en"', HEAD, BODY.replace("h2", "h3"), "h3 follows h1"),
    (' lang="en"', HEAD, BODY.replace("main", "div"), "0 main"),
    (' lang="en"', HEAD, BODY + "<nav></nav><nav></nav>", "navs are not told apart"),
]


def page(language: str, head: str, body: str) -> str:
    return f"<!doctype html><html{language}><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("html", FINE)
def test_what_is_well_made_is_left_alone(html: str) -> None:
    assert problems_of(html, fragment=True) == []


@pytest.mark.parametrize(("html", "complaint"), AMISS)
def test_what_is_amiss_in_a_part_is_found(html: str, complaint: str) -> None:
    assert complaint in " ".join(problems_of(html, fragment=True))


def test_a_whole_page_that_is_well_made_is_left_alone() -> None:
    assert problems_of(page(' lang="en"', HEAD, BODY)) == []


@pytest.mark.parametrize(("language", "head", "body", "complaint"), WHOLE)
def test_what_is_amiss_in_a_whole_page_is_found(language: str, head: str, body: str, complaint: str) -> None:
    assert complaint in " ".join(problems_of(page(language, head, body)))


def test_a_page_without_its_doctype_is_found() -> None:
    assert "expected-doctype" in problems_of(page(' lang="en"', HEAD, BODY).removeprefix("<!doctype html>"))[0]
