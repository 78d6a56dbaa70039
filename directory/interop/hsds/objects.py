"""Listings as HSDS 3.1 objects: a place is an organization with a location, a program is a service at that location.

The disclosure stands in added fields (`disclosure`, and `description` of each number says who answers) and, where somebody pays,
before the service's and organization's name too. What a source denies has no place in HSDS, where terms only state: it goes along
in a member of our own (`directory.sources.hsds.own_facts`), which our importer reads.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, Final

import msgspec

from directory.disclosure import money_line
from directory.interop.catalogue import modified_on
from directory.interop.handed_on import Disclosed
from directory.interop.hsds.ids import uuid_of
from directory.interop.hsds.terms import Json, term, term_id
from directory.page import PhoneLine
from directory.sources.hsds.own_facts import MEMBER, own_facts
from index.listing import Credential, Listing, Program, Reach

SPOKEN: Final = {"text": "sms", "tty": "tty", "crisis": "hotline"}
COUNTRY: Final = "US"
WITHHELD_STREET: Final = "Not published"
LANGUAGE: Final = "lang."
WHEELCHAIR: Final = "acc.wheelchair"


def service(listing: Listing, program: Program, disclosed: Disclosed, *, full: bool) -> Json:
    """Return a program as a service; `full` with everything that hangs on it."""
    disclosure = disclosed.of(listing)
    made = {
        "id": uuid_of("service", program.id),
        "organization_id": uuid_of("organization", listing.id),
        "name": disclosed.name(listing, program.name or listing.name),
        "description": listing.description,
        "url": program.website,
        "email": listing.email,
        "status": "active",
        "accreditations": _credentials(listing.accreditations),
        "licenses": _credentials(listing.licences),
        "assured_date": program.source.checked_on.isoformat() if program.source.checked_on else "",
        "alert": money_line(disclosure, disclosed.lang) if disclosure.marks(disclosed.lang) else "",
        "last_modified": last_modified(modified_on(program)),
        "disclosure": msgspec.to_builtins(disclosure),
    }
    return _stated(made | (_of_full_service(listing, program, disclosed) if full else {}))


def _of_full_service(listing: Listing, program: Program, disclosed: Disclosed) -> Json:
    return {
        "organization": organization(listing, disclosed),
        "phones": [_phone(line, program) for line in disclosed.numbers(listing, program)],
        "languages": [_language(program, concept) for concept in program.offers if concept.startswith(LANGUAGE)],
        "service_areas": [_area(program, state) for state in listing.states_served],
        "schedules": _schedules(listing, program),
        "service_at_locations": [service_at_location(listing, program, disclosed)] if has_place(listing) else [],
        "attributes": [_attribute(program, concept) for concept in program.offers],
        MEMBER: own_facts(listing, program),
    }


def organization(listing: Listing, disclosed: Disclosed) -> Json:
    """Return a listing as the organization that delivers its services; the company behind it, where stated, is another name."""
    town = ", ".join(part for part in (listing.address.city, listing.address.state) if part)
    source = listing.programs[0].source
    made = {
        "id": uuid_of("organization", listing.id),
        "name": disclosed.name(listing, listing.name),
        "alternate_name": listing.organization,
        "description": f"{listing.name}{f' in {town}' if town else ''}, as {source.title} lists it.",
        "website": listing.website,
        "email": listing.email,
        "uri": disclosed.page_of(listing),
        "disclosure": msgspec.to_builtins(disclosed.of(listing)),
    }
    return _stated(made)


def has_place(listing: Listing) -> bool:
    """Tell whether a listing stands somewhere, or is met online; a line is neither."""
    return bool(listing.address.city) or listing.lat is not None or listing.reach is Reach.ONLINE


def service_at_location(listing: Listing, program: Program, disclosed: Disclosed) -> Json:
    """Return the link of a service to its place."""
    return {
        "id": uuid_of("service_at_location", program.id),
        "service_id": uuid_of("service", program.id),
        "location_id": uuid_of("location", listing.id),
        "location": location(listing, disclosed, program),
    }


def location(listing: Listing, disclosed: Disclosed, program: Program | None = None) -> Json:
    """Return a listing's place; a withheld street stays away, its point is the town's."""
    online = listing.reach is Reach.ONLINE and not listing.address.street
    wheelchair = program is not None and WHEELCHAIR in program.offers
    made = {
        "id": uuid_of("location", listing.id),
        "organization_id": uuid_of("organization", listing.id),
        "location_type": "virtual" if online else "physical",
        "name": disclosed.name(listing, listing.name),
        "url": listing.conference_url,
        "latitude": listing.lat,
        "longitude": listing.lon,
        "addresses": _addresses(listing, online=online),
        "accessibility": [_wheelchair(listing)] if wheelchair else [],
    }
    return _stated(made)


def _addresses(listing: Listing, *, online: bool) -> list[Json]:
    address = listing.address
    if online or not address.city:
        return []
    made = {
        "id": uuid_of("address", listing.id),
        "location_id": uuid_of("location", listing.id),
        "address_1": address.street or WITHHELD_STREET,
        "address_2": address.street2,
        "city": address.city,
        "region": address.county,
        "state_province": address.state,
        "postal_code": address.zip,
        "country": COUNTRY,
        "address_type": "physical",
    }
    kept = {"postal_code": address.zip, "state_province": address.state}  # required, also where nobody states them
    return [_stated(made) | kept]


def _wheelchair(listing: Listing) -> Json:
    return {
        "id": uuid_of("accessibility", listing.id),
        "location_id": uuid_of("location", listing.id),
        "description": "Wheelchair accessible",
    }


def _phone(line: PhoneLine, program: Program) -> Json:
    made = {
        "id": uuid_of("phone", program.id, line.number, line.extension),
        "service_id": uuid_of("service", program.id),
        "number": line.number,
        "extension": int(line.extension) if line.extension else None,
        "type": SPOKEN.get(line.label, "voice"),
        "description": line.statement,
        "answered_by": line.answered_by,
        "label": line.label,
    }
    return _stated(made)


def _language(program: Program, concept: str) -> Json:
    service_id = uuid_of("service", program.id)
    return {"id": uuid_of("language", program.id, concept), "service_id": service_id, "name": term(concept)["name"]}


def _area(program: Program, state: str) -> Json:
    service_id = uuid_of("service", program.id)
    made = {"id": uuid_of("service_area", program.id, state), "service_id": service_id, "name": state}
    return made | {"extent": state, "extent_type": "state"}


def _schedules(listing: Listing, program: Program) -> list[Json]:
    if not listing.hours:
        return []
    made = {"id": uuid_of("schedule", program.id), "service_id": uuid_of("service", program.id)}
    return [made | {"description": listing.hours}]


def _attribute(program: Program, concept: str) -> Json:
    """Return what a service states; the service holds it, so that no link back is written 80 times."""
    return {
        "id": uuid_of("attribute", program.id, concept),
        "taxonomy_term_id": term_id(concept),
        "taxonomy_term": _term_as_written(concept),
    }


@cache
def _term_as_written(concept: str) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(term(concept)))


def last_modified(day: date | None) -> str:
    """Return a day as HSDS writes an instant, "" for none."""
    return f"{day.isoformat()}T00:00:00Z" if day else ""


def _credentials(stated: tuple[Credential, ...]) -> str:
    return "; ".join(f"{one.name} ({one.year})" if one.year else one.name for one in stated)


def _stated(made: dict[str, Any]) -> Json:
    """Return the members that say something: HSDS has no null."""
    return {name: value for name, value in made.items() if value not in ("", None, [])}
