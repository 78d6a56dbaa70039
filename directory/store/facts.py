"""What the store answers with, besides listings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from directory.sources.records import AnsweredBy, AnsweredByFact, PaymentTerms, SourceInfo
from directory.store.desk.findings import CallsOfListing
from index.geo.distance import Coordinates
from index.listing import Kind, ListingId

CityPoint = Callable[[str, str], Coordinates | None]  # the middle of a town, by its name and state


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
    """A payer's flat fee for one listing; it runs on whole days, both ends included, until it is ended.

    `answered_by` says who answers the listing's phone, as established when it was recorded; None in old records.
    """

    id: int
    listing_id: ListingId
    payer: str
    licence: str
    starts_on: date
    ends_on: date
    source: str
    recorded_by: str
    recorded_at: datetime
    answered_by: AnsweredBy | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None

    def runs_on(self, day: date) -> bool:
        """Tell whether the payer pays on a day."""
        return self.ended_at is None and self.starts_on <= day <= self.ends_on


class ChangeKind(StrEnum):
    """What a public change is about."""

    SPONSORSHIP_RECORDED = "sponsorship_recorded"
    SPONSORSHIP_ENDED = "sponsorship_ended"
    SOURCE_TERMS = "source_terms"
    OWNER = "owner"
    SITE_OWNER = "site_owner"


@dataclass(frozen=True, slots=True)
class PublicChange:
    """One entry of the public change log. `subject` is the payer or source; `before` and `after` are days, terms or owners."""

    id: int
    at: datetime
    kind: ChangeKind
    listing_id: ListingId | None
    subject: str
    before: str
    after: str


PHONE_FIELD: Final = "phone:"  # before the number that a source states, or that staff add
TIME_FIELD: Final = "time:"  # before a weekly time that a source states, or that staff add: "Wed 19:00-20:30"
VENUE_FIELD: Final = "venue"  # how one takes part in a meeting
OFFER_FIELD: Final = "offer:"  # before a concept: "yes", "no", or "" for not stated


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact that staff corrected: `value` counts in place of what sources state; empty, the fact is removed.

    A number that no source states is added by the field of that number with itself as value.
    """

    listing_id: ListingId
    field: str
    value: str
    said_by: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Dispute:
    """A fact that the place itself says is wrong, in a neutral sentence of our staff; it stands until it is settled."""

    id: int
    listing_id: ListingId
    field: str
    statement: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class DisclosureRecords:
    """What the store knows of money and phones at one version: payers of running sponsorships by listing, payment terms by
    source name, who answers which number, what staff corrected and what places dispute. `owned` are the listings in which the
    operator declares a stake, `merged` which listing answers for each that was merged away. `directory.disclosure` makes statuses
    and words of them.
    """

    version: int
    payers: Mapping[ListingId, str]
    payment_terms: Mapping[str, PaymentTerms]
    answered_by: Mapping[str, AnsweredByFact]
    corrections: Mapping[ListingId, tuple[Correction, ...]] = field(default_factory=dict)
    disputes: Mapping[ListingId, tuple[Dispute, ...]] = field(default_factory=dict)
    owned: frozenset[ListingId] = frozenset()
    merged: Mapping[ListingId, ListingId] = field(default_factory=dict)
    calls: Mapping[ListingId, CallsOfListing] = field(default_factory=dict)  # what our own calls to a place found

    def not_paid_sources(self) -> frozenset[str]:
        """Return the names of the sources known to list without payment."""
        return frozenset(name for name, terms in self.payment_terms.items() if terms is PaymentTerms.NOT_PAID)


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
