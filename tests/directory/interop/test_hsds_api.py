"""The read API of Human Services Data: what HSDS requires stands in every object, and our own importer reads it again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from small_directory import NOW

from directory.importing import run_import

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
        for one in ask("/services?full=true")["contents"]:
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


def test_export_and_import_lose_nothing(client, directory, empty_store, tmp_path):
    """Places, programs, numbers and everything stated come back."""
    file = tmp_path / "hsds.json"
    file.write_bytes(client.get("/feeds/hsds.json").data)
    report = run_import(empty_store, "hsds", str(file), now=NOW)

    assert report.rows_rejected == 0
    before = {one.name: one for one in directory.lookup.engine.all_listings()}
    for listing in empty_store.public_listings():
        held = before[listing.name]
        assert (listing.address.street, listing.lat, listing.lon) == (held.address.street, held.lat, held.lon)
        assert facts(listing) == facts(held)
        assert listing.website == held.website


def facts(listing: Any) -> set[Any]:
    return {
        (one.name, frozenset(one.offers), frozenset((phone.number, phone.extension) for phone in one.phones))
        for one in listing.programs
    }
