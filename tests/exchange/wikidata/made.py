"""Invented items in the JSON of Wikidata."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

GREGORIAN = "http://www.wikidata.org/entity/Q1985727"
EARTH = "http://www.wikidata.org/entity/Q2"
Json = dict[str, Any]


def item_value(number: str) -> Json:
    return {"value": {"entity-type": "item", "numeric-id": int(number[1:]), "id": number}}


def time_value(time: str, precision: int = 11, calendar: str = GREGORIAN) -> Json:
    zeros = {"timezone": 0, "before": 0, "after": 0}
    return {"value": {"time": time, **zeros, "precision": precision, "calendarmodel": calendar}}


def text_value(text: str) -> Json:
    return {"value": text, "type": "string"}


def place_value(latitude: float, longitude: float, globe: str = EARTH) -> Json:
    value = {"latitude": latitude, "longitude": longitude, "altitude": None, "precision": 1e-4}
    return {"value": {**value, "globe": globe}}


def snak(prop: str, value: Json | None, kind: str = "value") -> Json:
    """A property and its value; of the kind "somevalue" or "novalue" without one."""
    return {"snaktype": kind, "property": prop} | ({"datavalue": value} if value else {})


def statement(
    prop: str,
    value: Json | None,
    *qualifiers: Json,
    rank: str = "normal",
    kind: str = "value",
    references: tuple[list[Json], ...] = (),
) -> Json:
    made: Json = {"mainsnak": snak(prop, value, kind), "type": "statement", "rank": rank}
    if qualifiers:
        made["qualifiers"] = _by_property(list(qualifiers))
    if references:
        made["references"] = [{"hash": "0", "snaks": _by_property(snaks)} for snaks in references]
    return made


def _by_property(snaks: list[Json]) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for one in snaks:
        found.setdefault(one["property"], []).append(one)
    return found


def entity(number: str, *statements: Json, labels: Mapping[str, str] | None = None, **more: Any) -> Json:
    claims: dict[str, list[Json]] = {}
    for place, one in enumerate(statements):
        claims.setdefault(one["mainsnak"]["property"], []).append({**one, "id": f"{number}${place}"})
    return {
        "type": "item",
        "id": number,
        "labels": {tongue: {"language": tongue, "value": text} for tongue, text in (labels or {}).items()},
        "claims": claims or [],
        "modified": "2024-03-09T10:31:04Z",
        **more,
    }


def saved(path: Path, document: object) -> Path:
    """The document in a file, packed where the name says so."""
    data = json.dumps(document).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def asked_for(*entities: Json) -> Json:
    """Items as Special:EntityData and wbgetentities give them."""
    return {"entities": {entity["id"]: entity for entity in entities}}
