"""What every importer yields: a listing as one source states it, not yet matched to an id.

`data/providers.json` is a file of exactly these values, so it needs no importer of its own words.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from index.listing import (
    Address,
    Answer,
    ConceptId,
    Credential,
    Kind,
    Latitude,
    Longitude,
    Phone,
    PhoneNumber,
    Precision,
    Reach,
    Redistribute,
    Session,
    StateCode,
    Value,
)


class PaymentTerms(StrEnum):
    """What is known of a source: it lists without payment, or nobody stated its terms."""

    NOT_PAID = "not_paid"
    UNKNOWN = "unknown"


class AnsweredBy(StrEnum):
    """Who picks up a phone number; `unknown` unless a source or a named person established it."""

    FACILITY = "facility"
    OPERATOR = "operator"
    CALL_CENTER = "call_center"
    PAID_ADVERTISERS = "paid_advertisers"
    PUBLIC_AGENCY = "public_agency"
    PEER_VOLUNTEERS = "peer_volunteers"
    UNKNOWN = "unknown"


class SourceInfo(Value, frozen=True, kw_only=True):
    """A source and its terms. `name` is its short id ("samhsa"), `terms` one plain sentence with its own address."""

    name: str
    title: str
    publisher: str
    payment: PaymentTerms
    redistribute: Redistribute
    edition: str = ""
    url: str = ""
    terms: str = ""
    terms_url: str = ""
    retrieved_on: date | None = None


class AnsweredByFact(Value, frozen=True, kw_only=True):
    """Who answers a number, who says so, and since when; a fact about the number on every listing that bears it.

    `payers` are those who pay for the line, every one by name. That calls are sold can be said only with them and with the
    address of somebody who says it: ValueError otherwise.
    """

    number: PhoneNumber
    answered_by: AnsweredBy
    operator_name: str = ""
    checked_on: date | None = None
    source_url: str = ""
    hours: str = ""
    cost: str = ""
    payers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a routing disclosure that names nobody."""
        if self.answered_by is AnsweredBy.PAID_ADVERTISERS and not (any(self.payers) and self.source_url):
            raise ValueError(f"{self.number}: that calls go to firms that pay needs the names of the payers and a source_url")


class ProgramRecord(Value, frozen=True, kw_only=True):
    """One source record. `source` names a `SourceInfo`; `key` is durable inside that source and never a row number.

    The same `(source, key)` from two feeds is one program: the source's own feed wins over a copy. `updated_on` is when the
    source edited its record last, which verifies nothing; `feedback_url` where the source wants to hear of mistakes in it.
    """

    source: str
    key: str
    name: str = ""
    phones: tuple[Phone, ...] = ()
    website: str = ""
    url: str = ""
    offers: tuple[ConceptId, ...] = ()
    denies: tuple[ConceptId, ...] = ()
    source_codes: tuple[str, ...] = ()
    schedule: tuple[Session, ...] = ()
    checked_on: date | None = None
    retrieved_on: date | None = None
    updated_on: date | None = None
    feedback_url: str = ""


class ListingRecord(Value, frozen=True, kw_only=True):
    """A listing as a source states it, with the programs it states there. `match_key` joins records of the same place:
    the normalised name + street + ZIP5 for places, the source's own durable key otherwise.
    """

    kind: Kind
    name: str
    match_key: str
    programs: tuple[ProgramRecord, ...]
    organization: str = ""
    address: Address = Address()
    lat: Latitude | None = None
    lon: Longitude | None = None
    precision: Precision = Precision.NONE
    reach: Reach = Reach.LOCAL
    states_served: tuple[StateCode, ...] = ()
    website: str = ""
    email: str = ""
    conference_url: str = ""
    description: str = ""
    time_zone: str = ""
    open_24h: Answer = Answer.UNKNOWN
    hours: str = ""
    operator: str = ""
    licences: tuple[Credential, ...] = ()
    accreditations: tuple[Credential, ...] = ()


class ProvidersFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The shape of `data/providers.json`: its sources, who answers which number, and the listings.

    Listings are decoded one by one, so that one bad record does not lose the others.
    """

    schema: str
    sources: tuple[SourceInfo, ...]
    answered_by: tuple[AnsweredByFact, ...]
    listings: tuple[msgspec.Raw, ...]


PROVIDERS_SCHEMA = "treatment-directory/providers/1"
