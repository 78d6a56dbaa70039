"""What HSDS has no place for goes along in a member of our own, and comes back exactly."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.sources.hsds.own_facts import MEMBER, own_facts, with_own_facts
from directory.sources.hsds.reader import HsdsReader
from directory.sources.records import ListingRecord, ProgramRecord
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Address, ConceptId, Kind, Listing, ListingId, Phone, Program, Reach, SourceRef

BARE = ListingRecord(
    kind=Kind.FACILITY, name="Label: Name", match_key="key", programs=(ProgramRecord(source="hsds:copy", key="7", name="X"),)
)


def listing(**stated) -> tuple[Listing, Program]:
    source = SourceRef(name="county", title="County", key="1")
    program = Program(
        id="p",
        source=source,
        name="Detox",
        offers=(ConceptId("care.detox"),),
        denies=(ConceptId("pay.medicaid"),),
        phones=(Phone(number="+17195550101", label="intake", extension="7"),),
    )
    return Listing(id=ListingId("l"), name="Cedar House", programs=(program,), **{"kind": Kind.FACILITY} | stated), program


@settings(deadline=None)
@given(
    st.sampled_from(Kind),
    st.sampled_from(Reach),
    st.text(max_size=20),
    st.sampled_from([Address(), Address(city="Monument", state="CO", withheld=True)]),
)
def test_a_record_comes_back_as_it_went(kind, reach, hours, address):
    """As an object in JSON, and as text in a table."""
    one, program = listing(kind=kind, reach=reach, hours=hours, address=address)
    for member in (own_facts(one, program), json.dumps(own_facts(one, program))):
        record = with_own_facts(BARE, member)
        assert (record.kind, record.reach, record.hours, record.address, record.name) == (
            kind,
            reach,
            hours,
            address,
            "Cedar House",
        )
        back = record.programs[0]
        assert (back.name, back.denies, back.phones, back.offers) == (
            program.name,
            program.denies,
            program.phones,
            program.offers,
        )


def test_whose_record_it_is_stays_with_the_feed():
    """A member cannot speak in another source's name."""
    member = own_facts(*listing())
    member["program"] |= {"source": "samhsa", "key": "1"}
    (program,) = with_own_facts(BARE, member).programs
    assert (program.source, program.key) == ("hsds:copy", "7")


@pytest.mark.parametrize(
    "member",
    ["{", "[]", 7, {"listing": {}}, {"listing": {"kind": "facility", "name": "X", "programs": []}, "program": {"phones": [1]}}],
)
def test_what_we_do_not_write_is_an_error(member):
    with pytest.raises(ValueError, match=MEMBER):
        with_own_facts(BARE, member)


def test_two_of_one_name_without_a_place_stay_two():
    """They have nothing else by which to be told apart but their own keys."""
    services = [
        {"id": str(number), "name": "Line", "organization": {"name": "Line"}, MEMBER: own_facts(*listing())} for number in (1, 2)
    ]
    first, second = read(services)
    assert first.match_key != second.match_key


def test_what_we_exported_is_never_off_topic():
    """A program that states nothing is still one of ours; a 211's other services are left out as ever."""
    ours = {"id": "1", "name": "House", "organization": {"name": "House"}, MEMBER: own_facts(*listing())}
    others = [{"id": str(number), "name": "Food pantry", "organization": {"name": "Pantry"}} for number in range(2, 6)]
    assert [isinstance(one, ListingRecord) for one in read([ours, *others])] == [True, False, False, False, False]


def read(services: list[object]) -> HsdsReader:
    content = msgspec.json.encode(services)
    return HsdsReader(content, file_name="copy.json", vocabulary=Vocabulary.load(), gazetteer=Gazetteer.load())


def test_a_line_that_is_no_json_is_one_reject():
    lines = ['{"id": "1", "name": "Detox", "organization": {"name": "House"}}', "{no: json}"]
    first, second = read_lines(lines)
    assert (first.name, second.field) == ("House", "name")


def read_lines(lines: list[str]) -> HsdsReader:
    content = "\n".join(lines).encode()
    return HsdsReader(content, file_name="copy.json", vocabulary=Vocabulary.load(), gazetteer=Gazetteer.load())


@pytest.mark.parametrize("written", ["list", "lines", "marked", "wrapped"])
def test_services_come_in_many_wrappings(written):
    """Also a line each, as our own API hands them on."""
    services = [{"id": str(number), "name": "Detox", "organization": {"name": f"House {number}"}} for number in range(3)]
    content = {
        "list": json.dumps(services),
        "lines": "\n".join(map(json.dumps, services)),
        "marked": "\ufeff" + json.dumps(services),
        "wrapped": json.dumps({"data": {"services": services}}),
    }[written]
    reader = HsdsReader(content.encode(), file_name="copy.json", vocabulary=Vocabulary.load(), gazetteer=Gazetteer.load())
    assert [one.name for one in reader] == ["House 0", "House 1", "House 2"]
