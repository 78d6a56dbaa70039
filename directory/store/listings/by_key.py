"""Listings by the key that a source gives its own records, such as a locator's number."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from directory.store.tables import feeds, records, sources


def listings_of_key(connection: Connection, key: str) -> frozenset[str]:
    """Return the ids of the listings of which a current record has this key, in any feed."""
    query = select(records.c.listing_id).where(
        # Named in full, so that the index over feed, source and key is used.
        records.c.feed.in_(select(feeds.c.name)),
        records.c.source.in_(select(sources.c.name)),
        records.c.key == bindparam("asked"),
        records.c.retired_on.is_(None),
    )
    # As a parameter: the statement is kept in memory for the next time, what was asked is not.
    return frozenset(connection.scalars(query, {"asked": key}))
