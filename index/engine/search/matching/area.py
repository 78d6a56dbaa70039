"""Which slots lie in an area, and how far each is from its centre."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from index.engine.arrays import BAND_DEGREES, BAND_STRIDE, NOWHERE, Array, Floats, Longs
from index.engine.ranking import EDGE_MILES
from index.engine.schema import county_key
from index.engine.search.kernels import kernels
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
    reach, slots = miles + EDGE_MILES, segment.arrays.slots
    angle, limit = reach / EARTH_RADIUS_MILES, squared_chord_of_miles(reach)
    return Candidates(*kernels.circle(slots.key, slots.xyz, centre.lat, centre.lon, angle, unit_vector(centre), limit))


def those_in_circle(segment: Segment, candidates: Candidates, centre: Coordinates, miles: float) -> Candidates:
    """Return the candidates at most `miles` from the centre, edge included."""
    squares = chords_from(centre, segment, candidates.slots)
    near = (squares <= squared_chord_of_miles(miles + EDGE_MILES)).nonzero()[0]
    return Candidates(candidates.slots, squares, candidates.scores).keep(near)


def chords_from(centre: Coordinates, segment: Segment, slots: Longs) -> Floats:
    """Return the squared chord from the centre to each slot."""
    return kernels.chords(unit_vector(centre), segment.arrays.slots.xyz, slots)


def in_county(segment: Segment, state: str, county: str) -> Candidates:
    """Return the slots of a county."""
    return Candidates(np.sort(segment.arrays.counties.of(county_key(state, county))).astype(np.int64))


def in_corridor(segment: Segment, corridor: Corridor) -> Candidates:
    """Return the slots near the great-circle arc between two points, with their distance from its start."""
    ends = [in_circle(segment, end, corridor.width_miles).slots for end in (corridor.start, corridor.end)]
    slots = np.unique(np.concatenate([*ends, _beside_arc(segment, corridor)]))
    return Candidates(slots, chords_from(corridor.start, segment, slots))


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


def _slots_between(segment: Segment, south: float, north: float) -> tuple[int, int]:
    """Return the range of the slots whose latitude bands touch two latitudes and all between."""
    keys = segment.arrays.slots.key
    lowest = math.floor((max(south, -90) + 90) / BAND_DEGREES) * BAND_STRIDE
    highest = (math.floor((min(north, 90) + 90) / BAND_DEGREES) + 1) * BAND_STRIDE
    first, last = np.searchsorted(keys, (lowest, highest)).tolist()
    return first, last
