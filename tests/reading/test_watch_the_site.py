"""Whoever watches the server asks whether it lives and whether it can do its work."""

import pytest
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


def test_a_living_process_says_ok_without_asking_the_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_a_ready_site_says_ok(client: Client) -> None:
    assert client.get("/readyz").content == b"ok"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_no_answer_about_health_is_kept(client: Client, address: str) -> None:
    assert client.get(address)["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_migration_that_waits_makes_the_site_unready(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="debate").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"The database waits for migrations.")


@pytest.mark.django_db
def test_a_cache_that_is_gone_makes_the_site_unready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_args: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(DatabaseCache, "get", gone)
    assert client.get("/readyz").content == b"The cache does not answer."


@pytest.mark.django_db
def test_a_database_that_is_gone_makes_the_site_unready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_args: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", gone)
    assert client.get("/readyz").content == b"The database does not answer."


@pytest.mark.django_db
def test_asking_whether_the_site_is_ready_stores_nothing(client: Client) -> None:
    client.get("/readyz")
    assert cache.get("readyz") is None
