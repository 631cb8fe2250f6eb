"""What a list for machines is made of: columns with stable names, rows with places on the map."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from django.db.models import QuerySet
from django.urls import reverse

from twinhall.core.dates import PartialDate
from twinhall.web.exports import Cell

CHUNK = 1000
"""So many records are put into rows at once: the questions are asked once for each such part."""

LARGEST = 10_000
"""The most rows of a spreadsheet: it is written whole before it goes out, some four seconds for so many."""

Position: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees of WGS 84, in this order (RFC 7946)."""

SEPARATOR = ";"
"""Between the members of a set in one cell."""


@dataclass(frozen=True)
class Column:
    """A column by its stable name; ``datatype`` is one of CSV on the Web, ``about`` says what it holds."""

    name: str
    about: Any
    datatype: str = "string"
    is_set: bool = False


class Row(NamedTuple):
    """The cells of a record in the order of the columns, and where its parties lie, as far as is known."""

    cells: Sequence[Cell]
    places: Sequence[Position] = ()


@dataclass(frozen=True)
class Listing:
    """A list of records of one kind."""

    name: str
    title: Any
    about: Any
    columns: Sequence[Column]
    rows: Callable[["QuerySet[Any]", dt.date, str], Iterator[Row]]
    """The rows of the records found, as of a day; the text is the site's own address, without a path."""
    suffixes: Sequence[str] = ("csv", "xlsx")

    @property
    def head(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]


def written(date: PartialDate | None) -> str:
    """A date as ISO 8601 writes it, as exact as it is known; empty where it is not."""
    return "" if date is None else str(date)


def position(latitude: float | None, longitude: float | None) -> list[Position]:
    """Where a party lies: one place, or none where either number is not known."""
    return [] if latitude is None or longitude is None else [(longitude, latitude)]


def joined(members: Sequence[str]) -> str:
    """A set in one cell."""
    return SEPARATOR.join(members)


class Addresses:
    """The addresses of many pages of one kind: a route is looked up once, not for each of them."""

    MARK = "0"

    def __init__(self, route: str, site: str = "") -> None:
        before, after = reverse(route, args=[self.MARK]).rsplit(f"/{self.MARK}/", 1)
        self._before, self._after = f"{site}{before}/", f"/{after}"

    def of(self, slug: str) -> str:
        """The address of the page of the record with this slug."""
        return f"{self._before}{slug}{self._after}"
