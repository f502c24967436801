"""Every page says what it is, in valid HTML, and asks nobody else for anything."""

import re
import tomllib
from hashlib import sha256
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from django.test import Client

from debate.models import Motion

pytestmark = pytest.mark.django_db
PAGES = [
    *("/", "/motions/", "/motions/ml-engineers-in-ten-years/", "/essays/", "/essays/posey-2020-will-not-exist/"),
    *("/authors/", "/authors/tds-author/", "/about/", "/about/method/", "/nothing-here/", "/essays/?page=nonsense"),
]
VENDOR = settings.BASE_DIR / "static" / "vendor"


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.fixture
def pages(client: Client, corpus: Motion) -> dict[str, str]:
    return {address: page(client, address) for address in PAGES}


def is_valid(html: str) -> bool:
    try:
        html5lib.HTMLParser(strict=True).parse(html)
    except html5lib.html5parser.ParseError:
        return False
    return True


def without(pattern: str, pages: dict[str, str]) -> list[str]:
    """The addresses of pages that do not hold the pattern exactly once."""
    return [address for address, html in pages.items() if len(re.findall(pattern, html)) != 1]


def holding(pattern: str, pages: dict[str, str]) -> list[str]:
    return [address for address, html in pages.items() if re.search(pattern, html)]


def test_every_page_is_valid_html(pages: dict[str, str]) -> None:
    assert [address for address, html in pages.items() if not is_valid(html)] == []


def test_every_page_has_one_heading(pages: dict[str, str]) -> None:
    assert without(r"<h1[ >]", pages) == []


def test_every_page_has_a_title_of_its_own(pages: dict[str, str]) -> None:
    assert without(r"<title>\S.* · Ten Years</title>", pages) == []


def test_every_page_has_a_description(pages: dict[str, str]) -> None:
    assert without(r'<meta name="description" content="[^"]{20,}">', pages) == []


def test_no_id_stands_twice_on_a_page(pages: dict[str, str]) -> None:
    ids = {address: re.findall(r'\sid="([^"]+)"', html) for address, html in pages.items()}
    assert [address for address, found in ids.items() if len(found) != len(set(found))] == []


def test_nothing_is_asked_of_anybody_else(pages: dict[str, str]) -> None:
    assert holding(r'(?:src|<link[^>]*href)="(?:https?:)?//', pages) == []


def test_style_and_script_come_from_files(pages: dict[str, str]) -> None:
    assert holding(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", pages) == []


def test_every_vendored_file_is_as_its_manifest_says() -> None:
    manifest = tomllib.loads((VENDOR / "manifest.toml").read_text())
    assert all(sha256((VENDOR / file["path"]).read_bytes()).hexdigest() == file["sha256"] for file in manifest["file"])


def test_every_vendored_file_is_in_the_manifest() -> None:
    manifest = tomllib.loads((VENDOR / "manifest.toml").read_text())
    told = {name for file in manifest["file"] for name in (file["path"], file["licence_file"])}
    assert {path.name for path in Path(VENDOR).iterdir()} == {*told, "manifest.toml"}


def test_a_signed_in_reader_finds_the_way_out(member_client: Client, corpus: Motion) -> None:
    assert 'action="/accounts/logout/" method="post"' in page(member_client, "/")


def test_the_place_where_the_reader_is_is_marked(client: Client, corpus: Motion) -> None:
    assert '<a href="/essays/" aria-current="true">' in page(client, "/essays/posey-2020-will-not-exist/")
