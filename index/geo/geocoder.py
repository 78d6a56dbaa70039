"""The gazetteer as a geopy geocoder: the same interface as the services on the network, without the network."""

from __future__ import annotations

from typing import Any

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from index.geo.places import Gazetteer, Place


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """Geocode place names and ZIP codes of the United States, offline.

    >>> GazetteerGeocoder().geocode("80132").address
    'Monument, CO 80132'
    """

    def __init__(self, gazetteer: Gazetteer | None = None, **options: Any) -> None:  # geopy's own options, passed on
        super().__init__(**options)
        self._gazetteer = gazetteer or Gazetteer.load()

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """Return the most prominent reading, or all of them, or None when nothing matches, as geopy's geocoders do.

        `Location.raw` is the `Place`. `timeout` is accepted and means nothing here.
        """
        found = [_location(place) for place in self._gazetteer.lookup(query)]
        if not found:
            return None
        return found[0] if exactly_one else found


def _location(place: Place) -> Location:
    return Location(place.label, (place.point.lat, place.point.lon), place)
