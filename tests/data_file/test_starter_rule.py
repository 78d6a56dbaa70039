"""How the starter list is made: which facilities are chosen, and what becomes of a hand-kept fact."""

from __future__ import annotations

from datetime import date

from directory.sources.records import AnsweredBy, ListingRecord, ProgramRecord
from index.geo.places import Gazetteer
from index.listing import Address, ConceptId, Kind, Phone, Precision
from scripts.starter.facts import Fact, answered_by_facts, listing_of
from scripts.starter.federal import places
from scripts.starter.selection import choose

DENVER, PUEBLO = ("Denver", 39.74, -104.98), ("Pueblo", 38.25, -104.61)
PHONE = Phone(number="+13035550100")


def place(
    name: str,
    town: tuple[str, float, float] = DENVER,
    *offers: str,
    phone: Phone = PHONE,
    directory: str = "substance",
) -> ListingRecord:
    """A fictional facility of the federal directory in Colorado."""
    city, lat, lon = town
    program = ProgramRecord(
        source="samhsa",
        key=f"{directory}:{name}",
        phones=(phone,),
        offers=tuple(map(ConceptId, offers)),
        source_codes=("SA",),
    )
    return ListingRecord(
        kind=Kind.FACILITY,
        name=name,
        match_key=name,
        programs=(program,),
        address=Address(street="1 Fictional Road", city=city, state="CO", zip="80202"),
        lat=lat,
        lon=lon,
        precision=Precision.STREET,
    )


def names(*records: ListingRecord) -> list[str]:
    return [record.name for record in choose(records, Gazetteer.load())]


def test_places_that_show_basic_care_come_first() -> None:
    """A state shows detox before its largest city's third counselling office."""
    offices = [place(f"Office {number}", DENVER, "care.outpatient") for number in range(4)]
    assert names(*offices, place("Cedar House", PUEBLO, "care.detox"))[0] == "Cedar House"


def test_cities_take_turns() -> None:
    """The second place stands in another city, though the first city has more people."""
    assert names(place("A", DENVER), place("B", DENVER), place("C", PUEBLO))[:2] == ["A", "C"]


def test_a_number_that_cannot_be_dialled_leaves_its_place_out() -> None:
    """The directory has typing errors: no area code begins with 1."""
    assert names(place("A", phone=Phone(number="+11235550100"))) == []


def test_a_name_that_breaks_off_leaves_its_place_out() -> None:
    """The directory cuts names at 38 characters and splits others over two fields."""
    assert names(place("Recovery House and"), place("X" * 38)) == []


def test_a_place_outside_its_state_is_left_out() -> None:
    """A wrong point would send a person the wrong way."""
    assert names(place("A", ("Denver", 25.0, -80.0))) == []


def test_two_rows_of_one_place_become_two_programs() -> None:
    """What one directory states stays apart from what the other states."""
    (joined,) = places([place("A", DENVER, "care.detox"), place("A", DENVER, "pop.adolescents", directory="mental")])
    assert [program.offers for program in joined.programs] == [("care.detox",), ("pop.adolescents",)]


def test_an_agency_without_a_number_stands_beside_the_national_helpline() -> None:
    """Nothing is guessed: the helpline's number stands under the helpline's name, and the listing says why."""
    record = listing_of(Fact(key="agency", name="Agency", state="CO"))
    assert record.programs[0].phones[0].label == "SAMHSA National Helpline"
    assert record.description


def test_a_newspaper_checks_nothing() -> None:
    """Only the owner's own dated page is a day of verification."""
    day = date(2024, 5, 1)
    owner = Fact(key="line", name="Line", page_date=day, page_by="owner")
    press = Fact(key="line", name="Line", page_date=day, page_by="press")
    assert owner.checked_on == day
    assert press.checked_on is None


def test_a_shared_number_is_answered_the_same_everywhere() -> None:
    """988 on a state's line is the national 988: the first fact speaks for the number."""
    national = Fact(key="988", name="988", phones=(Phone(number="988"),), answered_by=AnsweredBy.CALL_CENTER)
    state = Fact(key="line", name="Line", state="CO", phones=(Phone(number="988"),))
    assert [fact.answered_by for fact in answered_by_facts([national, state])] == [AnsweredBy.CALL_CENTER]
