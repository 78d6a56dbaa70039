"""Corrections by staff: a fact of a listing, who says so, and since when. The sources' own words stay in their records.

A correction survives every import and is withdrawn, never deleted. Who pays plays no part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from re import compile as pattern
from typing import Final
from urllib.parse import urlsplit

from directory.errors import Refused
from directory.sources.fields.clock import UnreadableTime
from directory.sources.fields.phones import UnreadablePhone, read_phone
from directory.sources.fields.weekly_times import read_weekly_time, weekly_time_text
from directory.store import Store
from directory.store.corrections.meetings import VENUES
from directory.store.corrections.overrides import running_corrections, set_correction, withdraw_correction
from directory.store.facts import OFFER_FIELD, PHONE_FIELD, TIME_FIELD, VENUE_FIELD, Correction
from directory.store.staff import write_audit
from index.geo.distance import Coordinates, InvalidCoordinates
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Kind, Listing, ListingId

MOST_LETTERS: Final = 300
NEW_PHONE: Final = PHONE_FIELD  # with no number after it: the value is one that no source states
NEW_TIME: Final = TIME_FIELD  # likewise, with no weekly time after it
_ZIP: Final = pattern(r"\d{5}")
_EMAIL: Final = pattern(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ANSWERS: Final = ("yes", "no")


class CorrectionRefused(Refused):
    """A correction cannot be kept."""

    def __init__(self, reason: str, field: str = "value") -> None:
        super().__init__(field, reason)


def correct(store: Store, listing_id: str, field: str, value: str, *, said_by: str, by: str, now: datetime) -> Correction:
    """Correct a fact; it shows with the next publication. `said_by` is who established it ("Called the front desk").

    Raises CorrectionRefused.
    """
    listing = public_listing(store, listing_id)
    if not said_by.strip():
        raise CorrectionRefused("say who established it, and how: readers see that", "said_by")
    if max(len(value), len(said_by)) > MOST_LETTERS:
        raise CorrectionRefused(f"may have at most {MOST_LETTERS} characters")
    named, checked = _checked(listing, store, field, value.strip())
    new = Correction(listing.id, named, checked, said_by.strip(), by, now)
    with store.writing() as connection:
        set_correction(connection, new)
        write_audit(connection, now, by, "listing.correct", listing.id, f"{named}: {new.value or 'removed'} ({new.said_by})")
    return new


def withdraw(store: Store, listing_id: str, field: str, *, by: str, now: datetime) -> None:
    """Let the sources' word count again. Raises CorrectionRefused when nothing was corrected."""
    with store.writing() as connection:
        if not withdraw_correction(connection, listing_id, field, by, now):
            raise CorrectionRefused(f"{field} of {listing_id} was not corrected", "field")
        write_audit(connection, now, by, "listing.withdraw_correction", listing_id, field)


def corrections_of(store: Store, listing_id: str) -> tuple[Correction, ...]:
    """Return what staff corrected of a listing."""
    with store.reading() as connection:
        return running_corrections(connection).get(ListingId(listing_id), ())


def public_listing(store: Store, listing_id: str) -> Listing:
    """Return a listing as it stands now. Raises CorrectionRefused for an unknown id."""
    listing = store.public_listings_by_id([listing_id]).get(ListingId(listing_id))
    if listing is None:
        raise CorrectionRefused(f"no public listing has the id {listing_id!r}", "listing_id")
    return listing


def value_of(listing: Listing, field: str) -> str:
    """Return what a listing says of a field now, as it is typed."""
    if field in _OF_ADDRESS:
        return str(getattr(listing.address, field))
    if field == "point":
        return "" if listing.lat is None else f"{listing.lat:.5f}, {listing.lon:.5f}"
    return str(getattr(listing, field))


