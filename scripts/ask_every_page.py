"""Ask a running site for every page once and say what is wrong with any.

    python -m scripts.ask_every_page http://localhost:8000 [PATH...]

Follows the links of its own pages from / (and each PATH) breadth-first, with GET and without a session. Every
answer has to be 200; every HTML page needs exactly one h1, a title and a description. Where filters multiply
addresses, only the first few of one path are asked.
"""

import sys
import urllib.error
import urllib.request
from collections import Counter, deque
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

PAGES = 3000  # asked at most
VARIANTS = 30  # of one path with different query strings
FOLLOWED = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src"}


class Page(HTMLParser):
    """What has to be looked at in one page: its links, and what it is called."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.headings = 0
        self.title = self.description = ""
        self.inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note headings, links and the description."""
        given = {name: value or "" for name, value in attrs}
        self.headings += tag == "h1"
        self.links += [given[name] for name in (FOLLOWED.get(tag, ""),) if given.get(name)]
        if tag == "meta" and given.get("name") == "description":
            self.description = given.get("content", "")
        if tag in {"title", "svg"}:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave the title, or a drawing, whose titles are not the page's."""
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        """Gather the page's title."""
        if self.inside == ["title"]:
            self.title += data

    def faults(self) -> list[str]:
        """What the page lacks, in words."""
        wanting = [name for name in ("title", "description") if not getattr(self, name).strip()]
        lacks = [f"no {name}" for name in wanting]
        return lacks if self.headings == 1 else [f"{self.headings} h1", *lacks]


class Answer(NamedTuple):
    """One answer: where it came from after redirects, its status, and its text where it is HTML."""

    url: str
    status: int
    html: str | None


def ask(url: str) -> Answer:
    """GET without cookies; an error's status is an answer too, no answer counts as status 0."""
    try:
        with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310 -- http, from the command line
            is_html = response.headers.get_content_type() == "text/html"
            text = response.read().decode() if is_html else None
            return Answer(response.url, response.status, text)
    except urllib.error.HTTPError as error:
        return Answer(url, error.code, None)
    except OSError:
        return Answer(url, 0, None)


class Walk:
    """A walk over one site, which remembers what it met."""

    def __init__(self, site: str, starts: list[str]) -> None:
        self.site = site
        self.seen: set[str] = set()
        self.variants: Counter[str] = Counter()
        self.waiting: deque[tuple[str, str]] = deque()
        self.faults: list[str] = []
        for path in ["/", *starts]:
            self.note(urljoin(site, path), "the command line")

    def note(self, url: str, source: str) -> None:
        """Put an address of this site on the list, unless it is there or too like the others."""
        parts = urlsplit(url)
        url = parts._replace(fragment="").geturl()
        if url in self.seen or f"{parts.scheme}://{parts.netloc}" != self.site or len(self.seen) >= PAGES:
            return
        if parts.query and self.variants[parts.path] >= VARIANTS:
            return
        self.variants[parts.path] += bool(parts.query)
        self.seen.add(url)
        self.waiting.append((url, source))

    def visit(self, url: str, source: str) -> None:
        """Ask for one address, judge the answer and note where it leads."""
        answer = ask(url)
        if answer.status != 200:
            self.faults.append(f"{url}: {answer.status or 'no answer'} (linked from {source})")
        if answer.html is None or not answer.url.startswith(self.site):
            return
        page = Page(answer.html)
        self.faults += [f"{url}: {fault}" for fault in page.faults()]
        for link in page.links:
            self.note(urljoin(answer.url, link), url)

    def go(self) -> int:
        """Visit everything that is found; the number of addresses asked."""
        while self.waiting:
            self.visit(*self.waiting.popleft())
        return len(self.seen)


def main() -> int:
    """Walk, and list the faults."""
    walk = Walk(sys.argv[1].rstrip("/"), sys.argv[2:])
    asked = walk.go()
    print("\n".join(walk.faults) or "Every answer was as it should be.")
    print(f"{asked} addresses asked, {len(walk.faults)} faults.")
    return 1 if walk.faults else 0


if __name__ == "__main__":
    sys.exit(main())
