"""Openings: how many places are free, told by staff or through a place's own link, and shown at the desk for a day."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final

from directory.duties.correcting import public_listing
from directory.errors import Refused
from directory.numerals import whole_number
from directory.store import Store
from directory.store.desk import openings as records
from directory.store.desk.openings import Opening, OpeningLink
from directory.store.staff import write_audit
from index.listing import ListingId

FADES_AFTER: Final = timedelta(hours=24)
KEPT: Final = timedelta(days=30)  # what was told longer ago is deleted
MOST_PLACES: Final = 500
MOST_AN_HOUR: Final = 12  # through one link


class OpeningRefused(Refused):
    """Openings cannot be told, or a link not be made or closed."""


class TooOften(OpeningRefused):
    """A link was used more often than anybody needs."""


def tell_openings(store: Store, listing_id: str, places: str, *, by: str, now: datetime) -> None:
    """Write how many places are free, as a place told our staff. Raises Refused."""
    listing, number = public_listing(store, listing_id), _places(places)
    with store.writing() as connection:
        records.write_opening(connection, listing.id, number, by, now)


def tell_through_link(store: Store, token: str, places: str, *, now: datetime) -> None:
    """Write how many places are free, as the place itself tells. Raises OpeningRefused."""
    number = _places(places)
    with store.writing() as connection:
        link = records.link_with(connection, _hashed(token))
        if link is None:
            raise OpeningRefused("token", "this link does not work any more")
        if records.told_through(connection, link.id, now - timedelta(hours=1)) >= MOST_AN_HOUR:
            raise TooOften("places", "this link was used often in the last hour")
        records.write_opening(connection, link.listing_id, number, "", now, link_id=link.id)


def _places(text: str) -> int:
    number = whole_number(text)
    if number is None or number > MOST_PLACES:
        raise OpeningRefused("places", f"a number from 0 to {MOST_PLACES}")
    return number


def forget_old_openings(store: Store, now: datetime) -> int:
    """Delete what was told more than 30 days ago; return how many there were."""
    with store.writing() as connection:
        return records.forget_openings(connection, now - KEPT)


def fresh_openings(store: Store, now: datetime, listing_ids: Iterable[str] | None = None) -> Mapping[ListingId, Opening]:
    """Return what was told last of each listing within a day, newest first; of all listings, or of these."""
    with store.reading() as connection:
        return records.openings_since(connection, now - FADES_AFTER, listing_ids)


def make_link(store: Store, listing_id: str, *, by: str, now: datetime) -> str:
    """Make a private link for a listing; return its token, which stands nowhere else. Raises Refused."""
    listing, token = public_listing(store, listing_id), secrets.token_urlsafe(32)
    with store.writing() as connection:
        records.make_link(connection, listing.id, _hashed(token), by, now)
        write_audit(connection, now, by, "openings.link", listing.id)
    return token


def revoke_link(store: Store, number: int, *, by: str, now: datetime) -> None:
    """Close a link for good. Raises OpeningRefused."""
    with store.writing() as connection:
        if not records.revoke_link(connection, number, by, now):
            raise OpeningRefused("number", "this link was closed already")
        write_audit(connection, now, by, "openings.revoke", str(number))


def link_of(store: Store, token: str) -> OpeningLink | None:
    """Return the link of a token, None for a wrong or closed one."""
    with store.reading() as connection:
        return records.link_with(connection, _hashed(token))


def open_links(store: Store) -> tuple[OpeningLink, ...]:
    """Return the links that work, newest first."""
    with store.reading() as connection:
        return records.open_links(connection)


def _hashed(token: str) -> bytes:
    return blake2b(token.encode(), digest_size=32).digest()
