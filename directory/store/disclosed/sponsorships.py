"""Sponsorships in the database: recorded, ended, read; never deleted and never rewritten, which triggers enforce."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from directory.sources.records import AnsweredBy
from directory.store.facts import Sponsorship
from directory.store.tables import sponsorships
from index.listing import ListingId

UNTIL_ENDED: Final = date.max  # the last day of a sponsorship for which none was agreed
_FLAT_FEE: Final = "flat_fee"
_COLUMNS: Final = tuple(sponsorships.c[name] for name in Sponsorship.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class NewSponsorship:
    """What is recorded of a flat fee; the database numbers it."""

    listing_id: ListingId
    payer: str
    licence: str
    answered_by: AnsweredBy
    starts_on: date
    ends_on: date
    source: str
    recorded_by: str
    recorded_at: datetime


def record_sponsorship(connection: Connection, new: NewSponsorship) -> Sponsorship:
    """Write a sponsorship and return it."""
    number = connection.execute(insert(sponsorships).values(compensation=_FLAT_FEE, **asdict(new))).inserted_primary_key
    assert number is not None
    return _read(connection, sponsorships.c.id == number[0])[0]


def end_sponsorships(connection: Connection, listing_id: str, by: str, at: datetime) -> tuple[Sponsorship, ...]:
    """End what runs or will run for a listing; return what was ended, as it is now."""
    open_ones = (sponsorships.c.listing_id == listing_id) & _open_on(at.date())
    numbers = list(connection.scalars(select(sponsorships.c.id).where(open_ones)))
    connection.execute(update(sponsorships).where(sponsorships.c.id.in_(numbers)).values(ended_at=at, ended_by=by))
    return _read(connection, sponsorships.c.id.in_(numbers))


def running_sponsorships(connection: Connection, day: date) -> tuple[Sponsorship, ...]:
    """Return the sponsorships that run on a day, both ends included, in the order in which they were recorded."""
    return _read(connection, _open_on(day) & (sponsorships.c.starts_on <= day))


def all_sponsorships(connection: Connection, listing_id: str | None = None) -> tuple[Sponsorship, ...]:
    """Return every sponsorship ever recorded, oldest first; those of one listing when it is given."""
    return _read(connection, sponsorships.c.listing_id == listing_id if listing_id else sponsorships.c.id > 0)


def _open_on(day: date) -> ColumnElement[bool]:
    return sponsorships.c.ended_at.is_(None) & (sponsorships.c.ends_on >= day)


def _read(connection: Connection, condition: ColumnElement[bool]) -> tuple[Sponsorship, ...]:
    found = connection.execute(select(*_COLUMNS).where(condition).order_by(sponsorships.c.id))
    return tuple(_sponsorship(row) for row in found)


def _sponsorship(row: Row[Any]) -> Sponsorship:  # Any: columns of several types
    values = dict(row._mapping)
    answered_by = values["answered_by"]
    typed = {"listing_id": ListingId(values["listing_id"]), "answered_by": AnsweredBy(answered_by) if answered_by else None}
    return Sponsorship(**values | typed)
