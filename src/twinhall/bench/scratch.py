"""Scratch databases of the kind of the settings: made, used under a name of Django's, and dropped."""

import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connection, connections
from psycopg import sql

from twinhall.bench.figures import BenchError
from twinhall.bench.servers import environment

MAINTENANCE = "postgres"
"""The database of PostgreSQL that every server has, to make others from."""


@dataclass(frozen=True)
class Scratch:
    """An empty database with our tables: the name that Django knows it by, and its DATABASE_URL."""

    alias: str
    url: str


def address_of(configured: Mapping[str, Any], *, name: str = "") -> str:
    """The DATABASE_URL of a database as Django is configured for it; ``name`` for another on its server."""
    user, password = (quote(str(configured[key]), safe="") for key in ("USER", "PASSWORD"))
    who = f"{user}:{password}@" if password else f"{user}@" if user else ""
    host = quote(str(configured["HOST"]), safe="") + (f":{configured['PORT']}" if configured["PORT"] else "")
    return f"postgres://{who}{host}/{quote(name or str(configured['NAME']), safe='')}"


@contextmanager
def scratch_database(folder: Path) -> Iterator[Scratch]:
    """A fresh database with our tables; it is gone in the end. SQLite's lies in ``folder``.

    Raises BenchError where the role of PostgreSQL may not make databases.
    """
    name = f"twinhall_bench_{secrets.token_hex(4)}"
    if connection.vendor == "sqlite":
        path = folder / f"{name}.sqlite3"
        with _known(name, str(path)):
            yield _migrated(Scratch(name, f"sqlite:///{path}"))
        return
    _on_server(sql.SQL("CREATE DATABASE {}"), name)
    try:
        with _known(name, name):
            yield _migrated(Scratch(name, address_of(connection.settings_dict, name=name)))
    finally:
        _on_server(sql.SQL("DROP DATABASE {} WITH (FORCE)"), name)


@contextmanager
def _known(alias: str, name: str) -> Iterator[None]:
    """Have Django know a database under an alias."""
    connections.databases[alias] = {**connections.databases["default"], "NAME": name, "CONN_MAX_AGE": 0}
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def _migrated(scratch: Scratch) -> Scratch:
    ran = subprocess.run(
        [sys.executable, "-m", "twinhall", "migrate", "--verbosity", "0"],
        env=environment(scratch.url),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise BenchError(f"The tables could not be made.\n{ran.stderr}")
    return scratch


def _on_server(statement: sql.SQL, name: str) -> None:
    parameters = {**connection.get_connection_params(), "dbname": MAINTENANCE}
    try:
        with psycopg.connect(**parameters, autocommit=True) as server:
            server.execute(statement.format(sql.Identifier(name)))
    except psycopg.Error as error:
        raise BenchError(
            f"A scratch database could not be made or dropped ({str(error).strip()}). "
            "The role of DATABASE_URL must be allowed to create databases (ALTER ROLE … CREATEDB)."
        ) from error
