"""Tables of a few rows, loaded for real."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.factories.accounts import make_user
from twinhall.accounts.models import User
from twinhall.exchange.tables.loading import load_table
from twinhall.exchange.tables.maps import Map, read_map
from twinhall.exchange.tables.report import Report

SOURCE = """
[sources.list]
title = "A list of twin towns"
dated = "2016-09"

[sources.other]
title = "Another list"
dated = "2018"
"""

PLACES = (
    """
subject = "parties"
title = "Places"
source = { always = "list" }
"""
    + SOURCE
    + """
[party]
name = "name"
kind = "kind"
country = "country"
latitude = "lat"
longitude = "lon"
population = "people"
identifiers = { wikidata = "qid" }
"""
)

PAIRS = (
    """
subject = "partnerships"
title = "Pairs"
source = "sources"
split = "|"
kind = "kind"
"""
    + SOURCE
    + """
[[acts]]
kind = { always = "signed" }
date = "since"

[a]
name = "a"
country = "a_country"
latitude = "a_lat"
longitude = "a_lon"
identifiers = { wikidata = "a_qid" }

[b]
name = "b"
country = "b_country"
latitude = "b_lat"
longitude = "b_lon"
identifiers = { wikidata = "b_qid" }
"""
)

VALGA = {"a": "Valga", "a_country": "EE", "a_lat": "57.7769", "a_lon": "26.0311", "a_qid": "Q216877"}
VALKA = {"b": "Valka", "b_country": "LV", "b_lat": "57.7752", "b_lon": "26.0101", "b_qid": "Q736591"}
TIE = {**VALGA, **VALKA, "sources": "list"}

Load = Callable[..., Report]
Rows = Sequence[dict[str, str]]


def write_csv(path: Path, rows: Rows) -> Path:
    """A CSV file of these rows."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def a_map(folder: Path, text: str) -> Map:
    """A map of this text."""
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return read_map(path)


@pytest.fixture
def operator(db: None) -> User:  # noqa: ARG001
    return make_user()


@pytest.fixture
def load(tmp_path: Path, operator: User) -> Load:
    """Loads rows by a map, as a file of their own."""

    def loaded(rows: Rows, text: str = PAIRS, *, name: str = "table.csv", dry_run: bool = False) -> Report:
        path = write_csv(tmp_path / name, rows)
        return load_table(path, a_map(tmp_path, text), by=operator, dry_run=dry_run)

    return loaded
