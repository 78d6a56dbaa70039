"""The federal directory's other forms: locator exports, its pages, the list of opioid treatment programs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from directory.errors import ImportRefused
from directory.sources.federal.locator.csv_export import LocatorCsvReader
from directory.sources.federal.locator.json_answers import LocatorJsonReader
from directory.sources.federal.locator.pages import page_address, save_pages
from directory.sources.federal.locator.service_labels import ServiceLabels
from directory.sources.federal.otp import OtpReader, otp_source
from directory.sources.federal.rows import FederalReader, stated
from directory.sources.federal.samhsa import SamhsaReader, source_info
from directory.sources.reading import GazetteerLocalities, Reject, VocabularyCodes
from directory.sources.records import ListingRecord
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Precision

ADDRESS = "https://example.org/locator/exportsAsJson/v2?sType=both&sCodes=OTP,BU"


def tools() -> dict[str, Any]:
    return {
        "codes": VocabularyCodes(Vocabulary.load()),
        "localities": GazetteerLocalities(Gazetteer.load()),
    }


def read_csv(text: str) -> LocatorCsvReader:
    return LocatorCsvReader(text.encode().splitlines(keepends=True), source=source_info("2026"), **tools())


def read_json(*rows: Any) -> LocatorJsonReader:
    page = json.dumps({"page": 1, "totalPages": 1, "recordCount": len(rows), "rows": rows}, indent=1).encode()
    return LocatorJsonReader(page.splitlines(keepends=True), source=source_info("2026"), **tools())


def row(**changed: Any) -> dict[str, Any]:
    """Return a row of the locator's JSON, types as the locator types them."""
    return {
        "_irow": 1,
        "name1": "Cedar House",
        "name2": None,
        "street1": "12 North Elm Street",
        "street2": "",
        "city": "Monument",
        "state": "CO",
        "zip": "80132",
        "phone": "719-555-0123 x4",
        "intake1": None,
        "website": "http://www.example.org/care?id=7",
        "latitude": "39.09",
        "longitude": "-104.87",
        "miles": 0.2,
        "typeFacility": "SA",
        "services": [{"f1": "Type of Care", "f2": "TC", "f3": "Substance use treatment; Detoxification"}],
    } | changed


def only(reader: FederalReader) -> ListingRecord:
    (found,) = reader
    assert isinstance(found, ListingRecord), found
    return found


HEADER = (
    '"","name1","name2","street1","street2","city","state","zip","zip4","county","phone","intake_prompt","intake1","intake2",'
)
HEADER += '"website","latitude","longitude","type_facility","sa","dt","zzz"\n'
CEDAR = '"1","Cedar House","","12 North Elm Street","","Cambridge","MA",2139,"NA","","617-555-0123","","617-555-0123 x9","",'
CEDAR += '"http://www.example.org",42.36,-71.10,"SA",1,"1",\n'


class TestLocatorCsv:
    def test_a_column_with_one_is_a_code(self):
        """Columns are codes in lower case; 1 states the code, nothing says nothing."""
        program = only(read_csv(HEADER + CEDAR)).programs[0]

        assert program.source_codes == ("SA", "DT")
        assert program.offers == ("care.treatment", "care.detox")

    def test_defects_are_mended_and_counted(self):
        """A spreadsheet's ZIP code gets its zero back, an extension its own field."""
        reader = read_csv(HEADER + CEDAR)
        found = only(reader)

        assert found.address.zip == "02139"
        assert [phone.extension for phone in found.programs[0].phones] == ["", "9"]
        assert reader.repairs["lost_zip_zeros"] == 1

    def test_the_same_row_twice_is_merged(self):
        """Row numbers differ, the facility does not."""
        reader = read_csv(HEADER + CEDAR + CEDAR.replace('"1","Cedar', '"2","Cedar'))

        assert (len(list(reader)), reader.rows_merged, reader.rows_read) == (1, 1, 2)

    def test_an_unknown_column_is_reported(self):
        """A code nobody knows is kept and counted."""
        reader = read_csv(HEADER + CEDAR.replace('"1",\n', '"1",1\n'))

        assert only(reader).programs[0].source_codes == ("SA", "DT", "ZZZ")
        assert reader.unknown_codes == {"ZZZ": 1}

    def test_its_key_is_the_national_directorys(self):
        """The same facility in both forms is one program, so an import of either updates the other's."""
        lines = (
            b"facility_id,directory_type,name1,name2,street1,street2,city,state,zip,phone,service_code_info\n",
            b"x,substance,CEDAR HOUSE,,12 N Elm St.,,Cambridge,MA,2139,617-555-0123,SA DT\n",
        )
        (national,) = SamhsaReader(lines, edition="2024", **tools())

        assert only(read_csv(HEADER + CEDAR)).programs[0].key == national.programs[0].key

    @pytest.mark.parametrize(("wrong", "field"), [(('"SA"', '"XX"'), "type_facility"), (("42.36", "142.36"), "latitude")])
    def test_a_wrong_cell_rejects_its_row(self, wrong, field):
        """The reject says which field; the others go in."""
        first, second = read_csv(HEADER + CEDAR.replace(*wrong) + CEDAR)

        assert isinstance(first, Reject)
        assert first.field == field
        assert isinstance(second, ListingRecord)

    def test_another_table_is_refused(self):
        """A file without the locator's columns is no export."""
        with pytest.raises(ImportRefused, match="type_facility"):
            read_csv("name1,street1,city,state,zip\n")


