"""The gazetteer's file: gzipped JSON in columns, numbers as little-endian arrays in base64.

Rows are places (states, counties, towns) sorted by key, so that all bearers of a name stand together. Columns keep the load
fast and the memory small: a place becomes an object only when somebody asks for it.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

PLACES_FILE = Path(__file__).parent / "data" / "places.json.gz"
DEGREE = 100_000  # coordinates are whole hundred-thousandths of a degree, about a metre

IntArray = npt.NDArray[Any]  # the width differs by column and is fixed in COLUMN_TYPES
COLUMN_TYPES = {
    "key_starts": "<i4",
    "kind": "<u1",
    "state": "<u1",
    "county": "<u2",
    "zone": "<u1",
    "lat": "<i4",
    "lon": "<i4",
    "weight": "<i4",
    "population": "<i4",
    "zip_code": "<i4",
    "zip_town": "<i4",
    "zip_county": "<u2",
    "zip_zone": "<u1",
    "zip_lat": "<i4",
    "zip_lon": "<i4",
}
CITY_BEFORE_STATE = 250_000  # people; a state weighs as much as a city of this size when both bear the name
KIND_STATE, KIND_COUNTY, KIND_CITY, KIND_CITY_WITH_TWIN = range(4)  # a twin: same name, same state, another county


class StateRow(msgspec.Struct, frozen=True, array_like=True):
    """A jurisdiction as stored; degrees."""

    code: str
    name: str
    lat: float
    lon: float
    south: float
    west: float
    north: float
    east: float


class PlaceFile(msgspec.Struct, frozen=True):
    """Everything that is stored. `keys[i]` belongs to rows `key_starts[i]` up to `key_starts[i + 1]`.

    The column `weight` orders the readings of a name: a town's or county's people; for a state `CITY_BEFORE_STATE`; and for a
    town that another of its state outranks never more than that one's.
    """

    sources: dict[str, str]
    zones: list[str]
    counties: list[str]
    states: list[StateRow]
    keys: list[str]
    names: list[str]
    aliases: dict[str, list[int]]
    columns: dict[str, bytes]

    def column(self, name: str) -> IntArray:
        """Return one column of numbers, read-only and without copying."""
        return np.frombuffer(self.columns[name], dtype=COLUMN_TYPES[name])


def read_place_file(path: Path = PLACES_FILE) -> PlaceFile:
    """Read the compiled gazetteer."""
    return msgspec.json.decode(gzip.decompress(path.read_bytes()), type=PlaceFile)


def write_place_file(places: PlaceFile, path: Path = PLACES_FILE) -> None:
    """Write the compiled gazetteer; the same content always gives the same bytes."""
    path.write_bytes(gzip.compress(msgspec.json.encode(places), 9, mtime=0))


def pack_column(name: str, values: list[int]) -> bytes:
    """Return a list of numbers as the bytes of the named column."""
    packed: bytes = np.array(values, dtype=COLUMN_TYPES[name]).tobytes()
    return packed
