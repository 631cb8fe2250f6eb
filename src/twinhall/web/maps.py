"""Maps drawn by the server: positions in degrees become the numbers of an SVG.

Pure geometry. The world is a square of width 1 in Web Mercator, y downwards; x runs on past 1 and below 0
where a map crosses the antimeridian, and the land is then drawn once more. Ties follow great circles.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BASEMAP_WIDTH = 36_000
"""Units of core/basemap.svg from one end of the world to the other; tools/basemap.py draws it so."""

OVERHANG = 12 / 360
"""How far the land of one world runs on into the next: Chukotka ends at 169° west."""

MINIMUM_SPAN = 3 / 360
"""A map shows at least three degrees of longitude, else a pair of border towns would stand on bare land."""

PADDING = 34.0
NORTHERNMOST = 84.0
LABEL_SIZE = 13.5
HOME_LABEL_SIZE = 15.0

XY = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """Something to show, with its position in degrees (WGS 84)."""

    name: str
    latitude: float
    longitude: float
    href: str = ""


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    name: str
    href: str = ""


@dataclass(frozen=True)
class Label:
    """Words on the map; x and y are those of SVG's text, anchor its text-anchor."""

    x: float
    y: float
    text: str
    anchor: str
    home: bool = False


@dataclass(frozen=True)
class MapView:
    """All numbers of a map, in pixels of its frame; lands are transforms for the base map, ties are paths."""

    width: int
    height: int
    lands: tuple[str, ...]
    ties: tuple[str, ...]
    dots: tuple[Dot, ...]
    home: Dot | None
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Frame:
    """The part of the world on show: its top left corner and pixels per world width."""

    left: float
    top: float
    scale: float

    def at(self, point: XY) -> XY:
        return round((point[0] - self.left) * self.scale, 1), round((point[1] - self.top) * self.scale, 1)


def draw(
    home: Place | None,
    others: Sequence[Place],
    *,
    width: int = 460,
    height: int = 400,
    ties: Sequence[tuple[int, int]] = (),
) -> MapView:
    """A map that shows all places.

    With a home, a tie goes from it to each of the others; without one, `ties` pairs indexes of `others`.
    Raises ValueError when there is no place at all or a latitude is not one.
    """
    places = [home, *others] if home else [*others]
    if not places:
        raise ValueError("A map needs at least one place.")
    points = _unwrap([_world(place) for place in places], around_first=home is not None)
    pairs = [(0, index) for index in range(1, len(places))] if home else [*ties]
    arcs = [arc for a, b in pairs for arc in _arcs(places[a], places[b], points[a], points[b])]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    between = (point for arc in arcs for point in arc if west <= point[0] <= east)
    frame = _fit([*points, *between], width, height)
    dots = tuple(
        Dot(*frame.at(point), place.name, place.href) for place, point in zip(places, points, strict=True)
    )
    return MapView(
        width=width,
        height=height,
        lands=tuple(_lands(frame, width)),
        ties=tuple(_path(frame, arc) for arc in arcs),
        dots=dots[1:] if home else dots,
        home=dots[0] if home else None,
        labels=tuple(_labels(dots, [*_trail(frame, arcs)], width, height, home=home is not None)),
    )


def _world(place: Place) -> XY:
    """A place on the Mercator square, 0 ≤ x < 1."""
    if not -90 <= place.latitude <= 90:  # noqa: PLR2004 - the poles
        raise ValueError(f"{place.name}: {place.latitude} is not a latitude.")
    return (place.longitude / 360 + 0.5) % 1, _mercator(place.latitude)


def _mercator(latitude: float) -> float:
    phi = math.radians(max(-NORTHERNMOST, min(NORTHERNMOST, latitude)))
    return 0.5 - math.log(math.tan(math.pi / 4 + phi / 2)) / math.tau


def _unwrap(points: Sequence[XY], *, around_first: bool) -> list[XY]:
    """Move points by whole worlds so that they lie together.

    Around the first: each at its nearest copy. Otherwise the world is cut where the widest gap is.
    """
    if around_first:
        centre = points[0][0]
        return [(centre + _turn(x - centre), y) for x, y in points]
    ordered = sorted({x for x, _ in points})
    gaps = [((b - a) % 1, b) for a, b in pairwise([ordered[-1], *ordered])]
    cut = max(gaps)[1]
    return [(x if x >= cut else x + 1, y) for x, y in points]


def _turn(difference: float) -> float:
    """The same turn round the world, between half a world west and half a world east."""
    return (difference + 0.5) % 1 - 0.5


def _arcs(start: Place, end: Place, from_: XY, to: XY) -> Iterator[list[XY]]:
    """The great circle between two places; twice where it leaves on one side to return on the other."""
    line = _great_circle(start, end)
    if not line:
        return
    points = [from_]
    for latitude, longitude in line[1:]:
        before = points[-1][0]
        points.append((before + _turn(longitude / 360 + 0.5 - before), _mercator(latitude)))
    yield points
    shift = round(to[0] - points[-1][0])
    if shift:
        yield [(x + shift, y) for x, y in points]


