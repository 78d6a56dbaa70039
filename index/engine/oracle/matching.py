"""Which programs match a request, decided one program at a time. Part of the oracle: plain on purpose, never fast."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from index.engine.analysis import fold
from index.engine.ranking import EDGE_MILES
from index.geo.distance import EARTH_RADIUS_MILES, Coordinates, great_circle_miles, unit_vector
from index.listing import ConceptId, Listing, Program, Reach
from index.request import Circle, Corridor, InCounty, InState, LocalWindow, Nearest, SearchRequest, Serving, centre_of

MINUTES_OF_DAY: Final = 24 * 60
MINUTES_OF_WEEK: Final = 7 * MINUTES_OF_DAY
EVERYWHERE: Final = (Reach.NATION, Reach.ONLINE)

Condition = Callable[["Candidate", SearchRequest], bool]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One program of one listing: `concepts` are closed upward, `score` is None when the request's words do not all occur."""

    listing: Listing
    position: int
    concepts: frozenset[ConceptId]
    score: float | None

    @property
    def program(self) -> Program:
        """Return the program itself."""
        return self.listing.programs[self.position]


def matches(candidate: Candidate, request: SearchRequest, *, but: str = "", but_kind: bool = False) -> bool:
    """Tell whether this one program satisfies every filter.

    Selections of the group `but` are left out, and so is the kind with `but_kind`: their counts ignore their own choice.
    `Nearest` is not decided here: it needs all the others.
    """
    return (
        candidate.score is not None
        and (but_kind or not request.kinds or candidate.listing.kind in request.kinds)
        and all(condition(candidate, request) for condition in _CONDITIONS)
        and all(candidate.concepts.intersection(selection.any_of) for selection in request.selections if selection.group != but)
    )


def _reach(candidate: Candidate, request: SearchRequest) -> bool:
    return not request.reaches or candidate.listing.reach in request.reaches


def _states(candidate: Candidate, request: SearchRequest) -> bool:
    return not request.states or candidate.listing.address.state in request.states


def _leave_out(candidate: Candidate, request: SearchRequest) -> bool:
    return not candidate.concepts.intersection(request.leave_out)


def _ids(candidate: Candidate, request: SearchRequest) -> bool:
    identity = candidate.listing.id
    return identity not in request.without_ids and (request.only_ids is None or identity in request.only_ids)


def _checked(candidate: Candidate, request: SearchRequest) -> bool:
    if request.checked_since is None:
        return True
    checked_on = candidate.program.source.checked_on
    return checked_on is not None and checked_on >= request.checked_since


def _windows(candidate: Candidate, request: SearchRequest) -> bool:
    zone, windows = candidate.listing.time_zone, request.windows
    return not windows or any(in_windows(start, zone, windows) for start in starts_of(candidate.program))


def starts_of(program: Program) -> list[int]:
    """Return when the program's sessions start, in minutes of the week."""
    return [session.weekday * MINUTES_OF_DAY + session.start_minute for session in program.schedule]


def in_windows(start: int, zone: str, windows: Sequence[LocalWindow]) -> bool:
    """Tell whether a start lies in a window of its zone (its end excluded), in this week or the next."""
    return any(
        window.start <= start + week < window.end
        for window in windows
        for week in (-MINUTES_OF_WEEK, 0, MINUTES_OF_WEEK)
        if window.time_zone == zone
    )


def _area(candidate: Candidate, request: SearchRequest) -> bool:
    listing, area = candidate.listing, request.area
    match area:
        case Circle():
            return distance_of(listing, request) <= area.radius_miles + EDGE_MILES
        case Corridor():
            point = point_of(listing)
            return point is not None and miles_from_arc(point, area) <= area.width_miles + EDGE_MILES
        case InState():
            return listing.address.state == area.state
        case InCounty():
            return listing.address.state == area.state and _same_county(listing.address.county, area.county)
        case Serving():
            return area.state in listing.states_served or listing.reach in EVERYWHERE
        case Nearest():
            return listing.lat is not None
        case None:
            return True


def _same_county(stated: str, asked: str) -> bool:
    return bool(stated) and fold(stated).strip() == fold(asked).strip()


_CONDITIONS: Final[tuple[Condition, ...]] = (_reach, _states, _leave_out, _ids, _checked, _windows, _area)


def point_of(listing: Listing) -> Coordinates | None:
    """Return where the listing is, if that is known."""
    return None if listing.lat is None or listing.lon is None else Coordinates(listing.lat, listing.lon)


def distance_of(listing: Listing, request: SearchRequest) -> float:
    """Return the miles from the search's centre; infinite without a point, 0 without a centre."""
    centre = centre_of(request.area)
    if centre is None:
        return 0.0
    point = point_of(listing)
    return math.inf if point is None else great_circle_miles(centre, point)


def miles_from_arc(point: Coordinates, corridor: Corridor) -> float:
    """Return the miles from a point to the nearest place on the shorter arc between the corridor's ends."""
    place, start, end = unit_vector(point), unit_vector(corridor.start), unit_vector(corridor.end)
    to_ends = min(great_circle_miles(point, corridor.start), great_circle_miles(point, corridor.end))
    pole = np.cross(start, end)
    length = float(np.linalg.norm(pole))
    if length == 0:
        return to_ends
    pole = pole / length
    beside = float(np.dot(np.cross(pole, start), place)) > 0 and float(np.dot(np.cross(end, pole), place)) > 0
    return EARTH_RADIUS_MILES * abs(math.asin(max(-1.0, min(1.0, float(np.dot(pole, place)))))) if beside else to_ends


def by_listing(candidates: Iterable[Candidate]) -> Mapping[str, list[Candidate]]:
    """Return the candidates of each listing, in program order."""
    by_listing: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_listing.setdefault(candidate.listing.id, []).append(candidate)
    return by_listing
