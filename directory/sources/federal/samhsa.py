"""SAMHSA's National Directory as CSV: one row a facility and directory (substance use, or mental health).

Works with and without the columns latitude, longitude, coord_source. `facility_id` is a row number of one edition and is
never read. A row is one program; rows whose normalised name, street and ZIP are equal are programs of one listing. Service
codes become concepts through the vocabulary's one table; every code also stays in `source_codes`.

A street printed as dashes is withheld by the source (shelters, group homes): such a listing stands at its town's point. Fully
identical rows with a street are one program, counted as merged. Without a street they are kept apart: one operator's houses
differ in nothing but the address that is withheld.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Final

import msgspec

from directory.errors import ImportRefused
from directory.sources.fields.phones import UnreadablePhone, read_phone
from directory.sources.fields.postal_states import POSTAL_STATES
from directory.sources.fields.repairs import Mender, Repair
from directory.sources.matching import fold_words, place_match_key
from directory.sources.reading import CodeTable, Localities, Reject, UnusableRow
from directory.sources.records import (
    AnsweredByFact,
    ListingRecord,
    PaymentTerms,
    ProgramRecord,
    SourceInfo,
)
from index.listing import Address, ConceptId, Kind, Phone, Precision, Redistribute

SOURCE: Final = "samhsa"
_TEXT_COLUMNS: Final = ("directory_type", "name1", "name2", "street1", "street2", "city", "state", "zip")
_PHONE_COLUMNS: Final = {
    "phone": "main",
    "intake1": "intake",
    "intake2": "intake",
    "intake1a": "intake",
    "intake2a": "intake",
}
_CODE_COLUMN: Final = "service_code_info"
_REQUIRED: Final = (*_TEXT_COLUMNS, "phone", _CODE_COLUMN)
_DIRECTORIES: Final = ("substance", "mental")
_GROUP_MARK: Final = "*"  # separates categories of codes; the groups are not positional
_POINT_SOURCES: Final = {"address": Precision.STREET, "zip": Precision.ZIP, "city": Precision.CITY}
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")


def source_info(edition: str, retrieved_on: date | None = None) -> SourceInfo:
    """Return what is to be said of this source; `edition` is the directory's year, "" when nobody stated it."""
    return SourceInfo(
        name=SOURCE,
        title=("SAMHSA National Directory of Drug and Alcohol Use Treatment Facilities / Mental Health Treatment Facilities"),
        publisher="Substance Abuse and Mental Health Services Administration (SAMHSA)",
        payment=PaymentTerms.NOT_PAID,
        redistribute=Redistribute.YES,
        edition=edition,
        url="https://findtreatment.gov/",
        terms=(
            "Public domain; cite SAMHSA. It may not be reproduced or distributed for a fee without SAMHSA's written "
            "authorization."
        ),
        retrieved_on=retrieved_on,
    )


def edition_in_name(file_name: str) -> str:
    """Return the year that a file's name states, or "" when it states none or several."""
    years = set(_YEAR.findall(file_name))
    return years.pop() if len(years) == 1 else ""


def program_key(directory_type: str, match_key: str, name2: str) -> str:
    """Return the durable key of a federal row, the same from one edition to the next while name and address stay."""
    slug = fold_words(name2).replace(" ", "-")
    return f"{directory_type}:{match_key}:{slug}" if slug else f"{directory_type}:{match_key}"


@dataclass(frozen=True, slots=True)
class _Point:
    lat: float | None = None
    lon: float | None = None
    precision: Precision = Precision.NONE


