"""The National Directory as workbooks."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from directory.errors import ImportRefused
from directory.sources.federal.workbook import workbook_reader
from directory.sources.files.packed import Package, sheets
from directory.sources.reading import GazetteerLocalities, VocabularyCodes
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary

COLUMNS = ["name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "intake1", "service_code_info"]
CEDAR = ["Cedar House", None, "12 Elm St", None, "Cambridge", "MA", 2139, "617-555-0123", None, "SA DT * OP"]


def workbook(*rows: list[object], title: str = "Facilities") -> bytes:
    book = Workbook()
    book.active.title = "About"
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    book.create_sheet("Service Code").append(["category_name", "service_code", "service_name"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(content: bytes, name: str = "2025_SU_Facilities.xlsx"):
    codes, localities = VocabularyCodes(Vocabulary.load()), GazetteerLocalities(Gazetteer.load())
    return workbook_reader(content, name=name, edition="2025", codes=codes, localities=localities)


class TestWorkbook:
    def test_the_sheet_of_facilities_is_found_and_read(self):
        """Among other sheets; numbers in cells are ZIP codes again."""
        (found,) = read(workbook(COLUMNS, CEDAR))

        assert (found.name, found.address.zip) == ("Cedar House", "02139")
        assert found.programs[0].source_codes == ("SA", "DT", "OP")

    @pytest.mark.parametrize(
        ("name", "title", "directory"),
        [
            ("2025_SU_Facilities.xlsx", "Facilities", "substance"),
            ("2025_MH_Facilities.xlsx", "Facilities", "mental"),
            ("list.xlsx", "Mental Health", "mental"),
            ("list.xlsx", "Facilities", "substance"),
        ],
    )
    def test_the_directory_is_named_by_file_or_sheet_or_codes(self, name, title, directory):
        """Rows do not say which directory they are of."""
        (found,) = read(workbook(COLUMNS, CEDAR, title=title), name)

        assert found.programs[0].key.startswith(f"{directory}:")

    def test_without_facilities_it_is_refused(self):
        """A workbook of something else."""
        with pytest.raises(ImportRefused, match="service_code_info"):
            read(workbook(["name", "town"]))


class TestSheets:
    def test_cells_become_text(self):
        """Whole numbers lose their point, days and times are written plainly, empty rows are skipped."""
        content = workbook([7.0, 1.5, date(2026, 3, 1), datetime(2026, 3, 1, 10, 0), time(19, 30), None], [None])  # noqa: DTZ001
        rows = next(list(rows) for title, rows in sheets(content, "x.xlsx") if title == "Facilities")

        assert rows == [("7", "1.5", "2026-03-01", "2026-03-01", "19:30", "")]

    def test_a_package_is_no_workbook(self):
        """A ZIP of something else is refused by name."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as package:
            package.writestr("services.csv", "id")

        with pytest.raises(ImportRefused, match="no workbook"):
            list(sheets(content.getvalue(), "list.xlsx"))

    def test_damage_is_refused(self):
        """Not every file with the right ending is one."""
        with pytest.raises(ImportRefused, match="no ZIP"):
            Package(b"PK\x03\x04 cut short", "list.xlsx")
