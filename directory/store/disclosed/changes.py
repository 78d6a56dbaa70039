"""The public change log: read here, written by triggers whenever a paid status, a source's terms or an owner changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from directory.store.facts import ChangeKind, PublicChange
from directory.store.tables import public_changes
from index.listing import ListingId


def latest_changes(connection: Connection, limit: int, before: int | None = None) -> tuple[PublicChange, ...]:
    """Return the newest entries first; those older than the entry `before` when it is given."""
    query = select(public_changes).order_by(public_changes.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(public_changes.c.id < before)
    return tuple(
        PublicChange(
            row.id,
            row.at,
            ChangeKind(row.kind),
            ListingId(row.listing_id) if row.listing_id else None,
            row.subject,
            row.before,
            row.after,
        )
        for row in connection.execute(query)
    )


def note_site_owner(connection: Connection, statement: str, at: datetime) -> bool:
    """Add an entry when what the operator declares of itself is not what it declared last; tell whether it was added."""
    latest = (
        select(public_changes.c.after)
        .where(public_changes.c.kind == ChangeKind.SITE_OWNER.value)
        .order_by(public_changes.c.id.desc())
        .limit(1)
    )
    before = connection.scalar(latest) or ""
    if before == statement:
        return False
    values = {"at": at, "kind": ChangeKind.SITE_OWNER.value, "subject": "", "before": before, "after": statement}
    connection.execute(insert(public_changes).values(**values))
    return True