class SamhsaReader:
    """Reads the rows of one National Directory file, in its order.

    Raises ImportRefused when the columns are not the National Directory's.
    """

    def __init__(
        self,
        raw_lines: Iterable[bytes],
        *,
        edition: str,
        codes: CodeTable,
        localities: Localities,
        retrieved_on: date | None = None,
    ) -> None:
        self.sources = (source_info(edition, retrieved_on),)
        self.answered_by: tuple[AnsweredByFact, ...] = ()
        self.rows_read = self.rows_merged = 0
        self.unknown_codes: Counter[str] = Counter()
        self._mender = Mender()
        self._codes, self._localities = codes, localities
        self._times_seen: Counter[str] = Counter()
        self._rows_seen: set[bytes] = set()
        self._stated: dict[str, tuple[tuple[ConceptId, ...], tuple[ConceptId, ...]]] = {}
        self._rows = csv.DictReader(self._mender.lines(raw_lines))
        _check_columns(self._rows.fieldnames or ())

    @property
    def repairs(self) -> Counter[str]:
        """How often each repair was made."""
        return self._mender.counts

    def __iter__(self) -> Iterator[ListingRecord | Reject]:
        """Yield one record or reject per row, identical repeats left out.

        Rows are numbered from 1, the header not counted.
        """
        for row in self._whole_rows():
            self.rows_read += 1
            try:
                record = self._read(row)
            except UnusableRow as error:
                yield self._reject(row, error)
                continue
            if record is None:
                self.rows_merged += 1
            else:
                yield record

    def _whole_rows(self) -> Iterator[Mapping[str, str]]:
        try:
            yield from self._rows
        except csv.Error as error:
            raise ImportRefused(f"the file is no CSV after row {self.rows_read}: {error}") from error

    def _read(self, row: Mapping[str, str]) -> ListingRecord | None:
        if None in row or None in row.values():
            raise UnusableRow("row", "expected as many cells as the header has")
        directory_type, name = row["directory_type"].strip(), self._mender.name(row["name1"])
        if directory_type not in _DIRECTORIES:
            raise UnusableRow("directory_type", f"expected one of {', '.join(_DIRECTORIES)}, got {directory_type!r}")
        if not name:
            raise UnusableRow("name1", "expected a name, got nothing")
        address = self._address(row)
        match_key = place_match_key(name, address.street, address.zip)
        program = self._program(row, program_key(directory_type, match_key, row["name2"]))
        if not address.withheld and self._is_repeat(address, name, program):
            return None
        return self._listing(row, name, match_key, address, self._with_unique_key(program))

    def _listing(
        self, row: Mapping[str, str], name: str, match_key: str, address: Address, program: ProgramRecord
    ) -> ListingRecord:
        point = self._point(row, address)
        return ListingRecord(
            kind=Kind.FACILITY,
            name=name,
            match_key=match_key,
            programs=(program,),
            address=address,
            lat=point.lat,
            lon=point.lon,
            precision=point.precision,
            time_zone=self._localities.of_zip(address.zip).time_zone,
        )

    def _address(self, row: Mapping[str, str]) -> Address:
        text = self._mender.text
        try:
            zip5 = self._mender.zip_code(row["zip"])
        except ValueError as error:
            raise UnusableRow("zip", str(error)) from error
        state = text(row["state"]).upper()
        if state not in POSTAL_STATES:
            raise UnusableRow("state", f"expected the two letters of a state or territory, got {row['state']!r}")
        street, withheld = self._mender.street(row["street1"])
        return Address(
            street=street,
            street2="" if withheld else text(row["street2"]),
            city=text(row["city"]),
            state=state,
            zip=zip5,
            county=self._localities.of_zip(zip5).county,
            withheld=withheld,
        )

    def _program(self, row: Mapping[str, str], key: str) -> ProgramRecord:
        codes = tuple(code for code in row[_CODE_COLUMN].split() if code != _GROUP_MARK)
        offers, denies = self._concepts(row[_CODE_COLUMN], codes)
        return ProgramRecord(
            source=SOURCE,
            key=key,
            name=self._mender.name(row["name2"]),
            phones=self._phones(row),
            offers=offers,
            denies=denies,
            source_codes=codes,
        )

    def _concepts(self, text: str, codes: tuple[str, ...]) -> tuple[tuple[ConceptId, ...], tuple[ConceptId, ...]]:
        """Return what the codes state and deny, in their order; a concept both stated and denied is stated.

        A code that appears twice, or two codes of one concept, state it once. Rows of one operator often bear equal codes, so
        the answer is kept per text.
        """
        for code in codes:
            if not self._codes.is_known_code(code):
                self.unknown_codes[code] += 1
        if text not in self._stated:
            named = [found for code in codes if (found := self._codes.concept_of_code(code))]
            offers = dict.fromkeys(ConceptId(concept) for concept, stated in named if stated)
            denies = dict.fromkeys(ConceptId(concept) for concept, stated in named if not stated)
            self._stated[text] = tuple(offers), tuple(concept for concept in denies if concept not in offers)
        return self._stated[text]

    def _phones(self, row: Mapping[str, str]) -> tuple[Phone, ...]:
        phones: dict[tuple[str, str], Phone] = {}
        for column, label in _PHONE_COLUMNS.items():
            text = self._mender.text(row.get(column) or "")
            if not text:
                continue
            try:
                read = read_phone(text)
            except UnreadablePhone as error:
                raise UnusableRow(column, str(error)) from error
            if read.extension:
                self._mender.note(Repair.PHONE_EXTENSION)
            if read.spelt_with_letters:
                self._mender.note(Repair.VANITY_NUMBER)
            phones.setdefault((read.number, read.extension), read.as_phone(label))
        return tuple(phones.values())

    def _point(self, row: Mapping[str, str], address: Address) -> _Point:
        """Return the stated point, else the ZIP code's, else the town's; a withheld street always stands at the town's."""
        stated = _stated_point(row)
        if address.withheld:
            return self._point_of_town(address) or self._point_of_zip(address)
        return stated if stated.lat is not None else self._point_of_zip(address)

    def _point_of_zip(self, address: Address) -> _Point:
        if found := self._localities.of_zip(address.zip).point:
            self._mender.note(Repair.POINT_FROM_ZIP)
            return _Point(found.lat, found.lon, Precision.ZIP)
        return self._point_of_town(address) or _Point()

    def _point_of_town(self, address: Address) -> _Point | None:
        if found := self._localities.city_point(address.city, address.state):
            self._mender.note(Repair.POINT_FROM_CITY)
            return _Point(found.lat, found.lon, Precision.CITY)
        return None

    def _is_repeat(self, address: Address, name: str, program: ProgramRecord) -> bool:
        content = msgspec.msgpack.encode((name, address, program))
        digest = blake2b(content, digest_size=16).digest()
        if digest in self._rows_seen:
            return True
        self._rows_seen.add(digest)
        return False

    def _with_unique_key(self, program: ProgramRecord) -> ProgramRecord:
        return msgspec.structs.replace(program, key=self._numbered(program.key))

    def _numbered(self, key: str) -> str:
        """Number the second and later rows that share directory, name, street, ZIP and program name, in file order."""
        self._times_seen[key] += 1
        times = self._times_seen[key]
        return key if times == 1 else f"{key}:{times}"

    def _reject(self, row: Mapping[str, str], error: UnusableRow) -> Reject:
        name = " ".join((row.get("name1") or "").split())
        key = self._key_of_rejected(row) if name else None
        return Reject(self.rows_read, error.field, error.reason, ((SOURCE, key),) if key else (), name)

    def _key_of_rejected(self, row: Mapping[str, str | None]) -> str | None:
        """Return the key the row would have had, None when its ZIP code cannot be read; repairs are not counted."""
        quiet = Mender()
        cells = {column: row.get(column) or "" for column in _TEXT_COLUMNS}
        try:
            zip5 = quiet.zip_code(cells["zip"])
        except ValueError:
            return None
        match_key = place_match_key(quiet.name(cells["name1"]), quiet.street(cells["street1"])[0], zip5)
        return self._numbered(program_key(cells["directory_type"].strip(), match_key, cells["name2"]))


def _check_columns(columns: Iterable[str]) -> None:
    present = tuple(columns)
    missing = [column for column in _REQUIRED if column not in present]
    if missing:
        raise ImportRefused(f"this is not the National Directory: columns {', '.join(missing)} are missing")


def _stated_point(row: Mapping[str, str]) -> _Point:
    latitude, longitude = (row.get("latitude") or "").strip(), (row.get("longitude") or "").strip()
    if not latitude or not longitude:
        return _Point()
    try:
        lat, lon = float(latitude), float(longitude)
    except ValueError as error:
        raise UnusableRow("latitude", f"expected decimal degrees, got {latitude!r}, {longitude!r}") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise UnusableRow("latitude", f"expected a point on the earth, got {latitude!r}, {longitude!r}")
    precision = _POINT_SOURCES.get((row.get("coord_source") or "").partition(":")[0], Precision.STREET)
    return _Point() if (lat, lon) == (0.0, 0.0) else _Point(lat, lon, precision)
