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

import msgspec
from sqlalchemy import delete, insert, select

from directory.errors import DirectoryError, ImportRefused, StoreUnavailable
from directory.feeds.fetching import FeedUnchanged
from directory.feeds.importing import IMPORTERS, ImportReport, note_refused
from directory.sources.records import PaymentTerms
from directory.store import Store
from directory.store.facts import ImportRun, Outcome
from directory.store.feeds.marks import SCHEDULED, Mark, forget_mark, keep_mark, marks, note_still_current
from directory.store.tables import kept_values

RETRY_REFUSED_AFTER: Final = timedelta(hours=1)

log = logging.getLogger(__name__)


class UnknownFeed(DirectoryError):
    """No feed of the list has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no feed of the list is called {name!r}")
        self.name = name


class ScheduledFeed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed to bring up to date every so many hours. Empty options leave the reader's own reading.

    A `paused` one is never due. `asked_at` is when staff last wanted it read at once, whatever its hours, paused or not.
    """

    name: str
    importer: str
    location: str
    every_hours: int
    source: str = ""
    fellowship: str = ""
    payment: PaymentTerms | None = None
    paused: bool = False
    asked_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a feed that nobody can read. Raises ImportRefused."""
        if self.importer not in IMPORTERS:
            raise ImportRefused(f"no importer is called {self.importer!r}; there are {', '.join(IMPORTERS)}")
        if self.every_hours < 1:
            raise ImportRefused(f"a feed is looked at every hour at most, got {self.every_hours}")


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

    @property
    def is_asked_for(self) -> bool:
        """Tell whether staff want it read at once and that has not happened yet."""
        asked = self.feed.asked_at
        return asked is not None and (self.looked_at is None or self.looked_at < asked)

    def is_due(self, now: datetime) -> bool:
        """Tell whether it should be looked at."""
        if self.feed.paused or self.is_asked_for:
            return self.is_asked_for
        return self.due_at is None or self.due_at <= now


# The list


def scheduled_feeds(store: Store) -> tuple[ScheduledFeed, ...]:
    """Return the list, by name. Raises StoreUnavailable."""
    held = _values(store, SCHEDULED)
    return tuple(msgspec.json.decode(value, type=ScheduledFeed) for _, value in sorted(held.items()))


def scheduled_feed(store: Store, name: str) -> ScheduledFeed:
    """Return one feed of the list. Raises UnknownFeed, StoreUnavailable."""
    found = next((feed for feed in scheduled_feeds(store) if feed.name == name), None)
    if found is None:
        raise UnknownFeed(name)
    return found


def schedule(store: Store, feed: ScheduledFeed) -> None:
    """Add a feed, or replace the one of its name; it is read anew. Raises StoreUnavailable."""
    _put(store, feed)
    with store.writing() as connection:
        forget_mark(connection, feed.name)


def unschedule(store: Store, name: str) -> bool:
    """Take a feed off the list and tell whether it was there; what it brought stays. Raises StoreUnavailable."""
    with store.writing() as connection:
        forget_mark(connection, name)
        return connection.execute(delete(kept_values).where(kept_values.c.name == SCHEDULED + name)).rowcount > 0


def pause(store: Store, name: str, *, paused: bool) -> None:
    """Let a feed rest, or go on with it. Raises UnknownFeed, StoreUnavailable."""
    _put(store, msgspec.structs.replace(scheduled_feed(store, name), paused=paused))


def ask_for(store: Store, name: str, now: datetime) -> ScheduledFeed:
    """Let a feed be read by the next `sync`, whatever its hours. Raises UnknownFeed, StoreUnavailable."""
    asked = msgspec.structs.replace(scheduled_feed(store, name), asked_at=now)
    _put(store, asked)
    return asked


def feed_states(store: Store) -> tuple[FeedState, ...]:
    """Return every feed of the list with its last run. Raises StoreUnavailable."""
    runs = {run.feed: run for run in store.last_import_runs()}
    with store.reading() as connection:
        marked = marks(connection)
    return tuple(_state(feed, runs.get(feed.name), marked.get(feed.name)) for feed in scheduled_feeds(store))


def _state(feed: ScheduledFeed, run: ImportRun | None, mark: Mark | None) -> FeedState:
    looked = max((at for at in (run.started_at if run else None, mark.looked_at if mark else None) if at), default=None)
    if looked is None:
        return FeedState(feed, run, None, None)
    every = timedelta(hours=feed.every_hours)
    was_refused = run is not None and run.outcome is Outcome.REFUSED
    return FeedState(feed, run, looked, looked + (min(every, RETRY_REFUSED_AFTER) if was_refused else every))


# Bringing up to date

Run = Callable[[ScheduledFeed, Mark | None], ImportReport]


def sync(store: Store, feeds: Iterable[ScheduledFeed], *, run: Run, now: datetime) -> Iterable[SyncOutcome]:
    """Bring feeds up to date one after another, yielding what happened to each.

    `run` imports one unless its server still has the marked copy. Raises StoreUnavailable: without a store nothing can be done.
    """
    for feed in feeds:
        yield _brought_up_to_date(store, feed, run, now)


def _brought_up_to_date(store: Store, feed: ScheduledFeed, run: Run, now: datetime) -> SyncOutcome:
    with store.reading() as connection:
        before = marks(connection).get(feed.name)
    try:
        return SyncOutcome(feed, Result.IMPORTED, report=run(feed, before))
    except StoreUnavailable:
        raise
    except FeedUnchanged:
        with store.writing() as connection:
            keep_mark(connection, feed.name, msgspec.structs.replace(before or Mark(looked_at=now), looked_at=now))
            note_still_current(connection, feed.name, now)
        return SyncOutcome(feed, Result.UNCHANGED)
    except ImportRefused as refusal:
        return SyncOutcome(feed, Result.REFUSED, str(refusal))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one feed, the others are still to be read
        log.error("feed broken feed=%s error=%s", feed.name, type(error).__name__)
        reason = f"this feed cannot be read: {type(error).__name__}: {error}"
        note_refused(store, feed.name, feed.importer, feed.location, now, reason)
        return SyncOutcome(feed, Result.REFUSED, reason)


# Where the list is kept


def _values(store: Store, prefix: str) -> dict[str, str]:
    query = select(kept_values.c.name, kept_values.c.value).where(kept_values.c.name.startswith(prefix, autoescape=True))
    with store.reading() as connection:
        return {name.removeprefix(prefix): value for name, value in connection.execute(query)}


def _put(store: Store, feed: ScheduledFeed) -> None:
    name = SCHEDULED + feed.name
    with store.writing() as connection:
        connection.execute(delete(kept_values).where(kept_values.c.name == name))
        connection.execute(insert(kept_values).values(name=name, value=msgspec.json.encode(feed).decode()))
