"""Short ways to say what a feed states: fictional places in one real town, so that addresses are sound."""

from __future__ import annotations

from datetime import UTC, datetime

from directory.sources.matching import place_match_key
from directory.sources.records import ListingRecord, PaymentTerms, ProgramRecord, SourceInfo
from directory.store import Store
from index.geo.distance import Coordinates
from index.listing import Address, Kind, Phone, Precision, Redistribute

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MONUMENT = Coordinates(39.09, -104.87)


def only_monument(city: str, state: str) -> Coordinates | None:
    return MONUMENT if (city, state) == ("Monument", "CO") else None


def source(name: str = "county", **stated) -> SourceInfo:
    sound = {
        "title": f"The {name} list",
        "publisher": "Example County",
        "payment": PaymentTerms.NOT_PAID,
        "redistribute": Redistribute.YES,
    }
    return SourceInfo(name=name, **sound | stated)


def program(key: str, **stated) -> ProgramRecord:
    return ProgramRecord(**{"source": "county", "key": key} | stated)


def place(name: str, *programs: ProgramRecord, street: str = "12 Elm Street", zip5: str = "80132", **stated) -> ListingRecord:
    """A facility in Monument, Colorado; without programs it has one, keyed by its name."""
    sound = {
        "address": Address(street=street, city="Monument", state="CO", zip=zip5),
        "lat": 39.1,
        "lon": -104.9,
        "precision": Precision.STREET,
    }
    return ListingRecord(
        kind=Kind.FACILITY,
        name=name,
        match_key=place_match_key(name, street, zip5),
        programs=programs or (program(name.casefold()),),
        **sound | stated,
    )


def phone(number: str = "+17195550101", **stated) -> Phone:
    return Phone(number=number, **stated)


def names(store: Store) -> list[str]:
    return sorted(listing.name for listing in store.public_listings())
