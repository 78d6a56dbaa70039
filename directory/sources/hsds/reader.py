"""Human Services Data Specification: nested JSON (3.0, 3.1), or packages of tables (3.x, and 1.x as far as it carries).

A service at a location is one program of the listing that stands there, named after its organization; a service without a
place is a listing without a point. Contacts, whoever assured or changed a record, and addresses of persons are never read.
From a feed about everything (a 211's), services about substance use and mental health are taken, the others rejected.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from directory.errors import ImportRefused
from directory.sources.federal.rows import web_address
from directory.sources.feed_options import FeedOptions, source_id, spoken_stem, stem
from directory.sources.fields.meeting_places import Located, MeetingPlaces, WrittenPlace
from directory.sources.fields.phones import UnreadablePhone, read_phone
from directory.sources.fields.repairs import Mender
from directory.sources.files.json_rows import Row, outermost, text_of
from directory.sources.files.packed import ZIP_MAGIC, Package
from directory.sources.hsds.hours import hours_of
from directory.sources.hsds.own_facts import MEMBER, with_own_facts
from directory.sources.hsds.tables import nested_services, tables_of_json, tables_of_package
from directory.sources.hsds.terms import ServiceTerms, StatedTerms
from directory.sources.matching import place_match_key
from directory.sources.reading import Reject
from directory.sources.records import AnsweredByFact, ListingRecord, PaymentTerms, ProgramRecord, SourceInfo
from index.geo.distance import Coordinates
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Address, Credential, Kind, Phone, Precision, Reach, Redistribute

IMPORTER: Final = "hsds"
_CLOSED: Final = frozenset({"inactive", "defunct", "temporarily closed"})
_PHONE_TYPES: Final = {
    "sms": "text",
    "text": "text",
    "tty": "tty",
    "textphone": "tty",
    "tdd": "tty",
    "hotline": "crisis",
    "crisis": "crisis",
}
_NOT_SPOKEN: Final = frozenset({"fax", "pager", "modem"})
# Mailboxes of a desk, not of a person.
_DESKS: Final = frozenset(
    {"admin", "admissions", "appointments", "care", "clinic", "contact", "frontdesk", "hello", "help", "helpline", "info",
     "information", "intake", "mail", "office", "reception", "referral", "referrals", "services", "support", "welcome"}
)  # fmt: skip
_SHARE_OF_A_TREATMENT_FEED: Final = 0.5  # a feed with fewer relevant services is about everything, and only those are taken
_LITERAL_BREAK: Final = re.compile(r"\\[nrt]")
_MARKS: Final = re.compile(r"#{3}[A-Z]+#{3}|<[^<>]{1,80}>")
_MAIL: Final = re.compile(r"\S+@\S+\.\w+")
_ZIP: Final = re.compile(r"(\d{5})(?:-?\d{4})?")
_SERVICE_LISTS: Final = ("contents", "services", "data", "results")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A service at one place, as the file states it; empty where it states no place or no organization."""

    service: Row
    at_location: Row
    location: Row
    organization: Row

    @staticmethod
    def of(service: Row, at_location: Row) -> _Unit:
        return _Unit(service, at_location, _object(at_location.get("location")), _object(service.get("organization")))

    @property
    def key(self) -> str:
        return ":".join(part for part in (text_of(self.service, "id"), text_of(self.location, "id")) if part)

    def stated(self, name: str) -> list[Row]:
        """Return the rows of that name of the service, of the service here, and of the place."""
        return [row for holder in (self.service, self.at_location, self.location) for row in _rows(holder.get(name))]


