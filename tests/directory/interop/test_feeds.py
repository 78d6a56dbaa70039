"""Feeds of everything: meetings as other finders load them, listings as tables and maps."""

from __future__ import annotations

import csv
import gzip
import io
import re
from typing import Any

import pytest
from small_directory import NOW

from directory.feeds.importing import run_import
from directory.interop.feeds.meeting_rows import types_of
from index.listing import ConceptId, Program, SourceRef

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@pytest.fixture
def rows(client):
    def rows(parameters: str = "") -> list[dict[str, Any]]:
        response = client.get(f"/feeds/meetings.json{parameters}")
        assert (response.status_code, response.content_type) == (200, "application/json")
        return response.get_json()

    return rows


class TestMeetings:
    def test_each_row_has_what_the_specification_requires(self, rows):
        """A name, a slug of its own, a day with Sunday as 0, a time, and a place or a link."""
        found = rows()
        assert len({row["slug"] for row in found}) == len(found) == 2
        for row in found:
            assert row["name"]
            assert row["day"] == 2
            assert CLOCK.fullmatch(row["time"])
            assert CLOCK.fullmatch(row["end_time"])
            assert row.get("address") or row.get("conference_url")
            assert isinstance(row["types"], list)

    def test_what_it_offers_becomes_type_codes(self, rows):
        types = {row["name"]: row["types"] for row in rows()}
        assert types == {"Sunrise Group": ["O", "W"], "Online Group": ["ONL"]}

    def test_a_type_that_says_two_things_is_found_by_both(self):
        """Type A is a secular meeting: secular in kind and in group."""
        source = SourceRef(name="feed", title="Feed", key="1")
        both = ("group.aa", "fmt.open", "care.secular", "group.secular")
        assert types_of(Program(id="p", source=source, offers=tuple(map(ConceptId, both)))) == ["O", "A"]
        assert types_of(Program(id="p", source=source, offers=tuple(map(ConceptId, both[:3])))) == ["O"]

    def test_the_origin_is_named(self, rows):
        row = rows()[0]
        assert row["entity"] == "Example County"
        assert row["entity_url"] == "https://example.org/list"
        assert row["feedback_url"].endswith("/report")

    def test_what_the_origin_says_of_an_entry_goes_along(self, client, empty_store, tmp_path):
        """Its keeper, its last edit and its own address for mistakes survive an import; the day of the import is nowhere."""
        import json

        from federal_places import served_over

        row = {"slug": "one", "name": "Sunrise Group", "day": 1, "time": "19:30", "address": "12 Elm Street", "city": "Monument"}
        row |= {"state": "CO", "postal_code": "80132", "entity": "Example Intergroup", "updated": "2026-10-02 08:00:00"}
        row["feedback_url"] = "https://example.org/feedback?meeting=one&token=secret"
        file = tmp_path / "feed.json"
        file.write_text(json.dumps([row]))
        run_import(empty_store, "meeting-guide", str(file), now=NOW)

        (handed_on,) = served_over(empty_store, tmp_path).get("/feeds/meetings.json").get_json()
        assert (handed_on["entity"], handed_on["updated"]) == ("Example Intergroup", "2026-10-02 00:00:00")
        assert handed_on["feedback_url"] == "https://example.org/feedback?meeting=one"
        assert "latitude" not in handed_on, "the feed has a street and no point: its ZIP code's would be taken for the door"

    def test_what_nobody_could_join_is_left_out(self, rows, client):
        """An online group without link or number stays in the table of all listings."""
        assert not any(row["name"] == "Lost Group" for row in rows())
        assert "Lost Group" in client.get("/feeds/listings.csv").text

    def test_one_fellowship_can_be_asked_for(self, rows, client):
        """A fellowship's own finder shows its own meetings."""
        assert [row["name"] for row in rows("?fellowship=group.na")] == ["Online Group"]
        assert client.get("/feeds/meetings.json?fellowship=pay.medicaid").status_code == 400

    def test_a_paying_group_says_so_before_its_name(self, rows, directory):
        directory.sponsor("Sunrise Group")
        found = next(row for row in rows() if "Sunrise" in row["name"])
        assert found["name"] == "Paid advertisement: Sunrise Group"
        assert found["disclosure"]["paid_status"] == "paid"

    def test_nobody_is_named(self, rows):
        """No field of a person exists in a row."""
        assert not any(re.search("contact|email|note|passcode", name) for row in rows() for name in row)

    def test_it_can_be_imported_again(self, client, empty_store, tmp_path):
        file = tmp_path / "meetings.json"
        file.write_bytes(client.get("/feeds/meetings.json?fellowship=group.aa").data)
        report = run_import(empty_store, "meeting-guide", str(file), now=NOW)

        (listing,) = empty_store.public_listings()
        assert report.rows_rejected == 0
        assert (listing.name, listing.programs[0].schedule[0].start_minute) == ("Sunrise Group", 1140)

    def test_each_row_says_whose_meeting_it_is(self, rows, client, empty_store, tmp_path):
        """In a feed of several fellowships nothing else does; who reads it again knows them all."""
        groups = {"Sunrise Group": "Alcoholics Anonymous", "Online Group": "Narcotics Anonymous"}
        assert {row["name"]: row["fellowship"] for row in rows()} == groups

        file = tmp_path / "meetings.json"
        file.write_bytes(client.get("/feeds/meetings.json").data)
        run_import(empty_store, "meeting-guide", str(file), now=NOW)
        found = {listing.name: listing.programs[0].offers[0] for listing in empty_store.public_listings()}
        assert found == {"Sunrise Group": "group.aa", "Online Group": "group.na"}


class TestListings:
    def test_the_table_has_a_status_in_every_row(self, client):
        rows = list(csv.DictReader(io.StringIO(client.get("/feeds/listings.csv").text)))
        assert len(rows) == 8
        assert all(row["paid_status"] and row["label"] for row in rows)

    def test_the_map_holds_every_listing(self, client):
        """One without a point has no geometry, and is there all the same."""
        features = client.get("/feeds/listings.geojson").get_json()["features"]
        assert len(features) == 8
        assert sum(feature["geometry"] is None for feature in features) == 3
        assert all(feature["properties"]["disclosure"]["label"] for feature in features)

    @pytest.mark.parametrize("path", ["/feeds/listings.csv", "/feeds/listings.geojson", "/feeds/hsds.json", "/locator/listing"])
    def test_what_a_source_keeps_for_itself_is_left_out(self, client, path):
        """Elm House comes from a list that may not be handed on; of Dogwood House only facts may."""
        text = client.get(path).text
        assert "Dogwood House" in text
        assert "Elm House" not in text
        assert "Quiet." not in text

    def test_it_is_gzipped_on_the_way(self, client):
        plain = client.get("/feeds/listings.csv")
        packed = client.get("/feeds/listings.csv", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data

    def test_a_kept_copy_is_asked_for_again(self, client):
        first = client.get("/feeds/listings.csv")
        assert first.headers["Cache-Control"] == "no-cache"
        assert client.get("/feeds/listings.csv", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