def _checked(listing: Listing, store: Store, field: str, value: str) -> tuple[str, str]:
    """Return field and value as they are kept. Raises CorrectionRefused."""
    if field in FIELDS:
        return field, FIELDS[field](value)
    if field == NEW_PHONE:
        number = _number(value)
        return f"{PHONE_FIELD}{number}", number
    if field.startswith(OFFER_FIELD):
        return field, _offer(field.removeprefix(OFFER_FIELD), value)
    if listing.kind is Kind.MEETING and field == VENUE_FIELD:
        return field, _venue(value)
    if listing.kind is Kind.MEETING and field.startswith(TIME_FIELD):
        return _weekly_time(listing, store, field, value)
    number = field.removeprefix(PHONE_FIELD)
    known = {phone.number for phone in listing.phones} | {
        one.field.removeprefix(PHONE_FIELD) for one in corrections_of(store, listing.id)
    }
    if not field.startswith(PHONE_FIELD) or number not in known:
        raise CorrectionRefused(f"{field!r} is no field of this listing that can be corrected", "field")
    return field, _number(value) if value else ""


def _weekly_time(listing: Listing, store: Store, field: str, value: str) -> tuple[str, str]:
    """Return field and value of a weekly time; a field without a time adds one, an empty value takes one away."""
    try:
        new = weekly_time_text(read_weekly_time(value)) if value else ""
    except UnreadableTime as error:
        raise CorrectionRefused(str(error)) from error
    if field == NEW_TIME:
        if not new:
            raise CorrectionRefused("say on which day and when, such as Wed 19:00-20:30")
        return f"{TIME_FIELD}{new}", new
    known = {f"{TIME_FIELD}{weekly_time_text(one)}" for program in listing.programs for one in program.schedule}
    if field not in known | {one.field for one in corrections_of(store, listing.id)}:
        raise CorrectionRefused(f"{field!r} is no time of this meeting", "field")
    return field, new


def _venue(value: str) -> str:
    if value not in VENUES:
        raise CorrectionRefused(f"one of {', '.join(VENUES)}")
    return value


def _number(value: str) -> str:
    try:
        return read_phone(value).number
    except UnreadablePhone as error:
        raise CorrectionRefused(str(error)) from error


def _offer(concept: str, value: str) -> str:
    if concept not in _concepts():
        raise CorrectionRefused(f"the vocabulary has no {concept!r}", "field")
    return _answer(value)


@cache
def _concepts() -> frozenset[str]:
    return frozenset(concept.id for concept in Vocabulary.load().concepts)


@cache
def _states() -> frozenset[str]:
    return frozenset(state.code for state in Gazetteer.load().states())


def _text(value: str) -> str:
    return value


def _name(value: str) -> str:
    if not value:
        raise CorrectionRefused("a listing needs a name")
    return value


def _address(value: str) -> str:
    if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
        raise CorrectionRefused("a website begins with https:// or http://")
    return value


def _email(value: str) -> str:
    if value and not _EMAIL.fullmatch(value):
        raise CorrectionRefused("an e-mail address looks like desk@example.org")
    return value


def _answer(value: str) -> str:
    if value and value not in _ANSWERS:
        raise CorrectionRefused("yes, no, or nothing for not stated")
    return value


def _state(value: str) -> str:
    if value.upper() not in _states():
        raise CorrectionRefused("a state is two letters such as CO")
    return value.upper()


def _zip(value: str) -> str:
    if value and not (_ZIP.fullmatch(value) and value.isascii()):
        raise CorrectionRefused("a ZIP code has five digits")
    return value


def _point(value: str) -> str:
    """Return latitude and longitude; nothing leaves the place at the middle of its town."""
    if not value:
        return ""
    try:
        lat, lon = map(float, value.split(","))
        return f"{Coordinates(lat, lon).lat},{lon}"
    except (ValueError, InvalidCoordinates) as error:
        raise CorrectionRefused("a point is latitude and longitude such as 39.0917, -104.8728") from error


_OF_ADDRESS: Final = frozenset({"street", "street2", "city", "state", "zip"})
FIELDS: Final[Mapping[str, Callable[[str], str]]] = {
    "name": _name,
    "organization": _text,
    "website": _address,
    "email": _email,
    "conference_url": _address,
    "hours": _text,
    "open_24h": _answer,
    "street": _text,
    "street2": _text,
    "city": _name,
    "state": _state,
    "zip": _zip,
    "point": _point,
    "description": _text,
    "operator": _text,
}
