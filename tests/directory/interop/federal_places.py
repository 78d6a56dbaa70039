"""Fictional places as the federal directory states them, meetings of two fellowships, a line, and lists with other terms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from flask.testing import FlaskClient
from small_directory import DENVER, MONUMENT, NOW, SPRINGS, TOWNS, directory_over, offers, publisher_of, source

from directory import create_app
from directory.feeds.importing import run_import
from directory.sources.matching import place_match_key
from directory.sources.records import PROVIDERS_SCHEMA, ListingRecord, PaymentTerms, ProgramRecord, ProvidersFile
from directory.store import Store
from directory.web import current
from index.engine.whoosh_engine import WhooshEngine
from index.geo.distance import Coordinates
from index.language.vocabulary import Vocabulary
from index.listing import Address, Kind, Phone, Precision, Reach, Redistribute, Session


def program(key: str, *codes: str, number: int, **stated: Any) -> ProgramRecord:
    """A federal program; its concepts come from its codes, as an import makes them."""
    named = [found for code in codes if (found := Vocabulary.load().concept_of_code(code))]
    return ProgramRecord(
        **{
            "source": "samhsa",
            "key": key,
            "source_codes": codes,
            "offers": offers(*dict.fromkeys(concept for concept, said in named if said)),
            "phones": (Phone(number=f"+1719555{number:04}"),),
        }
        | stated
    )


def place(name: str, at: Coordinates, *programs: ProgramRecord, number: int, **stated: Any) -> ListingRecord:
    town, zip5 = TOWNS[at]
    street = f"{number} Elm Street"
    sound = {
        "address": Address(street=street, city=town, state="CO", zip=zip5, county="El Paso County"),
        "lat": at.lat,
        "lon": at.lon,
        "precision": Precision.STREET,
        "time_zone": "America/Denver",
    }
    match_key = place_match_key(name, street, zip5)
    return ListingRecord(kind=Kind.FACILITY, name=name, match_key=match_key, programs=programs, **sound | stated)


def meeting(name: str, fellowship: str, *concepts: str, key: str, **stated: Any) -> ListingRecord:
    """An hour on Tuesday at seven in the evening."""
    held = ProgramRecord(
        source="groups",
        key=key,
        offers=offers(fellowship, *concepts),
        schedule=(Session(weekday=1, start_minute=1140, end_minute=1200),),
    )
    sound = {
        "address": Address(street="12 Elm Street", street2="Cedar Hall", city="Monument", state="CO", zip="80132"),
        "lat": MONUMENT.lat,
        "lon": MONUMENT.lon,
        "precision": Precision.STREET,
        "time_zone": "America/Denver",
    }
    return ListingRecord(kind=Kind.MEETING, name=name, match_key=name, programs=(held,), **sound | stated)


FEDERAL = (
    place(
        "Aspen Center",
        MONUMENT,
        program(
            "substance:aspen",
            *("SA", "DT", "RD", "BU", "MD", "SP"),
            number=101,
            name="Detox",
            phones=(
                Phone(number="+17195550101", extension="12"),
                Phone(number="+17195550111", label="intake"),
                Phone(number="+17195550112", label="crisis"),
            ),
            website="https://example.org/aspen",
        ),
        program("mental:aspen", "MH", "OP", "MD", number=102, name="Counseling"),
        number=101,
    ),
    place("Birch Clinic", SPRINGS, program("substance:birch", "SA", "OP", "MU", "MI", number=103), number=103),
    place("Cedar Clinic", DENVER, program("otp:cedar", "OTP", number=104), number=104),
    place(
        "Dogwood House", SPRINGS, program("d", number=105, source="bare", source_codes=("SA",)), number=105, description="Quiet."
    ),
    place("Elm House", SPRINGS, program("e", number=106, source="closed"), number=106),
    meeting("Sunrise Group", "group.aa", "fmt.open", "fmt.in_person", "pop.women", key="sunrise"),
    meeting(
        "Online Group",
        "group.na",
        "fmt.online",
        key="online",
        address=Address(),
        lat=None,
        lon=None,
        precision=Precision.NONE,
        reach=Reach.ONLINE,
        conference_url="https://example.org/room",
    ),
    meeting(
        "Lost Group",
        "group.na",
        "fmt.online",
        key="lost",
        address=Address(city="Denver", state="CO"),
        lat=None,
        lon=None,
        precision=Precision.NONE,
        reach=Reach.ONLINE,
    ),
    ListingRecord(
        kind=Kind.HELPLINE,
        name="Colorado Line",
        match_key="line",
        programs=(ProgramRecord(source="groups", key="line", phones=(Phone(number="+17195550120"),)),),
        reach=Reach.STATE,
        states_served=("CO",),
    ),
)
SOURCES = (
    source("samhsa", PaymentTerms.NOT_PAID),
    source("groups", PaymentTerms.NOT_PAID),
    msgspec.structs.replace(source("bare", PaymentTerms.UNKNOWN), redistribute=Redistribute.FACTS_ONLY),
    msgspec.structs.replace(source("closed", PaymentTerms.NOT_PAID), redistribute=Redistribute.NO),
)


def fill_federal(store: Store, home: Path) -> None:
    """Put the places into a store."""
    store.migrate()
    held = tuple(msgspec.Raw(msgspec.json.encode(record)) for record in FEDERAL)
    whole = ProvidersFile(schema=PROVIDERS_SCHEMA, sources=SOURCES, answered_by=(), listings=held)
    path = home / "federal.json"
    path.write_bytes(msgspec.json.encode(whole))
    run_import(store, "providers", str(path), now=NOW)


def served_over(store: Store, home: Path) -> FlaskClient:
    """Publish a store and return a client of it, at the time of these tests."""
    publisher_of(store, home).publish()
    application = create_app(lookup=directory_over(WhooshEngine(home / "index"), store, home).lookup)
    application.config[current.CLOCK] = lambda: NOW
    return application.test_client()
