"""Records on the map as GeoJSON (RFC 7946): points, and lines, which are cut where they cross 180 degrees."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from twinhall.web.exports import Cell
from twinhall.web.listings.shape import Position, Row

Geometry: TypeAlias = dict[str, object] | None

MEDIA_TYPE = "application/geo+json"
HALF_TURN, FULL_TURN = 180.0, 360.0
PRECISION = 6
"""Digits after the point: a tenth of a metre (RFC 7946, 11.2)."""


def geometry(places: Sequence[Position]) -> Geometry:
    """A point for one place, a line for two, a line for each pair of more; nothing where no place is known.

    A line that crosses the antimeridian is cut there in two (RFC 7946, 3.1.9).
    """
    if not places:
        return None
    if len(places) == 1:
        return {"type": "Point", "coordinates": _rounded(places[0])}
    lines = [[_rounded(p) for p in part] for a, b in combinations(places, 2) for part in cut(a, b)]
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def line(places: Sequence[Position]) -> Geometry:
    """What ties places together; none where fewer than two are known."""
    return geometry(places) if len(places) > 1 else None


def cut(start: Position, end: Position) -> list[list[Position]]:
    """The shorter straight line between two places: in one part, or in two that meet at 180 degrees."""
    (x, y), (to_x, to_y) = start, end
    if abs(to_x - x) <= HALF_TURN:
        return [[start, end]]
    edge = HALF_TURN if x > 0 else -HALF_TURN
    there = to_x + (FULL_TURN if x > 0 else -FULL_TURN)
    if there == x:  # 180 degrees east and 180 degrees west are one
        return [[start, (x, to_y)]]
    at = y + (to_y - y) * (edge - x) / (there - x)
    parts = [[start, (edge, at)], [(-edge, at), end]]
    whole = [part for part in parts if part[0] != part[1]]  # of an end on the edge itself nothing is left
    return whole or [[start, end]]


def _rounded(place: Position) -> list[float]:
    return [round(degrees, PRECISION) for degrees in place]


def collection(
    head: Sequence[str], rows: Iterable[Row], *, metadata: Mapping[str, object], are_ties: bool
) -> Iterator[str]:
    """A feature collection, part by part. The first cell of a row is its feature's identifier.

    ``metadata`` is a foreign member (RFC 7946, 6.1). ``are_ties``: the places of a row are tied together.
    """
    yield f'{{"type":"FeatureCollection","metadata":{_json(metadata)},"features":['
    separator = "\n"
    for row in rows:
        shape = line(row.places) if are_ties else geometry(row.places)
        yield separator + _feature(head, row.cells, shape)
        separator = ",\n"
    yield "\n]}\n"


def _feature(head: Sequence[str], cells: Sequence[Cell], shape: Geometry) -> str:
    properties = {name: None if cell == "" else cell for name, cell in zip(head, cells, strict=True)}
    return _json({"type": "Feature", "id": cells[0], "geometry": shape, "properties": properties})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
