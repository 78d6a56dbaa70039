"""The API over a real store, index and lookup: tests/data/samhsa_small.csv imported and published."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from web_fakes import make_settings

from directory import create_app
from directory.api.schema.openapi import openapi_document
from directory.feeds.importing import run_import
from directory.publish import Publisher
from directory.settings import Settings
from directory.store import open_store
from index.language.vocabulary import Vocabulary

FEDERAL = Path(__file__).parents[2] / "data" / "samhsa_small.csv"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a copy that serves ten federal rows."""
    home = tmp_path_factory.mktemp("copy")
    settings = make_settings(home=home, database_url=f"sqlite:///{home / 'directory.sqlite3'}")
    store = open_store(settings)
    store.migrate()
    run_import(store, "samhsa", str(FEDERAL), now=datetime(2026, 11, 21, tzinfo=UTC))
    Publisher(store, settings.index_root, Vocabulary.load()).publish()
    store.close()
    return settings


@pytest.fixture(scope="module")
def real(copy: Settings) -> FlaskClient:
    """A client of that copy."""
    return create_app(copy).test_client()


def search(client: FlaskClient, query: str) -> Any:
    """Return the answer to a search."""
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_json()


def names(answer: Any) -> list[str]:
    """Return the names of the results, in order."""
    return [row["name"] for row in answer["results"]]


class TestSearch:
    def test_finds_detox_near_a_zip_code(self, real: FlaskClient) -> None:
        """The first search of the README answers."""
        answer = search(real, "near=80132&offers=care.detox")
        assert names(answer) == ["Cedar House"]
        assert answer["results"][0]["distance_miles"] <= 25

    def test_one_program_states_everything(self, real: FlaskClient) -> None:
        """Cedar House's detox is for adults and its children's program is no detox: only Riverbend states both."""
        answer = search(real, "near=80132&radius=100&offers=care.detox&offers=pop.adolescents")
        assert names(answer) == ["Riverbend Clinic"]
        [row] = answer["results"]
        matched = next(program for program in row["programs"] if program["id"] == row["matched_program"])
        assert {"care.detox", "pop.adolescents"} <= set(matched["offers"])

    def test_federal_rows_claim_no_check_and_no_answerer(self, real: FlaskClient) -> None:
        """Nobody checked a federal row, and nobody said who answers its numbers."""
        row = search(real, "near=80132&offers=care.detox")["results"][0]
        assert row["checked_on"] is None
        assert {phone["answered_by"] for phone in row["phones"]} == {"unknown"}
        assert row["disclosure"]["paid_status"] == "not_paid"

    def test_words_are_understood(self, real: FlaskClient) -> None:
        """Free words become a concept and a place, with notices before the results."""
        answer = search(real, "q=klonopin+detox+near+monument+co")
        assert "sub.clonazepam" in [concept["id"] for concept in answer["query"]["concepts"]]
        assert answer["query"]["place"]["label"].startswith("Monument")
        assert "withdrawal-prescribed-sedative" in [notice["id"] for notice in answer["notices"]]

    def test_unknown_place_is_refused(self, real: FlaskClient) -> None:
        """A place that nobody knows never becomes everywhere."""
        response = real.get("/api/v1/search?near=Qqqqzzzz")
        assert (response.status_code, response.get_json(force=True)["parameter"]) == (400, "near")

    def test_unknown_place_in_the_words_is_refused_there(self, real: FlaskClient) -> None:
        """The answer names the part of the search in which the place stood."""
        response = real.get("/api/v1/search?q=detox+00000")
        assert (response.status_code, response.get_json(force=True)["parameter"]) == (400, "q")

    def test_page_past_the_end_is_refused(self, real: FlaskClient) -> None:
        """There is no second page of one result."""
        assert real.get("/api/v1/search?near=80132&offers=care.detox&page=2").status_code == 404


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/api/v1/search?q=klonopin+detox+near+denver", "/api/v1/search"),
        ("/api/v1/search?near=Denver,+CO&lang=es", "/api/v1/search"),
        ("/api/v1/search?q=i+want+to+die", "/api/v1/search"),
        ("/api/v1/search?near=springfield", "/api/v1/search"),
        ("/api/v1/search.geojson?near=80203", "/api/v1/search.geojson"),
        ("/api/v1/suggest?q=det", "/api/v1/suggest"),
        ("/api/v1/understand?q=no+12+step+near+denver", "/api/v1/understand"),
        ("/api/v1/understand?q=", "/api/v1/understand"),
        ("/api/v1/coverage", "/api/v1/coverage"),
        ("/readyz", "/readyz"),
    ],
)
def test_real_answer_keeps_the_description(real: FlaskClient, address: str, path: str) -> None:
    """What is really answered has the published shape."""
    document = openapi_document()
    [content] = document["paths"][path]["get"]["responses"]["200"]["content"].values()
    response = real.get(address)
    assert response.status_code == 200
    Draft202012Validator({**content["schema"], "components": document["components"]}).validate(response.get_json(force=True))


class TestListing:
    def test_has_the_numbers_of_every_program(self, real: FlaskClient) -> None:
        """Both programs of a place stand there, each with its own numbers."""
        found = search(real, "near=80132&offers=care.detox")["results"][0]
        answer = real.get(f"/api/v1/listings/{found['id']}").get_json()
        assert [len(program["phones"]) for program in answer["programs"]] == [2, 2]
        assert {phone["number"] for phone in answer["phones"]} == {"+17195550101", "+17195550102", "+17195550103"}

    def test_keeps_the_description(self, real: FlaskClient) -> None:
        """A real listing has the published shape."""
        found = search(real, "near=80132&offers=care.detox")["results"][0]
        document = openapi_document()
        schema = {"$ref": "#/components/schemas/ListingAnswer", "components": document["components"]}
        Draft202012Validator(schema).validate(real.get(f"/api/v1/listings/{found['id']}").get_json())


class TestUnreadable:
    def test_store_that_is_gone_is_no_unpaid_answer(self, copy: Settings, tmp_path: Path) -> None:
        """Without the records of who pays there is no answer, and the lines stand in it."""
        gone = make_settings(home=copy.home, database_url=f"sqlite:///{tmp_path / 'gone.sqlite3'}")
        response = create_app(gone).test_client().get("/api/v1/search?near=80132")
        assert (response.status_code, response.get_json(force=True)["type"]) == (503, "/problems/unavailable")

    def test_index_that_is_missing_is_no_empty_answer(self, copy: Settings, tmp_path: Path) -> None:
        """Without a generation there is no answer, rather than nothing found."""
        empty = make_settings(home=tmp_path, database_url=copy.database_url)
        assert create_app(empty).test_client().get("/api/v1/search?near=80132").status_code == 503
