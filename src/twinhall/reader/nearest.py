"""The nearest town of a compiled gazetteer, which tells the region of a position."""

import sqlite3
from math import cos, radians

_NEAR = 0.27
"""Degrees of latitude within which a town is sought: some 30 km."""
_LEAST_SHRINK = 0.01  # at the poles a degree of longitude has no length

# Towns lie in bands of latitude, each as high as one looks around a position, and in them by longitude, of
# which a degree is the shorter the further one is from the equator.
_NEAREST = """
    SELECT region_code, ABS(latitude - :latitude) AS north, ABS(longitude - :longitude) * :shrink AS east
    FROM place
    WHERE country = :country AND band IN (:band - 1, :band, :band + 1)
        AND longitude BETWEEN :longitude - :near / :shrink AND :longitude + :near / :shrink
        AND region_code <> '' AND north * north + east * east <= :near * :near
    ORDER BY north * north + east * east LIMIT 1
"""


def band(latitude: float) -> int:
    """The number of the band that a latitude (degrees) lies in, from the South Pole."""
    return int((latitude + 90) / _NEAR)


def nearest_region(connection: sqlite3.Connection, country: str, latitude: float, longitude: float) -> str:
    """The region of the town of the country that is nearest to a position, or "" if none is near."""
    around = {
        "country": country,
        "band": band(latitude),
        "latitude": latitude,
        "longitude": longitude,
        "near": _NEAR,
        "shrink": max(cos(radians(latitude)), _LEAST_SHRINK),
    }
    row = connection.execute(_NEAREST, around).fetchone()
    return str(row[0]) if row else ""
