"""A directory of a few fictional places in and around Colorado Springs, Denver and Pueblo, held in a real store and a real index.

Every name is invented, every number is 555-01xx. Each place stands for one thing that tests are about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import insert, update

from directory.asking.query import SearchQuery, parse_query
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
    ProvidersFile,
    SourceInfo,
)
from directory.store import Store
from directory.store.tables import field_visibility, listings, sponsorships
from index.engine.protocol import Engine
from index.geo.distance import Coordinates
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Address, ConceptId, Kind, ListingId, Phone, Precision, Reach, Redistribute

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MONUMENT = Coordinates(39.0917, -104.8728)
SPRINGS = Coordinates(38.8339, -104.8214)
DENVER = Coordinates(39.7392, -104.9903)
TOWNS = {MONUMENT: ("Monument", "80132"), SPRINGS: ("Colorado Springs", "80903"), DENVER: ("Denver", "80202")}
VOCABULARY = Vocabulary.load()


def source(name: str, payment: PaymentTerms) -> SourceInfo:
    return SourceInfo(
        name=name,
        title=f"The {name} list",
        publisher="Example County",
        payment=payment,
        redistribute=Redistribute.YES,
        edition="2026",
        url="https://example.org/list",
    )


def offers(*concepts: str) -> tuple[ConceptId, ...]:
    return tuple(map(ConceptId, concepts))


def program(key: str, *concepts: str, number: int = 100, **stated: Any) -> ProgramRecord:
    phones = (Phone(number=f"+1719555{number:04}"),)
    return ProgramRecord(**{"source": "county", "key": key, "offers": offers(*concepts), "phones": phones} | stated)


def place(name: str, at: Coordinates, *concepts: str, number: int = 100, **stated: Any) -> ListingRecord:
    """A facility at a point of a town, with one program unless `programs` says otherwise."""
    town, zip5 = TOWNS[at]
    own = {key: stated.pop(key) for key in ("source", "checked_on", "denies") if key in stated}
    programs = stated.pop("programs", (program(name, *concepts, number=number, **own),))
    sound = {
        "address": Address(street=f"{number} Elm Street", city=town, state="CO", zip=zip5, county="El Paso County"),
        "lat": at.lat,
        "lon": at.lon,
        "precision": Precision.STREET,
        "time_zone": "America/Denver",
    }
    match_key = place_match_key(name, f"{number} Elm Street", zip5)
    return ListingRecord(kind=Kind.FACILITY, name=name, match_key=match_key, programs=programs, **sound | stated)


def line(name: str, *concepts: str, number: int, states: tuple[str, ...] = ()) -> ListingRecord:
    reach = Reach.STATE if states else Reach.NATION
    held = (program(name, *concepts, number=number),)
    return ListingRecord(kind=Kind.HELPLINE, name=name, match_key=name, programs=held, reach=reach, states_served=states)


RECORDS = (
    place("Aspen Detox", MONUMENT, "care.detox.residential", "sub.benzodiazepines", "pay.medicaid", number=101),
    place("Birch Detox", SPRINGS, "care.detox", "pay.medicaid", "pay.self_pay", number=102),
    place("Cedar House", SPRINGS, "care.residential", "pay.private", "pop.women", number=103),
    place("Dogwood Clinic", SPRINGS, "care.outpatient", "care.telehealth", "med.psychiatric", "pay.medicaid", number=104),
    place("Elm Outpatient", DENVER, "care.outpatient", "pay.medicare", number=105, checked_on=date(2026, 11, 1)),
    place("Fir Recovery", DENVER, "care.detox", "sub.alcohol", "pay.private", number=106, source="gathered"),
    place(
        "Grove Center",
        SPRINGS,
        number=107,
        programs=(
            program("grove-1", "care.detox", number=107),
            program("grove-2", "pop.adolescents", "care.mental_health", number=108),
        ),
    ),
    line("Colorado Line", "care.assessment", number=120, states=("CO",)),
    line("Utah Line", "care.assessment", number=121, states=("UT",)),
    line("National Line", "help.samhsa", number=122),
)
ANSWERS = (
    AnsweredByFact(
        number="+17195550122",
        answered_by=AnsweredBy.PUBLIC_AGENCY,
        operator_name="Example Agency",
        checked_on=date(2026, 11, 1),
        source_url="https://example.org/line",
        hours="24/7",
        cost="free",
    ),
)


@dataclass(frozen=True)
class SmallDirectory:
    """The store, the lookup over one engine, and short ways to ask."""

    store: Store
    lookup: Lookup
    root: Path

    def search(self, words: str = "", **parts: Any):
        return self.lookup.search(self.query(words, **parts), now=NOW)

    def query(self, words: str = "", **parts: Any) -> SearchQuery:
        return SearchQuery(text=words, **parts)

    def follow(self, address: str):
        """The page at an address, read as a browser would send it."""
        from urllib.parse import parse_qs, urlsplit

        from werkzeug.datastructures import MultiDict

        given = MultiDict(parse_qs(urlsplit(address).query))
        return self.lookup.search(parse_query(given, VOCABULARY, strict=True), now=NOW)

    def extras(self, page):
        return self.lookup.extras(page, now=NOW)

    def id_of(self, name: str) -> ListingId:
        return next(listing.id for listing in self.lookup.engine.all_listings() if listing.name == name)

    def sponsor(self, *names: str) -> None:
        """Record that Example Payer pays for these places now."""
        with self.store.writing() as connection:
            for name in names:
                connection.execute(
                    insert(sponsorships).values(
                        listing_id=self.id_of(name),
                        payer="Example Payer",
                        licence="CO-1",
                        compensation="flat_fee",
                        starts_on=date(2026, 1, 1),
                        ends_on=date(2026, 12, 31),
                        source="contract",
                        recorded_by="staff",
                        recorded_at=NOW,
                    )
                )

    def take_down(self, name: str) -> None:
        with self.store.writing() as connection:
            connection.execute(update(listings).where(listings.c.id == self.id_of(name)).values(taken_down=True))

    def hide(self, name: str) -> None:
        with self.store.writing() as connection:
            values = {"listing_id": self.id_of(name), "field": "*", "visibility": "hidden"}
            connection.execute(insert(field_visibility).values(**values))

    def forget_changes(self) -> None:
        with self.store.writing() as connection:
            connection.execute(update(sponsorships).values(ended_at=NOW, ended_by="staff"))
            connection.execute(field_visibility.delete())
            connection.execute(update(listings).values(taken_down=False))


def names(rows) -> list[str]:
    return [row.card.listing.name for row in rows]


def feed_file(path: Path, records: Sequence[ListingRecord] = RECORDS) -> Path:
    """Write the places as a file of our own format."""
    sources = (source("county", PaymentTerms.NOT_PAID), source("gathered", PaymentTerms.UNKNOWN))
    held = tuple(msgspec.Raw(msgspec.json.encode(record)) for record in records)
    whole = ProvidersFile(schema=PROVIDERS_SCHEMA, sources=sources, answered_by=ANSWERS, listings=held)
    path.write_bytes(msgspec.json.encode(whole))
    return path


def fill(store: Store, home: Path, records: Sequence[ListingRecord] = RECORDS) -> None:
    """Put the places into a store."""
    store.migrate()
    run_import(store, "providers", str(feed_file(home / "county.json", records)), allow_shrink=True, now=NOW)


def settings_of(home: Path, **changes: Any) -> Settings:
    return Settings(**{"home": home, "database_url": f"sqlite:///{home / 'd.sqlite3'}", "secret_key": "s" * 16} | changes)


def publisher_of(store: Store, home: Path) -> Publisher:
    return Publisher(store, home / "index", VOCABULARY)


def directory_over(engine: Engine, store: Store, home: Path, operator: Operator | None = None) -> SmallDirectory:
    settings = settings_of(home, operator=operator or Operator())
    return SmallDirectory(store, Lookup(engine, store, VOCABULARY, Gazetteer.load(), settings), home)
