"""A public listing put together from its live records.

Records stand in one order: the source's own feed before copies of it, then the source's key. The same (source, key) from two
feeds is one program, taken from the first. Facts of the listing come from the first record that states them, except the
point, which comes from the most precise one. What is not public is removed here, before anything derived sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import msgspec

from directory.sources.records import ListingRecord, ProgramRecord, SourceInfo
from directory.store.corrections.overrides import corrected
from directory.store.desk.checks import checked
from directory.store.facts import CityPoint, Correction, Visibility
from directory.store.listings.identity import program_id
from directory.store.listings.street_points import ROUGH, address_key
from index.geo.distance import Coordinates
from index.listing import Address, Listing, ListingId, Phone, Precision, Program, Redistribute, SourceRef

WHOLE_LISTING: Final = "*"
_PLACE_FIELDS: Final = frozenset({"address", "street", "lat", "lon"})
_REQUIRED_FIELDS: Final = frozenset({"id", "kind", "name", "programs", WHOLE_LISTING})
_MOST_PRECISE_FIRST: Final = tuple(Precision)
# Fields that the first record which states them gives to the listing; the others are put together from all records.
_FIRST_STATED: Final = (
    "organization",
    "reach",
    "states_served",
    "website",
    "email",
    "conference_url",
    "description",
    "time_zone",
    "open_24h",
    "hours",
    "operator",
    "licences",
    "accreditations",
)
_OPTIONAL: Final = Listing.__struct_fields__[-len(Listing.__struct_defaults__) :]
# Any: each field has its own type
_EMPTY: Final[Mapping[str, Any]] = dict(zip(_OPTIONAL, Listing.__struct_defaults__, strict=True))


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One live record, with the terms of its source as its feed states them."""

    feed: str
    own: bool
    number: int
    record: ListingRecord
    source: SourceInfo

    @property
    def program(self) -> ProgramRecord:
        """The one program of the record."""
        return self.record.programs[0]


@dataclass(frozen=True, slots=True)
class Assembler:
    """Builds public listings.

    `hidden` names the fields of a listing that are not public. With `handed_on`, only what the sources let us give to others
    is used: records of a `no` source are left out, and a `facts-only` source gives no description.
    `checks` are the days on which places told our staff that a listing is right, by the number called.
    `street_points` are points that a geocoder gave, by the key of their address.
    """

    city_point: CityPoint
    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    handed_on: bool = False
    corrections: Mapping[ListingId, tuple[Correction, ...]] = field(default_factory=dict)
    checks: Mapping[ListingId, Mapping[str, date]] = field(default_factory=dict)
    street_points: Mapping[str, Coordinates] = field(default_factory=dict)

    def listing(self, listing_id: str, records: Iterable[StoredRecord]) -> Listing | None:
        """Return the listing, or None when nothing of it is public."""
        hidden = self.hidden.get(listing_id, frozenset())
        if hidden & _REQUIRED_FIELDS:
            return None
        ordered = _without_copies(record for record in records if self._may_use(record))
        if not ordered:
            return None
        listing = self._located(_put_together(ListingId(listing_id), ordered, handed_on=self.handed_on))
        listing = corrected(listing, self.corrections.get(listing.id, ()), self.city_point)
        return self._public(checked(listing, self.checks.get(listing.id, {})), ordered, hidden)

    def _located(self, listing: Listing) -> Listing:
        """Return the listing at the point of its street address, where its sources only state a rougher one."""
        if not self.street_points or listing.precision not in ROUGH:
            return listing
        found = self.street_points.get(address_key(listing.address))
        return msgspec.structs.replace(listing, lat=found.lat, lon=found.lon, precision=Precision.STREET) if found else listing

    def _may_use(self, stored: StoredRecord) -> bool:
        return not (self.handed_on and stored.source.redistribute is Redistribute.NO)

    def _public(self, listing: Listing, ordered: list[StoredRecord], hidden: frozenset[str]) -> Listing:
        """Remove what is not public: a withheld street, and each hidden field here and in the programs."""
        if hidden & _PLACE_FIELDS or any(stored.record.address.withheld for stored in ordered):
            listing = _without_street(listing, self.city_point)
        cleared = {name: _EMPTY[name] for name in hidden - _PLACE_FIELDS if name in _EMPTY}
        if not cleared:
            return listing
        in_programs = {name: value for name, value in cleared.items() if name in Program.__struct_fields__}
        programs = tuple(msgspec.structs.replace(program, **in_programs) for program in listing.programs)
        return msgspec.structs.replace(listing, programs=programs, **cleared)


def _without_copies(records: Iterable[StoredRecord]) -> list[StoredRecord]:
    """Return the records in order, one of each (source, key): the source's own feed's, then the newest edition's."""
    preferred = sorted(records, key=lambda stored: stored.feed)
    preferred.sort(key=lambda stored: (stored.own, stored.source.edition), reverse=True)
    first: dict[tuple[str, str], StoredRecord] = {}
    for stored in preferred:
        first.setdefault((stored.program.source, stored.program.key), stored)
    return sorted(first.values(), key=_place_in_listing)


