"""Corrections by staff: a fact of a listing, who says so, and since when. The sources' own words stay in their records.

A correction survives every import and is withdrawn, never deleted. Who pays plays no part in it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from directory.errors import DirectoryError
from directory.sources.phones import UnreadablePhone, read_phone
from directory.store import Store
from directory.store.facts import PHONE_FIELD, Correction
from directory.store.overrides import running_corrections, set_correction, withdraw_correction
from directory.store.staff import write_audit
from index.listing import Listing, ListingId

TEXT_FIELDS: Final = ("website", "hours")
MOST_LETTERS: Final = 300


class CorrectionRefused(DirectoryError):
    """A correction cannot be kept; the message says why."""


def correct(store: Store, listing_id: str, field: str, value: str, *, said_by: str, by: str, now: datetime) -> Correction:
    """Correct a fact; it shows with the next publication. `said_by` is who established it ("Called the front desk").

    Raises CorrectionRefused.
    """
    listing = public_listing(store, listing_id)
    if not said_by.strip():
        raise CorrectionRefused("say who established it, and how: readers see that")
    if max(len(value), len(said_by)) > MOST_LETTERS:
        raise CorrectionRefused(f"may have at most {MOST_LETTERS} characters")
    new = Correction(listing.id, field, _checked(listing, store, field, value.strip()), said_by.strip(), by, now)
    with store.writing() as connection:
        set_correction(connection, new)
        write_audit(connection, now, by, "listing.correct", listing.id, f"{field}: {new.value or 'removed'} ({new.said_by})")
    return new


def withdraw(store: Store, listing_id: str, field: str, *, by: str, now: datetime) -> None:
    """Let the sources' word count again. Raises CorrectionRefused when nothing was corrected."""
    with store.writing() as connection:
        if not withdraw_correction(connection, listing_id, field, by, now):
            raise CorrectionRefused(f"{field} of {listing_id} was not corrected")
        write_audit(connection, now, by, "listing.withdraw_correction", listing_id, field)


def corrections_of(store: Store, listing_id: str) -> tuple[Correction, ...]:
    """Return what staff corrected of a listing."""
    with store.reading() as connection:
        return running_corrections(connection).get(ListingId(listing_id), ())


def public_listing(store: Store, listing_id: str) -> Listing:
    """Return a listing as it stands now. Raises CorrectionRefused for an unknown id."""
    listing = store.public_listings_by_id([listing_id]).get(ListingId(listing_id))
    if listing is None:
        raise CorrectionRefused(f"no public listing has the id {listing_id!r}")
    return listing


def _checked(listing: Listing, store: Store, field: str, value: str) -> str:
    """Return the value as it is kept. Raises CorrectionRefused."""
    if field in TEXT_FIELDS:
        if field == "website" and value and urlsplit(value).scheme not in ("http", "https"):
            raise CorrectionRefused("a website begins with https:// or http://")
        return value
    number = field.removeprefix(PHONE_FIELD)
    known = {phone.number for phone in listing.phones} | {
        one.field.removeprefix(PHONE_FIELD) for one in corrections_of(store, listing.id)
    }
    if not field.startswith(PHONE_FIELD) or number not in known:
        raise CorrectionRefused(f"{field!r} is no field of this listing that can be corrected")
    if not value:
        return ""
    try:
        return read_phone(value).number
    except UnreadablePhone as error:
        raise CorrectionRefused(str(error)) from error
