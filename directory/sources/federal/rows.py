"""One row of SAMHSA's data, whatever form it was published in, as a listing.

The National Directory has a reader of its own (`samhsa.py`); the locator's exports and the list of opioid treatment programs
come here. All use the same keys, so that the same facility in two forms is one program, taken from the newer edition.
"""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final
from urllib.parse import urlsplit

import msgspec

from directory.errors import ImportRefused
from directory.sources.federal.samhsa import program_key
from directory.sources.fields.phones import UnreadablePhone, read_phone
from directory.sources.fields.postal_states import POSTAL_STATES
from directory.sources.fields.repairs import Mender, Repair
from directory.sources.matching import place_match_key
from directory.sources.reading import CodeTable, Localities, Reject, UnusableRow
from directory.sources.records import AnsweredByFact, ListingRecord, ProgramRecord, SourceInfo
from index.geo.distance import Coordinates, InvalidCoordinates
from index.listing import Address, ConceptId, Credential, Kind, Phone, Precision

UNREADABLE_PHONE: Final = "phone_unreadable_left_out"
_NOTHING: Final = frozenset({"", "na", "n/a", "nan", "null", "none"})


@dataclass(frozen=True, slots=True)
class FederalRow:
    """A facility as a federal form states it, still in the form's own spelling; empty strings where it states nothing.

    `directory` is which of the directories the row comes from: substance, mental, otp, hrsa. `phones` are (label, text).
    """

    directory: str
    name1: str
    name2: str = ""
    street1: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    county: str = ""
    phones: tuple[tuple[str, str], ...] = ()
    website: str = ""
    latitude: str = ""
    longitude: str = ""
    codes: tuple[str, ...] = ()
    licences: tuple[Credential, ...] = ()


def stated(value: object) -> str:
    """Return a cell's text; the marks that tables use for "nothing" are nothing.

    >>> stated("NA"), stated(None), stated(6708)
    ('', '', '6708')
    """
    text = "" if value is None else str(value).strip()
    return "" if text.casefold() in _NOTHING else text


def web_address(text: str) -> str:
    """Return a facility's own address as it is stated, with its scheme; "" for a text that is no web address.

    >>> web_address("www.example.org/care?id=7")
    'https://www.example.org/care?id=7'
    """
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    usable = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not set(text) & set(" \t@")
    return address if usable else ""


ReadCells = Callable[[Mapping[str, str]], FederalRow | UnusableRow]


