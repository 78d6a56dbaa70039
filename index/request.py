"""A search as validated values: what the engine is asked, with nothing left to interpret.

Programs must satisfy every filter group; inside one group the values are alternatives. All filters apply before counting,
nearest-N and paging. Everything here is generic: ids to keep, leave out or tally are sets whose reason the engine never learns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from index.errors import InvalidRequest
from index.geo.distance import Coordinates
from index.listing import ConceptId, Kind, ListingId, Reach

MAX_RADIUS_MILES: Final = 500.0
DEFAULT_RADIUS_MILES: Final = 25.0
MAX_PER_PAGE: Final = 100
DEFAULT_PER_PAGE: Final = 20


class Sort(StrEnum):
    """How results are ordered; see `index.engine.ranking` for the public rule."""

    BEST = "best"
    DISTANCE = "distance"
    NAME = "name"
    CHECKED = "checked"
    START = "start"


def _check_miles(name: str, miles: float) -> None:
    if not 0 < miles <= MAX_RADIUS_MILES:
        raise InvalidRequest(name, f"must be more than 0 and at most {MAX_RADIUS_MILES:g} miles, got {miles:g}")


@dataclass(frozen=True, slots=True)
class Circle:
    """Listings at most `radius_miles` (great-circle statute miles, inclusive) from `centre`."""

    centre: Coordinates
    radius_miles: float = DEFAULT_RADIUS_MILES

    def __post_init__(self) -> None:
        _check_miles("radius", self.radius_miles)


@dataclass(frozen=True, slots=True)
class Corridor:
    """Listings at most `width_miles` from the great-circle arc between two points; distance is measured from `start`."""

    start: Coordinates
    end: Coordinates
    width_miles: float = 10.0

    def __post_init__(self) -> None:
        _check_miles("width", self.width_miles)


@dataclass(frozen=True, slots=True)
class Nearest:
    """The `count` nearest listings that pass every filter, whatever the distance; they alone are counted and faceted."""

    centre: Coordinates
    count: int

    def __post_init__(self) -> None:
        if not 1 <= self.count <= 1000:
            raise InvalidRequest("nearest", f"must be between 1 and 1000, got {self.count}")


@dataclass(frozen=True, slots=True)
class InState:
    """Listings whose address lies in `state`; with a `centre`, distances are measured from it."""

    state: str
    centre: Coordinates | None = None


@dataclass(frozen=True, slots=True)
class InCounty:
    """Listings whose address lies in `county` of `state`; names as the gazetteer writes them."""

    state: str
    county: str
    centre: Coordinates | None = None


@dataclass(frozen=True, slots=True)
class Serving:
    """Listings whose service area covers `state`: those that state it among those they serve, national and online ones."""

    state: str


Area = Circle | Corridor | Nearest | InState | InCounty | Serving


@dataclass(frozen=True, slots=True)
class Selection:
    """One filter group: a program must state at least one of `any_of` (ids are closed upward: a child satisfies its parent)."""

    group: str
    any_of: tuple[ConceptId, ...]


@dataclass(frozen=True, slots=True)
class LocalWindow:
    """Meeting starts wanted in one time zone: minutes of the local week, Monday 00:00 is 0; `end` (left out) may pass 10,080."""

    time_zone: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What to find, where, in which order, and which page of it.

    `words` must all occur in a listing's indexed text (name, organization, program, city); they score by BM25F.
    `prefer` are wishes: each inner tuple is one wish, satisfied by a program that states any of its ids. A wish never hides
    a listing; `best` puts programs that satisfy more of them first.
    `leave_out` concepts must not be stated by the matching program.
    `states` keeps listings whose address lies in one of them (none: all), besides what `area` asks.
    `only_ids` keeps just these listings (None: all), `without_ids` removes some, `tallies` counts named id sets over the
    whole match set.
    `starts_from` (aware) is the moment from which `Sort.START` looks for the next start; a caller sets it back by as long as one
    just begun can still be joined.
    """

    words: tuple[str, ...] = ()
    selections: tuple[Selection, ...] = ()
    leave_out: tuple[ConceptId, ...] = ()
    prefer: tuple[tuple[ConceptId, ...], ...] = ()
    kinds: frozenset[Kind] = frozenset()
    reaches: frozenset[Reach] = frozenset()
    states: frozenset[str] = frozenset()
    area: Area | None = None
    checked_since: date | None = None
    windows: tuple[LocalWindow, ...] = ()
    only_ids: frozenset[ListingId] | None = None
    without_ids: frozenset[ListingId] = frozenset()
    tallies: Mapping[str, frozenset[ListingId]] = field(default_factory=dict)
    sort: Sort = Sort.BEST
    starts_from: datetime | None = None
    page: int = 1
    per_page: int = DEFAULT_PER_PAGE
    facets: bool = True

    def __post_init__(self) -> None:
        if self.page < 1:
            raise InvalidRequest("page", f"must be 1 or more, got {self.page}")
        if not 0 <= self.per_page <= MAX_PER_PAGE:
            raise InvalidRequest("per_page", f"must be between 1 and {MAX_PER_PAGE}, got {self.per_page}")
        if self.sort is Sort.DISTANCE and centre_of(self.area) is None:
            raise InvalidRequest("sort", "by distance needs a place")
        if self.starts_from is not None and self.starts_from.tzinfo is None:
            raise InvalidRequest("starts_from", "must say its time zone")
        if self.sort is Sort.START and self.starts_from is None:
            raise InvalidRequest("sort", "by start needs the moment from which to look")


def centre_of(area: Area | None) -> Coordinates | None:
    """Return the point from which distances of a search in `area` are measured, if there is one."""
    match area:
        case Corridor():
            return area.start
        case None | Serving():
            return None
        case _:
            return area.centre
