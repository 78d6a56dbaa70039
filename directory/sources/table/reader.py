"""A list that someone keeps by hand (CSV or XLSX), read through its mapping.

Cells of the columns of offers are looked up in the mapping's words, then among the vocabulary's own names; what neither knows is
kept as a code and reported. A list of meetings goes through the reader of Meeting Guide feeds, whose field names the mapping's
are, so that the same rules of anonymity hold.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

import msgspec

from directory.errors import ImportRefused
from directory.sources.federal.rows import stated, web_address
from directory.sources.feed_options import FeedOptions, source_id, spoken_stem, stem
from directory.sources.fields.meeting_places import Located, MeetingPlaces, WrittenPlace
from directory.sources.fields.phones import UnreadablePhone, read_phone
from directory.sources.fields.repairs import Mender, Repair
from directory.sources.files.packed import ZIP_MAGIC, sheets
from directory.sources.matching import fold_words, place_match_key
from directory.sources.meetings.anonymity import public_words
from directory.sources.meetings.meeting_guide import MeetingGuideReader
from directory.sources.reading import Reject, SourceReader
from directory.sources.records import AnsweredByFact, ListingRecord, PaymentTerms, ProgramRecord, SourceInfo
from directory.sources.table.mapping import ConceptNames, Mapped, fields_of, guess_mapping, options_of, parts_of, read_mapping
from index.geo.distance import Coordinates, InvalidCoordinates
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import ConceptId, Kind, Phone, Precision, Reach, Redistribute

IMPORTER: Final = "table"
_YES: Final = frozenset({"1", "1.0", "si", "sí", "true", "x", "y", "yes", "✓"})
_NO: Final = frozenset({"0", "n", "no", "false"})
_PHONES: Final = {"phone": "main", "intake_phone": "intake", "crisis_phone": "crisis"}
_SNIFFED_CHARACTERS: Final = 8_192
_GUESSED_ROWS: Final = 1_000
_GUIDE_FIELDS: Final = {
    "key": "slug", "name": "name", "street": "address", "city": "city", "state": "state", "zip": "postal_code", "day": "day",
    "time": "time", "end_time": "end_time", "conference_url": "conference_url", "website": "website", "lat": "latitude",
    "lon": "longitude", "offers": "types", "checked_on": "last_contact",
}  # fmt: skip

Row = dict[str, str]


def table_rows(content: bytes, file_name: str, mender: Mender, sheet: str = "") -> Iterator[list[str]]:
    """Yield the rows of a CSV (commas, semicolons or tabs) or of one sheet of a workbook, header first.

    Raises ImportRefused when the sheet is missing or the file is neither.
    """
    if content.startswith(ZIP_MAGIC):
        for title, rows in sheets(content, file_name):
            if sheet in ("", title):
                yield from (list(row) for row in rows)
                return
        raise ImportRefused(f"{file_name} has no sheet {sheet!r}")
    text = "".join(mender.lines(io.BytesIO(content)))
    try:
        dialect: csv.Dialect | type[csv.Dialect] = csv.Sniffer().sniff(text[:_SNIFFED_CHARACTERS].partition("\n")[0], ",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        yield from (row for row in csv.reader(io.StringIO(text), dialect) if any(cell.strip() for cell in row))
    except csv.Error as error:
        raise ImportRefused(f"{file_name} is no CSV: {error}") from error


def first_mapping(content: bytes, file_name: str, vocabulary: Vocabulary) -> str:
    """Return a first mapping of a list as TOML, to be edited: what `--guess` writes.

    Raises ImportRefused for an empty file, and for one whose first row has no heading of a list.
    """
    rows = table_rows(content, file_name, Mender())
    header = next(rows, None)
    if header is None:
        raise ImportRefused(f"{file_name} is empty")
    if not fields_of(header):
        raise ImportRefused(f"{file_name} is no table of places: no heading in its first row is one like name, address or phone")
    return guess_mapping(header, (row for row, _ in zip(rows, range(_GUESSED_ROWS), strict=False)), vocabulary)


def table_reader(
    content: bytes,
    *,
    file_name: str,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    options: FeedOptions | None = None,
    retrieved_on: date | None = None,
) -> SourceReader:
    """Return the reader of a list; without a mapping, the first guess serves if it finds a name.

    Raises ImportRefused when mapping and list do not fit.
    """
    options = options or FeedOptions()
    mapping = options.mapping or first_mapping(content, file_name, vocabulary).encode()
    mapped = read_mapping(mapping, vocabulary)
    mender = Mender()
    rows = _named_rows(table_rows(content, file_name, mender, mapped.sheet), mapped, file_name)
    if mapped.kind is Kind.MEETING:
        return _meeting_reader(rows, mapped, file_name, vocabulary, gazetteer, retrieved_on)
    source = _source_info(mapped, options, file_name, retrieved_on)
    return TableReader(rows, mapped, source, mender, ConceptNames(vocabulary), gazetteer)


def _named_rows(rows: Iterator[list[str]], mapped: Mapped, file_name: str) -> Iterator[Row]:
    """Yield rows by folded column name. Raises ImportRefused when a column of the mapping is not there."""
    header = [fold_words(cell) for cell in next(rows, [])]
    wanted = [column for field in mapped.columns for column in mapped.columns_of(field)]
    missing = [column for column in (*wanted, *map(fold_words, mapped.yes)) if column not in header]
    if missing:
        raise ImportRefused(f"{file_name} has no column {', '.join(missing)}")
    return (dict(zip(header, row + [""] * (len(header) - len(row)), strict=False)) for row in rows)


def _meeting_reader(
    rows: Iterator[Row],
    mapped: Mapped,
    file_name: str,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    retrieved_on: date | None,
) -> SourceReader:
    """Hand the rows to the reader of Meeting Guide feeds."""
    columns = {field: mapped.columns_of(field) for field in mapped.columns if field in _GUIDE_FIELDS}
    meetings = [
        {
            _GUIDE_FIELDS[field]: ", ".join(stated(row[column]) for column in names if stated(row[column]))
            for field, names in columns.items()
        }
        for row in rows
    ]
    said = options_of(mapped.source)
    options = replace(said, source=said.source or stem(file_name), payment=said.payment or PaymentTerms.UNKNOWN)
    return MeetingGuideReader(
        msgspec.json.encode(meetings),
        file_name=file_name,
        vocabulary=vocabulary,
        gazetteer=gazetteer,
        options=options,
        retrieved_on=retrieved_on,
    )


class TableReader:
    """Reads the rows of a list of places or lines, in its order."""

    def __init__(
        self, rows: Iterator[Row], mapped: Mapped, source: SourceInfo, mender: Mender, names: ConceptNames, gazetteer: Gazetteer
    ) -> None:
        self.sources = (source,)
        self.answered_by: tuple[AnsweredByFact, ...] = ()
        self.rows_read = self.rows_merged = 0
        self.unknown_codes: Counter[str] = Counter()
        self._rows, self._mapped, self._mender, self._names = rows, mapped, mender, names
        self._words = {fold_words(word): concept for word, concept in mapped.words.items()}
        self._places = MeetingPlaces(gazetteer, self._note)
        self._seen: dict[str, ListingRecord] = {}

    @property
    def repairs(self) -> Counter[str]:
        """How often each repair was made."""
        return self._mender.counts

    def _note(self, repair: str) -> None:
        self._mender.counts[repair] += 1

    def __iter__(self) -> Iterator[ListingRecord | Reject]:
        """Yield one record or reject per row, the header not counted; rows that repeat another in full are merged."""
        for row in self._rows:
            self.rows_read += 1
            item = self._item(row)
            if item is None:
                self.rows_merged += 1
            else:
                yield item

    def _cell(self, row: Row, field: str) -> str:
        return next((text for column in self._mapped.columns_of(field) if (text := stated(row[column]))), "")

    def _item(self, row: Row) -> ListingRecord | Reject | None:
        name = self._mender.name(self._cell(row, "name"))
        if not name:
            return Reject(self.rows_read, "name", "expected a name, got nothing")
        try:
            zip5 = self._mender.zip_code(self._cell(row, "zip"))
            written = self._written(row, zip5)
        except ValueError as error:
            return Reject(self.rows_read, "zip" if "ZIP" in str(error) else "lat", str(error), (), name)
        return self._unless_repeated(self._record(row, name, self._places.located(written)), bool(self._cell(row, "key")))

    def _unless_repeated(self, record: ListingRecord, is_own_key: bool) -> ListingRecord | Reject | None:
        """Return the record, None for one that repeats another in full; further programs of one place are numbered.

        A key that the list itself states must be its own.
        """
        (program,) = record.programs
        number, key = 2, program.key
        while key in self._seen:
            if self._seen[key] == record:
                return None
            if is_own_key:
                keys = ((program.source, key),)
                return Reject(self.rows_read, "key", f"expected a key of its own, got {key!r} again", keys, record.name)
            key, number = f"{program.key}:{number}", number + 1
        self._seen[key] = record
        return msgspec.structs.replace(record, programs=(msgspec.structs.replace(program, key=key),))

    def _written(self, row: Row, zip5: str) -> WrittenPlace:
        lat, lon = self._cell(row, "lat"), self._cell(row, "lon")
        street, withheld = self._mender.street(self._cell(row, "street"))
        return WrittenPlace(
            street=street,
            venue="" if withheld else self._cell(row, "street2"),
            city=self._cell(row, "city"),
            state=self._cell(row, "state"),
            zip=zip5,
            county=self._cell(row, "county"),
            point=None if withheld or not (lat and lon) else _point(lat, lon),
        )

    def _record(self, row: Row, name: str, where: Located) -> ListingRecord:
        address, is_line = where.address, self._mapped.kind is Kind.HELPLINE
        match_key = place_match_key(name, address.street, address.zip)
        program_name = self._mender.name(self._cell(row, "program"))
        offers, denies, codes = self._stated(row)
        website = web_address(self._cell(row, "website"))
        slug = fold_words(program_name).replace(" ", "-")
        key = self._cell(row, "key") or (f"{match_key}:{slug}" if slug else match_key)
        program = ProgramRecord(
            source=self.sources[0].name,
            key=key,
            name=program_name,
            phones=self._phones(row),
            website=website,
            offers=offers,
            denies=denies,
            source_codes=codes,
            checked_on=_day(self._cell(row, "checked_on")),
        )
        point = None if is_line else where.point
        return ListingRecord(
            kind=self._mapped.kind,
            name=name,
            match_key=key if is_line else match_key,
            programs=(program,),
            address=address,
            lat=point.lat if point else None,
            lon=point.lon if point else None,
            precision=where.precision if point else Precision.NONE,
            reach=(Reach.STATE if address.state else Reach.NATION) if is_line else Reach.LOCAL,
            states_served=(address.state,) if is_line and address.state else (),
            website=website,
            time_zone=where.time_zone,
            hours=public_words(self._cell(row, "hours")),
        )

    def _stated(self, row: Row) -> tuple[tuple[ConceptId, ...], tuple[ConceptId, ...], tuple[str, ...]]:
        """Return what a row states, denies, and the words that nobody gave a meaning."""
        offers: dict[ConceptId, None] = {}
        denies: dict[ConceptId, None] = {}
        codes: list[str] = []
        for column in self._mapped.columns_of("offers"):
            for word in parts_of(row[column]):
                concept = self._words.get(fold_words(word)) or self._names.named(word)
                if concept:
                    offers[ConceptId(concept)] = None
                else:
                    codes.append(word)
                    self.unknown_codes[word] += 1
        for column, concept in self._mapped.yes.items():
            cell = row[fold_words(column)].strip().casefold()
            if concept and cell in _YES:
                offers[ConceptId(concept)] = None
            elif concept and cell in _NO:
                denies[ConceptId(concept)] = None
        return tuple(offers), tuple(one for one in denies if one not in offers), tuple(dict.fromkeys(codes))

    def _phones(self, row: Row) -> tuple[Phone, ...]:
        phones: dict[tuple[str, str], Phone] = {}
        for field, label in _PHONES.items():
            if not (text := self._cell(row, field)):
                continue
            try:
                read = read_phone(text)
            except UnreadablePhone:
                self._note("phone_unreadable_left_out")
                continue
            if read.extension:
                self._mender.note(Repair.PHONE_EXTENSION)
            phones.setdefault((read.number, read.extension), read.as_phone(label))
        return tuple(phones.values())


def _point(lat: str, lon: str) -> Coordinates:
    try:
        return Coordinates(float(lat), float(lon))
    except InvalidCoordinates:
        raise
    except ValueError as error:
        raise ValueError(f"expected decimal degrees, got {lat!r}, {lon!r}") from error


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _source_info(mapped: Mapped, options: FeedOptions, file_name: str, retrieved_on: date | None) -> SourceInfo:
    """Return the source as the mapping states it; who pays is unknown until somebody says."""
    said = mapped.source
    name = said.publisher or options.publisher or spoken_stem(file_name)
    return SourceInfo(
        name=source_id(IMPORTER, said.name or options.source or stem(file_name)),
        title=said.title or options.title or f"List of {name}",
        publisher=name,
        payment=said.payment or options.payment or PaymentTerms.UNKNOWN,
        redistribute=said.redistribute or options.redistribute or Redistribute.FACTS_ONLY,
        edition=said.edition or options.edition,
        url=said.url or options.url,
        terms=said.terms or options.terms,
        terms_url=said.terms_url or options.terms_url,
        retrieved_on=retrieved_on,
    )
