"""Draw the base map: Natural Earth's countries as one SVG that every map of the site reuses.

    python tools/basemap.py countries-50m.json src/twinhall/core/static/core/basemap.svg

The input is countries-50m.json of the npm package world-atlas 2 (TopoJSON: chains of points, "arcs", that
neighbours share). The output is projected to Web Mercator on a square of `WORLD` units, rounded to whole
units and written as relative path commands without any colour: a page's style sheet decides how it looks.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[int, int]

WORLD = 36_000
"""Width of the whole world in units of the drawing; twinhall.web.maps counts on it."""

NORTH, SOUTH = 84.0, -60.0
ANTARCTICA = "010"
RUSSIA, UKRAINE = "643", "804"


def project(longitude: float, latitude: float) -> Point:
    """A position in degrees on the Web Mercator square, y downwards."""
    phi = math.radians(max(SOUTH, min(NORTH, latitude)))
    x = (longitude + 180) / 360
    y = 0.5 - math.log(math.tan(math.pi / 4 + phi / 2)) / (2 * math.pi)
    return round(x * WORLD), round(y * WORLD)


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a quantised TopoJSON, each point once, projected."""
    (step_x, step_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            point = project(x * step_x + left, y * step_y + bottom)
            if not points or point != points[-1]:
                points.append(point)
        arcs.append(points)
    return arcs


def polygons(country: dict[str, Any]) -> list[list[list[int]]]:
    """Polygons of a country, each a list of rings, each a list of arc numbers."""
    arcs: list[Any] = country["arcs"]
    return arcs if country["type"] == "MultiPolygon" else [arcs]


def restore_crimea(countries: Iterable[dict[str, Any]]) -> None:
    """Join Crimea to Ukraine, to which it belongs by Resolution 68/262 of the UN General Assembly.

    Natural Earth draws who holds a place; in it Crimea is a polygon of Russia that shares one arc with
    Ukraine. Its coast takes the place of that arc.
    """
    by_id = {country.get("id"): country for country in countries}
    mainland = polygons(by_id[UKRAINE])[0][0]
    held = polygons(by_id[RUSSIA])
    crimea = next(p for p in held if len(p[0]) == 2 and ~p[0][0] in mainland)  # noqa: PLR2004 - border, coast
    border, coast = crimea[0]
    mainland[mainland.index(~border)] = coast
    held.remove(crimea)


def ring_points(ring: Sequence[int], arcs: Sequence[list[Point]]) -> list[Point]:
    """The arcs of a ring one after the other, points that meet taken once; ~i is arc i backwards.

    A ring across the antimeridian runs on past the eastern edge, as Chukotka does.
    """
    points: list[Point] = []
    for x, y in (point for i in ring for point in (arcs[i] if i >= 0 else arcs[~i][::-1])):
        turns = round((points[-1][0] - x) / WORLD) if points else 0
        point = (x + turns * WORLD, y)
        if not points or point != points[-1]:
            points.append(point)
    shift = WORLD if min(x for x, _ in points) < 0 else 0
    return [(x + shift, y) for x, y in (points[:-1] if points[0] == points[-1] else points)]


def number_text(dx: int, dy: int) -> str:
    """Two numbers with as little between them as SVG needs."""
    return f"{dx}{dy}" if dy < 0 else f"{dx} {dy}"


def ring_path(points: Sequence[Point], start: Point) -> str:
    """Path commands of one ring, relative to the start of the ring before it."""
    moves = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    first = number_text(points[0][0] - start[0], points[0][1] - start[1])
    lines = "".join(text if text[0] == "-" else f" {text}" for text in (number_text(*move) for move in moves))
    return f"m{first}l{lines.lstrip()}z"


def country_path(country: dict[str, Any], arcs: Sequence[list[Point]]) -> str:
    """All rings of a country that still have an area after rounding."""
    start = (0, 0)
    commands = []
    for ring in (ring for polygon in polygons(country) for ring in polygon):
        points = ring_points(ring, arcs)
        if len(set(points)) > 2:  # noqa: PLR2004 - two points make no area
            commands.append(ring_path(points, start))
            start = points[0]
    return "".join(commands)


def draw(topology: dict[str, Any]) -> str:
    """The whole drawing."""
    countries = topology["objects"]["countries"]["geometries"]
    restore_crimea(countries)
    arcs = decode(topology)
    paths = [country_path(country, arcs) for country in countries if country.get("id") != ANTARCTICA]
    drawn = "\n".join(f'<path vector-effect="non-scaling-stroke" d="{path}"/>' for path in paths if path)
    top, bottom = project(0, NORTH)[1], project(0, SOUTH)[1]
    box = f"0 {top} {WORLD} {bottom - top}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><g id="land">\n{drawn}\n</g></svg>\n'


def main(source: str, target: str) -> None:
    drawing = draw(json.loads(Path(source).read_text(encoding="utf-8")))
    Path(target).write_text(drawing, encoding="utf-8")
    print(f"{target}: {len(drawing):,} bytes, {drawing.count('<path')} countries")


if __name__ == "__main__":
    main(*sys.argv[1:])
