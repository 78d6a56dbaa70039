"""Any search can be had as a feed: everything that it finds, whatever the page, in every format."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from zipfile import ZipFile

import pytest
from werkzeug.datastructures import MultiDict

from directory.commands.export import write_published
from directory.interop.feeds import chosen
from index.errors import PageNotFound
from index.listing import ListingId
from index.request import SearchRequest
from index.results import Hit, Results


@pytest.fixture
def names(client):
    def names(query: str) -> list[str]:
        response = client.get(f"/feeds/listings.csv?{query}")
        assert response.status_code == 200, response.text
        return [row["name"] for row in csv.DictReader(io.StringIO(response.text))]

    return names


class TestChoosing:
    def test_words_find_what_they_find_on_the_site(self, names, client):
        found = client.get("/api/v1/search?q=buprenorphine+near+monument+co").get_json()
        assert names("q=buprenorphine+near+monument+co") == [row["name"] for row in found["results"]] == ["Aspen Center"]

    def test_a_feed_has_no_pages(self, names, directory, monkeypatch):
        """More than one page of the engine is read to its end, in the search's order."""
        every = names("kind=facility&near=CO")
        monkeypatch.setattr(chosen, "MAX_PER_PAGE", 2)
        assert names("kind=facility&near=CO") == every
        assert len(every) == 4

    def test_a_generation_that_shrinks_meanwhile_ends_the_feed(self):
        """What was found stays found once; nothing fails half-way."""

        class Shrinking:
            pages = iter([("a", "b"), ("b", "c")])

            def search(self, request: SearchRequest) -> Results:
                if request.page == 3:
                    raise PageNotFound(3, 2)
                hits = tuple(Hit(ListingId(one), b"") for one in next(self.pages))
                return Results(total=9, page=request.page, per_page=2, hits=hits)

        assert list(chosen.every_match(Shrinking(), SearchRequest())) == ["a", "b", "c"]

    @pytest.mark.parametrize("wrong", ["page=2", "per_page=5", "fields=name", "colour=red", "kind=castle"])
    def test_what_makes_no_sense_is_refused_before_anything_is_written(self, client, wrong):
        assert client.get(f"/feeds/listings.csv?{wrong}").status_code == 400

    def test_an_unknown_place_is_never_everything(self, client):
        assert client.get("/feeds/listings.csv?near=Nowhereville").status_code == 400

    def test_near_me_without_a_position_finds_nothing(self, names):
        assert names("q=detox+near+me") == []

    def test_what_is_kept_here_stays_here(self, names):
        assert "Elm House" not in names("near=CO&kind=facility")

    def test_what_names_a_time_is_kept_by_nobody(self, client):
        timely = client.get("/feeds/meetings.json?q=meetings+tonight+monument+co")
        assert timely.headers["Cache-Control"] == "no-store"


class TestFormats:
    def test_a_map_of_a_search(self, client):
        features = client.get("/feeds/listings.geojson?offers=med.buprenorphine").get_json()["features"]
        assert [one["properties"]["name"] for one in features] == ["Aspen Center"]

    def test_meetings_of_a_search(self, client):
        """Nobody has to say that a feed of meetings wants meetings."""
        rows = client.get("/feeds/meetings.json?near=80132").get_json()
        assert [one["name"] for one in rows] == ["Sunrise Group"]

    def test_services_of_a_search(self, client):
        contents = client.get("/feeds/hsds.json?offers=med.buprenorphine").get_json()["contents"]
        package = ZipFile(io.BytesIO(client.get("/feeds/hsds.zip?offers=med.buprenorphine").data))
        rows = list(csv.DictReader(io.StringIO(package.read("services.csv").decode())))
        assert [one["name"] for one in contents] == [row["name"] for row in rows] == ["Detox", "Counseling"]


class TestCommand:
    @pytest.mark.parametrize("form", ["csv", "geojson", "meeting-guide", "hsds", "hsds-package"])
    def test_it_writes_what_the_feed_holds(self, directory, client, form):
        address = {"csv": "listings.csv", "geojson": "listings.geojson", "meeting-guide": "meetings.json", "hsds": "hsds.json"}
        stream = io.BytesIO()
        settings = replace(directory.lookup.settings, public_url="http://localhost")
        write_published(settings, directory.store, form, MultiDict({"near": "CO"}), stream)
        if form == "hsds-package":
            assert "services.csv" in ZipFile(stream).namelist()
            return
        served = client.get(f"/feeds/{address[form]}?near=CO").text
        assert stream.getvalue().decode() == served
        assert form == "csv" or json.loads(served)

    def test_a_copy_that_does_not_know_its_address_writes_none(self, directory):
        """Half of an address leads nowhere."""
        stream = io.BytesIO()
        write_published(directory.lookup.settings, directory.store, "meeting-guide", MultiDict(), stream)
        rows = json.loads(stream.getvalue())
        assert rows
        assert not any({"url", "feedback_url"} & set(row) for row in rows)
