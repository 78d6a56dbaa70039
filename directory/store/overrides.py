"""Corrections by staff in the database, and how they change a listing put together from its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select, update

from directory.store.facts import PHONE_FIELD, Correction
from directory.store.tables import outbox, overrides
from index.listing import Listing, ListingId, Phone


def set_correction(connection: Connection, new: Correction) -> None:
    """Write a correction in place of an older one of the same field, and let the listing be published again."""
    _end(connection, new.listing_id, new.field, new.set_by, new.set_at)
    values = {name: getattr(new, name) for name in new.__dataclass_fields__}
    connection.execute(insert(overrides).values(**values))
    connection.execute(insert(outbox).values(listing_id=new.listing_id, at=new.set_at))


def withdraw_correction(connection: Connection, listing_id: str, field: str, by: str, at: datetime) -> bool:
    """End a correction, so that the sources' word counts again; tell whether there was one."""
    if not _end(connection, listing_id, field, by, at):
        return False
    connection.execute(insert(outbox).values(listing_id=listing_id, at=at))
    return True


def _end(connection: Connection, listing_id: str, field: str, by: str, at: datetime) -> bool:
    same = (overrides.c.listing_id == listing_id) & (overrides.c.field == field) & overrides.c.ended_at.is_(None)
    return connection.execute(update(overrides).where(same).values(ended_at=at, ended_by=by)).rowcount > 0


def running_corrections(connection: Connection) -> dict[ListingId, tuple[Correction, ...]]:
    """Return the corrections that count, by listing, oldest first."""
    columns = [overrides.c[name] for name in Correction.__dataclass_fields__]
    query = select(*columns).where(overrides.c.ended_at.is_(None)).order_by(overrides.c.id)
    found: dict[ListingId, list[Correction]] = {}
    for row in connection.execute(query):
        found.setdefault(ListingId(row.listing_id), []).append(Correction(*row))
    return {listing_id: tuple(corrections) for listing_id, corrections in found.items()}


def corrected(listing: Listing, corrections: Sequence[Correction]) -> Listing:
    """Return the listing with what staff corrected, in its programs too."""
    if not corrections:
        return listing
    values = {correction.field: correction.value for correction in corrections}
    numbers = {field.removeprefix(PHONE_FIELD): value for field, value in values.items() if field.startswith(PHONE_FIELD)}
    programs = tuple(
        msgspec.structs.replace(
            program,
            phones=_renumbered(program.phones, numbers),
            website=values.get("website", program.website) if program.website else program.website,
        )
        for program in listing.programs
    )
    own = {field: values[field] for field in ("website", "hours") if field in values}
    return msgspec.structs.replace(listing, programs=programs, phones=_renumbered(listing.phones, numbers), **own)


def _renumbered(phones: Iterable[Phone], numbers: Mapping[str, str]) -> tuple[Phone, ...]:
    """Return phones with corrected numbers; an extension belongs to the old number and goes with it."""
    kept: dict[tuple[str, str], Phone] = {}
    for phone in phones:
        new = numbers.get(phone.number)
        if new is None:
            kept.setdefault((phone.number, phone.extension), phone)
        elif new:
            kept.setdefault((new, ""), Phone(number=new, label=phone.label))
    return tuple(kept.values())
