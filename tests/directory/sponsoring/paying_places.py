"""A copy with five fictional places around Monument, Colorado, of which any may be paid for; real store, real index."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import msgspec
from flask.testing import FlaskClient

from directory import create_app
from directory.duties.answering import StatedAnswer, establish_answer
from directory.duties.sponsoring import Offer, add_sponsorship
from directory.feeds.importing import run_import
from directory.lookup import Lookup
from directory.publish import Publisher
from directory.settings import Operator, Settings
from directory.sources.matching import place_match_key
from directory.sources.records import (
    PROVIDERS_SCHEMA,
    AnsweredBy,
    AnsweredByFact,
    ListingRecord,
    PaymentTerms,
    ProgramRecord,
    SourceInfo,
)
from directory.store import Store
from directory.store.facts import Sponsorship
from directory.web import current
from index.engine.whoosh_engine import WhooshEngine
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Address, ConceptId, Kind, Phone, Precision, Reach, Redistribute

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
CALLS_ARE_SOLD = "+17195550105"


def source(name: str, payment: PaymentTerms) -> SourceInfo:
    sound = {"title": f"The {name} list", "publisher": "Example County", "redistribute": Redistribute.YES, "edition": "2026"}
    return SourceInfo(name=name, payment=payment, url="https://example.org/list", **sound)


def place(number: int, name: str, *offers: str, origin: str = "county", north: float = 0.0, **stated: Any) -> ListingRecord:
    """A facility in Monument, `north` degrees north of its middle, with the phone 719-555-01xx of its number."""
    street = f"{number} Elm Street"
    phones = (Phone(number=f"+171955501{number:02}"),)
    program = ProgramRecord(source=origin, key=name, offers=tuple(map(ConceptId, offers)), phones=phones)
    sound = {
        "address": Address(street=street, city="Monument", state="CO", zip="80132", county="El Paso County"),
        "lat": 39.0917 + north,
        "lon": -104.8728,
        "precision": Precision.STREET,
        "programs": (program,),
    }
    return ListingRecord(kind=Kind.FACILITY, name=name, match_key=place_match_key(name, street, "80132"), **sound | stated)


def line(number: int, name: str) -> ListingRecord:
    phones = (Phone(number=f"+171955501{number:02}"),)
    program = ProgramRecord(source="county", key=name, phones=phones, offers=(ConceptId("care.assessment"),))
    return ListingRecord(kind=Kind.HELPLINE, name=name, match_key=name, programs=(program,), reach=Reach.NATION)


RECORDS = (
    place(1, "Aspen House", "care.outpatient", "pay.medicaid"),
    place(2, "Birch House", "care.outpatient", "pay.medicaid", north=0.05),
    place(3, "Cedar House", "care.outpatient", "pay.private", north=0.1),
    place(4, "Dogwood House", "care.outpatient", "pay.medicaid", origin="gathered", north=0.15),
    place(5, "Elm House", "care.outpatient", north=0.2),
    place(6, "Far House", "care.outpatient", "pay.medicaid", north=2.0),
    line(20, "Example Line"),
)
ANSWERS = (
    AnsweredByFact(
        number=CALLS_ARE_SOLD,
        answered_by=AnsweredBy.PAID_ADVERTISERS,
        operator_name="Example Calls",
        source_url="https://example.org/who",
        payers=("Example Rehab Group", "Second Example Group"),
    ),
)
SOLD = StatedAnswer(
    CALLS_ARE_SOLD,
    AnsweredBy.PAID_ADVERTISERS,
    operator_name="Example Calls",
    payers="Example Rehab Group\nSecond Example Group",
    source_url="https://example.org/who",
)


def providers_file(path: Path, records: Sequence[ListingRecord] = RECORDS) -> str:
    """Write places as a file of our own format."""
    sources = (source("county", PaymentTerms.NOT_PAID), source("gathered", PaymentTerms.UNKNOWN))
    document = {"schema": PROVIDERS_SCHEMA, "sources": sources, "answered_by": ANSWERS, "listings": records}
    path.write_bytes(msgspec.json.encode(document))
    return str(path)


@cache
def published_home() -> Path:
    """Return a home with the places stored and published, made once for a test run."""
    home = Path(mkdtemp(prefix="paying-places-"))
    store = Store(f"sqlite:///{home / 'directory.sqlite3'}")
    store.migrate()
    run_import(store, "providers", providers_file(home / "county.json"), now=NOW)
    establish_answer(store, SOLD, by="editor", now=NOW)
    Publisher(store, home / "index", Vocabulary.load()).publish()
    store.close()
    return home


@dataclass(frozen=True)
class PayingPlaces:
    """One test's own copy of the store over the shared index, and short ways to act on it."""

    settings: Settings
    store: Store
    lookup: Lookup

    def id_of(self, name: str) -> str:
        return next(listing.id for listing in self.lookup.engine.all_listings() if listing.name == name)

    def sponsor(self, name: str, **stated: Any) -> Sponsorship:
        return add_sponsorship(self.store, offer(self.id_of(name), **stated), by="editor", now=NOW)

    def client(self, **changes: Any) -> FlaskClient:
        """A browser of this copy, with settings changed; each is a worker of its own."""
        return worker(replace(self.settings, **changes)).test_client()


def offer(listing_id: str, **stated: Any) -> Offer:
    """A sound offer of a flat fee, changed as stated."""
    sound = {
        "payer": "Example Payer Inc",
        "compensation": "flat_fee",
        "licence": "CO 1234",
        "answered_by": "facility",
        "source": "contract 7",
    }
    return Offer(listing_id=listing_id, **sound | stated)


def worker(settings: Settings) -> Any:
    """Return one worker's application, at the tests' moment."""
    app = create_app(settings)
    app.config[current.CLOCK] = lambda: NOW
    return app


def open_copy(home: Path, **changes: Any) -> PayingPlaces:
    """Return a copy of the published home whose store is its own."""
    shared = published_home()
    shutil.copy(shared / "directory.sqlite3", home / "directory.sqlite3")
    (home / "index").symlink_to(shared / "index")
    stated = {
        "home": home,
        "database_url": f"sqlite:///{home / 'directory.sqlite3'}",
        "secret_key": "0123456789abcdef",
        "operator": Operator(owner="Example County", funders=("Example County",)),
        "requests_per_second": 10_000,
        "advertising": True,
    }
    settings = Settings(**stated | changes)
    store = Store(settings.database_url)
    lookup = Lookup(WhooshEngine(settings.index_root), store, Vocabulary.load(), Gazetteer.load(), settings)
    return PayingPlaces(settings, store, lookup)
