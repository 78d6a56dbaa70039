"""Reports of a problem with a listing, in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from directory.store.tables import cases
from index.listing import ListingId


class CaseKind(StrEnum):
    """What is wrong with a listing, or what its operator wants changed."""

    WRONG_PHONE = "wrong_phone"
    CLOSED = "closed"
    FULL = "full"
    NOT_AS_STATED = "not_as_stated"
    UNDISCLOSED_PAYMENT = "undisclosed_payment"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Case:
    """One report. `reply_address` is empty when none was given, and always after closing.

    `called_number` is what staff called back to check what a place says of itself; `call_confirmed` what came of it.
    """

    id: int
    listing_id: ListingId
    kind: CaseKind
    text: str
    reply_address: str
    from_provider: bool
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    outcome: str
    called_number: str = ""
    called_by: str = ""
    called_at: datetime | None = None
    call_confirmed: bool | None = None


@dataclass(frozen=True, slots=True)
class NewCase:
    """What somebody reports."""

    listing_id: str
    kind: CaseKind
    text: str
    reply_address: str
    from_provider: bool


def open_case(connection: Connection, new: NewCase, at: datetime) -> int:
    """Write a report; return its number."""
    values = {
        "listing_id": new.listing_id,
        "kind": new.kind.value,
        "text": new.text,
        "reply_address": new.reply_address,
        "from_provider": new.from_provider,
        "opened_at": at,
        "outcome": "",
        "called_number": "",
        "called_by": "",
    }
    number = connection.execute(insert(cases).values(**values)).inserted_primary_key
    assert number is not None
    return int(number[0])


def note_call(connection: Connection, number: int, called: str, *, confirmed: bool, by: str, at: datetime) -> bool:
    """Write which number was called back about an open report, and whether the place confirmed it; tell whether it was open."""
    query = update(cases).where(cases.c.id == number, cases.c.closed_at.is_(None))
    values = {"called_number": called, "called_by": by, "called_at": at, "call_confirmed": confirmed}
    return connection.execute(query.values(**values)).rowcount == 1


def close_case(connection: Connection, number: int, by: str, outcome: str, at: datetime) -> bool:
    """Close a report and delete its reply address; tell whether it was open."""
    query = update(cases).where(cases.c.id == number, cases.c.closed_at.is_(None))
    values = {"closed_at": at, "closed_by": by, "outcome": outcome, "reply_address": ""}
    return connection.execute(query.values(**values)).rowcount == 1


def forget_reply_addresses(connection: Connection, opened_before: datetime) -> int:
    """Delete the reply addresses of older reports; return how many there were."""
    query = update(cases).where(cases.c.opened_at < opened_before, cases.c.reply_address != "")
    return connection.execute(query.values(reply_address="")).rowcount


def case_numbered(connection: Connection, number: int) -> Case | None:
    """Return a report, None when there is none of that number."""
    row = connection.execute(select(cases).where(cases.c.id == number)).one_or_none()
    return _case(row) if row else None


def open_cases(connection: Connection) -> tuple[Case, ...]:
    """Return what waits for somebody, oldest first."""
    return tuple(map(_case, connection.execute(select(cases).where(cases.c.closed_at.is_(None)).order_by(cases.c.id))))


def closed_cases(connection: Connection, limit: int) -> tuple[Case, ...]:
    """Return what was closed last, newest first."""
    query = select(cases).where(cases.c.closed_at.is_not(None)).order_by(cases.c.closed_at.desc()).limit(limit)
    return tuple(map(_case, connection.execute(query)))


def opened_since(connection: Connection, since: datetime, listing_id: str | None = None) -> int:
    """Return how many reports came in, for one listing or for all."""
    query = select(func.count()).select_from(cases).where(cases.c.opened_at >= since)
    if listing_id is not None:
        query = query.where(cases.c.listing_id == listing_id)
    return connection.scalar(query) or 0


def _case(row: Row[Any]) -> Case:  # Any: a whole row of cases
    values = dict(row._mapping)
    return Case(**values | {"kind": CaseKind(values["kind"]), "listing_id": ListingId(values["listing_id"])})
