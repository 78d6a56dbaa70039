"""The list of feeds that this copy keeps up to date, which of them are due, and what bringing them up to date did.

The list stands in the database, so it is in every backup. A feed is due when its time has passed since it was last looked at; one
that was refused is tried again after an hour at the earliest. One broken feed never stops the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import msgspec
from sqlalchemy import delete, insert, select

from directory.errors import ImportRefused, StoreUnavailable
from directory.importing import IMPORTERS, ImportReport
from directory.importing_files import is_address
from directory.sources.locator_pages import is_locator_address
from directory.sources.records import PaymentTerms
from directory.store import Store
from directory.store.facts import ImportRun, Outcome
from directory.store.tables import kept_values

RETRY_REFUSED_AFTER: Final = timedelta(hours=1)
LONGEST_LOOK_SECONDS: Final = 20.0
NOT_MODIFIED: Final = 304
_FEED: Final = "scheduled-feed:"
_MARK: Final = "feed-mark:"

log = logging.getLogger(__name__)


class ScheduledFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed to bring up to date every so many hours. Empty options leave the reader's own reading."""

    name: str
    importer: str
    location: str
    every_hours: int
    source: str = ""
    fellowship: str = ""
    payment: PaymentTerms | None = None

    def __post_init__(self) -> None:
        """Refuse a feed that nobody can read. Raises ImportRefused."""
        if self.importer not in IMPORTERS:
            raise ImportRefused(f"no importer is called {self.importer!r}; there are {', '.join(IMPORTERS)}")
        if self.every_hours < 1:
            raise ImportRefused(f"a feed is looked at every hour at most, got {self.every_hours}")


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said of the copy that was imported last (RFC 9110, section 8.8), and when it was asked last."""

    looked_at: datetime
    etag: str = ""
    last_modified: str = ""

    def same_as(self, other: Mark) -> bool:
        """Tell whether two marks are certainly of one copy."""
        return bool(self.etag or self.last_modified) and (self.etag, self.last_modified) == (other.etag, other.last_modified)


class Result(StrEnum):
    """How looking at a feed ended."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """What happened to one feed; `reason` where it was refused, `report` where it was imported."""

    feed: ScheduledFeed
    result: Result
    reason: str = ""
    report: ImportReport | None = None


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed with its last run, when it was looked at last and when it is due; None for never and at once."""

    feed: ScheduledFeed
    last_run: ImportRun | None
    looked_at: datetime | None
    due_at: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Tell whether it should be looked at."""
        return self.due_at is None or self.due_at <= now


# The list


def scheduled_feeds(store: Store) -> tuple[ScheduledFeed, ...]:
    """Return the list, by name. Raises StoreUnavailable."""
    held = _values(store, _FEED)
    return tuple(msgspec.json.decode(value, type=ScheduledFeed) for _, value in sorted(held.items()))


def schedule(store: Store, feed: ScheduledFeed) -> None:
    """Add a feed, or replace the one of its name; it is looked at anew. Raises StoreUnavailable."""
    _put(store, _FEED + feed.name, msgspec.json.encode(feed).decode())
    _drop(store, _MARK + feed.name)


def unschedule(store: Store, name: str) -> bool:
    """Take a feed off the list and tell whether it was there; what it brought stays. Raises StoreUnavailable."""
    _drop(store, _MARK + name)
    return _drop(store, _FEED + name)


def feed_states(store: Store) -> tuple[FeedState, ...]:
    """Return every feed of the list with its last run. Raises StoreUnavailable."""
    runs = {run.feed: run for run in store.last_import_runs()}
    marks = {name: msgspec.json.decode(value, type=Mark) for name, value in _values(store, _MARK).items()}
    return tuple(_state(feed, runs.get(feed.name), marks.get(feed.name)) for feed in scheduled_feeds(store))


def _state(feed: ScheduledFeed, run: ImportRun | None, mark: Mark | None) -> FeedState:
    looked = max((at for at in (run.started_at if run else None, mark.looked_at if mark else None) if at), default=None)
    if looked is None:
        return FeedState(feed, run, None, None)
    every = timedelta(hours=feed.every_hours)
    was_refused = run is not None and run.outcome is Outcome.REFUSED
    return FeedState(feed, run, looked, looked + (min(every, RETRY_REFUSED_AFTER) if was_refused else every))


# Bringing up to date

Run = Callable[[ScheduledFeed], ImportReport]
Look = Callable[[str, Mark | None, datetime], Mark | None]


def sync(store: Store, feeds: Iterable[ScheduledFeed], *, run: Run, look: Look, now: datetime) -> Iterable[SyncOutcome]:
    """Bring feeds up to date one after another, yielding what happened to each.

    `run` imports one; `look` asks a server which copy it has. Raises StoreUnavailable: without a store there is nothing to do.
    """
    for feed in feeds:
        yield _brought_up_to_date(store, feed, run, look, now)


def _brought_up_to_date(store: Store, feed: ScheduledFeed, run: Run, look: Look, now: datetime) -> SyncOutcome:
    before = _mark_of(store, feed.name)
    mark = look(feed.location, before, now)
    if mark is not None and before is not None and mark.same_as(before):
        _put(store, _MARK + feed.name, msgspec.json.encode(mark).decode())
        return SyncOutcome(feed, Result.UNCHANGED)
    try:
        report = run(feed)
    except StoreUnavailable:
        raise
    except ImportRefused as refusal:
        return SyncOutcome(feed, Result.REFUSED, str(refusal))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one feed, the others are still to be read
        log.error("feed broken feed=%s error=%s", feed.name, type(error).__name__)
        return SyncOutcome(feed, Result.REFUSED, f"this feed cannot be read: {type(error).__name__}: {error}")
    _put(store, _MARK + feed.name, msgspec.json.encode(mark or Mark(looked_at=now)).decode())
    return SyncOutcome(feed, Result.IMPORTED, report=report)


def _mark_of(store: Store, name: str) -> Mark | None:
    value = _values(store, _MARK).get(name)
    return msgspec.json.decode(value, type=Mark) if value else None


def look_at(location: str, before: Mark | None, now: datetime) -> Mark | None:
    """Ask a server which copy of a feed it has, without fetching it; None where that cannot be known.

    A file, a locator's pages and a server that does not answer such a question are simply read.
    """
    if not is_address(location) or is_locator_address(location):
        return None
    request = Request(location, method="HEAD", headers=_conditions(before))  # noqa: S310 - is_address checks the scheme
    try:
        with urlopen(request, timeout=LONGEST_LOOK_SECONDS) as answer:  # noqa: S310
            said = answer.headers
    except HTTPError as error:
        if error.code == NOT_MODIFIED and before is not None:
            return msgspec.structs.replace(before, looked_at=now)
        return None
    except (URLError, TimeoutError, OSError):
        return None
    return Mark(looked_at=now, etag=said.get("ETag") or "", last_modified=said.get("Last-Modified") or "")


def _conditions(before: Mark | None) -> dict[str, str]:
    headers = {"User-Agent": "treatment-directory"}
    if before and before.etag:
        headers["If-None-Match"] = before.etag
    if before and before.last_modified:
        headers["If-Modified-Since"] = before.last_modified
    return headers


# Where the list is kept


def _values(store: Store, prefix: str) -> dict[str, str]:
    query = select(kept_values.c.name, kept_values.c.value).where(kept_values.c.name.startswith(prefix, autoescape=True))
    with store.reading() as connection:
        return {name.removeprefix(prefix): value for name, value in connection.execute(query)}


def _put(store: Store, name: str, value: str) -> None:
    with store.writing() as connection:
        connection.execute(delete(kept_values).where(kept_values.c.name == name))
        connection.execute(insert(kept_values).values(name=name, value=value))


def _drop(store: Store, name: str) -> bool:
    with store.writing() as connection:
        return connection.execute(delete(kept_values).where(kept_values.c.name == name)).rowcount > 0