class TestLocatorJson:
    def test_labels_become_codes_and_concepts(self):
        """The table of labels gives back the codes that the interface leaves out."""
        program = only(read_json(row())).programs[0]

        assert program.source_codes == ("SA", "DT")
        assert program.offers == ("care.treatment", "care.detox")

    def test_strings_are_read_as_numbers(self):
        """Coordinates come as strings; the website stays as stated."""
        found = only(read_json(row()))

        assert (found.lat, found.lon, found.precision) == (39.09, -104.87, Precision.STREET)
        assert found.website == "http://www.example.org/care?id=7"

    def test_an_opioid_treatment_program_has_no_services(self):
        """Its type says what it is."""
        program = only(read_json(row(typeFacility="OTP", services=None))).programs[0]

        assert program.offers == ("care.otp",)
        assert program.key.startswith("otp:")

    def test_the_types_second_spelling(self):
        """Some answers write type_facility; health centres appear too."""
        changed = row(services=None) | {"type_facility": "HRSA"}
        del changed["typeFacility"]

        assert only(read_json(changed)).programs[0].key.startswith("hrsa:")

    def test_a_label_nobody_has_seen_is_kept(self):
        """It stays among the codes in its own words and is reported."""
        reader = read_json(row(services=[{"f1": "X", "f2": "X", "f3": "Moon walking"}]))

        assert only(reader).programs[0].source_codes == ("Moon walking",)
        assert reader.unknown_codes == {"Moon walking": 1}

    def test_a_phone_nobody_can_read_is_left_out(self):
        """The facility stays; the loss is counted."""
        reader = read_json(row(intake1="ask at the desk"))

        assert len(only(reader).programs[0].phones) == 1
        assert reader.repairs["phone_unreadable_left_out"] == 1

    def test_a_row_that_is_no_row_is_rejected(self):
        """Every row is accounted for."""
        reader = read_json(row(), "text", row(services="SA"))
        items = list(reader)

        assert [type(item) for item in items] == [ListingRecord, Reject, Reject]
        assert reader.rows_read == 3

    def test_saved_pages_are_read_one_a_line(self):
        """Several answers in one file, as they were fetched."""
        pages = [json.dumps({"page": page, "totalPages": 2, "rows": [row(name1=f"House {page}")]}).encode() for page in (1, 2)]
        reader = LocatorJsonReader([page + b"\n" for page in pages], source=source_info("2026"), **tools())

        assert [found.name for found in reader] == ["House 1", "House 2"]


class TestLabels:
    @pytest.mark.parametrize(
        ("label", "category", "name", "code"),
        [
            pytest.param("Detoxification", "TC", "", "DT", id="plain"),
            pytest.param("Acamprosate (Campral®)", "PHR", "", "ACM", id="trademark"),
            pytest.param("Young adults", "AGE", "", "YAD", id="age accepted"),
            pytest.param("Young adults", "SG", "", "TAY", id="special group"),
            pytest.param("In-network prescribing entity", "", "External Opioid Medications Source", "INPE", id="opioids"),
            pytest.param("In-network prescribing entity", "", "Alcohol Medications Source", "AUINPE", id="alcohol"),
            pytest.param("Substance use counseling approach", "TAP", "", "SACA", id="wording of 2019"),
            pytest.param("Moon walking", "", "", None, id="unknown"),
        ],
    )
    def test_a_label_finds_its_code(self, label, category, name, code):
        """Wordings of several years and of both directories are known; the category decides between two codes."""
        assert ServiceLabels.load().code_of(label, category, name) == code

    def test_what_tables_write_for_nothing_is_nothing(self):
        """R writes NA, others null."""
        assert [stated(value) for value in ("NA", None, "null", 6708, " x ")] == ["", "", "", "6708", "x"]


class FakeLocator:
    """Answers pages; fails once at each of the given pages."""

    def __init__(self, pages: int, failing: tuple[int, ...] = ()) -> None:
        self.pages, self.failing, self.asked = pages, list(failing), []

    def __call__(self, address: str) -> bytes:
        page = int(address.rpartition("page=")[2])
        self.asked.append(page)
        if page in self.failing:
            self.failing.remove(page)
            raise OSError("timed out")
        return json.dumps({"page": page, "totalPages": self.pages, "rows": [row(name1=f"House {page}")]}, indent=2).encode()


