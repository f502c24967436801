"""Has a page read by another process, which can be stopped: no page can hold a worker, fill it or bring it down."""

import json
import re
import subprocess
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.interchange.apart import done_apart
from debate.reasoning.paragraphs import Paragraph, numbered

MOST_BYTES = 5 * 1024 * 1024
SECONDS = 15
REFUSED = {
    "empty": gettext_lazy("No text of an article was found in it. Paste the text instead."),
    "tags": gettext_lazy("It has more tags than an article has. Paste the text instead."),
    "long": gettext_lazy("Its text is longer than 400,000 bytes. Paste the part that is the essay."),
}


class NoArticle(ValueError):
    """There is no article to be had; why, in a sentence for a curator."""


@dataclass(frozen=True)
class Article:
    """What a page says; all of it plain text, and nothing of it checked by a person yet."""

    title: str
    authors: tuple[str, ...]
    published_on: date | None
    publisher: str
    address: str
    paragraphs: tuple[Paragraph, ...]


def extract(data: bytes, charset: str = "") -> Article:
    """The article of an HTML page. `charset`: what the server said. Takes half a second; raises NoArticle.

    Safe with any bytes: at most MOST_BYTES are looked at, for at most SECONDS, in at most 1 GB of another process.
    """
    if len(data) > MOST_BYTES:
        raise NoArticle(_("A page may have %(most)s MB at most.") % {"most": MOST_BYTES // 1024**2})
    return article(json.loads(read_apart(data, charset)))


def read_apart(data: bytes, charset: str) -> bytes:
    told = re.sub(r"[^\w.-]", "", charset)[:40]
    try:
        return done_apart("articles", told, data, seconds=SECONDS)
    except subprocess.SubprocessError as error:
        raise NoArticle(_("It could not be read within the time and memory for it. Paste the text instead.")) from error


def article(told: dict[str, Any]) -> Article:
    if "refused" in told:
        raise NoArticle(str(REFUSED[told["refused"]]))
    return Article(
        title=told["title"],
        authors=tuple(told["authors"]),
        published_on=day(told["date"]),
        publisher=told["publisher"],
        address=web_address(told["address"]),
        paragraphs=tuple(numbered((is_heading, text) for is_heading, text in told["blocks"])),
    )


def day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def web_address(told: str) -> str:
    """The address where it is one of the web, else ""."""
    return told if told.startswith(("https://", "http://")) else ""
