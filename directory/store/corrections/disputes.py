"""What a place says is wrong with its own listing, marked for readers until it is settled, and listings that staff closed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, Column, Connection, ForeignKey, Integer, String, Table, Text, insert, select, update

from directory.store.facts import Dispute
from directory.store.tables import UtcDateTime, listings, metadata, outbox
from index.listing import ListingId

disputes: Final = Table(
    "disputes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listing_id", ForeignKey("listings.id"), nullable=False, index=True),
    Column("field", String, nullable=False),
    Column("statement", Text, nullable=False),
    Column("set_by", String, nullable=False),
    Column("set_at", UtcDateTime(), nullable=False),
    Column("ended_at", UtcDateTime()),
    Column("ended_by", String),
    CheckConstraint("length(statement) > 0", name="something_is_said"),
)
_COLUMNS: Final = tuple(disputes.c[name] for name in Dispute.__dataclass_fields__)


def mark_disputed(connection: Connection, listing_id: ListingId, field: str, statement: str, by: str, at: datetime) -> None:
    """Write that a place disputes a fact."""
    values = {"listing_id": listing_id, "field": field, "statement": statement, "set_by": by, "set_at": at}
    connection.execute(insert(disputes).values(**values))


def settle_dispute(connection: Connection, number: int, listing_id: str, by: str, at: datetime) -> bool:
    """End a dispute of a listing; tell whether it ran."""
    running = (disputes.c.id == number) & (disputes.c.listing_id == listing_id) & disputes.c.ended_at.is_(None)
    return connection.execute(update(disputes).where(running).values(ended_at=at, ended_by=by)).rowcount == 1


def take_down(connection: Connection, listing_id: ListingId, at: datetime, *, down: bool) -> None:
    """Close a listing, or let it stand again; the publisher hears of it."""
    connection.execute(update(listings).where(listings.c.id == listing_id).values(taken_down=down))
    connection.execute(insert(outbox).values(listing_id=listing_id, at=at))


def taken_down(connection: Connection, listing_id: str) -> bool:
    """Tell whether staff closed a listing."""
    return bool(connection.scalar(select(listings.c.taken_down).where(listings.c.id == listing_id)))


def running_disputes(connection: Connection) -> dict[ListingId, tuple[Dispute, ...]]:
    """Return the disputes that are not settled, by listing, oldest first."""
    found: dict[ListingId, list[Dispute]] = {}
    for row in connection.execute(select(*_COLUMNS).where(disputes.c.ended_at.is_(None)).order_by(disputes.c.id)):
        found.setdefault(ListingId(row.listing_id), []).append(Dispute(*row))
    return {listing_id: tuple(disputed) for listing_id, disputed in found.items()}
