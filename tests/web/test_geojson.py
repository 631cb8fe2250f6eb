"""Lines and points as RFC 7946 wants them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinhall.web.geojson import collection, cut, geometry, line
from twinhall.web.listings.shape import Position, Row

TALLINN, RIGA, SUVA, APIA = (24.75, 59.44), (24.11, 56.95), (178.44, -18.14), (-171.77, -13.83)
PLACES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def test_one_place_is_a_point_longitude_first() -> None:
    assert geometry([TALLINN]) == {"type": "Point", "coordinates": [24.75, 59.44]}


def test_two_are_a_line_and_three_a_line_for_each_pair() -> None:
    assert line([TALLINN, RIGA]) == {"type": "LineString", "coordinates": [[24.75, 59.44], [24.11, 56.95]]}
    shape = line([TALLINN, RIGA, (0.0, 0.0)])
    assert shape is not None
    assert shape["type"] == "MultiLineString"
    assert shape["coordinates"] == [
        [[24.75, 59.44], [24.11, 56.95]],
        [[24.75, 59.44], [0.0, 0.0]],
        [[24.11, 56.95], [0.0, 0.0]],
    ]


@pytest.mark.parametrize("places", [[], [TALLINN]])
def test_nothing_ties_fewer_than_two_places(places: list[Position]) -> None:
    assert line(places) is None


def test_a_line_over_the_antimeridian_is_cut_there() -> None:
    (start, there), (here, end) = cut(SUVA, APIA)
    assert (start, end) == (SUVA, APIA)
    assert (there[0], here[0]) == (180.0, -180.0)
    assert there[1] == here[1]
    assert there[1] == pytest.approx(-18.14 + 4.31 * 1.56 / 9.79)


@pytest.mark.parametrize(
    ("start", "end", "parts"),
    [
        ((180.0, 0.0), (-170.0, 5.0), [[(-180.0, 0.0), (-170.0, 5.0)]]),
        ((-175.0, 3.0), (180.0, 0.0), [[(-175.0, 3.0), (-180.0, 0.0)]]),
        ((180.0, 1.0), (-180.0, 2.0), [[(180.0, 1.0), (180.0, 2.0)]]),
        ((90.0, 1.0), (-90.0, 2.0), [[(90.0, 1.0), (-90.0, 2.0)]]),
    ],
)
def test_an_end_on_the_antimeridian_leaves_no_line_without_length(
    start: Position, end: Position, parts: list[list[Position]]
) -> None:
    assert cut(start, end) == parts


@given(start=PLACES, end=PLACES)
def test_no_part_of_a_line_is_longer_than_half_the_globe(start: Position, end: Position) -> None:
    parts = cut(start, end)
    assert all(abs(a[0] - b[0]) <= 180 for a, b in parts)
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for part in parts for x, y in part)
    ends = {(x % 360, y) for x, y in (parts[0][0], parts[-1][-1])}
    assert ends == {(start[0] % 360, start[1]), (end[0] % 360, end[1])}


def test_a_collection_is_json_also_when_it_is_empty() -> None:
    told = {"title": "Nothing", "as_of": "2026-12-01"}
    found = json.loads("".join(collection(["slug"], [], metadata=told, are_ties=False)))
    assert found == {"type": "FeatureCollection", "metadata": told, "features": []}


def test_what_is_not_known_is_null() -> None:
    rows = [Row(["a", "", None], []), Row(["b", "Ä “quoted”", 3], [TALLINN])]
    found = json.loads("".join(collection(["slug", "name", "population"], rows, metadata={}, are_ties=False)))
    assert found["features"] == [
        {
            "type": "Feature",
            "id": "a",
            "geometry": None,
            "properties": {"slug": "a", "name": None, "population": None},
        },
        {
            "type": "Feature",
            "id": "b",
            "geometry": {"type": "Point", "coordinates": [24.75, 59.44]},
            "properties": {"slug": "b", "name": "Ä “quoted”", "population": 3},
        },
    ]
