"""The desk's own list: the ids that it gave its places itself, found and shown beside ours.

A list that is read with `directory import table` may name a column of ids; those are the desk's own, whatever they look like.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from sqlalchemy import ColumnElement, bindparam, select

from directory.errors import StoreUnavailable
from directory.store import Store
from directory.store.tables import feeds, records, sources
from index.listing import ListingId

TABLE: Final = "table"  # the importer of lists that somebody keeps
MADE: Final = "|"  # stands in a key that the importer made of name, street and ZIP code
LONGEST: Final = 60  # letters: a longer text is no id


@dataclass(frozen=True, slots=True)
class OwnId:
    """The id that a list gives a listing, and the list."""

    listing_id: ListingId
    feed: str
    key: str


def listings_of_own_id(store: Store, text: str) -> frozenset[ListingId]:
    """Return the listings that a list of the desk knows by exactly this id; none while the database cannot be read.

    Upper and lower case are the same.
    """
    own = text.strip()
    if not own or len(own) > LONGEST:
        return frozenset()
    # The sources are named in full, so that the index over feed, source and key is used.
    in_index = records.c.source.in_(select(sources.c.name)) & records.c.key.in_(bindparam("asked", expanding=True))
    query = select(records.c.listing_id).where(_of_own_lists(), in_index)
    try:
        with store.reading() as connection:
            # As a parameter: the statement is kept in memory for the next time, what was asked is not.
            return frozenset(map(ListingId, connection.scalars(query, {"asked": [own, own.upper(), own.lower()]})))
    except StoreUnavailable:
        return frozenset()


def own_ids_of(store: Store, listing_ids: Iterable[str]) -> Mapping[ListingId, tuple[OwnId, ...]]:
    """Return the own ids of listings, by list. Raises StoreUnavailable."""
    query = (
        select(records.c.listing_id, records.c.feed, records.c.key)
        .where(records.c.listing_id.in_(list(listing_ids)), _of_own_lists())
        .order_by(records.c.listing_id, records.c.feed, records.c.key)
    )
    with store.reading() as connection:
        found = [OwnId(ListingId(row.listing_id), row.feed, row.key) for row in connection.execute(query)]
    return {listing_id: tuple(group) for listing_id, group in groupby(found, key=lambda one: one.listing_id)}


def _of_own_lists() -> ColumnElement[bool]:
    """Return the condition of a current record with an id of its own: one made of name and address is none."""
    tables = select(feeds.c.name).where(feeds.c.importer == TABLE)
    return records.c.feed.in_(tables) & records.c.retired_on.is_(None) & ~records.c.key.contains(MADE)
