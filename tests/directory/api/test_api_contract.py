"""The published description is valid, and every answer keeps it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from web_fakes import PAID, FakeLookup, make_card, make_row

from directory.api.formats.rows import ALWAYS, FIELDS, rows_json
from directory.api.formats.table import COLUMNS, csv_columns
from directory.api.schema.openapi import openapi_document
from directory.api.selection import selected_fields
from directory.asking.query import PARAMETERS
from directory.errors import StoreUnavailable

DOCUMENT = openapi_document()


def check(answer: Any, path: str, status: str = "200") -> None:
    """Validate an answer against the description of its path."""
    [content] = DOCUMENT["paths"][path]["get"]["responses"][status]["content"].values()
    Draft202012Validator({**content["schema"], "components": DOCUMENT["components"]}).validate(answer)


def test_description_is_valid() -> None:
    """The description is OpenAPI 3.1 as its authors check it."""
    validate(DOCUMENT)


def test_description_is_served(get: Any) -> None:
    """The live copy describes itself."""
    assert get("/openapi.json")["paths"].keys() == DOCUMENT["paths"].keys()


def test_description_names_the_parameters_that_are_accepted() -> None:
    """No parameter is accepted in silence, none is promised in vain."""
    described = [parameter["name"] for parameter in DOCUMENT["paths"]["/api/v1/search"]["get"]["parameters"]]
    assert sorted(described) == sorted(PARAMETERS)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/search?near=Denver", "/api/v1/search"),
        ("/search?fields=name", "/api/v1/search"),
        ("/search.geojson", "/api/v1/search.geojson"),
        ("/listings/l-cedar", "/api/v1/listings/{id}"),
        ("/suggest?q=de", "/api/v1/suggest"),
        ("/understand?q=detox", "/api/v1/understand"),
        ("/vocabulary", "/api/v1/vocabulary"),
        ("/coverage", "/api/v1/coverage"),
        ("/guides", "/api/v1/guides"),
        ("/guides?offers=sub.clonazepam&lang=es", "/api/v1/guides"),
    ],
)
def test_answer_keeps_the_description(get: Any, address: str, path: str) -> None:
    """Every answer has the described shape, and no member beyond it."""
    check(get(address), path)


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_keeps_the_description(client: FlaskClient, address: str) -> None:
    """The health of a copy is described too."""
    check(client.get(address).get_json(), address)


def test_problem_keeps_the_description(get: Any, lookup: FakeLookup) -> None:
    """Errors have a described shape as well, with lines where nobody else can answer."""
    check(get("/search?radios=5", 400), "/api/v1/search", "400")
    lookup.failure = StoreUnavailable("no store")
    problem = get("/search", 503)
    check(problem, "/api/v1/search", "503")
    assert "help.988" in [line["id"] for line in problem["lines"]]


@settings(max_examples=200, deadline=None)
@given(asked=st.lists(st.sampled_from(FIELDS)))
def test_no_selection_drops_the_disclosure(asked: list[str]) -> None:
    """Whatever members are asked for, who paid stands in the row, and who answers stands at each number."""
    row = msgspec.json.decode(rows_json((make_row(ROW_CARD),), selected_fields(asked, FIELDS, ALWAYS)))
    assert row["disclosure"]["label"] == "Paid advertisement"
    assert all("answered_by" in phone for phone in row.get("phones", []))


@settings(max_examples=200, deadline=None)
@given(asked=st.lists(st.sampled_from(COLUMNS)))
def test_no_selection_of_columns_drops_the_disclosure(asked: list[str]) -> None:
    """In a table, too."""
    assert {"id", "paid_status", "payer", "label"} <= set(csv_columns(tuple(asked)))


ROW_CARD = make_card(disclosure=PAID)
