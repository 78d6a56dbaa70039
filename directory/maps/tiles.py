"""Pictures of streets under the pins of a map: which ones a frame needs, and where each stands in the drawing.

Pictures are squares of the Web Mercator grid (zoom, column, row). Each is drawn between the places that its corners have in the
frame, so that pins and streets agree although the frame is another projection.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import asinh, atan, cos, degrees, floor, log2, pi, radians, sinh, tan
from typing import Final

from markupsafe import escape

from directory.maps.frame import MILES_PER_DEGREE, Frame
from directory.tile_settings import TileServer
from index.geo.distance import Coordinates

LEAST_SIDE: Final = 150.0  # units of a picture's side: at most 12 pictures cover a map, at half size or more
DEEPEST: Final = 16  # zoom that every server has
SEAM: Final = 0.4  # units by which pictures overlap, so that no line shows between them


@dataclass(frozen=True, slots=True)
class Streets:
    """What a map says of streets: the server, whether its pictures are shown, and the address of the page the other way."""

    server: TileServer
    shown: bool
    address: str


def tiles(frame: Frame, server: TileServer) -> Iterator[str]:
    """Yield the pictures that cover a frame, as images of its drawing."""
    zoom = _zoom(frame)
    for column, row in _grid(frame, zoom):
        left, top = frame.place_one(_corner(zoom, column, row))
        right, bottom = frame.place_one(_corner(zoom, column + 1, row + 1))
        address = escape(server.address(zoom, column % _side(zoom), row))
        yield (
            f'<image href="{address}" x="{left:.1f}" y="{top:.1f}" width="{right - left + SEAM:.1f}" '
            f'height="{bottom - top + SEAM:.1f}" preserveAspectRatio="none" referrerpolicy="no-referrer"/>'
        )


def _zoom(frame: Frame) -> int:
    """Return the deepest zoom at which a picture is at least `LEAST_SIDE` wide."""
    whole = 360 * MILES_PER_DEGREE * cos(radians(frame.centre.lat)) / frame.miles_per_unit  # units around the earth
    return min(max(floor(log2(whole / LEAST_SIDE)), 0), DEEPEST)


def _grid(frame: Frame, zoom: int) -> Iterator[tuple[int, int]]:
    """Yield columns and rows; a column beyond the antimeridian is counted on, not wrapped."""
    south, west, north, east = frame.box()
    wide = (east - west) % 360
    first, last = _column(west, zoom), _column(west + wide, zoom)
    for row in range(max(0, _row(north, zoom)), min(_side(zoom) - 1, _row(south, zoom)) + 1):
        for column in range(first, last + 1):
            yield column, row


def _side(zoom: int) -> int:
    """Return how many columns, and rows, the earth has at a zoom."""
    return 1 << zoom


def _column(lon: float, zoom: int) -> int:
    return floor((lon + 180) / 360 * _side(zoom))


def _row(lat: float, zoom: int) -> int:
    mercator = asinh(tan(radians(lat)))
    return floor((1 - mercator / pi) / 2 * _side(zoom))


def _corner(zoom: int, column: int, row: int) -> Coordinates:
    """Return the north-west corner of a picture."""
    lat = degrees(atan(sinh(pi * (1 - 2 * row / _side(zoom)))))
    return Coordinates(lat, (column / _side(zoom) * 360) % 360 - 180)
