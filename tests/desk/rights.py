"""Reads the table of rights as people read it, and walks the addresses of the site."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.documents import ROOT

TABLE = ROOT / "docs" / "rights.md"
PLACEHOLDER = r"<([a-z-]+)>"


@dataclass(frozen=True)
class Row:
    """One address with what it answers: for each person in words, to GET and to POST."""

    route: str
    address: str
    answers: Mapping[str, tuple[str, str]]

    @property
    def placeholders(self) -> set[str]:
        """What stands in angle brackets."""
        return set(re.findall(PLACEHOLDER, self.address))

    def filled(self, records: Mapping[str, object]) -> str:
        """The address with records in place of the words in angle brackets."""
        return re.sub(PLACEHOLDER, lambda match: str(records[match[1]]), self.address)


def _tables(text: str) -> Iterator[list[list[str]]]:
    """The tables of a document: their heads and rows, cell by cell, without the marks of code."""
    for block in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        lines = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in block.splitlines()]
        yield [lines[0], *lines[2:]]


def _table(text: str, *head: str) -> Iterator[tuple[list[str], list[str]]]:
    """The rows of all tables whose heads begin so, each with its head."""
    for first, *rows in _tables(text):
        if tuple(first[: len(head)]) == head:
            yield from ((first, cells) for cells in rows)


def answers(text: str) -> dict[str, int]:
    """The words of the table, each with the status that the site answers with."""
    return {word: int(status) for _head, (word, status, _what) in _table(text, "word", "status")}


def rows(text: str) -> list[Row]:
    """All addresses of the table. One word in a cell is for both methods, two are for GET and for POST."""
    return [
        Row(route, address, {who: _both(cell) for who, cell in zip(head[2:], cells, strict=True)})
        for head, (route, address, *cells) in _table(text, "route", "address")
    ]


def _both(cell: str) -> tuple[str, str]:
    get, _comma, post = cell.partition(", ")
    return get, post or get


def routes() -> set[str]:
    """Every pattern of the site, as its own text."""
    return set(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLPattern):
            yield address
        else:
            yield from _walk(pattern, address)
