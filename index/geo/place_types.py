"""What the gazetteer answers with: places, readings of a text, and the error for a text that names no place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.geo.distance import Coordinates


class PlaceKind(StrEnum):
    """What sort of place a text names."""

    STATE = "state"
    COUNTY = "county"
    CITY = "city"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in one of the 56 jurisdictions.

    A field that does not apply is "" (a state has no county, only a ZIP has `zip`). `county` is the county's full name
    ("El Paso County"), `state` two letters, `time_zone` an IANA name. `population` is 0 where the sources count nobody:
    ZIP codes, and towns known only as a post office. For counties and states it is the sum of their listed
    towns, rough and only good for ordering. `label` looks up to this same place.
    """

    kind: PlaceKind
    label: str
    city: str
    county: str
    state: str
    zip: str
    point: Coordinates
    time_zone: str
    population: int


@dataclass(frozen=True, slots=True)
class State:
    """A state, the District of Columbia or a territory, with a box around its inhabited land.

    The box is drawn around every ZIP code and town and widened by a margin. Alaska's crosses the antimeridian:
    there `west` is greater than `east`; `contains` knows.
    """

    code: str
    name: str
    centre: Coordinates
    south: float
    west: float
    north: float
    east: float

    def contains(self, point: Coordinates) -> bool:
        """Say whether the point lies in the box: certainly outside the state if not, probably inside if so."""
        if not self.south <= point.lat <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= point.lon <= self.east
        return point.lon >= self.west or point.lon <= self.east


@dataclass(frozen=True, slots=True)
class Resolution:
    """The reading taken for a text, and the others, most prominent first; `also` are places that the text names besides."""

    place: Place
    alternatives: tuple[Place, ...]
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class NearSpelling:
    """A place name close to what was typed: its folded `words`, how many letters differ, and whom it names first."""

    words: str
    edits: int
    place: Place


class UnknownPlace(LookupError):
    """The text names no place we know; `suggestions` may be empty, `reason` says more when there is more to say."""

    def __init__(self, text: str, suggestions: Sequence[Place] = (), reason: str = "") -> None:
        super().__init__(reason or f"no place matches {text!r}")
        self.text, self.suggestions, self.reason = text, tuple(suggestions), reason
