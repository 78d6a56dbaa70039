"""What the store answers with, besides listings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from directory.sources.records import SourceInfo
from index.listing import Kind, ListingId


class Visibility(StrEnum):
    """Who may see a field of a listing."""

    PUBLIC = "public"
    STAFF = "staff"
    HIDDEN = "hidden"


class Outcome(StrEnum):
    """How an import ended; a refused one changed nothing."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Sponsorship:
    """A payer's flat fee for one listing; it runs on whole days, both ends included."""

    id: int
    listing_id: ListingId
    payer: str
    licence: str
    starts_on: date
    ends_on: date
    source: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One listing to publish again; entries are consumed in the order of `sequence`."""

    sequence: int
    listing_id: ListingId
    at: datetime


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One finished run of an import, as it was recorded."""

    feed: str
    importer: str
    location: str
    started_at: datetime
    finished_at: datetime
    outcome: Outcome
    reason: str
    rows_read: int
    rows_merged: int
    rows_rejected: int
    added: int
    changed: int
    unchanged: int
    returned: int
    retired: int
    repairs: Mapping[str, int]
    unknown_codes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AmbiguousMatch:
    """A record that fits several listings; it stands as `listing_id` until staff decide."""

    feed: str
    source: str
    key: str
    listing_id: ListingId
    candidates: tuple[ListingId, ...]
    noticed_at: datetime


@dataclass(frozen=True, slots=True)
class StoreCounts:
    """What the store holds now. Listings and programs are the live ones; a program handed on by two feeds counts once."""

    listings: int
    programs: int
    kinds: Mapping[Kind, int]
    programs_by_source: Mapping[str, int]
    retired_records: int
    taken_down: int
    outbox: int
    ambiguous: int


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A source as one feed states it; `own` where the feed is the source's own."""

    feed: str
    own: bool
    info: SourceInfo
