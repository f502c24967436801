"""The databases that are measured: each engine, at the corpus' size and at a larger one."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

import psycopg


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Place:
    """A database of its own with the folder that the run keeps its things in."""

    name: str
    folder: Path
    url: str
    scale: int
    port: int

    @property
    def made(self) -> Path:
        return self.folder / "made"

    def environment(self) -> dict[str, str]:
        own = {"VAR_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "DEBUG": "false"}
        return {**os.environ, **own, "DATABASE_URL": self.url, "STATIC_ROOT": str(self.folder / "static")}


def places(root: Path, scale: int) -> list[Place]:
    """SQLite always; PostgreSQL where TEST_POSTGRES_URL names a server; each at 1 and, if asked, at `scale`."""
    engines = {"sqlite": "", "postgresql": os.environ.get("TEST_POSTGRES_URL", "")}
    found = []
    for engine, server in engines.items():
        for times in sorted({1, scale}):
            folder = root / "var" / "bench" / f"{engine}-{times}"
            if engine == "sqlite" or server:
                folder.mkdir(parents=True, exist_ok=True)
                url = f"sqlite:///{folder / 'db.sqlite3'}" if engine == "sqlite" else database_on(server, times)
                size = "the corpus' size" if times == 1 else f"{times:,} times the corpus' size"
                found.append(Place(f"{engine} at {size}", folder, url, times, free_port()))
    return found


def database_on(server: str, scale: int) -> str:
    """The address of a database of the server for this scale, made where it is missing."""
    name = f"ten_years_bench_{scale}"
    with psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            connection.execute(f"CREATE DATABASE {name}")
    return f"{server.rsplit('/', 1)[0]}/{name}"
