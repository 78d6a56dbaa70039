"""Merges of two listings by staff, which can be undone, and pairs that staff found to be two different places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import JSON, Column, Connection, ForeignKey, Integer, String, Table, insert, select, update

from directory.store.tables import UtcDateTime, listings, metadata, outbox, records
from index.listing import Kind, ListingId

_IDS_AT_A_TIME: Final = 500  # bound variables of one statement

# Never deleted. `records` are the numbers of the records that moved, so that undoing moves back these and no others.
merges: Final = Table(
    "merges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("merged_id", ForeignKey("listings.id"), nullable=False, index=True),
    Column("kept_id", ForeignKey("listings.id"), nullable=False),
    Column("records", JSON, nullable=False),
    Column("merged_by", String, nullable=False),
    Column("merged_at", UtcDateTime(), nullable=False),
    Column("undone_by", String),
    Column("undone_at", UtcDateTime()),
)
# Two listings that look alike and are not one; `first_id` is the smaller id.
different_listings: Final = Table(
    "different_listings",
    metadata,
    Column("first_id", ForeignKey("listings.id"), primary_key=True),
    Column("second_id", ForeignKey("listings.id"), primary_key=True),
    Column("said_by", String, nullable=False),
    Column("said_at", UtcDateTime(), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Merge:
    """One running merge: `merged_id` answers through `kept_id`."""

    id: int
    merged_id: ListingId
    kept_id: ListingId
    records: tuple[int, ...]
    merged_by: str
    merged_at: datetime


@dataclass(frozen=True, slots=True)
class KnownListing:
    """What the table of listings says of an id."""

    kind: Kind
    redirect_to: ListingId | None
    taken_down: bool


def known_listing(connection: Connection, listing_id: str) -> KnownListing | None:
    """Return what is known of an id, None for one that was never minted."""
    row = connection.execute(select(listings).where(listings.c.id == listing_id)).one_or_none()
    return KnownListing(Kind(row.kind), row.redirect_to, row.taken_down) if row else None


def merge_into(connection: Connection, merged: ListingId, kept: ListingId, by: str, at: datetime) -> None:
    """Move every record of a listing to another, which answers for it from now on."""
    moved = list(connection.scalars(select(records.c.id).where(records.c.listing_id == merged)))
    _move(connection, moved, merged, kept)
    connection.execute(update(listings).where(listings.c.id == merged).values(redirect_to=kept))
    values = {"merged_id": merged, "kept_id": kept, "records": moved, "merged_by": by, "merged_at": at}
    connection.execute(insert(merges).values(**values))
    _publish(connection, (merged, kept), at)


def undo_merge(connection: Connection, merge: Merge, by: str, at: datetime) -> None:
    """Give a merged listing its records back; it answers for itself again."""
    _move(connection, merge.records, merge.kept_id, merge.merged_id)
    connection.execute(update(listings).where(listings.c.id == merge.merged_id).values(redirect_to=None))
    connection.execute(update(merges).where(merges.c.id == merge.id).values(undone_by=by, undone_at=at))
    _publish(connection, (merge.merged_id, merge.kept_id), at)


def _move(connection: Connection, numbers: Sequence[int], source: ListingId, target: ListingId) -> None:
    """Move those of these records that are where they are expected: an earlier merge may have been undone in between."""
    for start in range(0, len(numbers), _IDS_AT_A_TIME):
        chunk = records.c.id.in_(numbers[start : start + _IDS_AT_A_TIME]) & (records.c.listing_id == source)
        connection.execute(update(records).where(chunk).values(listing_id=target))


def _publish(connection: Connection, changed: Sequence[ListingId], at: datetime) -> None:
    connection.execute(insert(outbox), [{"listing_id": listing_id, "at": at} for listing_id in changed])


def running_merges(connection: Connection) -> tuple[Merge, ...]:
    """Return the merges that were not undone, newest first."""
    query = select(merges).where(merges.c.undone_at.is_(None)).order_by(merges.c.id.desc())
    return tuple(
        Merge(row.id, ListingId(row.merged_id), ListingId(row.kept_id), tuple(row.records), row.merged_by, row.merged_at)
        for row in connection.execute(query)
    )


def say_different(connection: Connection, one: ListingId, other: ListingId, by: str, at: datetime) -> None:
    """Remember that two listings are not one; saying it twice changes nothing."""
    first, second = sorted((one, other))
    this = (different_listings.c.first_id == first) & (different_listings.c.second_id == second)
    if connection.execute(select(different_listings).where(this)).one_or_none() is None:
        values = {"first_id": first, "second_id": second, "said_by": by, "said_at": at}
        connection.execute(insert(different_listings).values(**values))


def pairs_said_different(connection: Connection) -> frozenset[tuple[ListingId, ListingId]]:
    """Return the pairs that staff found different, the smaller id first."""
    return frozenset(
        (ListingId(row.first_id), ListingId(row.second_id)) for row in connection.execute(select(different_listings))
    )
