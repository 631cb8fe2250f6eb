"""Tables as rows: CSV (also .gz) and XLSX, each row a mapping from its column's name to its text."""

import csv
import gzip
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from twinhall.exchange.tables.maps import Row

csv.field_size_limit(1_000_000)


class TableError(Exception):
    """The file cannot be read as a table; the message says what is wrong."""


def rows_of(path: Path) -> Iterator[tuple[int, Row]]:
    """The rows of a table with their numbers, as a spreadsheet counts them: the first is row 2.

    Raises TableError, also in the middle of a file that breaks off.
    """
    try:
        yield from _sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    except (OSError, EOFError, csv.Error, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise TableError(f"{path.name}: {error}") from error


def count_rows(path: Path) -> int | None:
    """About how many rows a table has, for telling how long is left; None where counting costs reading."""
    if path.suffix.lower() == ".xlsx":
        return None
    try:
        with _open(path) as file:
            return max(sum(1 for _ in csv.reader(file)) - 1, 0)
    except (OSError, EOFError, csv.Error, UnicodeDecodeError):
        return None


def _open(path: Path) -> IO[str]:
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _csv(path: Path) -> Iterator[tuple[int, Row]]:
    with _open(path) as file:
        reader = csv.DictReader(file, restkey="", restval="")
        if not reader.fieldnames:
            raise TableError(f"{path.name}: the file is empty; its first row names the columns.")
        for number, row in enumerate(reader, start=2):
            if None in row.values() or "" in row:
                row = {k: v or "" for k, v in row.items() if k}  # noqa: PLW2901 - cells past the last column
            yield number, row


def _sheet(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError) as error:
        raise TableError(f"{path.name}: not a spreadsheet: {error}") from error
    with closing(book):
        cells = book.worksheets[0].iter_rows(values_only=True)
        heads = [_text(cell) for cell in next(cells, ())]
        if not any(heads):
            raise TableError(f"{path.name}: the first sheet is empty; its first row names the columns.")
        for number, row in enumerate(cells, start=2):
            if any(cell not in (None, "") for cell in row):
                yield number, {h: _text(c) for h, c in zip(heads, row, strict=False) if h}


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
