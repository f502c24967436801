"""Bringing essays to the desk, for tests/pages/tour.py: each way, what is wrong with it, and what waits."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

PAGE = Path(__file__).parent.parent / "bringing" / "pages" / "essay.html"
FILE = """---
essay: tour
motion: {motion}
title: "A <title> & more"
authors:
  - slug: "tour-author"
    name: "A <b> & c"
publisher: Here
source: https://example.org/?a=1&b=2
---

# Claims

## A "claim" & <more>.
kind: value
"""


def upload(data: bytes, name: str = 'a "file" & <b>.md') -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def bringing(tour: Any, client: Client) -> None:
    new = "/curate/new/"
    tour.see(client, new)
    with override_settings(FETCH_ESSAYS=True):
        tour.see(client, new)
        refused = client.post(f"{new}article/", {"address": "http://127.0.0.1/?<b>"})
        tour.note("POST", "an address of this machine", refused, 422)
    articles(tour, client, f"{new}article/")
    files(tour, client, f"{new}files/")
    for path in ("files/99999999999999999999/", "article/0/"):
        tour.see(client, f"{new}{path}", 404)


def articles(tour: Any, client: Client, address: str) -> None:
    tour.send(client, address, 422)
    found = client.post(address, {"page": upload(PAGE.read_bytes())})["Location"]
    tour.see(client, found)
    tour.see(client, "/curate/new/")
    tour.send(client, found, 422, title='A "title" & <b>', authors=["<b>", "x" * 200], text="# Only\n<heading>")
    known = tour.motion.essays.order_by("pk")[0].source_url
    tour.send(client, found, 422, source_url=known)
    tour.send(client, f"{found}text/", 422, source_url=known)
    tour.send(client, f"{found}text/", 302, source_url=known, text="One.")


def files(tour: Any, client: Client, address: str) -> None:
    tour.send(client, address, 422)
    tour.send(client, address, 422, essays=[upload(b"no <file>"), upload(b"---\n---\n")])
    text = FILE.format(motion=tour.motion.slug).encode()
    found = client.post(address, {"essays": upload(text)})["Location"]
    tour.see(client, found)
    tour.send(client, found, 302)
    again = client.post(address, {"essays": upload(text)})["Location"]
    tour.see(client, again)
    tour.see(client, "/curate/new/")
    tour.send(client, f"{again}discard/", 302)
