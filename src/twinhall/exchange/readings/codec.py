"""Facts of the reader as they are kept: as JSON, and told apart by what they state, wherever on the page."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from twinhall.exchange.models.readings import FactKind
from twinhall.reader.facts import Fact, Membership, Network, Partnership, Project

KINDS: Mapping[str, type[Fact]] = {
    FactKind.PARTNERSHIP: Partnership,
    FactKind.MEMBERSHIP: Membership,
    FactKind.PROJECT: Project,
    FactKind.NETWORK: Network,
}
_ADAPTERS = {kind: TypeAdapter(model) for kind, model in KINDS.items()}
_PLACE = ("quote", "quote_start", "confidence")
"""Where a fact stands and how sure it is; all else is what it states."""


def kind_of(fact: Fact) -> str:
    """What the fact is of, as ``FactKind`` calls it."""
    return type(fact).__name__


def told_of(fact: Fact) -> dict[str, Any]:
    """The fact as JSON keeps it."""
    found: dict[str, Any] = _ADAPTERS[kind_of(fact)].dump_python(fact, mode="json")
    return found


def fact_of(kind: str, told: Mapping[str, Any]) -> Fact:
    """The fact that was kept as this JSON."""
    found: Fact = _ADAPTERS[kind].validate_python(told)
    return found


def fingerprint_of(kind: str, told: Mapping[str, Any]) -> str:
    """A hash of what a fact states. Which places a name could be is the gazetteer's word, not the page's."""
    stated = {name: _as_printed(value) for name, value in told.items() if name not in _PLACE}
    return hashlib.sha256(json.dumps([kind, stated], sort_keys=True).encode()).hexdigest()


def _as_printed(value: object) -> object:
    if isinstance(value, Mapping) and "candidates" in value:
        return {name: part for name, part in value.items() if name != "candidates"}
    return value
