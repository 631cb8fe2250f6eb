"""Vocabularies that ship as data: fields of cooperation, and who was a member of the European Union when."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from twinhall.core.languages import best


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("twinhall.data") / "vocabularies" / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a vocabulary: its code, and its label in every interface language."""

    code: str
    labels: dict[str, str]

    @property
    def label(self) -> str:
        """Its label in the language of the request."""
        return best(self.labels).text


@cache
def fields_of_cooperation() -> dict[str, Term]:
    """The fields of cooperation by code, in the order in which they are shown."""
    return {code: Term(code, labels) for code, labels in _read("fields").items()}


@cache
def _eu_spells() -> dict[str, tuple[dt.date, dt.date | None]]:
    return {code: (spell["since"], spell.get("until")) for code, spell in _read("eu_membership").items()}


def eu_members(day: dt.date) -> frozenset[str]:
    """The countries that belonged to the European Union (or the Communities before it) on the day."""
    return frozenset(
        code
        for code, (since, until) in _eu_spells().items()
        if since <= day and (until is None or day < until)
    )
