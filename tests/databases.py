"""The databases that tests run on. Loaded by tests/conftest.py.

Each process that runs tests has an empty database, one that holds the corpus, and others that tests name. Each is made
once in a run, by whoever needs it first; everybody copies what was made, and what a test commits is undone by copying.
SQLite's files of the first two are kept for later runs of the same day, while nothing changes that they are made from;
never where CI is set.

Fixtures
    corpus_database    the test runs on the database that holds the corpus; `corpus` in tests/conftest.py asks for it
    shared_folder      a folder that all processes of this run share

Helper, to import
    database_with      large_database = database_with("large", make_it): a fixture; a test that asks for it finds what
                       make_it() has put into an empty database. It must not use the factories, which count within
                       their process: others would count the same again
"""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import TransactionTestCase, override_settings

from debate.actions.loading import load_corpus

CODE = ("*", "models/*", "migrations/*", "search/*")
MADE_FROM = {
    "empty": (
        "requirements/*.txt",
        "tests/databases.py",
        "debate/actions/roles.py",
        *(f"debate/{part}.py" for part in CODE),
    ),
    "corpus": ("fixtures/*.yaml", "debate/actions/**/*.py", "debate/reasoning/*.py"),
}


def mark_of(holding: str) -> str:
    """What changes with whatever a database that holds this is made from."""
    parts = MADE_FROM["empty"] + (MADE_FROM[holding] if holding != "empty" else ())
    paths = sorted(path for part in parts for path in settings.BASE_DIR.glob(part))
    told = sha256(f"{sqlite3.sqlite_version} {date.today()}".encode())  # noqa: DTZ011
    for path in paths:
        told.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While no other process of this run is here."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Files:
    """SQLite: a database is a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = settings.VAR_DIR / "tests"
        self.kept.mkdir(parents=True, exist_ok=True)
        connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
        connection.settings_dict["CONN_MAX_AGE"] = 0  # a thread of the live server may serve the next test too

    def recall(self, holding: str, name: str) -> bool:
        """Whether an earlier run has left what can be copied."""
        if "CI" in os.environ or holding not in MADE_FROM:
            return False
        kept = self.kept / f"{holding}-{mark_of(holding)}.sqlite3"
        if kept.exists():
            self.copy(str(kept), name)
        return kept.exists()

    def keep(self, holding: str, name: str) -> None:
        """For the next run, in place of what was made from something else."""
        if holding not in MADE_FROM:
            return
        for older in self.kept.glob(f"{holding}-*"):
            older.unlink(missing_ok=True)
        coming = self.kept / f"coming-{os.getpid()}"
        self.copy(name, str(coming))
        coming.rename(self.kept / f"{holding}-{mark_of(holding)}.sqlite3")

    def name(self, told: str) -> str:
        return str(self.folder / f"{told}.sqlite3")

    def make(self, name: str) -> None:
        """An empty file is an empty database, and the first connection makes it."""

    def copy(self, source: str, name: str) -> None:
        """Over whatever is there, connections to it included."""
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(name)) as other:
            other.execute("PRAGMA synchronous=OFF")
            one.backup(other)

    def drop(self, name: str) -> None:
        for path in self.folder.glob(f"{Path(name).name}*"):
            path.unlink()


class Server:
    """PostgreSQL: a database is one of the server's."""

    def __init__(self, _folder: Path) -> None:
        self.stem = f"test_{connection.settings_dict['NAME']}"

    def recall(self, _holding: str, _name: str) -> bool:
        return False

    def keep(self, holding: str, name: str) -> None:
        """Nothing stays on the server."""

    def name(self, told: str) -> str:
        return f"{self.stem}_{told}"

    def make(self, name: str) -> None:
        self.drop(name)
        self.say(f'CREATE DATABASE "{name}"')

    def copy(self, source: str, name: str) -> None:
        self.drop(name)
        self.say(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')

    def drop(self, name: str) -> None:
        self.say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def say(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


class Databases:
    """Those of this process, by what they hold: `empty` and `corpus`. Ready once open() was called."""

    def __init__(self) -> None:
        self.holding = "empty"
        self.ready: set[str] = set()

    def open(self, folder: Path, process: str) -> None:
        self.folder, self.process = folder, process
        self.engine: Files | Server = Server(folder) if connection.vendor == "postgresql" else Files(folder)
        with alone(self.folder):
            self.mark.touch()
        self.have("empty", make_tables)

    @property
    def mark(self) -> Path:
        """There as long as this process needs what is copied."""
        return self.folder / f"in-use-{self.process}"

    def first(self, holding: str) -> str:
        """The name of the one that all processes copy."""
        return self.engine.name(holding)

    def own(self, holding: str) -> str:
        return self.engine.name(f"{self.process}_{holding}")

    def choose(self, holding: str) -> None:
        """What the next test is to find."""
        self.holding = holding
        if holding in self.ready:
            self.connect_to(self.own(holding))

    def connect_to(self, name: str) -> None:
        if connection.settings_dict["NAME"] != name:
            connections.close_all()
            connection.settings_dict["NAME"] = name

    def have(self, holding: str, fill: Callable[[], object]) -> None:
        with alone(self.folder):
            made = self.folder / f"made-{holding}"
            if not made.exists():
                if not self.engine.recall(holding, self.first(holding)):
                    self.make(holding, fill)
                made.touch()
            self.engine.copy(self.first(holding), self.own(holding))
        self.ready.add(holding)
        self.choose(self.holding)

    def make(self, holding: str, fill: Callable[[], object]) -> None:
        if holding == "empty":
            self.engine.make(self.first("empty"))
        else:
            self.engine.copy(self.first("empty"), self.first(holding))
        self.connect_to(self.first(holding))
        fill()
        tell_planner()
        connections.close_all()
        self.engine.keep(holding, self.first(holding))

    def restore(self) -> None:
        """As before the test."""
        connections.close_all()
        self.engine.copy(self.first(self.holding), self.own(self.holding))

    def close(self) -> None:
        """Leave nothing behind; the last process takes away what all have copied."""
        connections.close_all()
        for holding in self.ready:
            self.engine.drop(self.own(holding))
        with alone(self.folder):
            self.mark.unlink()
            if not list(self.folder.glob("in-use-*")):
                for made in self.folder.glob("made-*"):
                    self.engine.drop(self.first(made.name.removeprefix("made-")))
                    made.unlink()


def take_for_migrated() -> None:
    """Note every migration as applied, which the site asks for before it calls itself ready."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(connection).disk_migrations:
        recorder.record_applied(app, name)


def make_tables() -> None:
    """From the models: `makemigrations --check` and every fresh start hold the migrations to them."""
    with override_settings(MIGRATION_MODULES={app.label: None for app in apps.get_app_configs()}):
        call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    take_for_migrated()


def tell_planner() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # a planner that takes full tables for empty walks them row by row


DATABASES = Databases()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before anything of the test opens a connection."""
    asked = (name for name in getattr(item, "fixturenames", ()) if name.endswith("_database"))
    DATABASES.choose(next(asked, "empty").removesuffix("_database"))


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, shared_folder: Path, worker_id: str
) -> Iterator[None]:
    """In place of pytest-django's: a copy of the empty database, and copying in place of flushing."""
    with django_db_blocker.unblock():
        DATABASES.open(shared_folder, worker_id)
    with patch.object(TransactionTestCase, "_fixture_teardown", lambda _case: DATABASES.restore()):
        yield
    with django_db_blocker.unblock():
        DATABASES.close()


def database_with(holding: str, fill: Callable[[], object]) -> Any:
    """A fixture of the name <holding>_database."""

    @pytest.fixture(scope="session", name=f"{holding}_database")
    def database(django_db_setup: None, django_db_blocker: Any) -> None:
        with django_db_blocker.unblock():
            DATABASES.have(holding, fill)

    return database


corpus_database = database_with("corpus", lambda: load_corpus(folder=settings.BASE_DIR / "fixtures"))
