"""Points for street addresses that have none, from an online geocoder that the operator named: off unless one is named.

Only addresses of imported listings are sent, never anything a visitor typed; what a source keeps back is not sent. Each is asked
for once, slowly, and the answer is kept in the database. A point that contradicts the ZIP code is not believed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from geopy.exc import GeocoderServiceError, GeopyError
from geopy.geocoders import get_geocoder_for_service

from directory.errors import DirectoryError
from directory.settings import GeocoderSettings
from directory.store import Store
from directory.store.listings.street_points import RoughAddress, keep_answer, rough_addresses
from index.geo.distance import Coordinates, great_circle_miles
from index.listing import Address

TRIES: Final = 3
TIMEOUT_SECONDS: Final = 20.0
FARTHEST_FROM_ROUGH_MILES: Final = 25.0  # a ZIP code's point is off by 15 miles at the 99th percentile
# What a service calls a match that is no street: a point of it would be rougher than it looks.
_COARSE: Final = frozenset(
    {"city", "town", "village", "hamlet", "suburb", "neighbourhood", "borough", "municipality", "county", "state", "country"}
    | {"postcode", "postalcode", "locality", "localadmin", "region", "district", "administrative", "macrocounty"}
)

Sleep = Callable[[float], None]


class GeocoderUnavailable(DirectoryError):
    """The geocoder did not answer; what it answered before is kept."""


class Ask(Protocol):
    """A geocoder as geopy makes them; its answer has latitude, longitude and what the service said."""

    def geocode(self, query: str, *, exactly_one: bool = True) -> Any:  # Any: geopy ships no types
        """Return the best match, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Geocoded:
    """How many addresses were asked for, found, and not found or not believed."""

    asked: int
    found: int
    not_found: int


def geocoder_of(settings: GeocoderSettings, contact: str) -> Ask:
    """Return the service that the operator named; it is told who asks, as its users' rules demand."""
    parts = urlsplit(settings.address)
    options: dict[str, Any] = {  # Any: geopy's own options
        "domain": parts.netloc + parts.path.rstrip("/"),
        "scheme": parts.scheme,
        "user_agent": f"treatment-directory ({contact or 'no contact stated'})",
        "timeout": TIMEOUT_SECONDS,
    }
    if settings.service == "pelias":
        options["api_key"] = settings.key or None
    found: Ask = get_geocoder_for_service(settings.service)(**options)
    return found


def geocode(
    store: Store,
    ask: Ask,
    settings: GeocoderSettings,
    now: Callable[[], datetime],
    *,
    limit: int | None = None,
    sleep: Sleep = time.sleep,
) -> Geocoded:
    """Ask for the addresses that only have a rough point, at most `limit` of them, and keep each answer at once.

    Raises GeocoderUnavailable when the service does not answer after three tries, StoreUnavailable when nothing can be kept.
    """
    with store.reading() as connection:
        waiting = list(rough_addresses(connection))[:limit]
    found = 0
    for number, asked in enumerate(waiting):
        if number:
            sleep(settings.seconds_between)
        point = believable(_point(ask, asked.address, sleep), asked)
        with store.writing() as connection:
            keep_answer(connection, asked, point, settings.service, now())
        found += point is not None
    return Geocoded(len(waiting), found, len(waiting) - found)


def written(address: Address) -> str:
    """Return an address as one line for the service."""
    town = " ".join(part for part in (address.state, address.zip) if part)
    return ", ".join(part for part in (address.street, address.city, town, "USA") if part)


def _point(ask: Ask, address: Address, sleep: Sleep) -> Coordinates | None:
    for tried in range(1, TRIES + 1):
        try:
            answer = ask.geocode(written(address), exactly_one=True)
        except GeocoderServiceError as error:
            if tried == TRIES:
                raise GeocoderUnavailable(f"the geocoder does not answer: {type(error).__name__}") from error
            sleep(2.0**tried)
            continue
        except (GeopyError, ValueError):  # an answer that is none, for this address alone
            return None
        return None if answer is None or _is_coarse(answer.raw) else Coordinates(answer.latitude, answer.longitude)
    return None


def _is_coarse(raw: Any) -> bool:  # Any: each service's own JSON
    said = raw if isinstance(raw, dict) else {}
    inner = said.get("properties")
    holders = (said, inner if isinstance(inner, dict) else {})
    kinds = (str(holder.get(name) or "").casefold() for holder in holders for name in ("addresstype", "layer", "type"))
    return not _COARSE.isdisjoint(kinds)


def believable(point: Coordinates | None, asked: RoughAddress) -> Coordinates | None:
    """Return the point unless it lies far from the ZIP code's or town's."""
    if point is None or asked.rough is None:
        return point
    return point if great_circle_miles(point, asked.rough) <= FARTHEST_FROM_ROUGH_MILES else None
