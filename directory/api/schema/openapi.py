"""The description of the API (OpenAPI 3.1), made from the shapes that it answers with."""

from __future__ import annotations

from typing import Any, Final, cast

import msgspec

from directory.api.schema import shapes
from directory.api.schema.guide_shapes import GuidesAnswer
from directory.api.schema.parameters import ABOUT, FIELDS, LANG, LISTING_ID, SEARCH, SUGGEST_LIMIT, WORDS, Schema
from directory.api.schema.reading_shapes import Understanding

DESCRIPTION: Final = """\
Search publicly listed treatment options. Money never changes the order of results.

Whoever shows a result shows its `disclosure.label`, before its name unless it says that nobody pays, and, beside each
number, who answers it (`phones[].statement`).

An answer that holds listings may be kept, but must be asked for again each time (`ETag`,
`If-None-Match`): a paid status may have changed. No key is needed; errors are problem+json (RFC 9457)."""

ANSWERS: Final[dict[str, type[msgspec.Struct]]] = {
    shape.__name__: shape
    for shape in (
        shapes.SearchAnswer,
        shapes.FeatureCollection,
        shapes.ListingAnswer,
        shapes.SuggestAnswer,
        shapes.VocabularyAnswer,
        shapes.CoverageAnswer,
        GuidesAnswer,
        Understanding,
        shapes.Problem,
        shapes.Health,
        shapes.Readiness,
    )
}
PROBLEMS: Final[dict[str, str]] = {
    "400": "An unknown parameter, a value that cannot be used, or an unknown place",
    "404": "A page past the end, or an unknown listing",
    "413": "More than 2,000 characters of text; `crisis` and `notices` are set when the words call for it",
    "415": "A body that is no form: it is not read",
    "429": "Too many requests from one address; `Retry-After` says how long to wait",
    "503": "Index or store cannot be read; `lines` still answer",
}
SELECTABLE: Final = {"Result": ["id", "disclosure"], "ListingAnswer": ["id", "disclosure", "meta"]}  # never dropped by `fields`


def openapi_document() -> Schema:
    """Return the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Treatment Directory", "version": "1", "description": DESCRIPTION},
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }


def _schemas() -> Schema:
    _, schemas = msgspec.json.schema_components(ANSWERS.values(), ref_template="#/components/schemas/{name}")
    for name, kept in SELECTABLE.items():
        schemas[name]["required"] = kept
    return cast("Schema", msgspec.json.decode(msgspec.json.encode(schemas)))  # defaults are tuples, JSON has arrays


def _paths() -> Schema:
    refused = ("400", "413", "429", "503")
    paged = ("404", *refused)
    search, words = [*SEARCH], [WORDS, LANG]
    anything: Schema = {"application/json": {"schema": {"type": "object"}}}
    one, closed = [LISTING_ID, FIELDS, LANG], ("400", "404", "429", "503")
    features, table = {"application/geo+json": _ref("FeatureCollection")}, {"text/csv": {"schema": {"type": "string"}}}
    return {
        "/api/v1/search": _search(_get("Search listings", search, _json("SearchAnswer"), *paged)),
        "/api/v1/search.geojson": _get("Search listings, as GeoJSON", search, features, *paged),
        "/api/v1/search.csv": _get("Search listings, as a table; `fields` names columns", search, table, *paged),
        "/api/v1/listings/{id}": _get("One listing", one, _json("ListingAnswer"), *closed),
        "/api/v1/suggest": _get("Completions while typing", [*words, SUGGEST_LIMIT], _json("SuggestAnswer"), *refused),
        "/api/v1/understand": _get("How words are read", words, _json("Understanding"), *refused),
        "/api/v1/vocabulary": _get("Every concept", [], _json("VocabularyAnswer"), "400", "429"),
        "/api/v1/coverage": _get("Listings by state", [], _json("CoverageAnswer"), "400", "429", "503"),
        "/api/v1/guides": _get("Guides, all or about some concepts", [ABOUT, LANG], _json("GuidesAnswer"), "400", "429"),
        "/api/v1/openapi.json": _get("This description", [], anything, "429"),
        "/healthz": _get("The process answers", [], _json("Health")),
        "/readyz": _ready(),
    }


def _get(summary: str, parameters: list[Schema], content: Schema, *problems: str) -> Schema:
    responses: Schema = {"200": {"description": summary, "content": content}}
    for status in problems:
        responses[status] = _problem(status)
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _problem(status: str) -> Schema:
    return {"description": PROBLEMS[status], "content": {"application/problem+json": _ref("Problem")}}


def _search(path: Schema) -> Schema:
    """Describe the search by form too: the same parameters in the body, which no address holds."""
    asked = {one["name"]: one["schema"] for one in path["get"]["parameters"]}
    form: Schema = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": asked}}}
    by_form = {"summary": "Search listings for what a person typed; nobody keeps the answer", "requestBody": {"content": form}}
    responses = path["get"]["responses"] | {"415": _problem("415")}
    return path | {"post": by_form | {"responses": responses}}


def _ready() -> Schema:
    path = _get("Whether this copy can answer searches", [], _json("Readiness"))
    path["get"]["responses"]["503"] = {"description": "Not ready; `problems` says why", "content": _json("Readiness")}
    return path


def _json(name: str) -> Schema:
    return {"application/json": _ref(name)}


def _ref(name: str) -> dict[str, Any]:  # a JSON object
    return {"schema": {"$ref": f"#/components/schemas/{name}"}}
