"""A reader who finds a mistake learns where to write to, if there is such a place."""

from typing import Any

import pytest
from django.test import Client

from debate.settings import link_to

pytestmark = pytest.mark.django_db


def page(client: Client, address: str = "/about/") -> str:
    return client.get(address).content.decode()


def test_the_way_to_them_is_a_link(client: Client, settings: Any) -> None:
    settings.CONTACT = "mailto:curator@example.org"
    assert '<a href="mailto:curator@example.org">write to whoever runs this site</a>' in page(client)


def test_where_there_is_none_it_is_not_asked_for(client: Client, settings: Any) -> None:
    settings.CONTACT = ""
    assert "write to whoever runs this site" not in page(client)
    assert "has not said yet where to write to" in page(client)


def test_somebody_whose_account_is_closed_finds_it_too(client: Client, settings: Any) -> None:
    settings.CONTACT = "https://example.org/contact"
    assert '<a class="button main" href="https://example.org/contact">' in page(client, "/accounts/inactive/")


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ("", ""),
        ("curator@example.org", "mailto:curator@example.org"),
        ("mailto:curator@example.org", "mailto:curator@example.org"),
        ("https://example.org/contact", "https://example.org/contact"),
    ],
)
def test_an_address_of_either_sort_becomes_a_link(given: str, link: str) -> None:
    assert link_to(given) == link