class HsdsReader:
    """Reads one file. Raises ImportRefused when it holds no services.

    A row is a service at one place, or a service without a place.
    """

    def __init__(
        self,
        content: bytes,
        *,
        file_name: str,
        vocabulary: Vocabulary,
        gazetteer: Gazetteer,
        options: FeedOptions | None = None,
        retrieved_on: date | None = None,
    ) -> None:
        options = options or FeedOptions()
        self.sources = (_source_info(options, file_name, retrieved_on),)
        self.answered_by: tuple[AnsweredByFact, ...] = ()
        self.rows_read = self.rows_merged = 0
        self._mender = Mender()
        self._services = services_in(content, file_name, self._mender)
        self._terms = ServiceTerms(vocabulary)
        self.unknown_codes = self._terms.unknown
        self._places = MeetingPlaces(gazetteer, self._note)
        relevant = sum(map(self._terms.is_relevant, self._services))
        self._takes_all = relevant >= len(self._services) * _SHARE_OF_A_TREATMENT_FEED
        self._seen: set[str] = set()

    @property
    def repairs(self) -> Counter[str]:
        """How often each repair was made."""
        return self._mender.counts

    def _note(self, repair: str) -> None:
        self._mender.counts[repair] += 1

    def __iter__(self) -> Iterator[ListingRecord | Reject]:
        """Yield one record per service and place, and one reject per service that is not taken, in the file's order."""
        for service in self._services:
            problem = self._problem(service)
            if problem:
                self.rows_read += 1
                yield Reject(self.rows_read, *problem)
                continue
            stated = self._terms.stated(service)
            for at_location in _rows(service.get("service_at_locations")) or [{}]:
                self.rows_read += 1
                item = self._record(_Unit.of(service, at_location), stated)
                if item is None:
                    self.rows_merged += 1
                else:
                    yield item

    def _problem(self, service: Row) -> tuple[str, str] | None:
        if not text_of(service, "name"):
            return "name", "expected a name, got nothing"
        if text_of(service, "status").casefold() in _CLOSED:
            self._note("inactive")
            return "status", f"the source marks it as {text_of(service, 'status')}"
        if not self._takes_all and not service.get(MEMBER) and not self._terms.is_relevant(service):
            return "taxonomy", "not about substance use or mental health"
        return None

    def _record(self, unit: _Unit, stated: StatedTerms) -> ListingRecord | Reject | None:
        """Return the listing of a service at one place, None when it was there already."""
        written = self._written(unit.location)
        name = self._mender.name(text_of(unit.organization, "name")) or self._mender.name(text_of(unit.service, "name"))
        if self._places.is_abroad(written):
            return Reject(self.rows_read, "country", "expected a place in the United States", (), name)
        where = self._places.located(written) if unit.location else Located(Address())
        match_key = place_match_key(name, where.address.street, where.address.zip)
        key = unit.key or match_key
        if key in self._seen:
            return None
        self._seen.add(key)
        is_somewhere = where.point is not None or bool(where.address.city)
        program = self._program(unit, key, name, stated)
        return self._whole(unit, self._listing(unit, where, program, name, match_key if is_somewhere else key), key)

    def _whole(self, unit: _Unit, record: ListingRecord, key: str) -> ListingRecord:
        """Return the record with what one of our own exports carries along; a strange member is left out and counted."""
        if not (member := unit.service.get(MEMBER)):
            return record
        try:
            whole = with_own_facts(record, member)
        except ValueError:
            self._note("own_facts_unreadable")
            return record
        address = whole.address
        is_somewhere = whole.kind is Kind.FACILITY and (whole.lat is not None or bool(address.city))
        return msgspec.structs.replace(
            whole, match_key=place_match_key(whole.name, address.street, address.zip) if is_somewhere else key
        )

    def _program(self, unit: _Unit, key: str, listing_name: str, stated: StatedTerms) -> ProgramRecord:
        name = self._mender.name(text_of(unit.service, "name"))
        return ProgramRecord(
            source=self.sources[0].name,
            key=key,
            name="" if name == listing_name else name,
            phones=self._phones(unit),
            website=web_address(text_of(unit.service, "url")) or web_address(text_of(unit.organization, "website", "url")),
            offers=stated.concepts,
            source_codes=stated.codes,
            checked_on=_day(text_of(unit.service, "assured_date")),
            updated_on=_day(text_of(unit.service, "last_modified")),
        )

    def _listing(self, unit: _Unit, where: Located, program: ProgramRecord, name: str, match_key: str) -> ListingRecord:
        hours, open_24h = hours_of(unit.stated("schedules"))
        service, organization = unit.service, unit.organization
        return ListingRecord(
            kind=Kind.FACILITY,
            name=name,
            match_key=match_key,
            programs=(program,),
            address=where.address,
            lat=where.point.lat if where.point else None,
            lon=where.point.lon if where.point else None,
            precision=where.precision if where.point else Precision.NONE,
            reach=Reach.ONLINE if text_of(unit.location, "location_type") == "virtual" else Reach.LOCAL,
            website=program.website,
            email=_desk(text_of(service, "email")) or _desk(text_of(organization, "email")),
            description=_plain(text_of(service, "description")),
            time_zone=where.time_zone,
            open_24h=open_24h,
            hours=hours,
            accreditations=_credentials(text_of(service, "accreditations")),
        )

    def _written(self, location: Row) -> WrittenPlace:
        """Return the physical address of a location, its point beside it."""
        addresses = [*_rows(location.get("addresses")), *_rows(location.get("physical_addresses"))]
        address = next(
            (one for one in addresses if text_of(one, "address_type") in ("", "physical")), addresses[0] if addresses else {}
        )
        found = _ZIP.fullmatch(text_of(address, "postal_code"))
        if text_of(address, "postal_code") and not found:
            self._note("zip_unreadable_left_out")
        return WrittenPlace(
            street=self._mender.text(text_of(address, "address_1")),
            venue=self._mender.text(text_of(address, "address_2")),
            city=self._mender.text(text_of(address, "city")),
            state=text_of(address, "state_province"),
            zip=found[1] if found else "",
            country=text_of(address, "country"),
            point=self._point(location),
        )

    def _point(self, location: Row) -> Coordinates | None:
        lat, lon = text_of(location, "latitude"), text_of(location, "longitude")
        try:
            point = Coordinates(float(lat), float(lon)) if lat and lon else None
        except ValueError:
            self._note("point_unreadable_left_out")
            return None
        return point if point and point.lat and point.lon else None

    def _phones(self, unit: _Unit) -> tuple[Phone, ...]:
        """Return the numbers of service and place; the organization's only where these have none."""
        return self._read_phones(unit.stated("phones")) or self._read_phones(_rows(unit.organization.get("phones")))

    def _read_phones(self, rows: list[Row]) -> tuple[Phone, ...]:
        phones: dict[tuple[str, str], Phone] = {}
        for row in rows:
            kind, text = text_of(row, "type").casefold(), text_of(row, "number").strip("\"' ")
            if kind in _NOT_SPOKEN or not text:
                continue
            try:
                read = read_phone(text)
            except UnreadablePhone:
                self._note("phone_unreadable_left_out")
                continue
            extension = read.extension or "".join(re.findall(r"\d", text_of(row, "extension")))
            phone = Phone(number=read.number, extension=extension, label=_PHONE_TYPES.get(kind, "main"))
            phones.setdefault((phone.number, phone.extension), phone)
        return tuple(phones.values())


