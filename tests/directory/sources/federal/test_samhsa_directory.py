"""The National Directory: each row a program, every row accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.errors import ImportRefused
from directory.sources.federal.samhsa import SamhsaReader, edition_in_name, program_key
from directory.sources.matching import place_match_key
from directory.sources.reading import Locality, Reject
from directory.sources.records import ListingRecord, PaymentTerms
from index.geo.distance import Coordinates
from index.listing import Precision

SMALL_DIRECTORY = Path(__file__).parents[3] / "data" / "samhsa_small.csv"


class FewCodes:
    """A code table of what the small file states."""

    concepts = {  # noqa: RUF012 - a constant of a test double
        "DT": ("care.detox", True),
        "OP": ("care.outpatient", True),
        "CHLD": ("pop.adolescents", True),
        "NOOP": ("sub.opioids", False),
    }

    def concept_of_code(self, code):
        return self.concepts.get(code)

    def is_known_code(self, code):
        return code != "ZZZZ"


class FewPlaces:
    """Knows one ZIP code and one town."""

    def of_zip(self, zip5):
        known = Locality(Coordinates(42.36, -71.10), "Middlesex County", "America/New_York")
        return known if zip5 == "02139" else Locality()

    def city_point(self, city, state):
        return Coordinates(38.83, -104.82) if city == "Colorado Springs" else None


def reader_of(lines: list[bytes]) -> SamhsaReader:
    return SamhsaReader(lines, edition="2024", codes=FewCodes(), localities=FewPlaces())


@pytest.fixture
def small():
    """The reader after it has read everything, with what it yielded."""
    reader = reader_of(SMALL_DIRECTORY.read_bytes().splitlines(keepends=True))
    reader.yielded = list(reader)
    return reader


@pytest.fixture
def records(small) -> list[ListingRecord]:
    return [item for item in small.yielded if isinstance(item, ListingRecord)]


def named(records: list[ListingRecord], name: str) -> list[ListingRecord]:
    return [record for record in records if record.name == name]


def row(**cells: str) -> list[bytes]:
    """A file of one row; what is not given is a sound default."""
    header = ["directory_type", "name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "service_code_info"]
    sound = {
        "directory_type": "substance",
        "name1": "Cedar House",
        "street1": "12 Elm Street",
        "state": "CO",
        "zip": "80132",
    }
    cells = sound | cells
    return [",".join(header).encode() + b"\n", ",".join(cells.get(name, "") for name in header).encode()]


def test_every_row_is_accounted_for(small, records):
    """Read = imported + merged + rejected, so that nothing is lost in silence."""
    rejected = [item for item in small.yielded if isinstance(item, Reject)]

    assert small.rows_read == 10
    assert (len(records), small.rows_merged, len(rejected)) == (7, 1, 2)


def test_both_directories_meet_at_one_place(records):
    """Two spellings of one address have one match key and two program keys."""
    cedar = named(records, "Cedar House")

    assert len({record.match_key for record in cedar}) == 1
    assert {record.programs[0].key.partition(":")[0] for record in cedar} == {"substance", "mental"}


def test_programs_are_never_united(records):
    """Detox for adults and therapy for adolescents in one house are not detox for adolescents."""
    wanted = {"care.detox", "pop.adolescents"}
    stating_both = [record.name for record in records if wanted <= set(record.programs[0].offers)]

    assert stating_both == ["Riverbend Clinic"]


def test_a_withheld_street_stands_at_its_town(records):
    """Neither street nor building is kept, and the point is the town's, whatever point the file gives."""
    harbor = named(records, "Quiet Harbor")[0]

    assert harbor.address.withheld
    assert harbor.address.street == harbor.address.street2 == ""
    assert (harbor.lat, harbor.precision) == (38.83, Precision.CITY)


def test_equal_rows_at_withheld_streets_are_two_houses(records):
    """Nothing says that they are one: the address that would tell them apart is what is withheld."""
    keys = [record.programs[0].key for record in named(records, "Quiet Harbor")]

    assert keys == [keys[0], f"{keys[0]}:2"]


