"""How many places are free, and the private links through which places tell it, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from directory.store.desk.merged import answering_id, with_listings, with_merged
from directory.store.desk.tables import opening_links, openings
from index.listing import ListingId


@dataclass(frozen=True, slots=True)
class Opening:
    """What was told last of a listing; `by_place` when it came through the place's own link, else `told_by` is staff."""

    listing_id: ListingId
    places: int
    told_by: str
    by_place: bool
    told_at: datetime


@dataclass(frozen=True, slots=True)
class OpeningLink:
    """A private link of a listing; who has its address can tell openings and answer, and nothing else."""

    id: int
    listing_id: ListingId
    made_by: str
    made_at: datetime
    revoked_at: datetime | None


_LINK: Final = select(
    *(
        answering_id(opening_links).label(name) if name == "listing_id" else opening_links.c[name]
        for name in OpeningLink.__dataclass_fields__
    )
).select_from(with_listings(opening_links))


def write_opening(
    connection: Connection, listing_id: ListingId, places: int, told_by: str, at: datetime, *, link_id: int | None = None
) -> None:
    """Write how many places are free."""
    values = {"listing_id": listing_id, "places": places, "told_by": told_by, "link_id": link_id, "told_at": at}
    connection.execute(insert(openings).values(**values))


def openings_since(connection: Connection, since: datetime, listing_ids: Iterable[str] | None = None) -> dict[ListingId, Opening]:
    """Return what was told last of each listing after a moment, newest first; of all listings, or of these."""
    recent = openings.c.told_at > since
    if listing_ids is not None:
        recent = recent & openings.c.listing_id.in_(with_merged(connection, listing_ids))
    told = (
        answering_id(openings).label("listing_id"),
        openings.c.places,
        openings.c.told_by,
        openings.c.link_id,
        openings.c.told_at,
    )
    query = select(*told).select_from(with_listings(openings)).where(recent)
    found: dict[ListingId, Opening] = {}
    for row in connection.execute(query.order_by(openings.c.told_at.desc(), openings.c.id.desc())):
        found.setdefault(ListingId(row.listing_id), _opening(row))
    return found


def _opening(row: Row[Any]) -> Opening:  # Any: columns of several types
    return Opening(ListingId(row.listing_id), row.places, row.told_by, row.link_id is not None, row.told_at)


def told_through(connection: Connection, link_id: int, since: datetime) -> int:
    """Return how often a link was used since a moment."""
    query = select(func.count()).select_from(openings).where(openings.c.link_id == link_id, openings.c.told_at > since)
    return connection.scalar(query) or 0


def forget_openings(connection: Connection, before: datetime) -> int:
    """Delete what was told before a moment; return how many there were."""
    return connection.execute(openings.delete().where(openings.c.told_at < before)).rowcount


def make_link(connection: Connection, listing_id: ListingId, token_hash: bytes, by: str, at: datetime) -> None:
    """Write a link."""
    values = {"listing_id": listing_id, "token_hash": token_hash, "made_by": by, "made_at": at}
    connection.execute(insert(opening_links).values(**values))


def revoke_link(connection: Connection, number: int, by: str, at: datetime) -> bool:
    """Close a link for good; tell whether it was open."""
    is_open = (opening_links.c.id == number) & opening_links.c.revoked_at.is_(None)
    return connection.execute(update(opening_links).where(is_open).values(revoked_at=at, revoked_by=by)).rowcount == 1


def link_with(connection: Connection, token_hash: bytes) -> OpeningLink | None:
    """Return the open link of a token, None for any other."""
    query = _LINK.where(opening_links.c.token_hash == token_hash, opening_links.c.revoked_at.is_(None))
    row = connection.execute(query).one_or_none()
    return _link(row) if row else None


def open_links(connection: Connection) -> tuple[OpeningLink, ...]:
    """Return the links that nobody revoked, newest first."""
    query = _LINK.where(opening_links.c.revoked_at.is_(None)).order_by(opening_links.c.id.desc())
    return tuple(map(_link, connection.execute(query)))


def _link(row: Row[Any]) -> OpeningLink:  # Any: columns of several types
    values = dict(row._mapping)
    return OpeningLink(**values | {"listing_id": ListingId(values["listing_id"])})
