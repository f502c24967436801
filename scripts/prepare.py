"""Make ready what the site serves from: database, corpus, static files; each only where something changed.

    python -m scripts.prepare [database]

A start that cannot go on raises `Refusal`, whose text is the one sentence that the operator reads.
"""

import hashlib
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

ROOT = Path(__file__).resolve().parent.parent


class Refusal(Exception):
    """The start cannot go on; the text says why and what helps, in one sentence."""


def say(what: str, how_it_is: str) -> None:
    """One step, one line."""
    print(f"{what}: {how_it_is}.", flush=True)


def obeying(main: Callable[[], int | None]) -> int:
    """Run a command; a refusal or Ctrl-C ends it without a traceback."""
    try:
        return main() or 0
    except Refusal as refusal:
        print(refusal, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


def check_var() -> None:
    """Refuse where nothing can be kept."""
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise Refusal(
            f"{folder} cannot be written to ({error.strerror}): make it writable or choose another"
            " place with VAR_DIR=/some/folder."
        ) from error


def set_up_django() -> None:
    """Read the settings; what is wrong with one of them is said in its own words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debate.settings")
    os.environ.setdefault("PGCONNECT_TIMEOUT", "5")
    try:
        django.setup()
    except (ImproperlyConfigured, OSError, ValueError) as error:
        raise Refusal(f"The settings do not hold together: {first_line(error)}") from error


def first_line(error: Exception) -> str:
    """What an error says, without the hints below."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def database_name() -> str:
    """The database in words that show no password."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(known["NAME"])
    where = f"{known['HOST'] or 'localhost'}:{known['PORT'] or 5432}"
    return f"{known['NAME']} at {where}"


def prepare_database() -> bool:
    """Migrate where a migration is missing, and load the corpus into an empty database; true if migrated."""
    try:
        connection.ensure_connection()
    except (DatabaseError, ImproperlyConfigured) as error:
        raise Refusal(f"The database {database_name()} cannot be reached: {first_line(error)}") from error
    try:
        migrated = migrate()
        load_corpus()
    except DatabaseError as error:
        raise Refusal(f"The database {database_name()} cannot be used: {first_line(error)}") from error
    return migrated


def migrate() -> bool:
    """Migrate where something is missing; asking first is fast, the command itself is not."""
    executor = MigrationExecutor(connection)
    is_new = not executor.loader.applied_migrations
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not is_new:
            import_module("debate.actions.corpus").refresh_all()  # a newer version may derive more from the corpus
    done = f"{len(missing)} migration{'s' if len(missing) > 1 else ''} applied"
    say("Database", f"created, {done}" if is_new else done if missing else "up to date")
    return bool(missing)


def load_corpus() -> None:
    """Load it where there is nothing yet; what a curator changed is never touched by a start."""
    told = io.StringIO()
    try:
        call_command("load_corpus", if_empty=True, stdout=told)
    except CommandError as error:
        raise Refusal(f"The corpus cannot be loaded: {first_line(error)}") from error
    outcome = told.getvalue().strip().splitlines()[-1].rstrip(".")
    say("Corpus", outcome[0].lower() + outcome[1:])


def collect_static() -> bool:
    """Collect and compress what browsers load, where a file has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    found = fingerprint()
    if settings.DEBUG or (stamp.exists() and stamp.read_text() == found):
        say("Static files", "served from where they are written" if settings.DEBUG else "unchanged")
        return False
    try:
        call_command("collectstatic", clear=True, interactive=False, verbosity=0)
        stamp.write_text(found)
    except (OSError, ValueError) as error:
        raise Refusal(f"The static files cannot be collected: {first_line(error)}") from error
    say("Static files", "collected")
    return True


def fingerprint() -> str:
    """A digest of every static file's name, size and time."""
    return hashlib.sha256("\n".join(sorted(static_files())).encode()).hexdigest()


def static_files() -> Iterator[str]:
    """Each static file of the site and its libraries as one line."""
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            yield f"{name} {state.st_size} {state.st_mtime_ns}"


def everything() -> bool:
    """Prepare all that is served; whether there was much to do."""
    check_var()
    set_up_django()
    return any([prepare_database(), collect_static()])


def main() -> None:
    """Prepare everything, or the database alone."""
    if "database" not in sys.argv[1:]:
        everything()
        return
    check_var()
    set_up_django()
    prepare_database()


if __name__ == "__main__":
    sys.exit(obeying(main))
