"""County and state lines and the land inside them, cut to the frame of a map. scripts/build_boundaries.py makes the data."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from directory.maps.frame import HEIGHT, WIDTH, Frame, Numbers

FILE: Final = Path(__file__).with_name("data") / "boundaries.json.gz"
COUNTY_LINE, STATE_LINE, OUTER_LINE = KINDS = 0, 1, 2  # as in the script that writes the file
OUTSIDE: Final = 8  # units beyond the edge at which land is cut, so that no cut edge is seen


@dataclass(frozen=True, slots=True)
class Line:
    """Degrees of the points of one line; of a ring of land without its first point again."""

    lon: Numbers
    lat: Numbers


class Lines:
    """Lines with their boxes of degrees, so that those near a frame are found without looking at each."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        edges = np.array([(line.lon.min(), line.lon.max(), line.lat.min(), line.lat.max()) for line in lines]).reshape(-1, 4)
        self._lon, self._half_lon = (edges[:, 0] + edges[:, 1]) / 2, (edges[:, 1] - edges[:, 0]) / 2
        self._lat, self._half_lat = (edges[:, 2] + edges[:, 3]) / 2, (edges[:, 3] - edges[:, 2]) / 2

    def near(self, frame: Frame) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield x and y of the points of each line whose box touches the frame's."""
        south, west, north, east = frame.box()
        half_wide, off = (east - west) % 360 / 2, np.abs((self._lon - frame.centre.lon + 180) % 360 - 180)
        beside = off <= self._half_lon + half_wide
        level = np.abs(self._lat - (south + north) / 2) <= self._half_lat + (north - south) / 2
        for number in np.flatnonzero(beside & level).tolist():
            yield frame.place(self._lines[number].lon, self._lines[number].lat)


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """All lines by what they part, and the rings of all land."""

    lines: Mapping[int, Lines]
    land: Lines

    def lines_in(self, frame: Frame, kind: int) -> str:
        """Return the lines of a kind that a frame shows, as SVG path data in whole units."""
        return "".join(stroke for x, y in self.lines[kind].near(frame) for stroke in _strokes(x, y))

    def land_in(self, frame: Frame) -> str:
        """Return the land that a frame shows, as closed SVG path data in whole units."""
        cut = (_cut(np.stack((x, y), axis=1)) for x, y in self.land.near(frame))
        return "".join(f"{_path(np.rint(ring).astype(int))}z" for ring in cut if len(ring) > 2)


@cache
def boundaries() -> Boundaries:
    """Return the boundaries, read once for each process, when the first map is drawn."""
    stored = msgspec.json.decode(gzip.decompress(FILE.read_bytes()))
    lines = [_read(stored, points) for points in stored["lines"]]
    rings = [_ring(lines, ring) for of_state in stored["states"].values() for ring in of_state]
    kinds = {kind: [line for line, of in zip(lines, stored["kinds"], strict=True) if of == kind] for kind in KINDS}
    return Boundaries({kind: Lines(of_kind) for kind, of_kind in kinds.items()}, Lines(rings))


def _read(stored: Any, steps: list[int]) -> Line:  # Any: the file as it is decoded
    places = np.cumsum(np.array(steps).reshape(-1, 2), axis=0) * stored["scale"] + stored["translate"]
    return Line(places[:, 0], places[:, 1])


def _ring(lines: Sequence[Line], arcs: list[int]) -> Line:
    """Return the lines of a ring one after the other; a negative number is a line that is walked from its end."""
    walked = [(lines[arc].lon, lines[arc].lat) if arc >= 0 else (lines[~arc].lon[::-1], lines[~arc].lat[::-1]) for arc in arcs]
    return Line(np.concatenate([lon[:-1] for lon, _ in walked]), np.concatenate([lat[:-1] for _, lat in walked]))


def _strokes(x: Numbers, y: Numbers) -> Iterator[str]:
    """Yield the pieces of a line near the drawing: every point inside, and the one before and after."""
    points = np.rint(np.stack((x, y), axis=1)).astype(int)
    points = points[np.append(True, np.any(np.diff(points, axis=0), axis=1))]
    inside = (points[:, 0] >= 0) & (points[:, 0] <= WIDTH) & (points[:, 1] >= 0) & (points[:, 1] <= HEIGHT)
    shown = inside.copy()
    shown[:-1] |= inside[1:]
    shown[1:] |= inside[:-1]
    numbers = np.flatnonzero(shown)
    for piece in np.split(points[numbers], np.flatnonzero(np.diff(numbers) > 1) + 1):
        if len(piece) > 1:
            yield _path(piece)


def _cut(ring: Numbers) -> Numbers:
    """Return the part of a ring inside the drawing (Sutherland and Hodgman), a little beyond its edge."""
    for axis, limit, sign in ((0, -OUTSIDE, 1), (0, WIDTH + OUTSIDE, -1), (1, -OUTSIDE, 1), (1, HEIGHT + OUTSIDE, -1)):
        if not len(ring):
            return ring
        following = np.roll(ring, -1, axis=0)
        depth, next_depth = sign * (ring[:, axis] - limit), sign * (following[:, axis] - limit)
        crosses = (depth >= 0) != (next_depth >= 0)
        part = np.divide(depth, depth - next_depth, out=np.zeros_like(depth), where=crosses)
        crossing = ring + part[:, None] * (following - ring)
        both = np.stack((crossing, following), axis=1)
        ring = both[np.stack((crosses, next_depth >= 0), axis=1)]
    return ring


def _path(points: Numbers) -> str:
    steps = np.diff(points, axis=0)
    steps = steps[np.any(steps, axis=1)]
    written = " ".join(map(str, steps.ravel().tolist()))
    return f"M{points[0][0]} {points[0][1]}l{written}".replace(" -", "-") if len(steps) else ""
