"""What was written of a listing that was merged since counts for the listing that answers for it now."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, FromClause, Join, String, func, select

from directory.store.merges import merges
from directory.store.tables import listings


def answering_id(table: FromClause) -> ColumnElement[str]:
    """Return the listing that answers for a row of a table with `listing_id`."""
    return func.coalesce(listings.c.redirect_to, table.c.listing_id, type_=String())


def with_listings(table: FromClause) -> Join:
    """Return the table beside the listings that its rows hang on."""
    return table.join(listings, listings.c.id == table.c.listing_id)


def with_merged(connection: Connection, listing_ids: Iterable[str]) -> list[str]:
    """Return the ids with those that were merged into them: rows are found by these, which an index answers."""
    wanted = list(dict.fromkeys(listing_ids))
    merged = select(merges.c.merged_id).where(merges.c.kept_id.in_(wanted), merges.c.undone_at.is_(None))
    return [*wanted, *connection.scalars(merged)]
