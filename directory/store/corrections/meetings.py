"""What staff correct of a meeting: each of its weekly times, and whether one walks in, joins online, or both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from directory.sources.fields.weekly_times import read_weekly_time, weekly_time_text
from directory.store.facts import TIME_FIELD, VENUE_FIELD, CityPoint
from index.listing import Address, ConceptId, Listing, Precision, Program, Reach, Session

# The forms that a venue states, as every meeting list states them.
VENUES: Final[Mapping[str, tuple[ConceptId, ...]]] = {
    "in_person": (ConceptId("fmt.in_person"),),
    "hybrid": (ConceptId("fmt.hybrid"), ConceptId("fmt.in_person"), ConceptId("fmt.online")),
    "online": (ConceptId("fmt.online"),),
    "phone": (ConceptId("fmt.phone"),),
}
AT_A_PLACE: Final = ("in_person", "hybrid")
_FORMS: Final = frozenset(form for forms in VENUES.values() for form in forms)


def venue_of(listing: Listing) -> str:
    """Return how one takes part in a meeting, "" where nobody says."""
    stated = frozenset(offer for program in listing.programs for offer in program.offers)
    return next((venue for venue in ("hybrid", *VENUES) if stated.issuperset(VENUES[venue])), "")


def meeting_corrected(listing: Listing, values: Mapping[str, str], city_point: CityPoint) -> Listing:
    """Return the listing with its times and its venue as staff corrected them; itself where they corrected neither."""
    times = {field.removeprefix(TIME_FIELD): value for field, value in values.items() if field.startswith(TIME_FIELD)}
    venue = values.get(VENUE_FIELD, "")
    if not times and not venue:
        return listing
    programs = tuple(_program(program, times, venue, first=not at) for at, program in enumerate(listing.programs))
    where = _where(listing, venue, city_point) if venue and venue != venue_of(listing) else {}
    return msgspec.structs.replace(listing, programs=programs, **where)


def _program(program: Program, times: Mapping[str, str], venue: str, *, first: bool) -> Program:
    offers = program.offers
    if venue:
        offers = (*(offer for offer in offers if offer not in _FORMS), *VENUES[venue])
    return msgspec.structs.replace(program, schedule=_rescheduled(program.schedule, times, add=first), offers=offers)


def _rescheduled(schedule: tuple[Session, ...], times: Mapping[str, str], *, add: bool) -> tuple[Session, ...]:
    """Return weekly times with what was corrected; a time that no source states joins with `add`."""
    kept: list[Session] = []
    for session in schedule:
        new = times.get(weekly_time_text(session))
        if new is None:
            kept.append(session)
        elif new:
            kept.append(read_weekly_time(new))
    kept += [read_weekly_time(new) for old, new in times.items() if add and old == new]
    return tuple(dict.fromkeys(kept))


def _where(listing: Listing, venue: str, city_point: CityPoint) -> dict[str, Any]:  # Any: fields of several types
    """Return where a meeting is that moved online, or back to its town, whose middle is all that is known until its street is."""
    address = listing.address
    if venue not in AT_A_PLACE:
        nowhere = {"lat": None, "lon": None, "precision": Precision.NONE, "reach": Reach.ONLINE}
        return nowhere | {"address": Address(city=address.city, state=address.state)}
    if listing.lat is not None:
        return {"reach": Reach.LOCAL}
    town = city_point(address.city, address.state)
    if town is None:
        return {"reach": Reach.LOCAL}
    return {"reach": Reach.LOCAL, "lat": town.lat, "lon": town.lon, "precision": Precision.CITY}
