"""`/api/v1/search`: the results page as JSON, CSV and GeoJSON."""

from __future__ import annotations

from time import perf_counter
from typing import Final, cast

from flask import Response, current_app
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from directory.api import arguments
from directory.api.blueprint import api
from directory.api.formats.answers import AnswerWriter
from directory.api.formats.rows import ALWAYS, FIELDS
from directory.api.formats.table import csv_columns, csv_text
from directory.api.selection import selected_fields
from directory.asking.query import SearchQuery
from directory.page import ResultPage
from directory.web import current
from directory.web.bodies import refuse_unread_bodies
from directory.web.http import changes_by_the_minute, holds_listings
from directory.web.kept_answers import keeps_answers

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
CSV: Final = "text/csv; charset=utf-8"
WRITER: Final = "directory.api.writer"


@api.record
def _make_writer(state: BlueprintSetupState) -> None:
    """Give each application its own writer, which keeps what its vocabulary and places say."""
    lookup = state.app.extensions[current.EXTENSION]
    state.app.extensions[WRITER] = AnswerWriter(lookup.vocabulary)


def writer() -> AnswerWriter:
    """Return the writer of this application."""
    return cast("AnswerWriter", current_app.extensions[WRITER])


@api.get("/search")
@holds_listings
@keeps_answers
def search() -> ResponseReturnValue:
    """Answer a search with results, groups beyond them, facets and what was understood."""
    return _answer_of(arguments.search_query())


def _answer_of(query: SearchQuery) -> Response:
    began = perf_counter()
    fields = selected_fields(query.fields, FIELDS, ALWAYS)
    page = current.lookup().search(query, now=current.now())
    return _answer(page, writer().search(page, fields, _milliseconds_since(began)), JSON)


@api.post("/search")
def search_from_a_form() -> ResponseReturnValue:
    """Answer a search whose parameters come in the body of a form; nobody keeps the answer.

    For what a person typed: addresses are kept by browsers, and scripts that measure a page report them. Any page may send such
    a form without asking first. Raises UnreadBody for what is no form.
    """
    refuse_unread_bodies()
    response = _answer_of(arguments.search_query())
    response.headers["Cache-Control"] = "no-store"
    return response


@api.get("/search.geojson")
@holds_listings
@keeps_answers
def search_geojson() -> ResponseReturnValue:
    """Answer a search as a GeoJSON feature collection of its results."""
    began = perf_counter()
    query = arguments.search_query()
    fields = selected_fields(query.fields, FIELDS, ALWAYS)
    page = current.lookup().search(query, now=current.now())
    body = writer().geojson(page, fields, _milliseconds_since(began))
    return _linked(_answer(page, body, GEOJSON), page, "/api/v1/search.geojson")


@api.get("/search.csv")
@holds_listings
@keeps_answers
def search_csv() -> ResponseReturnValue:
    """Answer a search as a table of its results, one listing a row."""
    query = arguments.search_query()
    columns = csv_columns(query.fields)
    page = current.lookup().search(query, now=current.now())
    response = _answer(page, csv_text(page.rows, columns).encode(), CSV)
    response.headers["Content-Disposition"] = 'attachment; filename="listings.csv"'
    return _linked(response, page, "/api/v1/search.csv")


def _answer(page: ResultPage, body: bytes, content_type: str) -> Response:
    response = Response(body, content_type=content_type)
    return changes_by_the_minute(response) if page.understanding.time else response


def _linked(response: Response, page: ResultPage, path: str) -> Response:
    """Name the next page in a header (RFC 8288), for formats whose body has no place for it."""
    if page.page < page.pages:
        response.headers["Link"] = f'<{page.query.url(path, page=page.page + 1)}>; rel="next"'
    return response


def _milliseconds_since(began: float) -> float:
    return (perf_counter() - began) * 1000
