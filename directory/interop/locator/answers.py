"""The rows of the federal locator: one for each program, typed as the locator types them.

Latitude and longitude are text, miles a number, services null where no federal code is stated. A paying place's label stands
before `name1`; `disclosure`, `answered_by`, `checked_on`, `source` and `url` are added fields.
"""

from __future__ import annotations

import math
from datetime import date
from hashlib import sha256
from typing import Final

import msgspec
import numpy as np

from directory.disclosure import Disclosure
from directory.interop.catalogue import Catalogue, Mask, Numbers, directory_of, federal_codes, program_of
from directory.interop.handed_on import Disclosed
from directory.interop.locator.codes import LocatorCodes
from directory.interop.locator.query import LocatorQuery, LocatorSort
from directory.page import PhoneLine
from index.engine.protocol import Engine
from index.geo.distance import Vectors
from index.listing import Kind, Listing, Phone, Precision, Program

TYPE_OF_DIRECTORY: Final = {"substance": "SA", "mental": "MH", "otp": "OTP", "hrsa": "HRSA"}
TYPE_OF_NEITHER: Final = "SA"  # for a key of another form
ROUGH: Final = frozenset({Precision.ZIP, Precision.CITY})  # points of an area: hundredths of a mile would be invented
BETWEEN_LABELS: Final = "; "
_AMERICAN_LENGTH: Final = len("+13035550142")


class Service(msgspec.Struct, frozen=True):
    """One category of codes: its heading, its code, and the labels joined by semicolons."""

    f1: str
    f2: str
    f3: str


class NumberAnswered(msgspec.Struct, frozen=True):
    """Who picks up a number; `statement` is to be shown before it."""

    number: str
    answered_by: str
    operator_name: str
    checked_on: date | None
    statement: str


class LocatorRow(msgspec.Struct, frozen=True, kw_only=True):
    """One program, with the locator's own field names first and ours after them."""

    irow: int = msgspec.field(name="_irow")
    frid: str
    name1: str
    name2: str
    street1: str
    street2: str
    city: str
    state: str
    zip: str
    phone: str
    intake1: str | None
    hotline1: str | None
    website: str
    latitude: str | None
    longitude: str | None
    miles: float | None
    typeFacility: str  # noqa: N815 - the locator's spelling
    services: tuple[Service, ...] | None
    disclosure: Disclosure
    answered_by: tuple[NumberAnswered, ...]
    checked_on: date | None
    edition: str
    source: str
    url: str


class LocatorAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A page of rows. A page past the last one is empty, so that a client that reads until nothing comes ends cleanly."""

    page: int
    totalPages: int  # noqa: N815
    recordCount: int  # noqa: N815
    rows: tuple[LocatorRow, ...]


def answer(query: LocatorQuery, catalogue: Catalogue, engine: Engine, disclosed: Disclosed, codes: LocatorCodes) -> LocatorAnswer:
    """Return the page that a query asks for. Raises InvalidRequest for a code that nobody knows."""
    miles = catalogue.miles_from(query.centre) if query.centre else None
    found = ordered(query, catalogue, matching(query, catalogue, miles, codes) & catalogue.without(disclosed.withdrawn), miles)
    start = (query.page - 1) * query.page_size
    shown = found[start : start + query.page_size]
    return LocatorAnswer(
        page=query.page,
        totalPages=max(1, -(-len(found) // query.page_size)),
        recordCount=len(found),
        rows=tuple(_rows(shown, start, catalogue, engine, disclosed, codes, miles)),
    )


def matching(query: LocatorQuery, catalogue: Catalogue, miles: Vectors | None, codes: LocatorCodes) -> Mask:
    """Return the rows that satisfy every part of a query."""
    found = catalogue.where(
        row.kind is Kind.FACILITY
        and TYPE_OF_DIRECTORY.get(row.directory, TYPE_OF_NEITHER) in query.types
        and (not query.state or row.state == query.state)
        and (not query.county or row.county == query.county)
        for row in catalogue.rows
    )
    for group in codes.by_category("sCodes", query.codes, catalogue.codes).values():
        found &= catalogue.with_codes(group)
    if query.languages:
        codes.by_category("sLanguages", query.languages, catalogue.codes)
        found &= catalogue.with_codes(query.languages)
    if query.miles is not None and miles is not None:
        found &= np.nan_to_num(miles, nan=np.inf) <= query.miles
    return found


def ordered(query: LocatorQuery, catalogue: Catalogue, found: Mask, miles: Vectors | None) -> Numbers:
    """Return the matching rows in the asked order; rows without a point come last, ties in the catalogue's random order."""
    rows = np.flatnonzero(found)
    if query.sort is LocatorSort.DISTANCE:
        return rows if miles is None else rows[np.argsort(miles[rows], kind="stable")]
    every = catalogue.rows

    def by(number: int) -> tuple[str, ...]:
        row = every[number]
        match query.sort:
            case LocatorSort.NAME:
                return (row.name,)
            case LocatorSort.CITY:
                return row.city, row.state, row.name
            case _:
                return row.state, row.city, row.name

    return np.array(sorted(rows.tolist(), key=by), np.int64)


