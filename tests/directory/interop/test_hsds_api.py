"""The read API of Human Services Data: what HSDS requires stands in every object, and our own importer reads it again."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import msgspec
import pytest
from small_directory import NOW

from directory.answers.kept_here import handed_on
from directory.feeds.importing import run_import
from directory.interop.hsds.package import package as package_of
from directory.sources.hsds.own_facts import MEMBER
from index.listing import Kind, Listing

# What HSDS 3.1 requires of each object, by the member that holds it.
REQUIRED = {
    "service": ("id", "name", "status"),
    "organization": ("id", "name", "description"),
    "location": ("id", "location_type"),
    "service_at_locations": ("id",),
    "addresses": ("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "phones": ("id", "number"),
    "attributes": ("id",),
    "taxonomy_term": ("id", "name", "description"),
    "languages": ("id",),
    "service_areas": ("id",),
    "accessibility": ("id",),
    "schedules": ("id",),
}
PAGE = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents")
OFFICIAL = Path(__file__).parents[4] / "shared" / "data" / "hsds" / "hsds_3.1-dev.zip"


@pytest.fixture
def ask(client):
    def ask(path: str) -> Any:
        response = client.get(f"/hsds{path}")
        assert response.status_code == 200, response.text
        return response.get_json()

    return ask


def objects(value: Any, holder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object with the name of the member that holds it."""
    if isinstance(value, dict):
        yield holder, value
        for name, member in value.items():
            if name != MEMBER:  # of our own, with our own names
                yield from objects(member, name)
    elif isinstance(value, list):
        for one in value:
            yield from objects(one, holder)


def services(ask) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in ask("/services?full=true")["contents"]}


class TestShapes:
    def test_the_root_names_the_version(self, ask):
        root = ask("/")
        assert root["version"] == "3.1"
        assert root["openapi_url"].startswith("https://")

    def test_every_object_has_what_hsds_requires(self, ask):
        contents = ask("/services?full=true")["contents"]
        assert contents
        for one in contents:
            for holder, held in objects(one, "service"):
                missing = [name for name in REQUIRED.get(holder, ()) if name not in held]
                assert not missing, (holder, missing)

    def test_every_id_is_a_uuid_that_stays(self, ask):
        """They derive from minted ids, so a second generation has the same."""
        first, again = ask("/services?full=true"), ask("/services?full=true")
        ids = [held["id"] for _, held in objects(first["contents"], "service") if "id" in held]
        assert all(uuid.UUID(one).version == 5 for one in ids)
        assert first["contents"] == again["contents"]

    def test_nothing_is_null(self, ask):
        """HSDS types have no null."""
        text = json.dumps([one | {"disclosure": {}} for one in ask("/services?full=true")["contents"]])
        assert ": null" not in text.replace('"payer": null', "")

    def test_a_page_has_an_envelope(self, ask):
        page = ask("/services?per_page=4&page=2")
        assert tuple(page) == PAGE
        assert (page["total_items"], page["size"], page["first_page"], page["last_page"]) == (6, 2, False, True)

    def test_nothing_found_is_an_empty_page(self, ask):
        page = ask("/services?search=nowhere")
        assert (page["empty"], page["total_pages"], page["contents"]) == (True, 1, [])

    @pytest.mark.skipif(not OFFICIAL.exists(), reason="the official schemas are not at hand")
    @pytest.mark.parametrize(
        ("path", "schema"),
        [
            ("/services?full=true", "service"),
            ("/services", "service"),
            ("/organizations?full=true", "organization"),
            ("/service_at_locations?full=true", "service_at_location"),
            ("/taxonomies", "taxonomy"),
            ("/taxonomy_terms?per_page=500", "taxonomy_term"),
        ],
    )
    def test_answers_validate_against_the_official_schemas(self, ask, path, schema):
        from jsonschema import Draft202012Validator, FormatChecker
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        with ZipFile(OFFICIAL) as packed:
            held = {Path(name).name: json.loads(packed.read(name)) for name in packed.namelist() if _is_schema(name)}
        registry = Registry().with_resources(
            (name, Resource.from_contents(one, default_specification=DRAFT202012)) for name, one in held.items()
        )
        validator = Draft202012Validator(held[f"{schema}.json"], registry=registry, format_checker=FormatChecker())
        for one in ask(path)["contents"]:
            assert [error.message for error in validator.iter_errors(one)] == []


