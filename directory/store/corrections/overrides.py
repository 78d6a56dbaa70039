"""Corrections by staff in the database, and how they change a listing put together from its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, insert, select, update

from directory.store.corrections.meetings import meeting_corrected
from directory.store.facts import OFFER_FIELD, PHONE_FIELD, CityPoint, Correction
from directory.store.tables import outbox, overrides
from index.listing import Answer, ConceptId, Listing, ListingId, Phone, Precision, Program

_TOWN: Final = ("city", "state", "zip")
_PLAIN: Final = ("name", "organization", "website", "email", "conference_url", "hours", "description", "operator")


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


def corrected(listing: Listing, corrections: Sequence[Correction], city_point: CityPoint) -> Listing:
    """Return the listing with what staff corrected, in its programs too.

    A place whose town was corrected stands at the middle of the new town until its own point is given.
    """
    if not corrections:
        return listing
    values = {correction.field: correction.value for correction in corrections}
    listing = meeting_corrected(listing, values, city_point)
    numbers = _named_by(values, PHONE_FIELD)
    changed: dict[str, Any] = {field: values[field] for field in _PLAIN if field in values}  # Any: fields of several types
    if "open_24h" in values:
        changed["open_24h"] = Answer(values["open_24h"]) if values["open_24h"] else Answer.UNKNOWN
    changed |= _where(listing, values, city_point)
    return msgspec.structs.replace(
        listing,
        programs=tuple(_program(program, values, numbers, first=not at) for at, program in enumerate(listing.programs)),
        phones=_renumbered(listing.phones, numbers, add=True),
        **changed,
    )


def _named_by(values: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {field.removeprefix(prefix): value for field, value in values.items() if field.startswith(prefix)}


def _program(program: Program, values: Mapping[str, str], numbers: Mapping[str, str], *, first: bool) -> Program:
    """Return a program with what was corrected; a number or an offer that no source states joins the first one."""
    answers = _named_by(values, OFFER_FIELD)
    kept = [offer for offer in program.offers if answers.get(offer, "yes") == "yes"]
    added = [ConceptId(offer) for offer, answer in answers.items() if first and answer == "yes" and offer not in kept]
    denied = [offer for offer in program.denies if offer not in answers]
    denied += [ConceptId(offer) for offer, answer in answers.items() if answer == "no"]
    return msgspec.structs.replace(
        program,
        phones=_renumbered(program.phones, numbers, add=first),
        website=values.get("website", program.website) if program.website else program.website,
        offers=(*kept, *added),
        denies=tuple(denied),
    )


def _where(listing: Listing, values: Mapping[str, str], city_point: CityPoint) -> dict[str, Any]:  # Any: several types
    """Return the corrected address and point; a county belongs to its town and goes with it."""
    parts = {field: values[field] for field in ("street", "street2", *_TOWN) if field in values}
    address = msgspec.structs.replace(listing.address, **parts)
    moved = any(getattr(address, part) != getattr(listing.address, part) for part in _TOWN)
    if moved:
        address = msgspec.structs.replace(address, county="")
    changed: dict[str, Any] = {"address": address} if parts else {}
    if values.get("point"):
        lat, lon = map(float, values["point"].split(","))
        return changed | {"lat": lat, "lon": lon, "precision": Precision.STREET}
    if not moved:
        return changed
    town = city_point(address.city, address.state)
    if town is None:
        return changed | {"lat": None, "lon": None, "precision": Precision.NONE}
    return changed | {"lat": town.lat, "lon": town.lon, "precision": Precision.CITY}


def _renumbered(phones: Iterable[Phone], numbers: Mapping[str, str], *, add: bool) -> tuple[Phone, ...]:
    """Return phones with corrected numbers, with `add` those of staff too; an extension goes with the number it belonged to."""
    kept: dict[tuple[str, str], Phone] = {}
    for phone in phones:
        new = numbers.get(phone.number)
        if new is None:
            kept.setdefault((phone.number, phone.extension), phone)
        elif new:
            kept.setdefault((new, ""), Phone(number=new, label=phone.label))
    for old, new in numbers.items():
        if add and old == new:
            kept.setdefault((new, ""), Phone(number=new))
    return tuple(kept.values())
