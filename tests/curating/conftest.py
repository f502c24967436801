"""A curator in the room, and somebody who runs the site."""

from typing import Any

import pytest
from django.test import Client

from debate.actions.curators import make_curator
from debate.models import User
from tests import factories as make

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Hashing slowly is right for the site, and most of a test's time here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def curator(db: None) -> User:
    return make_curator(email="cara@example.org", password="a long enough passphrase", username="cara")


@pytest.fixture
def room(curator: User) -> Client:
    """The curator's browser."""
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(curator)
    return client


@pytest.fixture
def office(db: None) -> Client:
    """The browser of somebody who runs the site."""
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(make.CuratorFactory(username="root"))
    return client
