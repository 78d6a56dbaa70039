"""Great-circle distance: the one formula, for two points and for arrays of them.

A point on the earth is a unit vector; two points `m` miles apart are a straight chord apart whose length depends on `m`
alone. Comparing chords (or their squares) orders and cuts exactly as miles do, without trigonometry per row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

EARTH_RADIUS_MILES = 6371.009 / 1.609344  # geopy's mean earth radius (kilometres), in statute miles
LONGEST_CHORD = 2.0  # antipodes on the unit sphere

Vectors = npt.NDArray[np.float64]


class InvalidCoordinates(ValueError):
    """A latitude or longitude that is not on the earth; `field` is "lat" or "lon"."""

    def __init__(self, field: str, value: float, limit: int) -> None:
        super().__init__(f"{field} must be between -{limit} and {limit} degrees, got {value:g}")
        self.field, self.value = field, value


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point in decimal degrees, WGS 84: north and east are positive."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not -90 <= self.lat <= 90:
            raise InvalidCoordinates("lat", self.lat, 90)
        if not -180 <= self.lon <= 180:
            raise InvalidCoordinates("lon", self.lon, 180)


def great_circle_miles(a: Coordinates, b: Coordinates) -> float:
    """Return the distance over the surface in statute miles.

    >>> round(great_circle_miles(Coordinates(39.7392, -104.9903), Coordinates(38.8339, -104.8214)))
    63
    """
    first, second = unit_vector(a), unit_vector(b)
    return miles_of_chord(min(float(np.linalg.norm(first - second)), LONGEST_CHORD))


def unit_vector(point: Coordinates) -> Vectors:
    """Return the point as a vector of length 1, shape (3,)."""
    lat, lon = math.radians(point.lat), math.radians(point.lon)
    return np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])


def unit_vectors(lat: npt.ArrayLike, lon: npt.ArrayLike) -> Vectors:
    """Return many points, given in degrees, as vectors of length 1, shape (n, 3). NaN stays NaN: such a row is near nothing."""
    phi = np.radians(np.asarray(lat, dtype=np.float64))
    theta = np.radians(np.asarray(lon, dtype=np.float64))
    return np.column_stack((np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)))


def chord_of_miles(miles: float) -> float:
    """Return the chord on the unit sphere that spans `miles` of surface; half the earth and beyond is the longest chord."""
    return LONGEST_CHORD * math.sin(min(miles / (2 * EARTH_RADIUS_MILES), math.pi / 2))


def miles_of_chord(chord: float) -> float:
    """Return the surface miles that a chord on the unit sphere (0 to 2) spans."""
    return 2 * EARTH_RADIUS_MILES * math.asin(min(chord / LONGEST_CHORD, 1.0))


def squared_chord_of_miles(miles: float) -> float:
    """Return `chord_of_miles` squared, for comparing without roots."""
    return chord_of_miles(miles) ** 2


def squared_chords(origin: Vectors, points: Vectors) -> Vectors:
    """Return the squared chord from one unit vector to each row of `points`, shape (n,)."""
    difference = points - origin
    squares: Vectors = np.einsum("ij,ij->i", difference, difference)
    return squares


def miles_of_squared_chords(squares: npt.ArrayLike) -> Vectors:
    """Return surface miles for an array of squared chords."""
    halves = np.sqrt(np.asarray(squares, dtype=np.float64)) / LONGEST_CHORD
    miles: Vectors = 2 * EARTH_RADIUS_MILES * np.arcsin(np.minimum(halves, 1.0))
    return miles