def _is_schema(name: str) -> bool:
    parts = Path(name).parts
    return name.endswith(".json") and "schema" in parts and "compiled" not in parts


class TestAsking:
    def test_a_service_can_be_asked_for_by_its_id(self, ask, client):
        held = services(ask)["Detox"]
        assert ask(f"/services/{held['id']}") == held
        assert client.get(f"/hsds/services/{uuid.uuid4()}").status_code == 404

    def test_minimal_lists_ids_alone(self, ask):
        page = ask("/services?minimal=true")
        assert page["size"] == 6
        assert all(set(one) <= {"id", "last_modified", "modified_date"} for one in page["contents"])

    def test_without_full_there_is_one_of_each(self, ask):
        one = ask("/services")["contents"][0]
        assert "organization" in one
        assert not {"phones", "attributes", "service_at_locations"} & set(one)

    def test_a_term_filters_by_id_and_by_code(self, ask):
        (term,) = [one for one in ask("/taxonomy_terms?search=buprenorphine")["contents"] if one["code"] == "med.buprenorphine"]
        for asked in (term["id"], "med.buprenorphine"):
            assert [one["name"] for one in ask(f"/services?taxonomy_term_id={asked}")["contents"]] == ["Detox"]

    def test_words_are_searched(self, ask):
        assert [one["name"] for one in ask("/services?search=birch+springs")["contents"]] == ["Birch Clinic"]

    def test_an_organization_has_its_services(self, ask):
        aspen = next(one for one in ask("/organizations?full_service=true")["contents"] if one["name"] == "Aspen Center")
        assert [one["name"] for one in aspen["services"]] == ["Detox", "Counseling"]
        assert ask(f"/services?organization_id={aspen['id']}")["total_items"] == 2
        assert ask(f"/organizations/{aspen['id']}") == aspen

    def test_near_a_postcode_in_metres_and_near_a_point_in_miles(self, ask):
        by_postcode = ask("/service_at_locations?postcode=80132&proximity=8000")
        by_point = ask("/service_at_locations?lat=39.0917&lon=-104.8728&radius=5")
        assert by_postcode["total_items"] == by_point["total_items"] == 2

    def test_changes_since_a_day_keep_what_nobody_dated(self, ask):
        """A service whose source states no day may have changed."""
        assert ask("/services?modified_after=2026-01-01T00:00:00Z")["total_items"] == 6

    def test_a_line_has_no_place_and_an_area(self, ask):
        line = services(ask)["Colorado Line"]
        assert line["service_areas"][0]["extent"] == "CO"
        assert "service_at_locations" not in line

    def test_all_of_it_can_be_had_a_line_each(self, client):
        lines = client.get("/hsds/services?format=ndjson").text.splitlines()
        assert len(lines) == 6
        assert all(json.loads(line)["id"] for line in lines)

    @pytest.mark.parametrize(
        "wrong", ["page=0", "full=perhaps", "taxonomy_term_id=x", "postcode=00000", "proximity=5", "lat=1", "colour=red"]
    )
    def test_a_value_that_cannot_be_used_is_a_problem(self, client, wrong):
        response = client.get(f"/hsds/services?{wrong}")
        assert (response.status_code, response.content_type) == (400, "application/problem+json")

    def test_a_page_past_the_end_is_not_found(self, client):
        assert client.get("/hsds/services?page=9").status_code == 404


