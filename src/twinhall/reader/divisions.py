"""The first-level divisions of countries: states, counties, provinces, as GeoNames names and numbers them.

A code is that of the country (ISO 3166-1, two letters), a point, and GeoNames' own: "DE.02" is Bavaria. The
names are mostly English. The list ships with Twinhall (CC BY 4.0, https://www.geonames.org/).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import cast

from twinhall.core.text import alphabetical
from twinhall.reader.sounds import likeness, name_key

_KINDS = frozenset({"County", "of", "Region", "Municipality", "Oblast", "Voivodeship", "Province", "Krai"})
_LIKE = 0.84  # how alike a name and a division's must sound


@cache
def region_names() -> Mapping[str, str]:
    """What all divisions are called, by code: "LV.30" → "Valka"."""
    text = (files("twinhall.data") / "gazetteer" / "admin1.json").read_text("utf-8")
    return MappingProxyType(cast("dict[str, str]", json.loads(text)))


def region_name(code: str) -> str:
    """What a division is called; of an unknown code, the code itself."""
    return region_names().get(code, code)


def regions_of(country: str) -> Mapping[str, str]:
    """The divisions of a country (two capitals), code → name, by name; none if it is unknown."""
    return _by_country().get(country, {})


def region_called(keys: Iterable[str], country: str) -> str:
    """The name of the division of a country that sounds like one of these keys, or ""; "" without a country.

    Keys are folded names without a word for what they are; an adjective made of the name will do.
    """
    keys = list(keys)
    best, name = 0.0, ""
    for text in regions_of(country).values():
        bare = name_key(" ".join(word for word in text.split() if word not in _KINDS))
        like = max((likeness(key[: len(bare)], bare) for key in keys), default=0.0)
        if like > best:
            best, name = like, text
    return name if best >= _LIKE else ""


@cache
def _by_country() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for code, name in sorted(region_names().items(), key=lambda pair: (alphabetical(pair[1]), pair[0])):
        found[code.partition(".")[0]][code] = name
    return found
