"""Scratch databases of the kind of the settings: made, used under a name of Django's, and dropped."""

import secrets
import sqlite3
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
    """A database for measuring: the name that Django knows it by, and its DATABASE_URL."""

    alias: str
    url: str


def address_of(configured: Mapping[str, Any], *, name: str = "") -> str:
    """The DATABASE_URL of a database as Django is configured for it; ``name`` for another on its server."""
    user, password = (quote(str(configured[key]), safe="") for key in ("USER", "PASSWORD"))
    who = f"{user}:{password}@" if password else f"{user}@" if user else ""
    host = quote(str(configured["HOST"]), safe="") + (f":{configured['PORT']}" if configured["PORT"] else "")
    return f"postgres://{who}{host}/{quote(name or str(configured['NAME']), safe='')}"


@contextmanager
def blank_database(folder: Path) -> Iterator[Scratch]:
    """A database with our tables and nothing that was loaded, to make others from; gone in the end.

    Raises BenchError where the tables cannot be made, or where the role of PostgreSQL may not make databases.
    """
    with _made(folder) as blank:
        ran = subprocess.run(
            [sys.executable, "-m", "twinhall", "migrate", "--verbosity", "0"],
            env=environment(blank.url),
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise BenchError(f"The tables could not be made.\n{ran.stderr}")
        yield blank


@contextmanager
def copy_of(blank: Scratch, folder: Path) -> Iterator[Scratch]:
    """A database with the same tables as a blank one, which nobody else uses; gone in the end."""
    with _made(folder, blank) as made:
        yield made


def copy_sqlite(alias: str, path: Path) -> None:
    """Copy a SQLite database into a file: whole, even while others write to it."""
    connections[alias].ensure_connection()
    target = sqlite3.connect(path)
    try:
        connections[alias].connection.backup(target)
        target.execute("PRAGMA journal_mode=WAL").fetchall()
    finally:
        target.close()


@contextmanager
def _made(folder: Path, blank: Scratch | None = None) -> Iterator[Scratch]:
    name = f"twinhall_bench_{secrets.token_hex(4)}"
    if connection.vendor == "sqlite":
        path = folder / f"{name}.sqlite3"
        if blank:
            copy_sqlite(blank.alias, path)
        with _known(name, str(path)):
            yield Scratch(name, f"sqlite:///{path}")
        return
    _create(name, blank)
    try:
        with _known(name, name):
            yield Scratch(name, address_of(connection.settings_dict, name=name))
    finally:
        _on_server(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _create(name: str, blank: Scratch | None) -> None:
    """Make a database of PostgreSQL: an empty one, or as a blank one is, which must have no visitors then."""
    made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if blank:
        connections[blank.alias].close()
        template = str(connections[blank.alias].settings_dict["NAME"])
        made += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
    _on_server(made)


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


def _on_server(statement: sql.Composed) -> None:
    parameters = {**connection.get_connection_params(), "dbname": MAINTENANCE}
    try:
        with psycopg.connect(**parameters, autocommit=True) as server:
            server.execute(statement)
    except psycopg.Error as error:
        raise BenchError(
            f"A scratch database could not be made or dropped ({str(error).strip()}). "
            "The role of DATABASE_URL must be allowed to create databases (ALTER ROLE … CREATEDB)."
        ) from error
