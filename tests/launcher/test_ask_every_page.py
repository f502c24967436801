"""The walk over a running site finds every page, and every fault in one."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scripts.ask_every_page import Page, Walk

pytestmark = pytest.mark.sqlite
HEAD = '<title>A page</title><meta name="description" content="What it shows"><h1>A page</h1>'
PAGES = {
    "/": HEAD + '<a href="/good/#part">good</a> <a href="/gone/">gone</a> <a href="https://else.example/">x</a>',
    "/good/": HEAD + '<a href="/">back</a> <a href="bare/">bare</a> <a href="mailto:a@b.example">mail</a>',
    "/good/bare/": "<h1>one</h1><h1>two</h1><svg><title>of a drawing</title></svg>",
    "/many/": HEAD + "".join(f'<a href="?n={number}">more</a>' for number in range(100)),
}


class Handler(BaseHTTPRequestHandler):
    """Serves the pages above."""

    def do_GET(self) -> None:
        body = PAGES.get(self.path.partition("?")[0])
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, *_: object) -> None:
        """Quietly."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_every_page_of_the_site_is_asked_once_and_no_other(site: str) -> None:
    walk = Walk(site, [])
    walk.go()
    assert walk.seen == {f"{site}{path}" for path in ("/", "/good/", "/gone/", "/good/bare/")}


def test_faults_are_named_with_their_page(site: str) -> None:
    walk = Walk(site, [])
    walk.go()
    assert walk.faults == [
        f"{site}/gone/: 404 (linked from {site}/)",
        f"{site}/good/bare/: 2 h1",
        f"{site}/good/bare/: no title",
        f"{site}/good/bare/: no description",
    ]


def test_variants_of_one_path_are_bounded(site: str) -> None:
    assert Walk(site, ["/many/"]).go() < 40


def test_a_site_that_does_not_answer_is_a_fault() -> None:
    walk = Walk("http://127.0.0.1:1", [])
    walk.go()
    assert walk.faults == ["http://127.0.0.1:1/: no answer (linked from the command line)"]


def test_a_good_page_has_no_fault() -> None:
    assert Page(HEAD).faults() == []