def services_in(content: bytes, file_name: str, mender: Mender) -> list[Row]:
    """Return the services of a file, nested, each with its organization. Raises ImportRefused when it has none."""
    if content.startswith(ZIP_MAGIC):
        return list(nested_services(tables_of_package(Package(content, file_name), mender)))
    try:
        top = outermost(content)
    except ImportRefused as error:
        raise ImportRefused(f"{file_name} is neither a package nor JSON: {error}") from error
    if isinstance(top, dict) and "services.csv" in top:
        return list(nested_services(tables_of_json(top)))
    return [service for one in _unwrapped(_decoded(top), file_name) for service in _services_of(one)]


def _decoded(top: list[msgspec.Raw] | dict[str, msgspec.Raw]) -> object:
    if isinstance(top, list):
        return list(map(_value, top))
    return {name: _value(raw) for name, raw in top.items()}


def _value(raw: msgspec.Raw) -> object:
    """Return what a row holds; one that is no JSON is a service without a name."""
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return {}


def _unwrapped(value: object, file_name: str) -> list[Row]:
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("data"), dict):
        value = value["data"]
    if isinstance(value, dict) and "name" not in value and "service" not in value:
        value = next((value[name] for name in _SERVICE_LISTS if isinstance(value.get(name), list)), None)
    if isinstance(value, dict):
        return [value]
    if not isinstance(value, list):
        raise ImportRefused(f"{file_name} holds no services")
    return [one if isinstance(one, dict) else {} for one in value]  # what is no object is a service without a name


def _services_of(row: Row) -> Iterator[Row]:
    """Yield the services in an object: a service, a service at a location, or an organization that holds its services."""
    if isinstance(row.get("service"), dict):
        yield {**row["service"], "service_at_locations": [{name: value for name, value in row.items() if name != "service"}]}
    elif isinstance(row.get("services"), list):
        organization = {name: value for name, value in row.items() if name != "services"}
        yield from ({"organization": organization, **one} for one in _rows(row["services"]))
    else:
        yield row


def _object(value: object) -> Row:
    return value if isinstance(value, dict) else {}


def _rows(value: object) -> list[Row]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _plain(text: str) -> str:
    """Return a description without literal line breaks, markup, a system's own marks, and e-mail addresses."""
    mended = _MAIL.sub(" ", _MARKS.sub(" ", _LITERAL_BREAK.sub(" ", text)))
    return " ".join(mended.split())


def _desk(address: str) -> str:
    """Return an e-mail address that is a desk's; a person's is nothing."""
    local, at, host = address.casefold().partition("@")
    return address if at and "." in host and local in _DESKS else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _credentials(text: str) -> tuple[Credential, ...]:
    return (Credential(name=text),) if text else ()


def _source_info(options: FeedOptions, file_name: str, retrieved_on: date | None) -> SourceInfo:
    """Return the source: nobody knows who pays in somebody else's list until whoever adds it says so."""
    name = options.publisher or spoken_stem(file_name)
    return SourceInfo(
        name=source_id(IMPORTER, options.source or stem(file_name)),
        title=options.title or f"Service list of {name}",
        publisher=name,
        payment=options.payment or PaymentTerms.UNKNOWN,
        redistribute=options.redistribute or Redistribute.FACTS_ONLY,
        edition=options.edition,
        url=options.url,
        terms=options.terms,
        terms_url=options.terms_url,
        retrieved_on=retrieved_on,
    )
