"""What every test may ask for: the corpus, clients, factories (tests/factories.py), a browser (tests/chromium.py)."""

import os
from itertools import groupby
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model
from django.test import Client
from hypothesis import settings as hypothesis_settings

from debate import search
from debate.actions.loading import load_corpus
from debate.models import Edition, Motion, User
from tests import factories

pytest_plugins = ["tests.chromium"]
# How long an example takes is the machine's affair; what lands is decided by the same examples each time.
hypothesis_settings.register_profile("untimed", deadline=None, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("untimed")
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
_snapshot: list[Model] = []


def _rows_of_the_corpus() -> list[Model]:
    """Every row that loading makes, history left out, in an order in which they can be put back."""
    load_corpus(folder=settings.BASE_DIR / "fixtures")
    models = apps.get_app_config("debate").get_models(include_auto_created=True)
    kept = [m for m in models if not m.__name__.startswith("Historical") and not m._meta.proxy]
    return [row for model in kept for row in model._default_manager.order_by("pk")]


def _put_back(rows: list[Model]) -> None:
    with connection.constraint_checks_disabled():
        for model, group in groupby(rows, type):
            model._default_manager.bulk_create(list(group))
    touched = list(dict.fromkeys(type(row) for row in rows))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), touched):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")  # a planner that takes the tables for empty walks them row by row


def _tell_sizes() -> None:
    """PostgreSQL plans by statistics, and autovacuum may have met these tables empty between two tests."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE debate_claim, debate_relation, debate_stance, debate_passage, debate_essay")


@pytest.fixture
def corpus(db: None) -> Motion:
    """The five essays, as `make run` loads them."""
    return put_the_corpus()


def put_the_corpus() -> Motion:
    """The five essays into an empty database: loaded once, then put back from memory."""
    if _snapshot:
        Edition.objects.all().delete()
        _put_back(_snapshot)
    else:
        _snapshot.extend(_rows_of_the_corpus())
    _tell_sizes()
    return Motion.objects.get(featured=True)


@pytest.fixture
def reader_client() -> Client:
    """A browser that says its POSTs come from a page of ours, with no cookie yet."""
    return Client(enforce_csrf_checks=True, **SAME_ORIGIN)


@pytest.fixture
def member(db: None) -> User:
    return factories.MemberFactory()


@pytest.fixture
def member_client(member: User) -> Client:
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(member)
    return client


@pytest.fixture
def curator_client(db: None) -> Client:
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(factories.CuratorFactory())
    return client


@pytest.fixture(autouse=True)
def _no_kept_pages(settings: Any) -> None:
    """Each test asks afresh: a page kept from another test's database would tell lies."""
    settings.PAGE_CACHE = False


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """A slow hash guards passwords, not tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _search_after_flush(request: pytest.FixtureRequest) -> None:
    """A flushed SQLite table leaves its full-text index behind; make it anew where a test really commits."""
    if "transactional_db" in request.fixturenames:
        request.getfixturevalue("transactional_db")
        search.prepare()
