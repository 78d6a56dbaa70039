"""Results as CSV: one listing a row, its label before its name where somebody pays, and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from directory.api.formats.answers import labelled
from directory.api.formats.rows import place_of, shown_miles
from directory.api.selection import selected_fields
from directory.page import Row
from directory.upkeep.exporting import COLUMNS as EXPORTED

COLUMNS: Final = (*EXPORTED, "program", "distance_miles", "url", "about_phone")
ALWAYS: Final = ("id", "paid_status", "payer", "label")
BESIDE_A_NUMBER: Final = "answered_by"
BETWEEN_VALUES: Final = "; "
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")  # OWASP, "CSV injection"


def csv_columns(asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns to write; a selection keeps the paid status, and a number keeps who answers it.

    Raises InvalidRequest for a name that is no column.
    """
    beside = (BESIDE_A_NUMBER,) if "phone" in asked else ()
    return selected_fields(asked, COLUMNS, (*ALWAYS, *beside))


def csv_text(rows: Iterable[Row], columns: tuple[str, ...]) -> str:
    """Return rows as CSV with a header line (RFC 4180)."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    for row in rows:
        cells = _cells(row)
        writer.writerow([cells[column] for column in columns])
    return file.getvalue()


def _cells(row: Row) -> dict[str, str]:
    row = labelled(row)
    place, listing, disclosure = place_of(row.card), row.card.listing, row.card.disclosure
    matched = next((program.name for program in place.programs if program.id == place.matched_program), "")
    text = {
        "id": place.id,
        "kind": place.kind.value,
        "name": place.name,
        "organization": place.organization,
        "program": matched,
        "street": " ".join(part for part in (place.address.street, place.address.street2) if part),
        "city": place.address.city,
        "state": place.address.state,
        "zip": place.address.zip,
        "precision": listing.precision.value,
        "phone": BETWEEN_VALUES.join(phone.display for phone in place.phones),
        "website": place.website,
        "offers": BETWEEN_VALUES.join(offer.id for offer in place.offers),
        "paid_status": disclosure.paid_status.value,
        "payer": disclosure.payer or "",
        "label": disclosure.label_in(row.card.lang),
        "answered_by": BETWEEN_VALUES.join(phone.answered_by.value for phone in place.phones),
        "last_checked": place.checked_on.isoformat() if place.checked_on else "",
        "source": f"{place.source} {place.edition}".strip(),
        "url": place.url,
        "about_phone": BETWEEN_VALUES.join(phone.statement for phone in place.phones),
    }
    numbers = {"lat": place.lat, "lon": place.lon, "distance_miles": shown_miles(row)}
    return {name: harmless(value) for name, value in text.items()} | {
        name: "" if value is None else f"{value:.9g}" for name, value in numbers.items()
    }


def harmless(cell: str) -> str:
    """Return a text cell that no spreadsheet takes for a formula: an apostrophe keeps it text."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