def _great_circle(start: Place, end: Place) -> list[tuple[float, float]]:
    """Latitudes and longitudes along the shortest way, ends included; empty when the ends are one point.

    Opposite ends have no single shortest way: the end is moved by a hair to choose one.
    """
    a, b = _vector(start.latitude, start.longitude), _vector(end.latitude, end.longitude)
    angle = math.acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(a, b, strict=True)))))
    if angle < 1e-6:  # noqa: PLR2004 - some metres
        return []
    if math.pi - angle < 1e-4:  # noqa: PLR2004 - some hundred metres from the opposite point
        towards = 0.02 if end.latitude < 0 else -0.02
        return _great_circle(start, Place(end.name, end.latitude + towards, end.longitude + towards))
    steps = 8 + round(math.degrees(angle) / 3)
    return [_between(a, b, angle, step / steps) for step in range(steps + 1)]


def _vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    phi, lam = math.radians(latitude), math.radians(longitude)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def _between(
    a: tuple[float, float, float], b: tuple[float, float, float], angle: float, part: float
) -> tuple[float, float]:
    """The point that lies `part` of the way from a to b on the sphere, in degrees."""
    near, far = math.sin((1 - part) * angle), math.sin(part * angle)
    x, y, z = ((near * p + far * q) / math.sin(angle) for p, q in zip(a, b, strict=True))
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _fit(points: Sequence[XY], width: int, height: int) -> Frame:
    """The frame in whose middle all points lie, inside the padding."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    span_x, span_y = max(max(xs) - min(xs), MINIMUM_SPAN), max(max(ys) - min(ys), MINIMUM_SPAN)
    scale = min((width - 2 * PADDING) / span_x, (height - 2 * PADDING) / span_y)
    left = (min(xs) + max(xs)) / 2 - width / scale / 2
    return Frame(left, (min(ys) + max(ys)) / 2 - height / scale / 2, scale)


def _lands(frame: Frame, width: int) -> Iterator[str]:
    """One transform for each copy of the world that the frame shows a part of."""
    for world in range(math.floor(frame.left - OVERHANG), math.floor(frame.left + width / frame.scale) + 1):
        x, y = frame.at((world, 0.0))
        yield f"translate({x:g} {y:g}) scale({frame.scale / BASEMAP_WIDTH:.7g})"


def _path(frame: Frame, points: Iterable[XY]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in map(frame.at, points))


def _labels(
    dots: Sequence[Dot], lines: Sequence[XY], width: int, height: int, *, home: bool
) -> Iterator[Label]:
    """A label for each dot with room: in the frame, over no other label or dot, best over no tie."""
    taken = [(dot.x - 5, dot.y - 5, dot.x + 5, dot.y + 5) for dot in dots]
    for number, dot in enumerate(dots):
        is_home = home and number == 0
        size = HOME_LABEL_SIZE if is_home else LABEL_SIZE
        others = taken[:number] + taken[number + 1 :]
        choices = [(_box(x, y, anchor, dot.name, size), x, y, anchor) for x, y, anchor in _around(dot, size)]
        free = [choice for choice in choices if _free(choice[0], others, width, height)]
        if free:
            box, x, y, anchor = min(free, key=lambda choice: sum(_covers(choice[0], xy) for xy in lines))
            taken.append(box)
            yield Label(x, y, dot.name, anchor, home=is_home)


def _around(dot: Dot, size: float) -> Iterator[tuple[float, float, str]]:
    middle, beside = round(dot.y + size * 0.35, 1), 9.0
    yield round(dot.x + beside, 1), middle, "start"
    yield round(dot.x - beside, 1), middle, "end"
    yield dot.x, round(dot.y - beside, 1), "middle"
    yield dot.x, round(dot.y + beside + size * 0.75, 1), "middle"


def _box(x: float, y: float, anchor: str, text: str, size: float) -> Box:
    """What a text covers, its width guessed generously: our sans runs at about 0.6 of its size."""
    length = len(text) * size * 0.62
    left = x - {"start": 0.0, "middle": length / 2, "end": length}[anchor]
    return left, y - size * 0.85, left + length, y + size * 0.3


def _free(box: Box, others: Iterable[Box], width: int, height: int) -> bool:
    inside = box[0] >= 2 and box[1] >= 2 and box[2] <= width - 2 and box[3] <= height - 2  # noqa: PLR2004 - pixels
    return inside and not any(_overlap(box, other) for other in others)


def _covers(box: Box, point: XY) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _trail(frame: Frame, arcs: Iterable[Sequence[XY]]) -> Iterator[XY]:
    """Points along the ties, a few pixels apart."""
    for arc in arcs:
        for (x1, y1), (x2, y2) in pairwise([frame.at(point) for point in arc]):
            steps = max(1, round(math.hypot(x2 - x1, y2 - y1) / 6))
            yield from ((x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps))


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