class TestPosting:
    @pytest.mark.parametrize("path", ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"])
    def test_each_list_can_be_asked_for_by_a_form(self, ask, client, path):
        """HSDS names POST beside GET, with the same parameters and the same answer."""
        response = client.post(f"/hsds/{path}", data={"per_page": "2"})
        assert response.get_json() == ask(f"/{path}?per_page=2")
        assert response.headers["Cache-Control"] == "no-store"

    def test_parameters_may_stand_in_the_address_too(self, client):
        found = client.post("/hsds/services?search=birch", data={"minimal": "true"}).get_json()
        assert (found["total_items"], set(found["contents"][0]) <= {"id", "last_modified", "modified_date"}) == (1, True)

    @pytest.mark.parametrize("path", ["services", "organizations", "taxonomy_terms"])
    def test_a_body_that_is_not_read_is_refused(self, client, path):
        """Else it would answer everything, as if nothing had been asked."""
        response = client.post(f"/hsds/{path}", json={"search": "birch"})
        assert (response.status_code, response.content_type) == (415, "application/problem+json")
        assert "application/x-www-form-urlencoded" in response.get_json(force=True)["detail"]

    def test_nothing_can_be_written(self, client):
        """What HSDS has no POST for has none here."""
        assert client.post("/hsds/services/x", json={"name": "X"}).status_code == 405
        assert client.post("/hsds/services", data={"name": "X"}).status_code == 400


class TestTerms:
    def test_who_pays_is_said_before_the_name(self, ask, directory):
        directory.sponsor("Birch Clinic")
        held = services(ask)["Paid advertisement: Birch Clinic"]
        assert held["disclosure"]["paid_status"] == "paid"
        assert "Example Payer" in held["alert"]
        assert held["organization"]["name"].startswith("Paid advertisement: ")

    def test_each_number_says_who_answers(self, ask):
        assert all(phone["description"] for one in services(ask).values() for phone in one.get("phones", ()))

    def test_a_withdrawn_place_is_gone(self, ask, client, directory):
        held = services(ask)["Birch Clinic"]
        directory.take_down("Birch Clinic")
        assert "Birch Clinic" not in services(ask)
        assert client.get(f"/hsds/services/{held['id']}").status_code == 404


ROUND_TRIP = pytest.mark.parametrize("path", ["/feeds/hsds.json", "/feeds/hsds.zip"])


@ROUND_TRIP
def test_export_and_import_lose_nothing(client, directory, empty_store, tmp_path, path):
    """Places, lines, programs, numbers with what they are called, and everything stated or denied come back."""
    file = tmp_path / Path(path).name
    file.write_bytes(client.get(path).data)
    report = run_import(empty_store, "hsds", str(file), now=NOW)

    sent = [shown for one in directory.lookup.engine.all_listings() if (shown := handed_on(one)) and one.kind is not Kind.MEETING]
    assert (report.rows_rejected, report.repairs) == (0, {})
    assert sorted(map(facts, empty_store.public_listings()), key=str) == sorted(map(facts, sent), key=str)


@ROUND_TRIP
def test_a_second_round_changes_nothing(client, empty_store, tmp_path, path):
    """The same export again finds every record as it is."""
    file = tmp_path / Path(path).name
    file.write_bytes(client.get(path).data)
    run_import(empty_store, "hsds", str(file), now=NOW)
    report = run_import(empty_store, "hsds", str(file), now=NOW)
    assert (report.added, report.changed, report.listings_changed) == (0, 0, 0)


def test_a_paying_places_label_does_not_become_its_name(client, directory, empty_store, tmp_path):
    """Whether somebody pays is known where it is paid, not in a copy."""
    directory.sponsor("Birch Clinic")
    file = tmp_path / "hsds.json"
    file.write_bytes(client.get("/feeds/hsds.json").data)
    run_import(empty_store, "hsds", str(file), now=NOW)
    assert "Birch Clinic" in {one.name for one in empty_store.public_listings()}


def test_a_strange_member_is_left_out(client, empty_store, tmp_path):
    """Somebody else's field of the same name loses nothing but itself."""
    document = client.get("/feeds/hsds.json").get_json()
    for one in document["contents"]:
        one[MEMBER] = {"listing": {"kind": "castle"}, "program": {}}
    file = tmp_path / "hsds.json"
    file.write_text(json.dumps(document))
    report = run_import(empty_store, "hsds", str(file), now=NOW)
    assert report.repairs["own_facts_unreadable"] == len(document["contents"])
    assert report.rows_imported == len(document["contents"])


def facts(listing: Listing) -> Any:
    """Everything of a listing but ids, sources and the order of what it offers."""
    whole = msgspec.to_builtins(listing) | {"id": "", "stated_by": [], "phones": []}
    programs = [msgspec.to_builtins(one) | {"id": "", "source": "", "offers": sorted(one.offers)} for one in listing.programs]
    return whole | {"programs": sorted(programs, key=str)}


class TestPackage:
    @pytest.fixture
    def package(self, client) -> ZipFile:
        response = client.get("/feeds/hsds.zip")
        assert response.content_type == "application/zip"
        return ZipFile(io.BytesIO(response.data))

    def rows(self, package: ZipFile, table: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(package.read(f"{table}.csv").decode())))

    def test_its_description_names_every_table_and_column(self, package):
        described = json.loads(package.read("datapackage.json"))
        for resource in described["resources"]:
            header = package.read(resource["path"]).decode().splitlines()[0]
            assert header.split(",") == [one["name"] for one in resource["schema"]["fields"]]
        assert {one["path"] for one in described["resources"]} | {"datapackage.json"} == set(package.namelist())

    def test_rows_point_to_rows_that_are_there(self, package):
        """Every organization, place and term once."""
        held = {
            table: [row["id"] for row in self.rows(package, table)] for table in ("organizations", "locations", "taxonomy_terms")
        }
        assert all(len(ids) == len(set(ids)) for ids in held.values())
        assert {row["organization_id"] for row in self.rows(package, "services")} == set(held["organizations"])
        assert {row["location_id"] for row in self.rows(package, "service_at_location")} == set(held["locations"])
        assert {row["taxonomy_term_id"] for row in self.rows(package, "attributes")} == set(held["taxonomy_terms"])

    def test_every_service_says_who_pays(self, client, directory):
        directory.sponsor("Birch Clinic")
        package = ZipFile(io.BytesIO(client.get("/feeds/hsds.zip").data))
        (paying,) = [row for row in self.rows(package, "services") if row["name"].startswith("Paid advertisement: ")]
        assert json.loads(paying["disclosure"])["payer"] == "Example Payer"
        assert all(json.loads(row["disclosure"])["label"] for row in self.rows(package, "services"))

    def test_it_goes_out_while_it_is_made(self):
        """Nobody waits for the last of many services before the first byte."""
        made = iter(package_of(full_service(number) for number in range(2000)))
        first = next(made)
        assert first.startswith(b"PK")
        assert sum(map(len, made)) > len(first)

    @pytest.mark.skipif(not OFFICIAL.exists(), reason="the official schemas are not at hand")
    def test_its_columns_are_those_of_the_official_tables(self, package):
        """Ours stand behind them and are named in the documentation."""
        with ZipFile(OFFICIAL) as packed:
            name = min((one for one in packed.namelist() if one.endswith("datapackage.json")), key=len)
            official = {
                one["path"]: [field["name"] for field in one["schema"]["fields"]]
                for one in json.loads(packed.read(name))["resources"]
            }
        ours = {MEMBER, "disclosure", "answered_by", "label"}
        for resource in json.loads(package.read("datapackage.json"))["resources"]:
            columns = {one["name"] for one in resource["schema"]["fields"]}
            assert columns - ours <= set(official[resource["path"]]), resource["path"]


def full_service(number: int) -> dict[str, Any]:
    term = msgspec.Raw(b'{"id":"term","name":"Detox"}')
    attributes = [{"id": f"{number}-{one}", "taxonomy_term_id": "term", "taxonomy_term": term} for one in range(20)]
    return {
        "id": str(number),
        "name": f"House {number}",
        "organization": {"id": f"o{number}", "name": "X"},
        "attributes": attributes,
    }
