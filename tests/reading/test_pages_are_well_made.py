"""What pages are made with is as pinned, and every page says where one is and how to leave. See also tests/pages."""

import tomllib
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from debate.models import Motion

pytestmark = pytest.mark.django_db
VENDOR = settings.BASE_DIR / "static" / "vendor"


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


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
