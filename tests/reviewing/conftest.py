"""Two curators, a moderator, and their browsers."""

from collections.abc import Callable

import pytest
from django.test import Client

from debate.actions.curators import make_curator
from debate.actions.roles import Role
from debate.models import User

SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def somebody(name: str, role: Role = Role.CURATOR) -> User:
    return make_curator(email=f"{name}@example.org", password="a long enough passphrase", username=name, role=role)


@pytest.fixture
def client_of(db: None) -> Callable[[User], Client]:
    """The browser of somebody."""

    def of(user: User) -> Client:
        client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
        client.force_login(user)
        return client

    return of


@pytest.fixture
def cara(db: None) -> User:
    return somebody("cara")


@pytest.fixture
def dan(db: None) -> User:
    return somebody("dan")


@pytest.fixture
def moderator(db: None) -> User:
    return somebody("mo", Role.MODERATOR)