def _rows(
    shown: Numbers,
    start: int,
    catalogue: Catalogue,
    engine: Engine,
    disclosed: Disclosed,
    codes: LocatorCodes,
    miles: Vectors | None,
) -> list[LocatorRow]:
    entries = [catalogue.rows[number] for number in shown.tolist()]
    held = engine.get(list(dict.fromkeys(entry.listing for entry in entries)))
    made = []
    for irow, (number, entry) in enumerate(zip(shown.tolist(), entries, strict=True), start + 1):
        if found := program_of(entry, held):
            away = float(miles[number]) if miles is not None else math.nan
            made.append(_row(irow, *found, away, disclosed, codes))
    return made


def _row(irow: int, listing: Listing, program: Program, miles: float, disclosed: Disclosed, codes: LocatorCodes) -> LocatorRow:
    address, numbers = listing.address, program.phones
    return LocatorRow(
        irow=irow,
        frid=sha256(program.id.encode()).hexdigest(),
        name1=disclosed.name(listing, listing.name),
        name2=program.name,
        street1=address.street,
        street2=address.street2,
        city=address.city,
        state=address.state,
        zip=address.zip,
        phone=_first(numbers, "main") or (_printed(numbers[0]) if numbers else ""),
        intake1=_first(numbers, "intake"),
        hotline1=_first(numbers, "crisis"),
        website=program.website or listing.website,
        latitude=None if listing.lat is None else f"{listing.lat:.7g}",
        longitude=None if listing.lon is None else f"{listing.lon:.8g}",
        miles=None if math.isnan(miles) else round(miles, 0 if listing.precision in ROUGH else 2),
        typeFacility=TYPE_OF_DIRECTORY.get(directory_of(program), TYPE_OF_NEITHER),
        services=_services(program, codes),
        disclosure=disclosed.of(listing),
        answered_by=tuple(_answered(line) for line in disclosed.numbers(listing, program)),
        checked_on=program.source.checked_on,
        edition=program.source.edition,
        source=program.source.name,
        url=disclosed.page_of(listing),
    )


def _services(program: Program, codes: LocatorCodes) -> tuple[Service, ...] | None:
    stated = federal_codes(program)
    grouped = codes.grouped(stated).items()
    return tuple(Service(one.name, one.code, BETWEEN_LABELS.join(map(codes.label, held))) for one, held in grouped) or None


def _answered(line: PhoneLine) -> NumberAnswered:
    return NumberAnswered(line.shown, line.answered_by, line.operator_name, line.checked_on, line.statement)


def _first(phones: tuple[Phone, ...], label: str) -> str | None:
    return next((_printed(phone) for phone in phones if phone.label == label), None)


def _printed(phone: Phone) -> str:
    """Return a number as the federal directory prints it: 719-555-0101 x12."""
    number = phone.number
    if number.startswith("+1") and len(number) == _AMERICAN_LENGTH:
        number = f"{number[2:5]}-{number[5:8]}-{number[8:]}"
    return f"{number} x{phone.extension}" if phone.extension else number