class TestPages:
    def test_every_page_is_saved_with_a_pause_between(self, tmp_path: Path):
        """One line a page, and no page asked for faster than the pause allows."""
        pauses: list[float] = []
        locator = FakeLocator(3)
        count = save_pages(ADDRESS, tmp_path / "locator.json", sleep=pauses.append, fetch=locator)

        assert (count, locator.asked, pauses) == (3, [1, 2, 3], [2.0, 2.0])
        assert len((tmp_path / "locator.json").read_bytes().splitlines()) == 3

    def test_the_query_stays_the_callers(self):
        """Only the page changes; a page size is added where none is asked for."""
        assert page_address(f"{ADDRESS}&page=9", 2) == (
            "https://example.org/locator/exportsAsJson/v2?pageSize=2000&sType=both&sCodes=OTP,BU&page=2"
        )

    def test_a_failing_page_is_asked_for_again(self, tmp_path: Path):
        """A time-out is no end."""
        locator = FakeLocator(2, failing=(2,))
        save_pages(ADDRESS, tmp_path / "locator.json", sleep=lambda seconds: None, fetch=locator)

        assert locator.asked == [1, 2, 2]

    def test_an_interrupted_run_goes_on(self, tmp_path: Path):
        """Whole pages are not fetched twice, a half-written one is; before the end no finished file is there."""
        target = tmp_path / "locator.json"
        with pytest.raises(ImportRefused):
            save_pages(ADDRESS, target, sleep=lambda seconds: None, fetch=FakeLocator(3, failing=(3, 3, 3)))
        assert not target.exists()
        with target.with_name("locator.json.partial").open("ab") as file:
            file.write(b'{"page": 3, "tot')
        again = FakeLocator(3)
        save_pages(ADDRESS, target, sleep=lambda seconds: None, fetch=again)

        assert again.asked == [3]
        assert len(target.read_bytes().splitlines()) == 3

    def test_pages_of_another_week_are_not_joined_with_new_ones(self, tmp_path: Path):
        """Places come and go: page 2 of today need not follow page 1 of last week."""
        target = tmp_path / "locator.json"
        with pytest.raises(ImportRefused):
            save_pages(ADDRESS, target, sleep=lambda seconds: None, fetch=FakeLocator(3, failing=(2, 2, 2)))
        os.utime(target.with_name("locator.json.partial"), (1, 1))
        again = FakeLocator(3)
        save_pages(ADDRESS, target, sleep=lambda seconds: None, fetch=again)
        assert again.asked == [1, 2, 3]

    def test_what_a_crash_left_unreadable_is_fetched_again(self, tmp_path: Path):
        """A line that is no page, and everything behind it."""
        target = tmp_path / "locator.json"
        target.with_name("locator.json.partial").write_bytes(b'{"page": 1, "totalPages": 3, "rows": []}\n\0\0\0\n')
        again = FakeLocator(3)
        save_pages(ADDRESS, target, sleep=lambda seconds: None, fetch=again)
        assert again.asked == [2, 3]

    def test_a_server_that_ignores_the_page_number_is_refused(self, tmp_path: Path):
        """Its first page would be saved again and again."""
        with pytest.raises(ImportRefused, match="page 2 was asked for, and page 1 came"):
            save_pages(
                ADDRESS,
                tmp_path / "x",
                sleep=lambda seconds: None,
                fetch=lambda address: json.dumps({"page": 1, "totalPages": 2, "rows": []}).encode(),
            )

    def test_another_answer_is_refused(self, tmp_path: Path):
        """A page of HTML is no page of a locator."""
        with pytest.raises(ImportRefused, match="page 1"):
            save_pages(ADDRESS, tmp_path / "x", sleep=lambda seconds: None, fetch=lambda address: b"<html>")


class TestOtpList:
    HEADER = b"Program Name,Street,City,State,Zip Code,Phone,Certification,First Full Certification Date\n"

    def read(self, *lines: bytes, header: bytes = HEADER) -> OtpReader:
        return OtpReader([header, *lines], source=otp_source("2026", None), **tools())

    def test_a_program_states_what_it_is(self):
        """It offers methadone and states its certification with the year."""
        found = only(self.read(b"Cedar Clinic,12 Elm St,Monument,CO,80132,719-555-0123,Full,3/1/2004\n"))

        assert found.programs[0].offers == ("care.otp",)
        assert (found.licences[0].issuer, found.licences[0].year) == ("SAMHSA", 2004)

    def test_windows_letters_are_mended(self):
        """The file is Windows-1252."""
        reader = self.read("Clínica Cedro,12 Elm St,Monument,CO,80132,719-555-0123,,\n".encode("cp1252"))

        assert only(reader).name == "Clínica Cedro"
        assert reader.repairs["windows_1252"] == 1

    def test_the_geocoded_copy_is_read_too(self):
        """Other headings, coordinates, ZIP+4, no phone."""
        header = b"ID,ADDRESS,CITY,STATE,POSTAL,Latitude,Longitude\n"
        found = only(self.read(b"Cedar Clinic,12 Elm St,Monument,CO,80132-1234,39.09,-104.87\n", header=header))

        assert (found.address.zip, found.precision, found.programs[0].phones) == ("80132", Precision.STREET, ())

    def test_another_table_is_refused(self):
        """Without its columns it is another list."""
        with pytest.raises(ImportRefused, match="street"):
            self.read(header=b"Program Name,City,State,Zip\n")
