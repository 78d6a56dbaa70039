"""The parameters of the federal locator as validated values.

`limitType` is 0 for a state (`limitValue` its id there, or two letters), 1 for a county ("El Paso County, CO"), 2 for metres;
states and counties may also be left to the point of `sAddr`. Without a limit everything is searched. `sort` is 0 for distance,
1 for name, 2 for city, 3 for state.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from directory.interop.locator.codes import STATES_BY_ID, UNUSED_STATE_ID
from index.errors import InvalidRequest
from index.geo.distance import Coordinates
from index.geo.places import Gazetteer

FARTHEST_LATITUDE: Final = 90.0
HOME_LATITUDES: Final = (13.0, 72.0)  # from Guam to Alaska; American Samoa is asked for in the right order
METRES_PER_MILE: Final = 1609.344
MOST_PER_PAGE: Final = 2000
DEFAULT_PER_PAGE: Final = 30  # as the locator's own answers of 2019
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?")
_METRES: Final = re.compile(r"\d{1,9}(?:\.\d+)?")
_BETWEEN: Final = re.compile(r"\s*,\s*")
_QUOTES: Final = "\"' "
TYPES: Final = {"sa": ("SA", "OTP"), "mh": ("MH",), "otp": ("OTP",), "hrsa": ("HRSA",), "both": ("SA", "MH", "OTP", "HRSA")}


class LocatorSort(IntEnum):
    """The order of rows."""

    DISTANCE = 0
    NAME = 1
    CITY = 2
    STATE = 3


class Limit(IntEnum):
    """What bounds the search."""

    STATE = 0
    COUNTY = 1
    METRES = 2


@dataclass(frozen=True, slots=True)
class LocatorQuery:
    """One request. `miles` is None without a limit of distance; `state` and `county` are "" where they do not bound it."""

    centre: Coordinates | None
    miles: float | None
    state: str
    county: str
    types: frozenset[str]
    codes: tuple[str, ...]
    languages: tuple[str, ...]
    page_size: int
    page: int
    sort: LocatorSort


def parse_locator_query(given: Mapping[str, str], places: Gazetteer) -> LocatorQuery:
    """Return the query of a request's parameters; unknown ones are ignored, as the locator does.

    Raises InvalidRequest or InvalidCoordinates naming the parameter.
    """
    centre = _point(given.get("sAddr", ""))
    miles, state, county = _limit(given, centre, places)
    return LocatorQuery(
        centre=centre,
        miles=miles,
        state=state,
        county=county,
        types=_types(given.get("sType", "")),
        codes=_codes(given.get("sCodes", "")),
        languages=_codes(given.get("sLanguages", "")),
        page_size=_whole(given, "pageSize", DEFAULT_PER_PAGE, 1, MOST_PER_PAGE),
        page=_whole(given, "page", 1, 1, 10**9),
        sort=LocatorSort(_whole(given, "sort", 0, 0, len(LocatorSort) - 1)),
    )


def _point(text: str) -> Coordinates | None:
    """Return the point of "lat, lng"; quotation marks around it are dropped, some clients send them.

    The locator's own guide writes "lng,lat" and some clients follow it: a first number that is no latitude, before one
    that is a latitude of the United States, tells them apart.
    """
    if not (bare := text.strip(_QUOTES)):
        return None
    parts = [part.strip() for part in bare.split(",")]
    if len(parts) != 2 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise InvalidRequest("sAddr", f"must be latitude and longitude, such as 38.8339, -104.8214; got {bare!r}")
    first, second = float(parts[0]), float(parts[1])
    swapped = abs(first) > FARTHEST_LATITUDE and HOME_LATITUDES[0] <= second <= HOME_LATITUDES[1]
    return Coordinates(second, first) if swapped else Coordinates(first, second)


def _limit(given: Mapping[str, str], centre: Coordinates | None, places: Gazetteer) -> tuple[float | None, str, str]:
    kind, value = given.get("limitType", "").strip(), given.get("limitValue", "").strip(_QUOTES)
    if not kind and not value:
        return None, "", ""
    match Limit(_whole(given, "limitType", Limit.METRES, 0, len(Limit) - 1)):
        case Limit.METRES:
            return _miles(value, centre), "", ""
        case Limit.STATE:
            return None, _state(value, centre, places), ""
        case Limit.COUNTY:
            state, county = _county(value, centre, places)
            return None, state, county


def _miles(value: str, centre: Coordinates | None) -> float | None:
    if not value:
        return None
    if centre is None:
        raise InvalidRequest("sAddr", "is missing: a distance needs a point")
    if not _METRES.fullmatch(value):
        raise InvalidRequest("limitValue", f"must be metres, got {value!r}")
    return float(value) / METRES_PER_MILE


def _state(value: str, centre: Coordinates | None, places: Gazetteer) -> str:
    if value.isdecimal():
        state = STATES_BY_ID.get(int(value[:4]), UNUSED_STATE_ID)
        if state == UNUSED_STATE_ID:
            raise InvalidRequest("limitValue", f"is no state's id of the federal locator: {value}; two letters work too")
        return state
    if value:
        if not (found := places.state_of(value)):
            raise InvalidRequest("limitValue", f"names no state: {value!r}")
        return found
    if centre is None:
        raise InvalidRequest("limitValue", "is missing: which state?")
    return places.state_at(centre)


def _county(value: str, centre: Coordinates | None, places: Gazetteer) -> tuple[str, str]:
    if value and not value.isdecimal():
        found = next((place for place in places.lookup(value) if place.county), None)
        if found is None:
            raise InvalidRequest("limitValue", f"names no county: {value!r}")
        return found.state, found.county
    if centre is None or value:
        raise InvalidRequest("limitValue", "must name a county, such as El Paso County, CO; ids of counties are not known here")
    near = places.nearest_city(centre)
    return near.state, near.county


def _types(text: str) -> frozenset[str]:
    names = [name.casefold() for name in _BETWEEN.split(text.strip()) if name] or ["both"]
    for name in names:
        if name not in TYPES:
            raise InvalidRequest("sType", f"must be one of {', '.join(TYPES)}, got {name!r}")
    return frozenset(kind for name in names for kind in TYPES[name])


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.upper() for code in _BETWEEN.split(text.strip()) if code))


def _whole(given: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = given.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or not least <= int(text[:12]) <= most:
        raise InvalidRequest(name, f"must be a whole number between {least} and {most}, got {text!r}")
    return int(text)
