"""What was written of a listing that was merged since counts for the listing that answers for it now."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, Join, String, func

from directory.store.tables import listings


def answering_id(table: FromClause) -> ColumnElement[str]:
    """Return the listing that answers for a row of a table with `listing_id`."""
    return func.coalesce(listings.c.redirect_to, table.c.listing_id, type_=String())


def with_listings(table: FromClause) -> Join:
    """Return the table beside the listings that its rows hang on."""
    return table.join(listings, listings.c.id == table.c.listing_id)
