"""Names of listings on the staff pages: staff too read who pays before they read who it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from flask import g

from directory.admin.access import admin
from directory.disclosure import Disclosure, disclosure_of, labelled_name, with_stakes
from directory.store.facts import DisclosureRecords
from directory.web import current
from index.listing import Listing, ListingId


def names_of(listing_ids: Iterable[str]) -> dict[ListingId, str]:
    """Return the names of public listings, each after its labels. Raises StoreUnavailable."""
    listings = current.lookup().store.public_listings_by_id(set(listing_ids))
    return {listing.id: said_name(listing) for listing in listings.values()}


def said_name(listing: Listing) -> str:
    """Return the name of a listing after its labels, if it bears any."""
    return labelled_name(disclosure_now(listing), listing.name, "en")


def disclosure_now(listing: Listing) -> Disclosure:
    """Return who pays for a listing at this moment. Raises StoreUnavailable."""
    return disclosure_of(_records(), listing)


def _records() -> DisclosureRecords:
    if "staff_records" not in g:
        lookup = current.lookup()
        g.staff_records = with_stakes(lookup.store.disclosure_records(current.now().date()), lookup.settings.operator)
    return cast("DisclosureRecords", g.staff_records)


@admin.context_processor
def names_context() -> dict[str, object]:
    """Give templates the way to name a listing."""
    return {"said_name": said_name}
