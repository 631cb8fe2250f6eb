"""Tables that ship: which class of Wikidata makes which kind of party, which item is which country."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

COUNTRY = "country"
"""Beside the kinds of party: a whole country is none."""


@dataclass(frozen=True, slots=True)
class Classes:
    """The kind of each class that is known, and the general classes that others are asked to be kinds of."""

    kinds: dict[str, str]
    roots: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("twinhall.data") / "wikidata" / f"{name}.toml").read_text("utf-8"))


@cache
def classes() -> Classes:
    """Classes by number: "Q515" → "municipality"."""
    table = _read("classes")
    kinds = {number: kind for kind, group in table.items() for number in group["classes"]}
    return Classes(kinds, tuple(root for group in table.values() for root in group["roots"]))


@cache
def countries() -> dict[str, str]:
    """Codes of ISO 3166-1 alpha-2 by item: "Q211" → "LV"."""
    return {number: str(code) for number, code in _read("countries").items()}
