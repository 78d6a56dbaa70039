"""What data/providers.json promises: real, sourced, dated help in every state, that nobody paid for."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import phonenumbers
import pytest

from directory.sources.providers import ProvidersReader
from directory.sources.records import (
    PROVIDERS_SCHEMA,
    AnsweredBy,
    ListingRecord,
    PaymentTerms,
    ProgramRecord,
    ProvidersFile,
)
from index.geo.distance import Coordinates, great_circle_miles
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Kind, Phone, Reach

PATH = Path(__file__).parents[2] / "data" / "providers.json"
TEXT = PATH.read_text("utf-8")
FILE = msgspec.json.decode(TEXT, type=ProvidersFile)
LISTINGS = [msgspec.json.decode(raw, type=ListingRecord) for raw in FILE.listings]
FACILITIES = [record for record in LISTINGS if record.kind is Kind.FACILITY]
LINES = [record for record in LISTINGS if record.kind is Kind.HELPLINE]
SOURCES = {source.name: source for source in FILE.sources}

STATES_AND_DC = frozenset(
    {
        *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS"),
        *("KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC"),
        *("ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY"),
    }
)
TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})
BASIC_CARE = ("care.detox", "care.residential", "care.outpatient")
FEDERAL_HAS_NONE = {("GU", "care.detox"), ("MP", "care.detox"), ("MP", "care.residential"), ("VI", "care.detox")}
NATIONAL_NUMBERS = {
    "911",
    "988",
    "+18006624357",
    "+18004874889",
    "435748",
    "+18002221222",
    "838255",
    "741741",
    "+18664887386",
    "678678",
    "+18007997233",
    "+18338526262",
    "+18007848669",
    "333888",
    "+18009855990",
    "+18006564673",
    "+18447628483",
    "+18004224453",
    "+18553784373",
    "+18006973738",
}
NEVER = ("8339435746", "8004843731", "8776961996", "8002738255")  # retired, or confirmed by no owner
SAMHSA_HELPLINE = "+18006624357"


def programs() -> Iterator[tuple[ListingRecord, ProgramRecord]]:
    for record in LISTINGS:
        for program in record.programs:
            yield record, program


def phones() -> Iterator[Phone]:
    for _, program in programs():
        yield from program.phones


def can_be_dialled(number: str) -> bool:
    if number.startswith("+"):
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    return bool(re.fullmatch(r"[2-9]\d{2}|\d{5,6}", number))


def stating(state: str, concept: str) -> list[ListingRecord]:
    return [
        record for record in FACILITIES if record.address.state == state and any(concept in p.offers for p in record.programs)
    ]


def test_the_file_says_which_schema_it_follows() -> None:
    """A reader of the file can refuse a shape that it does not know."""
    assert FILE.schema == PROVIDERS_SCHEMA


def test_the_importer_rejects_nothing() -> None:
    """What ships goes in whole."""
    assert list(ProvidersReader(PATH.read_bytes(), Vocabulary.load().by_id)) == LISTINGS


def test_every_listing_stands_on_a_line_of_its_own() -> None:
    """A change of one listing shows as one changed line."""
    lines = [line.rstrip(",") for line in TEXT.splitlines() if '"match_key"' in line]
    assert len(lines) == len(LISTINGS)
    assert all(isinstance(json.loads(line), dict) for line in lines)


def test_no_two_records_share_a_key() -> None:
    """A key finds one record, so that an update never lands on another place."""
    program_keys = Counter((program.source, program.key) for _, program in programs())
    match_keys = Counter(record.match_key for record in LISTINGS)
    assert [key for key, count in (program_keys + match_keys).items() if count > 1] == []


def test_every_program_names_a_source_that_nobody_paid() -> None:
    """The paid status of a starter listing comes from its source: it lists without payment."""
    assert {program.source for _, program in programs()} == set(SOURCES)
    assert {source.payment for source in SOURCES.values()} == {PaymentTerms.NOT_PAID}
    assert all(source.publisher and source.terms for source in SOURCES.values())


def test_every_program_is_dated() -> None:
    """Each record says when it was read, or its source says it for all."""
    assert all(program.retrieved_on or SOURCES[program.source].retrieved_on for _, program in programs())


def test_federal_facts_are_of_2024_and_unchecked() -> None:
    """The federal directory states an edition and no day of verification, so the file states none either."""
    federal = [program for _, program in programs() if program.source == "samhsa"]
    assert SOURCES["samhsa"].edition == "2024"
    assert federal
    assert all(program.checked_on is None for program in federal)


def test_every_offer_is_a_concept_of_the_vocabulary() -> None:
    """What a listing offers can be asked for."""
    known = set(Vocabulary.load().by_id)
    assert {o for _, p in programs() for o in (*p.offers, *p.denies)} <= known


def test_phones_are_real_numbers_or_short_codes() -> None:
    """Each number can be dialled: a valid one of the North American plan, or a code of three, five or six digits."""
    assert [phone for phone in set(phones()) if not can_be_dialled(phone.number)] == []


def test_no_number_is_reserved_for_fiction() -> None:
    """555-0100 to 555-0199 belong in fixtures."""
    assert [phone for phone in set(phones()) if re.search(r"55501\d\d$", phone.number)] == []


@pytest.mark.parametrize("number", NEVER)
def test_retired_and_unconfirmed_numbers_are_absent(number: str) -> None:
    """A number that ended, or that no owner confirms, reaches nobody."""
    assert number not in {phone.number.lstrip("+1") for phone in phones()}
    assert number not in re.sub(r"[ ().-]", "", TEXT)
    assert "press 3" not in TEXT.lower()


def test_the_national_lines_stand_in_the_file() -> None:
    """Whoever finds nothing near still finds a line."""
    national = {phone.number for r in LINES if r.reach is Reach.NATION for p in r.programs for phone in p.phones}
    assert national >= NATIONAL_NUMBERS


def test_every_number_of_a_line_says_who_answers() -> None:
    """Who picks up is stated for each number of a line, be it only as not known."""
    stated = {fact.number: fact for fact in FILE.answered_by}
    numbers = {phone.number for r in LINES for p in r.programs for phone in p.phones}
    assert numbers <= set(stated)
    assert all(fact.source_url for fact in FILE.answered_by if fact.answered_by is not AnsweredBy.UNKNOWN)


@pytest.mark.parametrize("state", sorted(STATES_AND_DC | TERRITORIES))
def test_every_state_and_territory_has_its_line_or_agency(state: str) -> None:
    """Each of the 56 jurisdictions names whom to call, if only the national helpline beside its agency."""
    served = [record for record in LINES if record.states_served == (state,)]
    assert served
    assert all(program.phones for record in served for program in record.programs)


def test_an_agency_without_a_confirmed_number_says_so() -> None:
    """The national helpline stands in for a number nobody confirmed, under its own name."""
    stand_ins = [
        record for record in LINES if record.states_served and record.programs[0].phones[0].label == "SAMHSA National Helpline"
    ]
    assert stand_ins
    assert all(record.programs[0].phones[0].number == SAMHSA_HELPLINE for record in stand_ins)
    assert all("could not confirm" in record.description for record in stand_ins)


def test_there_are_about_three_hundred_facilities() -> None:
    """Enough to try every page, few enough to read the file."""
    assert 280 <= len(FACILITIES) <= 320


@pytest.mark.parametrize("state", sorted(STATES_AND_DC))
def test_every_state_has_three_facilities(state: str) -> None:
    """No state answers with an empty page."""
    assert sum(record.address.state == state for record in FACILITIES) >= 3


@pytest.mark.parametrize("state", sorted({record.address.state for record in FACILITIES}))
def test_every_state_shows_the_basic_kinds_of_care(state: str) -> None:
    """Detox, residential and outpatient, except where the federal file itself has none."""
    missing = {(state, concept) for concept in BASIC_CARE if not stating(state, concept)}
    assert missing <= FEDERAL_HAS_NONE


def test_a_detox_stands_within_25_miles_of_monument() -> None:
    """The first search a newcomer is shown finds something."""
    centre = Gazetteer.load().zip_point("80132")
    assert centre is not None
    assert any(
        great_circle_miles(centre, Coordinates(record.lat or 0, record.lon or 0)) <= 25 for record in stating("CO", "care.detox")
    )


def test_every_facility_lies_in_its_state() -> None:
    """A point outside the state would send a person the wrong way."""
    boxes = {state.code: state for state in Gazetteer.load().states()}
    outside = [
        record.match_key
        for record in FACILITIES
        if record.lat is None
        or record.lon is None
        or not boxes[record.address.state].contains(Coordinates(record.lat, record.lon))
    ]
    assert outside == []


def test_every_facility_can_be_found_and_called() -> None:
    """A facility has a street, a city, a ZIP and a phone."""
    for record in FACILITIES:
        assert record.address.street
        assert record.address.city
        assert re.fullmatch(r"\d{5}", record.address.zip)
        assert any(program.phones for program in record.programs), record.match_key


def test_no_name_is_shouted() -> None:
    """Names in capitals are mended; short acronyms are names."""
    assert [r.name for r in FACILITIES if r.name.isupper() and len(r.name) > 8] == []
