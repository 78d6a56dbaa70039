"""Where a meeting is: its address, its point, how exactly that is known, and the clock on its wall.

Lists of meetings state a place in many ways: split fields, one formatted line, a point alone, a town alone. The gazetteer
fills what is missing (county, time zone, a ZIP code's or a town's point) and refuses what cannot be (a point in another state).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from directory.sources.fields.repairs import Repair
from index.geo.distance import Coordinates
from index.geo.place_types import Place, PlaceKind, UnknownPlace
from index.geo.places import Gazetteer
from index.listing import Address, Precision

POINT_ELSEWHERE: Final = "point_outside_state"
_HOME_COUNTRIES: Final = frozenset({"", "us", "usa", "united states", "united states of america", "estados unidos"})
_POSSESSIONS: Final = frozenset({"puerto rico", "guam", "american samoa", "northern mariana islands", "us virgin islands"})
_STATE_AND_ZIP: Final = re.compile(r"(?P<state>[A-Za-z][A-Za-z .]*?)?\s*(?P<zip>\d{5})?(?:-\d{4})?")
_ZIP: Final = re.compile(r"\d{5}")

Note = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class WrittenPlace:
    """A place as a source writes it; empty strings and None where it says nothing.

    `approximate` means that the point stands for a town or an area, not for the address.
    """

    street: str = ""
    venue: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    county: str = ""
    country: str = ""
    point: Coordinates | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """A place in the United States: what a listing says of it."""

    address: Address
    point: Coordinates | None = None
    precision: Precision = Precision.NONE
    time_zone: str = ""


def read_formatted(text: str, state_of: Callable[[str], str]) -> WrittenPlace:
    """Return the parts of a line such as "12 Elm St, Springfield, CO 80100, USA"; `state_of` knows states' names.

    The last part is the country where it names no state; what stands before the town is the street.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    country = ""
    if parts and not _state_and_zip(parts[-1], state_of):
        country = parts.pop()
    if _is_abroad(country):
        return WrittenPlace(city=parts[-1] if parts else "", country=country)
    found = _state_and_zip(parts[-1], state_of) if parts else None
    state, zip5 = found or ("", "")
    rest = parts[:-1] if found else parts
    if rest and _ZIP.fullmatch(rest[-1]):  # "San Juan, 00901, Puerto Rico"
        zip5 = zip5 or rest.pop()
    return WrittenPlace(street=", ".join(rest[:-1]), city=rest[-1] if rest else "", state=state, zip=zip5, country=country)


def _state_and_zip(text: str, state_of: Callable[[str], str]) -> tuple[str, str] | None:
    found = _STATE_AND_ZIP.fullmatch(text)
    if not found or not (found["state"] or found["zip"]):
        return None
    state = state_of(found["state"].strip()) if found["state"] else ""
    if found["state"] and not state:
        return None
    return state, found["zip"] or ""


def _is_abroad(country: str) -> bool:
    folded = country.casefold().replace(".", "").strip()
    return folded not in _HOME_COUNTRIES and folded not in _POSSESSIONS


class MeetingPlaces:
    """Completes written places from the gazetteer; `note` counts what had to be mended."""

    def __init__(self, gazetteer: Gazetteer, note: Note) -> None:
        self._gazetteer, self._note = gazetteer, note
        self._boxes = {state.code: state for state in gazetteer.states()}
        self._towns: dict[str, Place | None] = {}

    def state_of(self, text: str) -> str:
        """Return a state's two letters from its code or name, or ""."""
        return self._gazetteer.state_of(text)

    def is_abroad(self, written: WrittenPlace) -> bool:
        """Tell whether the place is certainly outside the 56 jurisdictions: by its country, else by its point."""
        if _is_abroad(written.country):
            return True
        return written.point is not None and not written.zip and self._state_at(written.point) == ""

    def located(self, written: WrittenPlace, *, is_met_at: bool = True) -> Located:
        """Return the place with everything the gazetteer adds to it; without a point when nobody meets there."""
        of_zip = self._place(written.zip) if _ZIP.fullmatch(written.zip) else None
        state = self.state_of(written.state) or (of_zip.state if of_zip else "")
        if not state and written.point:
            state = self._state_at(written.point)
        of_town = self._town(written.city, state)
        nowhere = (None, Precision.NONE)
        point, precision = self._point(replace(written, state=state), of_zip, of_town) if is_met_at else nowhere
        known = of_zip or of_town or self._nearest(point or written.point)
        address = Address(
            street=written.street,
            street2=written.venue,
            city=written.city or (of_zip.city if of_zip else ""),
            state=state,
            zip=written.zip if _ZIP.fullmatch(written.zip) else "",
            county=known.county if known else "",
        )
        return Located(address, point, precision, known.time_zone if known else "")

    def _point(self, written: WrittenPlace, of_zip: Place | None, of_town: Place | None) -> tuple[Coordinates | None, Precision]:
        stated = written.point
        if stated and written.state in self._boxes and not self._boxes[written.state].contains(stated):
            self._note(POINT_ELSEWHERE)
            stated = None
        if stated:
            exact = bool(written.street) and not written.approximate
            return stated, Precision.STREET if exact else Precision.CITY
        if of_zip:
            self._note(Repair.POINT_FROM_ZIP.value)
            return of_zip.point, Precision.ZIP
        if of_town:
            self._note(Repair.POINT_FROM_CITY.value)
            return of_town.point, Precision.CITY
        return None, Precision.NONE

    def _town(self, city: str, state: str) -> Place | None:
        return self._place(f"{city}, {state}", state) if city and state else None

    def _place(self, text: str, state: str = "") -> Place | None:
        """Return the first town or ZIP code of that text; a county or state is no point to meet at."""
        if text not in self._towns:
            fits = (place for place in self._gazetteer.lookup(text) if state in ("", place.state))
            self._towns[text] = next((one for one in fits if one.kind in (PlaceKind.CITY, PlaceKind.ZIP)), None)
        return self._towns[text]

    def _nearest(self, point: Coordinates | None) -> Place | None:
        try:
            return self._gazetteer.nearest_city(point) if point else None
        except UnknownPlace:
            return None

    def _state_at(self, point: Coordinates) -> str:
        try:
            return self._gazetteer.state_at(point)
        except UnknownPlace:
            return ""
