"""Every public listing as CSV or JSON, each row with its disclosure, as far as its sources let us hand it on.

A source's `redistribute` is obeyed before anything is written: `no` leaves its programs out, `facts-only` its descriptions.
The label of a paid listing stands before its name too, because a spreadsheet is sorted and cut by people who never see the
other columns.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Final, TextIO

import msgspec

from directory.disclosure import disclosure_of, labelled_name, with_stakes
from directory.settings import Operator
from directory.sources.records import AnsweredBy
from directory.store import Store
from directory.store.facts import DisclosureRecords
from index.listing import Listing, Phone

COLUMNS: Final = (
    "id",
    "kind",
    "name",
    "organization",
    "street",
    "city",
    "state",
    "zip",
    "lat",
    "lon",
    "precision",
    "phone",
    "website",
    "offers",
    "paid_status",
    "payer",
    "label",
    "answered_by",
    "last_checked",
    "source",
)
EXPORT_SCHEMA: Final = "treatment-directory/export/1"
# A spreadsheet runs a cell that starts like this as a formula (OWASP, CSV injection).
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_BETWEEN_VALUES: Final = "; "
Write = Callable[[Iterator[Listing], DisclosureRecords], None]
NOBODY: Final = Operator()


def csv_rows(listings: Iterator[Listing], disclosed: DisclosureRecords) -> Iterator[tuple[str, ...]]:
    """Yield the header, then one row a listing; cells that a spreadsheet would run are quoted with an apostrophe."""
    yield COLUMNS
    for listing in listings:
        yield tuple(_inert(cell) for cell in _cells(listing, disclosed))


def json_rows(listings: Iterator[Listing], disclosed: DisclosureRecords) -> Iterator[dict[str, Any]]:
    """Yield each listing as JSON values, its disclosure and who answers its numbers beside its own fields."""
    for listing in listings:
        disclosure = disclosure_of(disclosed, listing)
        answers = {phone.number: _answered_by(phone, disclosed) for phone in listing.phones}
        row: dict[str, Any] = msgspec.to_builtins(listing)  # Any: JSON
        yield row | {
            "name": labelled_name(disclosure, listing.name, "en"),
            "disclosure": msgspec.to_builtins(disclosure),
            "answered_by": answers,
        }


def export_csv(store: Store, stream: TextIO, *, operator: Operator = NOBODY, today: date | None = None) -> int:
    """Write every public listing as CSV; return how many are left out because no source of theirs may be handed on.

    Raises StoreUnavailable when the store cannot be read.
    """
    writer = csv.writer(stream, lineterminator="\n")
    return _export(store, operator, today, lambda listings, disclosed: writer.writerows(csv_rows(listings, disclosed)))


def export_json(store: Store, stream: TextIO, *, operator: Operator = NOBODY, today: date | None = None) -> int:
    """Write every public listing as one JSON document, a listing a line; return how many are left out, like `export_csv`.

    Raises StoreUnavailable when the store cannot be read.
    """

    def write(listings: Iterator[Listing], disclosed: DisclosureRecords) -> None:
        stream.write(f'{{"schema":"{EXPORT_SCHEMA}",\n"listings":[')
        for number, row in enumerate(json_rows(listings, disclosed)):
            stream.write((",\n" if number else "\n") + msgspec.json.encode(row).decode())
        stream.write("\n]}\n")

    return _export(store, operator, today, write)


def _export(store: Store, operator: Operator, today: date | None, write: Write) -> int:
    disclosed = with_stakes(store.disclosure_records(today or datetime.now(UTC).date()), operator)
    written = 0

    def counted() -> Iterator[Listing]:
        nonlocal written
        for listing in store.public_listings(handed_on=True):
            written += 1
            yield listing

    write(counted(), disclosed)
    return store.counts().listings - written


def _cells(listing: Listing, disclosed: DisclosureRecords) -> tuple[str, ...]:
    disclosure, address = disclosure_of(disclosed, listing), listing.address
    programs = listing.programs
    checked = [program.source.checked_on for program in programs if program.source.checked_on]
    offers = dict.fromkeys(offer for program in programs for offer in program.offers)
    editions = dict.fromkeys(f"{one.source.name} {one.source.edition}".strip() for one in programs)
    return (
        listing.id,
        listing.kind.value,
        labelled_name(disclosure, listing.name, "en"),
        listing.organization,
        address.street,
        address.city,
        address.state,
        address.zip,
        "" if listing.lat is None else f"{listing.lat:.6f}",
        "" if listing.lon is None else f"{listing.lon:.6f}",
        listing.precision.value,
        _BETWEEN_VALUES.join(_printed(phone) for phone in listing.phones),
        listing.website,
        _BETWEEN_VALUES.join(offers),
        disclosure.paid_status.value,
        disclosure.payer or "",
        disclosure.label,
        _BETWEEN_VALUES.join(_answered_by(phone, disclosed) for phone in listing.phones),
        max(checked).isoformat() if checked else "",
        _BETWEEN_VALUES.join(editions),
    )


def _answered_by(phone: Phone, disclosed: DisclosureRecords) -> str:
    fact = disclosed.answered_by.get(phone.number)
    return (fact.answered_by if fact else AnsweredBy.UNKNOWN).value


def _printed(phone: Phone) -> str:
    """Return a number as people write it: 303-555-0123 x45; numbers of other countries keep their plus sign."""
    number = phone.number
    if number.startswith("+1") and len(number) == 12:
        number = f"{number[2:5]}-{number[5:8]}-{number[8:]}"
    return f"{number} x{phone.extension}" if phone.extension else number


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    """Tell whether a cell is a plain number: a western longitude starts with a minus and is no formula."""
    return cell.lstrip("-").replace(".", "", 1).isdecimal() and cell.count("-") <= 1
