"""The raw copy: the same rows of all tables, put into an empty database of the same schema by bulk means.

It is what loading is held against: no reading of columns, no matching, no rules, only rows. PostgreSQL has
COPY. SQLite's shell has `.import`, which cannot tell NULL from an empty text: the checks that this breaks are
left out, and what it then refuses is counted. So the rows go in once more by Python, as they are.
"""

import csv
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, transaction
from psycopg import sql

from twinhall.bench.figures import BenchError

BATCH = 10_000
NULL = "\\N"
"""What stands for NULL in a file; no text of the register is this."""


@dataclass(frozen=True)
class Copied:
    """How many rows came in, by what means, and in how many seconds."""

    way: str
    rows: int
    seconds: float


def tables() -> list[str]:
    """All tables of the register, those between two models as well."""
    models = apps.get_models(include_auto_created=True)
    return list(dict.fromkeys(model._meta.db_table for model in models if model._meta.managed))


def count_rows(alias: str) -> int:
    """The rows of all tables of a database."""
    with connections[alias].cursor() as cursor:
        total = 0
        for table in tables():
            cursor.execute(f"SELECT COUNT(*) FROM {_quoted(alias, table)}")  # noqa: S608 - our own tables
            total += cursor.fetchone()[0]
    return total


def empty(alias: str) -> None:
    """Empty all tables of a scratch database, those that migrations have filled as well."""
    connection = connections[alias]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables(), allow_cascade=True))


def dump(alias: str, folder: Path) -> None:
    """Write the rows of all tables into a folder, a file for each; this is not timed."""
    folder.mkdir(parents=True, exist_ok=True)
    write = _dump_postgresql if connections[alias].vendor == "postgresql" else _dump_sqlite
    for table in tables():
        write(alias, table, folder / table)


def ways(vendor: str) -> dict[str, Callable[[str, Path], float]]:
    """The means of copying raw rows into a database that is at hand, by name; each gives its seconds."""
    if vendor == "postgresql":
        return {"COPY": _copy_postgresql}
    found: dict[str, Callable[[str, Path], float]] = {"csv and executemany": _copy_by_python}
    return {".import of the sqlite3 shell": _copy_by_shell, **found} if shutil.which("sqlite3") else found


def raw_copy(alias: str, folder: Path, way: str) -> Copied:
    """Copy what was dumped into an emptied database by one of the ways."""
    empty(alias)
    seconds = ways(connections[alias].vendor)[way](alias, folder)
    return Copied(way, count_rows(alias), seconds)


# PostgreSQL --------------------------------------------------------------------------------------------


def _dump_postgresql(alias: str, table: str, path: Path) -> None:
    statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with (
        connections[alias].cursor() as cursor,
        path.open("wb") as file,
        cursor.copy(statement) as copy,
    ):
        for piece in copy:
            file.write(piece)


def _copy_postgresql(alias: str, folder: Path) -> float:
    """All tables in one transaction; foreign keys are looked at when it ends, as our loading has it."""
    began = time.monotonic()
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for table in tables():
            statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
            with (folder / table).open("rb") as file, cursor.copy(statement) as copy:
                while piece := file.read(2**20):
                    copy.write(piece)
    return time.monotonic() - began


# SQLite ------------------------------------------------------------------------------------------------


def _dump_sqlite(alias: str, table: str, path: Path) -> None:
    """Two files: as it is with a word for NULL, and as the shell reads it."""
    with (
        connections[alias].cursor() as cursor,
        path.open("w", encoding="utf-8", newline="") as exact,
        path.with_suffix(".shell").open("w", encoding="utf-8", newline="") as plain,
    ):
        cursor.execute(f"SELECT * FROM {_quoted(alias, table)}")  # noqa: S608 - our own tables
        exactly, plainly = csv.writer(exact), csv.writer(plain)
        while rows := cursor.fetchmany(BATCH):
            exactly.writerows([[NULL if value is None else value for value in row] for row in rows])
            plainly.writerows(rows)


def _copy_by_python(alias: str, folder: Path) -> float:
    """In one transaction, by the driver itself; the columns turn texts into numbers, as with `.import`."""
    connections[alias].ensure_connection()
    database = connections[alias].connection
    began = time.monotonic()
    with transaction.atomic(using=alias):
        for table in tables():
            for rows in _batches(folder / table):
                places = ", ".join("?" * len(rows[0]))
                database.executemany(f"INSERT INTO {_quoted(alias, table)} VALUES ({places})", rows)  # noqa: S608
    return time.monotonic() - began


def _batches(path: Path) -> Iterator[Sequence[Sequence[str | None]]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows: list[Sequence[str | None]] = []
        for row in csv.reader(file):
            rows.append([None if value == NULL else value for value in row])
            if len(rows) == BATCH:
                yield rows
                rows = []
    if rows:
        yield rows


def _copy_by_shell(alias: str, folder: Path) -> float:
    shell = shutil.which("sqlite3") or ""
    imports = [f'.import --csv "{folder / table}.shell" {table}' for table in tables()]
    pragmas = [
        "PRAGMA journal_mode=WAL;",
        "PRAGMA synchronous=NORMAL;",
        "PRAGMA ignore_check_constraints=ON;",
    ]
    connections[alias].close()
    began = time.monotonic()
    ran = subprocess.run(
        [shell, str(connections[alias].settings_dict["NAME"])],
        input="\n".join([*pragmas, *imports, ""]),
        capture_output=True,
        text=True,
        check=False,
    )
    took = time.monotonic() - began
    if "unknown" in ran.stderr or "no such" in ran.stderr:
        raise BenchError(f"The sqlite3 shell could not import.\n{ran.stderr[:500]}")
    return took


def _quoted(alias: str, table: str) -> str:
    return str(connections[alias].ops.quote_name(table))
