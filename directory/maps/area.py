"""What the map of an area shows, from the page that it stands on: results around a place, or one listing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from directory.disclosure import Language
from directory.maps.frame import HEIGHT, WIDTH, Frame
from directory.maps.labels.pins import AREAS, Spot
from directory.maps.words import about_listing, about_results
from directory.page import ListingPage, ResultPage
from index.geo.distance import Coordinates
from index.geo.places import Gazetteer, PlaceKind
from index.listing import Listing, Precision

RINGS: Final = (1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0)  # miles
MOST_RINGS: Final = 3
NEIGHBOURHOOD_MILES, DISTRICT_MILES = 6.0, 12.0  # around a listing whose street is known, and around one whose is not
LEAST_OF_A_COUNTY: Final = 10.0  # miles


@dataclass(frozen=True, slots=True)
class AreaMap:
    """A map to be drawn. `rings` are miles around the middle, none where the middle is only that of a state or a county.

    `title` and `words` say the same as the drawing, for those who do not see it.
    """

    frame: Frame
    rings: tuple[float, ...]
    spots: tuple[Spot, ...]
    lang: Language
    title: str
    words: tuple[str, ...]


def map_of_results(page: ResultPage) -> AreaMap | None:
    """Return the map of a page's results: the listings that its list numbers. None without a place, or where none has a point."""
    spots = tuple(spot for row in page.rows if (spot := _spot(row.position, row.card.listing)))
    frame = _frame(page, spots)
    if frame is None or not spots:
        return None
    rings = _rings(page, frame)
    title, words = about_results(page, spots, rings)
    return AreaMap(frame, rings, spots, page.lang, title, words)


def map_of_listing(page: ListingPage) -> AreaMap | None:
    """Return the map around a listing, None where no point of it is known."""
    spot = _spot(0, page.listing)
    if spot is None:
        return None
    radius = DISTRICT_MILES if spot.precision in AREAS else NEIGHBOURHOOD_MILES
    title, words = about_listing(page, spot)
    return AreaMap(Frame.around(spot.point, radius), rings_of(radius), (spot,), page.lang, title, words)


def _rings(page: ResultPage, frame: Frame) -> tuple[float, ...]:
    """Return the rings around the place that was searched, none around the middle of a state or a county."""
    return rings_of(frame.miles_per_unit * min(WIDTH, HEIGHT) / 2) if page.radius_miles else ()


def rings_of(miles: float) -> tuple[float, ...]:
    """Return the largest of the usual rings that fit within a radius."""
    return tuple(ring for ring in RINGS if ring <= miles)[-MOST_RINGS:]


def _spot(number: int, listing: Listing) -> Spot | None:
    if listing.lat is None or listing.lon is None or listing.precision is Precision.NONE:
        return None
    return Spot(number, Coordinates(listing.lat, listing.lon), listing.precision)


def _frame(page: ResultPage, spots: Sequence[Spot]) -> Frame | None:
    place = page.place
    centre = page.parts.position or (place.point if place else None)
    if centre is None:
        return None
    if page.radius_miles:
        return Frame.around(centre, min(page.radius_miles, _nearest_ring(centre, spots)))
    if place and place.kind is PlaceKind.STATE:
        return next((Frame.of_state(state) for state in Gazetteer.load().states() if state.code == place.state), None)
    return Frame.around(centre, max(LEAST_OF_A_COUNTY, _farthest(centre, spots)))


def _nearest_ring(centre: Coordinates, spots: Sequence[Spot]) -> float:
    """Return the smallest of the usual rings around all places: near ones stand apart, and the ring of a ZIP code has room."""
    least = max(_farthest(centre, spots), *(2 * AREAS.get(spot.precision, 0.0) for spot in spots), 0.0)
    return next((ring for ring in RINGS if ring >= least), RINGS[-1])


def _farthest(centre: Coordinates, spots: Sequence[Spot]) -> float:
    unit = Frame(centre, 1.0)
    return max((unit.miles_to(spot.point) for spot in spots), default=0.0)
