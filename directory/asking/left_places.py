"""Listings in a place that the reader rules out: "near Denver but not in Denver".

The engine searches where something is, never where it is not; so the listings whose address lies in the place become a plain
set of ids to leave out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from index.engine.protocol import Engine
from index.errors import InvalidRequest
from index.geo.places import Gazetteer, Place, PlaceKind, UnknownPlace
from index.listing import Address, Listing, ListingId
from index.request import MAX_PER_PAGE, Area, Circle, InCounty, InState, SearchRequest

PLACES_KEPT: Final = 64  # of a generation: the same few towns are ruled out again and again
TOWN_MILES: Final = 40.0  # from its middle no address of a town is farther, not even in Jacksonville


class LeftOutPlaces:
    """Finds the listings of places that are ruled out; what was found is kept for the generation."""

    def __init__(self, engine: Engine, places: Gazetteer) -> None:
        self._engine, self._places = engine, places
        self.ids = lru_cache(maxsize=PLACES_KEPT)(self._ids)

    def _ids(self, generation: str, text: str) -> frozenset[ListingId]:
        """Return the listings of the current generation, which bears that name, with an address in the place.

        Raises InvalidRequest when the text names no place.
        """
        try:
            place = self._places.resolve(text).place
        except UnknownPlace as error:
            suggestions = tuple(one.label for one in error.suggestions)
            raise InvalidRequest("not_near", "names no place that we know", suggestions) from error
        return frozenset(listing.id for listing in self._around(_area_around(place)) if _lies_in(listing.address, place))

    def _around(self, area: Area) -> Iterator[Listing]:
        page, pages = 1, 1
        while page <= pages:
            found = self._engine.search(SearchRequest(area=area, page=page, per_page=MAX_PER_PAGE, facets=False))
            pages, page = found.pages, page + 1
            yield from self._engine.get([hit.id for hit in found.hits]).values()


def _area_around(place: Place) -> Area:
    match place.kind:
        case PlaceKind.STATE:
            return InState(place.state)
        case PlaceKind.COUNTY:
            return InCounty(place.state, place.county)
        case _:
            return Circle(place.point, TOWN_MILES)


def _lies_in(address: Address, place: Place) -> bool:
    if address.state != place.state:
        return False
    match place.kind:
        case PlaceKind.CITY:
            return address.city.casefold() == place.city.casefold()
        case PlaceKind.ZIP:
            return address.zip[:5] == place.zip
        case _:
            return True  # the engine found it there
