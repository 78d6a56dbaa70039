"""What a server said of the copy of a feed that was imported last, and that its copy is still the newest."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from directory.sources.records import SourceInfo
from directory.store.tables import feeds, kept_values, outbox, records, sources

SCHEDULED: Final = "scheduled-feed:"  # before the name of a feed on the list
_MARK: Final = "feed-mark:"
# How far the published day of fetching may lag behind: each step publishes every listing of the feed again.
FETCHED_DAY_STEP: Final = timedelta(days=30)

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode_source = msgspec.json.Decoder(SourceInfo).decode


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What names a copy (RFC 9110, section 8.8), and when its server was asked last."""

    looked_at: datetime
    etag: str = ""
    last_modified: str = ""

    def conditions(self) -> dict[str, str]:
        """Return the headers that ask for the copy only if it is another one."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


def marks(connection: Connection) -> dict[str, Mark]:
    """Return the marks by feed."""
    named = kept_values.c.name.startswith(_MARK, autoescape=True)
    rows = connection.execute(select(kept_values).where(named))
    return {row.name.removeprefix(_MARK): msgspec.json.decode(row.value, type=Mark) for row in rows}


def keep_mark(connection: Connection, feed: str, mark: Mark) -> None:
    """Remember a feed's mark in place of an older one."""
    forget_mark(connection, feed)
    connection.execute(insert(kept_values).values(name=_MARK + feed, value=msgspec.json.encode(mark).decode()))


def forget_mark(connection: Connection, feed: str) -> None:
    """Forget it, so that the feed is read anew."""
    connection.execute(delete(kept_values).where(kept_values.c.name == _MARK + feed))


def is_known_feed(connection: Connection, feed: str) -> bool:
    """Tell whether anything was ever imported under a feed's name, or the feed is on the list to be kept up to date."""
    listed = select(kept_values.c.name).where(kept_values.c.name == SCHEDULED + feed)
    held = select(feeds.c.name).where(feeds.c.name == feed)
    return connection.scalar(listed.union(held).limit(1)) is not None


def has_moved(before: SourceInfo, after: SourceInfo) -> bool:
    """Tell whether a source says something else than before; the day of fetching alone counts in steps of a month."""
    if msgspec.structs.replace(before, retrieved_on=after.retrieved_on) != after:
        return True
    return _is_a_step(before.retrieved_on, after.retrieved_on)


def _is_a_step(before: date | None, after: date | None) -> bool:
    if before is None or after is None:
        return before != after
    return after - before >= FETCHED_DAY_STEP


def note_still_current(connection: Connection, feed: str, at: datetime) -> None:
    """Note that what a feed brought is what its server still has: its list does not grow old by being unchanged."""
    for row in connection.execute(select(sources).where(sources.c.feed == feed)).all():
        before = _decode_source(row.content)
        after = msgspec.structs.replace(before, retrieved_on=at.date())
        if before.retrieved_on is not None and has_moved(before, after):
            this = (sources.c.feed == feed) & (sources.c.name == row.name)
            connection.execute(update(sources).where(this).values(content=_encode(after)))
            live = (records.c.feed == feed) & (records.c.source == row.name) & records.c.retired_on.is_(None)
            held = connection.scalars(select(records.c.listing_id).where(live).distinct().order_by(records.c.listing_id))
            if rows := [{"listing_id": listing_id, "at": at} for listing_id in held]:
                connection.execute(insert(outbox), rows)
