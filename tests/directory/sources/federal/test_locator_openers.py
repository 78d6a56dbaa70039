"""One importer reads every form of the federal directory, told apart by how a file begins."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from directory.errors import ImportRefused
from directory.feeds.importing import run_import
from directory.sources.federal.locator import pages as locator_pages
from directory.sources.feed_options import FeedOptions
from directory.sources.openers import OPENERS, open_federal
from directory.store import Store

NATIONAL = (
    "facility_id,directory_type,name1,name2,street1,street2,city,state,zip,phone,service_code_info\n"
    "x,substance,Cedar House,,12 Elm St,,Monument,CO,80132,719-555-0123,SA DT\n"
)
EXPORT = (
    "name1,name2,street1,street2,city,state,zip,phone,website,latitude,longitude,type_facility,sa,dt\n"
    "Cedar House,,12 Elm St,,Monument,CO,80132,719-555-0123,http://www.example.org,39.09,-104.87,SA,1,1\n"
)
ROW = {
    "name1": "Cedar House", "street1": "12 Elm St", "city": "Monument", "state": "CO", "zip": "80132", "phone": "719-555-0123",
    "typeFacility": "SA", "services": [{"f1": "", "f2": "TC", "f3": "Substance use treatment; Detoxification"}],
}  # fmt: skip


def page(number: int = 1, pages: int = 1) -> bytes:
    return json.dumps({"page": number, "totalPages": pages, "rows": [ROW | {"name1": f"Cedar House {number}"}]}).encode()


def workbook() -> bytes:
    book, content = Workbook(), io.BytesIO()
    for line in NATIONAL.splitlines():
        book.active.append(line.split(",")[2:])
    book.save(content)
    return content.getvalue()


@dataclass
class File:
    """An opened file."""

    content: bytes
    name: str = "list_2026"
    retrieved_on: date | None = None

    def lines(self) -> Iterator[bytes]:
        yield from self.content.splitlines(keepends=True)

    def read(self) -> bytes:
        return self.content


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path}/directory.db")
    opened.migrate()
    yield opened
    opened.close()


class TestForms:
    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(NATIONAL.encode(), id="national directory"),
            pytest.param(EXPORT.encode(), id="locator export"),
            pytest.param(page(), id="locator answer"),
            pytest.param(b"\xef\xbb\xbf" + EXPORT.encode(), id="with a byte order mark"),
        ],
    )
    def test_each_form_states_the_same_facility(self, content):
        """Name, codes and source agree, whatever the form."""
        reader = open_federal(File(content), FeedOptions())
        (found,) = reader

        assert found.name.startswith("Cedar House")
        assert found.programs[0].source_codes == ("SA", "DT")
        assert (reader.sources[0].name, reader.sources[0].edition) == ("samhsa", "2026")

    def test_a_workbook_too(self):
        """Its bytes are a ZIP file's."""
        (found,) = open_federal(File(workbook(), "2026_SU.xlsx"), FeedOptions())

        assert found.programs[0].source_codes == ("SA", "DT")

    def test_the_day_of_fetching_is_the_locators_edition(self):
        """The locator has no editions; the newer of two forms must win."""
        reader = open_federal(File(page(), "v2"), FeedOptions(retrieved_on=date(2026, 3, 1)))

        assert reader.sources[0].edition == "2026-03-01"

    def test_an_exports_name_tells_its_day(self):
        """The locator names its files so."""
        reader = open_federal(File(EXPORT.encode(), "FindTreament_Facility_listing_2026_03_01_101500.csv"), FeedOptions())

        assert reader.sources[0].edition == "2026-03-01"

    def test_another_file_is_refused(self):
        """JSON without rows is no form of the directory."""
        with pytest.raises(ImportRefused, match="not the National Directory"):
            open_federal(File(b'{"page": 1}'), FeedOptions())

    def test_every_importer_has_an_opener(self):
        """The names that the command line takes."""
        assert set(OPENERS) == {"samhsa", "otp", "meeting-guide", "bmlt", "hsds", "table"}


class TestImporting:
    NOW = datetime(2026, 3, 1, tzinfo=UTC)

    def test_a_newer_form_replaces_the_older_program(self, store, tmp_path):
        """The same facility in two feeds is one listing with one program, of the newer edition."""
        for name, content in (("directory_2024.csv", NATIONAL), ("listing_2026.csv", EXPORT)):
            (tmp_path / name).write_text(content)
            run_import(store, "samhsa", str(tmp_path / name), now=self.NOW)
        (listing,) = store.public_listings()

        assert [program.source.edition for program in listing.programs] == ["2026"]
        assert listing.website == "http://www.example.org"

    def test_a_locators_address_is_fetched_page_by_page(self, store, tmp_path, monkeypatch):
        """Every page arrives, and nothing of them is left behind."""
        asked = []

        def save(address, target, *, sleep, fetch):
            asked.append(address)
            target.write_bytes(page(1, 2) + b"\n" + page(2, 2) + b"\n")
            return 2

        monkeypatch.setattr(locator_pages, "save_pages", save)
        address = "https://example.org/locator/exportsAsJson/v2?sType=sa"
        report = run_import(store, "samhsa", address, now=self.NOW, rejects_path=tmp_path / "rejects.csv")

        assert (asked, report.rows_imported) == ([address], 2)
        assert not list(tmp_path.glob("locator-*"))

    def test_the_file_beside_a_list_is_used(self, store, tmp_path):
        """It says of the feed what the feed does not: here the fellowship."""
        feed = tmp_path / "meetings.json"
        feed.write_text(
            json.dumps([{"slug": "a", "name": "Sunrise", "day": 1, "time": "19:30", "city": "Monument", "state": "CO"}])
        )
        feed.with_name("meetings.json.toml").write_text('[source]\nname = "example"\nfellowship = "NA"\n')
        run_import(store, "meeting-guide", str(feed), now=self.NOW)
        (listing,) = store.public_listings()

        assert listing.programs[0].offers[0] == "group.na"
        assert listing.programs[0].source.name == "meeting-guide:example"

    def test_an_unchanged_feed_changes_nothing(self, store, tmp_path):
        """Every import of the same content after the first is without effect, and every row is accounted for."""
        file = tmp_path / "listing_2026.csv"
        file.write_text(EXPORT)
        first, second = (run_import(store, "samhsa", str(file), now=self.NOW) for _ in range(2))

        assert (first.added, second.added, second.unchanged, second.listings_changed) == (1, 0, 1, 0)
        assert second.rows_read == second.rows_imported + second.rows_merged + second.rows_rejected
