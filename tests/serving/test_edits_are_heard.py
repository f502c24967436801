"""On PostgreSQL a worker hears of an edit and need not ask; where it has heard nothing, it asks."""

import time

import pytest
from django.db import connection

from debate import editions
from debate.editions import Listener
from debate.models import Edition

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listener(settings):
    settings.LISTENS = True
    listener = Listener()
    yield listener
    listener.stop()
    assert comes_true(lambda: backends_listening() == 0)


def backends_listening():
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def comes_true(holds):
    """Whether it holds within ten seconds."""
    give_up = time.monotonic() + 10
    while not holds() and time.monotonic() < give_up:
        time.sleep(0.01)
    return holds()


def break_off():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.postgresql
def test_what_was_heard_needs_no_query(listener, django_assert_num_queries):
    Edition.advance()
    listener.now()
    assert comes_true(lambda: listener.mark)
    with django_assert_num_queries(0):
        assert listener.now()


@pytest.mark.postgresql
def test_an_edit_is_heard_when_it_is_committed(listener):
    Edition.advance()
    listener.now()
    assert comes_true(lambda: listener.mark == Edition.now())
    Edition.advance()
    assert comes_true(lambda: listener.mark == Edition.now())


@pytest.mark.postgresql
def test_who_has_heard_nothing_for_long_asks(listener, monkeypatch, django_assert_num_queries):
    Edition.advance()
    listener.now()
    assert comes_true(lambda: listener.mark)
    monkeypatch.setattr(editions, "TRUSTED_FOR", -1.0)
    with django_assert_num_queries(1):
        assert listener.now()


@pytest.mark.postgresql
def test_a_broken_connection_is_made_again(listener, monkeypatch):
    monkeypatch.setattr(editions, "PAUSE", 0.01)
    Edition.advance()
    listener.now()
    assert comes_true(lambda: listener.mark)
    break_off()
    Edition.advance()
    assert comes_true(lambda: listener.mark == Edition.now())


@pytest.mark.sqlite
def test_on_sqlite_the_database_is_asked_every_time(listener, django_assert_num_queries):
    Edition.advance()
    with django_assert_num_queries(2):
        assert listener.now() == listener.now() != ""


def test_without_listening_the_database_is_asked_every_time(settings, django_assert_num_queries):
    settings.LISTENS = False
    Edition.advance()
    listener = Listener()
    with django_assert_num_queries(2):
        assert listener.now() == listener.now() != ""