def _place_in_listing(stored: StoredRecord) -> tuple[bool, bool, int, str, str]:
    """What may be handed on speaks first, so that the listing's own facts rarely hang on a source that keeps them back."""
    kept_back = stored.source.redistribute is Redistribute.NO
    return kept_back, not stored.own, stored.number, stored.program.source, stored.program.key


def _put_together(listing_id: ListingId, ordered: list[StoredRecord], *, handed_on: bool) -> Listing:
    records = [stored.record for stored in ordered]
    located = min(records, key=lambda record: _MOST_PRECISE_FIRST.index(record.precision))
    programs = tuple(_program(listing_id, stored) for stored in ordered)
    speakers = {name: _first_to_state(ordered, name, handed_on=handed_on) for name in _FIRST_STATED}
    facts = {name: getattr(records[at], name) if at is not None else _EMPTY[name] for name, at in speakers.items()}
    if not facts["website"]:
        speakers["website"] = next((at for at, program in enumerate(programs) if program.website), None)
        facts["website"] = programs[speakers["website"] or 0].website
    speakers["name"] = 0
    speakers["address"] = next((at for at, record in enumerate(records) if record.address != Address()), None)
    speakers["point"] = records.index(located) if located.lat is not None else None
    return Listing(
        id=listing_id,
        kind=records[0].kind,
        name=records[0].name,
        programs=programs,
        address=records[speakers["address"] or 0].address,
        lat=located.lat,
        lon=located.lon,
        precision=located.precision,
        phones=_union_of_phones(programs),
        stated_by=_provenance(programs, speakers),
        **facts,
    )


def _provenance(programs: Sequence[Program], speakers: Mapping[str, int | None]) -> tuple[tuple[str, str], ...]:
    """Return which program states each fact of the listing, where there are several sources to tell apart."""
    if len({program.source.name for program in programs}) < 2:
        return ()
    return tuple((name, programs[at].id) for name, at in speakers.items() if at is not None)


def _first_to_state(ordered: list[StoredRecord], name: str, *, handed_on: bool) -> int | None:
    """Return the position of the first record that states a fact."""
    for at, stored in enumerate(ordered):
        if handed_on and name == "description" and stored.source.redistribute is Redistribute.FACTS_ONLY:
            continue
        if getattr(stored.record, name) != _EMPTY[name]:
            return at
    return None


def _program(listing_id: str, stored: StoredRecord) -> Program:
    program, source = stored.program, stored.source
    return Program(
        id=program_id(listing_id, program.source, program.key),
        source=SourceRef(
            name=source.name,
            title=source.title,
            key=program.key,
            edition=source.edition,
            url=program.url or source.url,
            retrieved_on=program.retrieved_on or source.retrieved_on,
            checked_on=program.checked_on,
            redistribute=source.redistribute,
            publisher=source.publisher,
            updated_on=program.updated_on,
            feedback_url=program.feedback_url,
        ),
        name=program.name,
        phones=program.phones,
        website=program.website,
        offers=program.offers,
        denies=program.denies,
        source_codes=program.source_codes,
        schedule=program.schedule,
    )


def _union_of_phones(programs: Iterable[Program]) -> tuple[Phone, ...]:
    phones: dict[tuple[str, str], Phone] = {}
    for program in programs:
        for phone in program.phones:
            phones.setdefault((phone.number, phone.extension), phone)
    return tuple(phones.values())


def _without_street(listing: Listing, city_point: CityPoint) -> Listing:
    """Return the listing at its town's point.

    Where the gazetteer does not know the town, a point that is only the ZIP code's may stay, since the ZIP code is public; a
    finer one goes.
    """
    address = msgspec.structs.replace(listing.address, street="", street2="", withheld=True)
    town = city_point(address.city, address.state)
    if town:
        return msgspec.structs.replace(listing, address=address, lat=town.lat, lon=town.lon, precision=Precision.CITY)
    if listing.precision in (Precision.ZIP, Precision.CITY):
        return msgspec.structs.replace(listing, address=address)
    return msgspec.structs.replace(listing, address=address, lat=None, lon=None, precision=Precision.NONE)


def hidden_fields(rows: Iterable[tuple[str, str, str]]) -> dict[str, frozenset[str]]:
    """Return the fields of each listing that the public may not see, from (listing, field, visibility)."""
    hidden: dict[str, set[str]] = {}
    for listing_id, name, visibility in rows:
        if visibility != Visibility.PUBLIC:
            hidden.setdefault(listing_id, set()).add(name)
    return {listing_id: frozenset(names) for listing_id, names in hidden.items()}
