"""A whole folder of tables, in the order in which they build on one another."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from twinhall.accounts.models import User
from twinhall.exchange.tables.loading import Loader, Progress, load_table
from twinhall.exchange.tables.maps import read_map, shipped
from twinhall.exchange.tables.register import read_register
from twinhall.exchange.tables.report import LeftOut, Report


@dataclass(frozen=True)
class Table:
    """A file of the folder, and the map that it is loaded by."""

    path: Path
    map: Path


def tables_in(folder: Path) -> list[Table]:
    """The tables of a folder that maps ship for, in the order in which they are loaded."""
    plan = tomllib.loads(shipped("world").read_text("utf-8"))["tables"]
    found = [Table(folder / table["file"], shipped(table["map"])) for table in plan]
    return [table for table in found if table.path.exists()]


def load_world(
    folder: Path,
    *,
    by: User,
    progress: Callable[[Progress], None] = lambda _progress: None,
    reports: Path | None = None,
) -> Iterator[tuple[Table, Report]]:
    """Load the tables of a folder one after the other, and make the index at the end; give each report.

    Rows that are left out are noted in the folder ``reports``, a file for each table. Raises TableError.
    """
    loader = Loader(read_register(), by)
    for table in tables_in(folder):
        left_out = LeftOut(reports / f"{table.path.name}.left-out.csv") if reports else None
        yield (
            table,
            load_table(
                table.path,
                read_map(table.map),
                by=by,
                loader=loader,
                progress=progress,
                left_out=left_out,
            ),
        )
    loader.index()