class FederalReader(ABC):
    """Turns rows into listings; a subclass yields the rows of its form, or what is wrong with one."""

    def __init__(self, source: SourceInfo, codes: CodeTable, localities: Localities) -> None:
        self.sources = (source,)
        self.answered_by: tuple[AnsweredByFact, ...] = ()
        self.rows_read = self.rows_merged = 0
        self.unknown_codes: Counter[str] = Counter()
        self.mender = Mender()
        self._codes, self._localities = codes, localities
        self._seen: set[bytes] = set()
        self._times_seen: Counter[str] = Counter()

    @property
    def repairs(self) -> Counter[str]:
        """How often each repair was made."""
        return self.mender.counts

    @abstractmethod
    def rows(self) -> Iterable[FederalRow | UnusableRow]:
        """Yield the form's rows in order."""

    def _csv_rows(self, cells: csv.DictReader[str], read: ReadCells) -> Iterator[FederalRow | UnusableRow]:
        """Yield each row of a CSV as `read` makes it out; one with too many or too few cells is unusable."""
        try:
            for row in cells:
                if None in row or None in row.values():
                    yield UnusableRow("row", "expected as many cells as the header has")
                else:
                    yield read(row)
        except csv.Error as error:
            raise ImportRefused(f"the file is no CSV after row {self.rows_read}: {error}") from error

    def __iter__(self) -> Iterator[ListingRecord | Reject]:
        """Yield one record or reject per row, identical repeats left out."""
        for row in self.rows():
            self.rows_read += 1
            try:
                if isinstance(row, UnusableRow):
                    raise row
                record = self._record(row)
            except UnusableRow as error:
                yield self._reject(row, error)
                continue
            if record is None:
                self.rows_merged += 1
            else:
                yield record

    def _reject(self, row: FederalRow | UnusableRow, error: UnusableRow) -> Reject:
        name = " ".join(row.name1.split()) if isinstance(row, FederalRow) else ""
        return Reject(self.rows_read, error.field, error.reason, (), name)

    def _record(self, row: FederalRow) -> ListingRecord | None:
        name = self.mender.name(row.name1)
        if not name:
            raise UnusableRow("name1", "expected a name, got nothing")
        address = self._address(row)
        match_key = place_match_key(name, address.street, address.zip)
        key = program_key(row.directory, match_key, row.name2)
        offers, denies = self._concepts(row.codes)
        website = web_address(row.website)
        program = ProgramRecord(
            source=self.sources[0].name,
            key=key,
            name=self.mender.name(row.name2),
            phones=self._phones(row),
            website=website,
            offers=offers,
            denies=denies,
            source_codes=row.codes,
        )
        point_of_street = _stated_point(row)
        if not address.withheld and self._is_repeat(name, address, program):
            return None
        point, precision = self._point(None if address.withheld else point_of_street, address)
        return ListingRecord(
            kind=Kind.FACILITY,
            name=name,
            match_key=match_key,
            programs=(msgspec.structs.replace(program, key=self._numbered(key)),),
            address=address,
            lat=point.lat if point else None,
            lon=point.lon if point else None,
            precision=precision,
            website=website,
            time_zone=self._localities.of_zip(address.zip).time_zone,
            licences=row.licences,
        )

    def _address(self, row: FederalRow) -> Address:
        try:
            zip5 = self.mender.zip_code(row.zip)
        except ValueError as error:
            raise UnusableRow("zip", str(error)) from error
        state = self.mender.text(row.state).upper()
        if state not in POSTAL_STATES:
            raise UnusableRow("state", f"expected the two letters of a state or territory, got {row.state!r}")
        street, withheld = self.mender.street(row.street1)
        return Address(
            street=street,
            street2="" if withheld else self.mender.text(row.street2),
            city=self.mender.text(row.city),
            state=state,
            zip=zip5,
            county=self._localities.of_zip(zip5).county or row.county,
            withheld=withheld,
        )

    def _phones(self, row: FederalRow) -> tuple[Phone, ...]:
        phones: dict[tuple[str, str], Phone] = {}
        for label, text in row.phones:
            try:
                read = read_phone(self.mender.text(text))
            except UnreadablePhone:
                self.mender.counts[UNREADABLE_PHONE] += 1
                continue
            if read.extension:
                self.mender.note(Repair.PHONE_EXTENSION)
            if read.spelt_with_letters:
                self.mender.note(Repair.VANITY_NUMBER)
            phones.setdefault((read.number, read.extension), read.as_phone(label))
        return tuple(phones.values())

    def _concepts(self, codes: tuple[str, ...]) -> tuple[tuple[ConceptId, ...], tuple[ConceptId, ...]]:
        """Return what the codes state and deny; a concept both stated and denied is stated."""
        for code in codes:
            if not self._codes.is_known_code(code):
                self.unknown_codes[code] += 1
        named = [found for code in codes if (found := self._codes.concept_of_code(code))]
        offers = dict.fromkeys(ConceptId(concept) for concept, is_stated in named if is_stated)
        denies = dict.fromkeys(ConceptId(concept) for concept, is_stated in named if not is_stated)
        return tuple(offers), tuple(concept for concept in denies if concept not in offers)

    def _point(self, of_street: Coordinates | None, address: Address) -> tuple[Coordinates | None, Precision]:
        """Return the stated point, else the ZIP code's, else the town's; a withheld street always stands at the town's."""
        if of_street:
            return of_street, Precision.STREET
        of_zip = self._localities.of_zip(address.zip).point
        of_town = self._localities.city_point(address.city, address.state)
        if of_zip and not (address.withheld and of_town):
            self.mender.note(Repair.POINT_FROM_ZIP)
            return of_zip, Precision.ZIP
        if of_town:
            self.mender.note(Repair.POINT_FROM_CITY)
            return of_town, Precision.CITY
        return None, Precision.NONE

    def _is_repeat(self, name: str, address: Address, program: ProgramRecord) -> bool:
        digest = blake2b(msgspec.msgpack.encode((name, address, program)), digest_size=16).digest()
        repeated = digest in self._seen
        self._seen.add(digest)
        return repeated

    def _numbered(self, key: str) -> str:
        self._times_seen[key] += 1
        times = self._times_seen[key]
        return key if times == 1 else f"{key}:{times}"


def _stated_point(row: FederalRow) -> Coordinates | None:
    if not row.latitude or not row.longitude:
        return None
    try:
        point = Coordinates(float(row.latitude), float(row.longitude))
    except InvalidCoordinates as error:
        raise UnusableRow("latitude", f"expected a point on the earth, got {row.latitude!r}, {row.longitude!r}") from error
    except ValueError as error:
        raise UnusableRow("latitude", f"expected decimal degrees, got {row.latitude!r}, {row.longitude!r}") from error
    return point if point.lat and point.lon else None
