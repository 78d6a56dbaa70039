"""Which slots lie in an area, and how far each is from its centre."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from index.engine.arrays import BAND_DEGREES, BAND_STRIDE, NOWHERE, Array, Floats, Longs, join_ranges
from index.engine.ranking import EDGE_MILES
from index.engine.schema import county_key
from index.engine.segment import Segment
from index.geo.distance import (
    EARTH_RADIUS_MILES,
    LONGEST_CHORD,
    Coordinates,
    squared_chord_of_miles,
    unit_vector,
)
from index.request import Corridor

_ARC_SAMPLES: Final = 65
_STRAIGHT: Final = 1e-6  # an arc this short, or this close to half the earth, has no direction to sample
_HALF_RADIAN: Final = math.pi / 360  # half a degree
_AT_A_POLE: Final = 1e-9  # less than this divides only there, where every longitude is in reach
_SOUTH: Final = np.arange(round(180 / BAND_DEGREES) + 1) * BAND_DEGREES - 90  # the southern edge of each band
_POLAR_COSINE: Final = np.cos(np.radians(np.minimum(np.maximum(np.abs(_SOUTH), np.abs(_SOUTH + BAND_DEGREES)), 90)))
_MEASURED_AT_ONCE: Final = 6_000  # slots between two latitudes; so few are measured sooner than longitudes are searched
_SLACK_DEGREES: Final = 1e-7  # added to every search range: candidates are checked exactly afterwards


class Candidates(NamedTuple):
    """Programs in play: `slots` ascending; `squares`, the squared chords from the centre, and `scores` beside them or None."""

    slots: Longs
    squares: Floats | None = None
    scores: Floats | None = None

    def keep(self, chosen: Array) -> Candidates:
        """Return those that `chosen` (flags or positions) picks."""
        return Candidates(
            self.slots[chosen],
            None if self.squares is None else self.squares[chosen],
            None if self.scores is None else self.scores[chosen],
        )


def in_circle(segment: Segment, centre: Coordinates, miles: float) -> Candidates:
    """Return the slots at most `miles` from the centre, edge included."""
    first, last = _slots_between(segment, *_latitudes_around(centre, miles))
    if last - first <= _MEASURED_AT_ONCE:
        squares = chords_from(centre, segment.arrays.slots.xyz[:, first:last])
        near = (squares <= squared_chord_of_miles(miles + EDGE_MILES)).nonzero()[0]
        return Candidates(near + first, squares[near])
    slots = _near_slots(segment, centre, miles)
    return those_in_circle(segment, Candidates(slots), centre, miles)


def those_in_circle(segment: Segment, candidates: Candidates, centre: Coordinates, miles: float) -> Candidates:
    """Return the candidates at most `miles` from the centre, edge included."""
    squares = chords_from(centre, segment.arrays.slots.xyz.take(candidates.slots, axis=1))
    near = (squares <= squared_chord_of_miles(miles + EDGE_MILES)).nonzero()[0]
    return Candidates(candidates.slots, squares, candidates.scores).keep(near)


def chords_from(centre: Coordinates, points: Floats) -> Floats:
    """Return the squared chord from the centre to each point; `points` are unit vectors, shape (3, n)."""
    differences = points - unit_vector(centre)[:, np.newaxis]
    differences *= differences
    squares: Floats = np.add.reduce(differences, axis=0)
    return squares


def in_county(segment: Segment, state: str, county: str) -> Candidates:
    """Return the slots of a county."""
    return Candidates(np.sort(segment.arrays.counties.of(county_key(state, county))).astype(np.int64))


def in_corridor(segment: Segment, corridor: Corridor) -> Candidates:
    """Return the slots near the great-circle arc between two points, with their distance from its start."""
    ends = [in_circle(segment, end, corridor.width_miles).slots for end in (corridor.start, corridor.end)]
    slots = np.unique(np.concatenate([*ends, _beside_arc(segment, corridor)]))
    return Candidates(slots, chords_from(corridor.start, segment.arrays.slots.xyz[:, slots]))


def _beside_arc(segment: Segment, corridor: Corridor) -> Longs:
    """Return the slots whose nearest point of the great circle lies between the ends, and near enough."""
    start, end = unit_vector(corridor.start), unit_vector(corridor.end)
    pole = np.cross(start, end)
    length = float(np.linalg.norm(pole))
    if length == 0:
        return np.zeros(0, np.int64)
    pole /= length
    first, last = _slots_between(segment, *_latitudes(corridor))
    xyz = segment.arrays.slots.xyz[:, first:last]
    limit = math.sin((corridor.width_miles + EDGE_MILES) / EARTH_RADIUS_MILES)
    near = (np.abs(pole @ xyz) <= limit) & (xyz[0] < NOWHERE)
    slots: Longs = near.nonzero()[0] + first
    near_xyz = segment.arrays.slots.xyz[:, slots]
    between = (np.cross(pole, start) @ near_xyz > 0) & (np.cross(end, pole) @ near_xyz > 0)
    return slots[between]


def _latitudes(corridor: Corridor) -> tuple[float, float]:
    """Return the latitudes, in degrees, between which the corridor lies: samples of the arc, and room between them."""
    start, end = unit_vector(corridor.start), unit_vector(corridor.end)
    angle = 2 * math.asin(min(float(np.linalg.norm(start - end)) / LONGEST_CHORD, 1.0))
    if math.sin(angle) < _STRAIGHT:
        return -90.0, 90.0
    along = np.linspace(0, angle, _ARC_SAMPLES)
    heights = (np.sin(angle - along) * start[2] + np.sin(along) * end[2]) / math.sin(angle)
    latitudes = np.degrees(np.arcsin(np.clip(heights, -1, 1)))
    room = math.degrees(angle / (_ARC_SAMPLES - 1) + (corridor.width_miles + EDGE_MILES) / EARTH_RADIUS_MILES)
    return float(latitudes.min()) - room, float(latitudes.max()) + room


def _latitudes_around(centre: Coordinates, miles: float) -> tuple[float, float]:
    """Return the latitudes, in degrees, between which a circle lies."""
    reach = math.degrees((miles + EDGE_MILES) / EARTH_RADIUS_MILES) + _SLACK_DEGREES
    return centre.lat - reach, centre.lat + reach


def _slots_between(segment: Segment, south: float, north: float) -> tuple[int, int]:
    """Return the range of the slots whose latitude bands touch two latitudes and all between."""
    keys = segment.arrays.slots.key
    lowest = math.floor((max(south, -90) + 90) / BAND_DEGREES) * BAND_STRIDE
    highest = (math.floor((min(north, 90) + 90) / BAND_DEGREES) + 1) * BAND_STRIDE
    first, last = np.searchsorted(keys, (lowest, highest)).tolist()
    return first, last


def _near_slots(segment: Segment, centre: Coordinates, miles: float) -> Longs:
    """Return the slots of each latitude band whose longitude may lie in the circle, ascending; a superset."""
    base, widths = _bands_in_reach(centre, miles)
    lon, widest = centre.lon + 180, float(widths.max())
    keys = segment.arrays.slots.key
    if lon - widest >= 0 and lon + widest <= 360:
        bounds = keys.searchsorted(np.concatenate((base + (lon - widths), base + (lon + widths))))
        return join_ranges(bounds[: len(base)], bounds[len(base) :])
    west, east = lon - widths, lon + widths  # over the antimeridian: the rest stands at the other end of its band
    starts = keys.searchsorted(np.concatenate((base + np.maximum(west, 0), base + (west + 360), base)))
    ends = keys.searchsorted(np.concatenate((base + np.minimum(east, 360), base + 360, base + (east - 360))), "right")
    return np.unique(join_ranges(starts, np.maximum(ends, starts)))


def _bands_in_reach(centre: Coordinates, miles: float) -> tuple[Floats, Floats]:
    """Return the key at which each latitude band in reach begins, and half the circle's width there in degrees of longitude.

    By the haversine formula, at the latitude of the band nearest the centre and the one nearest a pole: an upper bound.
    """
    angle = (miles + EDGE_MILES) / EARTH_RADIUS_MILES
    reach = math.degrees(angle)
    lowest = math.floor((max(centre.lat - reach, -90) + 90) / BAND_DEGREES)
    highest = math.floor((min(centre.lat + reach, 90) + 90) / BAND_DEGREES)
    bands = slice(lowest, highest + 1)
    south = _SOUTH[bands]
    away = np.maximum(np.maximum(south - centre.lat, centre.lat - BAND_DEGREES - south), 0)
    spare = math.sin(angle / 2) ** 2 - np.sin(away * _HALF_RADIAN) ** 2
    room = math.cos(math.radians(centre.lat)) * _POLAR_COSINE[bands]
    share = np.maximum(spare, 0) / np.maximum(room, _AT_A_POLE)
    share[room < _AT_A_POLE] = 1
    widths: Floats = np.arcsin(np.sqrt(np.minimum(share, 1))) / _HALF_RADIAN + _SLACK_DEGREES
    starts = np.arange(lowest, highest + 1, dtype=np.float64) * BAND_STRIDE
    return starts, np.minimum(widths, 180)
