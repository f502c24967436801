"""An article wherever a curator has it from: a file, a text that was pasted, or an address."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from debate.interchange.articles.decoding import decode
from debate.interchange.articles.extraction import MOST_BYTES, REFUSED, Article, NoArticle, extract
from debate.interchange.articles.reading import LONGEST_FACT, MOST_TEXT
from debate.interchange.fetching.addresses import NotFetched
from debate.interchange.fetching.fetching import SECONDS, fetch
from debate.models.essays import slug_for
from debate.reasoning.marked import marked
from debate.reasoning.paragraphs import TooLong, paragraphs_of

NOT_FOUND = (NoArticle, NotFetched)
FETCHING = "desk-fetching"
# What people take for a page: PDF, the packed files of word processors and books, RTF, pictures, and packed pages.
NO_PAGES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"bplist00",
)


def found_in(data: bytes, charset: str = "") -> Article:
    """The article of a page or, where it is no HTML, of a plain text. Raises NoArticle."""
    if len(data) > MOST_BYTES:
        raise NoArticle(_("A page may have %(most)s MB at most.") % {"most": MOST_BYTES // 1024**2})
    if data.lstrip().startswith(NO_PAGES):
        raise NoArticle(_("This is neither a web page nor plain text. Paste the text instead."))
    text = decode(data, charset)
    return extract(data, charset) if text.lstrip().startswith("<") else found_in_text(text)


def found_in_text(text: str) -> Article:
    """The paragraphs of a plain or Markdown text, and its title where one stands above all. Raises NoArticle."""
    if len(text.encode()) > MOST_TEXT:
        raise NoArticle(str(REFUSED["long"]))
    title, rest = title_of(text)
    try:
        paragraphs = tuple(paragraphs_of(rest))
    except TooLong as error:
        raise NoArticle(_("A text may have %(most)s %(of)s at most.") % {"most": error.most, "of": error.of}) from error
    if not paragraphs:
        raise NoArticle(_("There is no text in it."))
    return Article(title, (), None, "", "", paragraphs)


def title_of(text: str) -> tuple[str, str]:
    """The title of a Markdown text and the rest of it; no title unless it is the only heading of the first level."""
    first, _break, rest = text.lstrip().partition("\n")
    if not first.startswith("# ") or re.search(r"^# ", rest, re.MULTILINE):
        return "", text
    return first.removeprefix("# ").strip(" #\r")[:LONGEST_FACT], rest


def found_at(address: str) -> Article:
    """The article at an address of the web. Takes up to half a minute; raises NoArticle and NotFetched."""
    with one_at_a_time():
        fetched = fetch(address)
    article = found_in(fetched.body, fetched.charset)
    return article if article.address else replace(article, address=fetched.address)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of all workers only one waits for another server, or a few curators could hold the whole site."""
    if not cache.add(FETCHING, "", timeout=2 * SECONDS):
        raise NotFetched(_("Another page is being fetched just now; say it again in a moment."))
    try:
        yield
    finally:
        cache.delete(FETCHING)


def facts_of(article: Article) -> dict[str, Any]:
    """What was found, by the names of an essay's facts, as plain values that can be kept and corrected."""
    words = sum(len(one.text.split()) for one in article.paragraphs)
    return {
        "title": article.title,
        "authors": list(article.authors),
        "published_on": article.published_on.isoformat() if article.published_on else "",
        "publisher": article.publisher,
        "source_url": article.address,
        "words": words,
        "slug": slug_for(article.authors, article.published_on, article.title),
        "text": marked(article.paragraphs),
    }
