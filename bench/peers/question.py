"""What every peer is given and must give back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from index.geo.distance import EARTH_RADIUS_MILES

FIELDS: Final = ("name", "organization", "program", "city")
BOOSTS: Final = {"name": 3.0, "organization": 2.0, "program": 2.0, "city": 1.5}
PAGE: Final = 20
SCORE_HALVES_AT_MILES: Final = 25.0
METRES_PER_MILE: Final = 1609.344

Order = Literal["distance", "blend", "score"]


@dataclass(frozen=True, slots=True)
class Row:
    """One listing as peers index it: texts already split and folded by our analyzer, concepts as numbers, closed upward."""

    number: int
    texts: tuple[str, str, str, str]
    state: str
    lat: float
    lon: float
    concepts: tuple[int, ...]
    document: bytes


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle in degrees and miles."""

    lat: float
    lon: float
    miles: float

    @property
    def squared_chord(self) -> float:
        """Return the squared straight-line reach of the circle on the unit sphere."""
        return (2 * math.sin(self.miles / EARTH_RADIUS_MILES / 2)) ** 2

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return the smallest box of degrees around the circle: south, north, west, east."""
        angle = self.miles / EARTH_RADIUS_MILES
        height = math.degrees(angle)
        width = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(self.lat)))))
        return self.lat - height, self.lat + height, self.lon - width, self.lon + width


@dataclass(frozen=True, slots=True)
class Question:
    """A query as peers understand it: words AND, groups AND, the concepts of one group OR."""

    words: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    circle: Circle | None
    order: Order


@dataclass(frozen=True, slots=True)
class Answer:
    """The total, the count of every concept and state over the whole match set, and the first page's documents."""

    total: int
    concepts: Mapping[int, int]
    states: Mapping[str, int]
    documents: Sequence[bytes] = field(default=())


class Peer(Protocol):
    """An engine under measurement."""

    name: str

    def search(self, question: Question) -> Answer:
        """Answer one question completely: total, facets, first page."""
        ...
