"""Points of street addresses as an online geocoder gave them, kept so that each address is asked for once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Column, Connection, Float, String, Table, insert, select

from directory.sources.matching import fold_street, fold_words
from directory.sources.records import ListingRecord
from directory.store.tables import UtcDateTime, listings, metadata, outbox, records
from index.geo.distance import Coordinates
from index.listing import Address, Kind, ListingId, Precision

# `key` is the folded address; without a point the service did not know it, and it is not asked again.
street_points: Final = Table(
    "street_points",
    metadata,
    Column("key", String, primary_key=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("service", String, nullable=False),
    Column("asked_at", UtcDateTime(), nullable=False),
)
# Points of an area; what a source locates better is never asked for.
ROUGH: Final = frozenset({Precision.ZIP, Precision.CITY, Precision.NONE})
_ROWS_AT_A_TIME: Final = 2_000
_decode = msgspec.json.Decoder(ListingRecord).decode


@dataclass(frozen=True, slots=True)
class RoughAddress:
    """A street address whose point nobody stated: the listings that stand there, and the rough point they have, if any."""

    key: str
    address: Address
    listings: tuple[ListingId, ...]
    rough: Coordinates | None


def address_key(address: Address) -> str:
    """Return the key of a street address, "" for one without a street or whose street is not public."""
    if not address.street or address.withheld or not (address.zip or address.city):
        return ""
    return f"{fold_street(address.street)}|{address.zip or fold_words(address.city)}|{address.state}"


def known_points(connection: Connection) -> dict[str, Coordinates]:
    """Return the points that were found, by the key of their address."""
    query = select(street_points).where(street_points.c.lat.is_not(None))
    return {row.key: Coordinates(row.lat, row.lon) for row in connection.execute(query)}


def rough_addresses(connection: Connection) -> Iterator[RoughAddress]:
    """Yield the addresses of live listings that have a street, only a rough point, and were never asked for, by their key."""
    asked = frozenset(connection.scalars(select(street_points.c.key)))
    live = records.c.retired_on.is_(None) & listings.c.taken_down.is_(False) & listings.c.redirect_to.is_(None)
    query = (
        select(records.c.listing_id, records.c.content).join(listings, listings.c.id == records.c.listing_id).where(live)
    ).order_by(records.c.listing_id)
    held: dict[str, list[tuple[ListingId, ListingRecord]]] = {}
    for listing_id, content in connection.execute(query, execution_options={"yield_per": _ROWS_AT_A_TIME}):
        record = _decode(content)
        key = address_key(record.address)
        if key and key not in asked and record.kind is not Kind.HELPLINE:
            held.setdefault(key, []).append((ListingId(listing_id), record))
    for key, found in sorted(held.items()):
        if all(record.precision in ROUGH for _, record in found):
            yield _rough(key, found)


def _rough(key: str, found: list[tuple[ListingId, ListingRecord]]) -> RoughAddress:
    located = next((one for _, one in found if one.lat is not None and one.lon is not None), None)
    rough = Coordinates(located.lat, located.lon) if located and located.lat is not None and located.lon is not None else None
    return RoughAddress(key, found[0][1].address, tuple(dict.fromkeys(one for one, _ in found)), rough)


def keep_answer(connection: Connection, asked: RoughAddress, point: Coordinates | None, service: str, at: datetime) -> None:
    """Remember what a service answered; listings that have a point now are published again."""
    values = {"key": asked.key, "lat": point.lat if point else None, "lon": point.lon if point else None}
    connection.execute(insert(street_points).values(**values, service=service, asked_at=at))
    if point:
        connection.execute(insert(outbox), [{"listing_id": one, "at": at} for one in asked.listings])