def test_equal_rows_at_a_street_are_one(small, records):
    """A fully identical row with a street is a repeat."""
    assert len(named(records, "MCCA")) == 1
    assert small.rows_merged == 1


def test_a_row_without_coordinates_gets_its_zip_codes_point(records):
    """And says so in its precision; the county and time zone come from the ZIP code too."""
    hillside = named(records, "Hillside Recovery Center of Boston")[0]

    assert hillside.precision is Precision.ZIP
    assert (hillside.address.zip, hillside.address.county) == ("02139", "Middlesex County")
    assert hillside.time_zone == "America/New_York"


def test_a_source_of_coordinates_says_how_exact_they_are(records):
    """`address:` is a street's point, `zip:` a ZIP code's."""
    assert [record.precision for record in named(records, "Cedar House")] == [Precision.STREET, Precision.ZIP]


def test_unknown_codes_are_kept_and_reported(small, records):
    """A code that the table does not know stays on the program and is counted."""
    assert "ZZZZ" in named(records, "Hillside Recovery Center of Boston")[0].programs[0].source_codes
    assert small.unknown_codes == {"ZZZZ": 1}


def test_phones_keep_their_order_without_repeats(records):
    """The main number first, then the intake lines; letters become digits."""
    riverbend = named(records, "Riverbend Clinic")[0].programs[0]

    assert [(phone.number, phone.label) for phone in riverbend.phones] == [
        ("+13035550110", "main"),
        ("+13035554357", "intake"),
    ]


def test_repairs_are_counted_by_name(small):
    """The report says how much was mended."""
    assert small.repairs["lost_zip_zeros"] == 1
    assert small.repairs["name_in_capitals"] == 1
    assert small.repairs["vanity_number"] == 1
    assert small.repairs["street_withheld"] == 2


def test_a_rejected_row_names_field_reason_and_key(small):
    """Its key is still read, so that an import leaves what it stored from it before untouched."""
    broken = small.yielded[-1]

    assert (broken.row, broken.field) == (10, "phone")
    assert broken.keys == (
        ("samhsa", program_key("substance", place_match_key("Broken Phone Clinic", "7 Oak Avenue", "80203"), "")),
    )


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        pytest.param({"zip": "ABCDE"}, "zip", id="ZIP code"),
        pytest.param({"state": "Colorado"}, "state", id="state"),
        pytest.param({"state": "ZZ"}, "state", id="two letters that are no state used to go in"),
        pytest.param({"directory_type": "dental"}, "directory_type", id="directory"),
        pytest.param({"name1": " "}, "name1", id="name"),
        pytest.param({"phone": "303-555"}, "phone", id="phone"),
        pytest.param({"service_code_info": "SA,more"}, "row", id="too many cells"),
    ],
)
def test_a_wrong_field_rejects_its_row(cells, field):
    """One bad field costs its row, not the file."""
    (rejected,) = reader_of(row(**cells))

    assert rejected.field == field


def test_a_stated_no_is_a_denial():
    """A negative code is its own value, and never an offer."""
    (record,) = reader_of(row(service_code_info="SA NOOP"))

    assert record.programs[0].denies == ("sub.opioids",)
    assert record.programs[0].offers == ()


def test_another_file_is_refused_with_the_missing_columns():
    """A list that only looks alike is not imported at all."""
    with pytest.raises(ImportRefused, match="columns directory_type, phone, service_code_info are missing"):
        reader_of([b"name1,name2,street1,street2,city,state,zip\n"])


def test_the_source_states_its_terms(small):
    """It lists without payment, may be handed on, and asks for no fee; nobody said when a row was checked."""
    (source,) = small.sources

    assert source.payment is PaymentTerms.NOT_PAID
    assert "for a fee" in source.terms
    assert source.edition == "2024"


@pytest.mark.parametrize(
    ("name", "edition"),
    [("samhsa_directory_2024_geocoded.csv.gz", "2024"), ("directory.csv", ""), ("from_2021_to_2024.csv", "")],
)
def test_the_edition_is_the_year_in_the_files_name(name, edition):
    """No year, or several, is an unknown edition."""
    assert edition_in_name(name) == edition
