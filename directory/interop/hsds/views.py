"""`/hsds`: the read API of Human Services Data, over places and lines; meetings have a feed of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from inspect import unwrap
from typing import Any, Final

import msgspec
from flask import Response, abort, make_response, request
from flask.typing import ResponseReturnValue

from directory.disclosure import RANKING_STATEMENT
from directory.errors import ListingNotFound
from directory.interop.blueprint import interop
from directory.interop.catalogue import Row
from directory.interop.feeds.streaming import streamed
from directory.interop.handed_on import Disclosed
from directory.interop.hsds import objects, selecting
from directory.interop.hsds.ids import uuid_of
from directory.interop.hsds.query import HsdsQuery, parse_hsds_query
from directory.interop.hsds.terms import TAXONOMY_ID, Json, concept_of_term, taxonomy, term, terms
from directory.interop.locator.views import catalogue, disclosed
from directory.sources.matching import fold_words
from directory.web import current
from directory.web.bodies import refuse_unread_bodies
from directory.web.http import changes_by_the_minute, holds_listings
from index.language.vocabulary_file import Concept
from index.listing import Kind

VERSION: Final = "3.1"
PROFILE: Final = "https://docs.openreferral.org/en/3.1/"
OPENAPI: Final = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema/openapi.json"
NDJSON: Final = "ndjson"
encode = msgspec.json.Encoder().encode


def _json(value: Any) -> Response:  # Any: JSON
    return Response(encode(value), content_type="application/json")


def _query() -> HsdsQuery:
    return parse_hsds_query(request.values, current.lookup().places)


@interop.get("/hsds/")
def about() -> ResponseReturnValue:
    """Say which version this is, and what a reader must know of money here."""
    lookup, lang = current.lookup(), current.language()
    meta = {"ranking": RANKING_STATEMENT[lang], "funding": lookup.funding(lang, today=current.now().date())}
    return _json({"version": VERSION, "profile": PROFILE, "openapi_url": OPENAPI, "meta": meta})


@interop.get("/hsds/services")
@holds_listings
def services() -> ResponseReturnValue:
    """Answer with a page of services; `minimal`: id and last change; `full`: everything; `format=ndjson`: all, a line each."""
    query, now = _query(), disclosed()
    rows = selecting.selected(query, catalogue(), now)
    if request.values.get("format") == NDJSON:
        lines = (encode(one) + b"\n" for one in _services(rows, query, now))
        return streamed(lines, "application/x-ndjson")
    return _json(selecting.page_of(rows, query, lambda page: _services(page, query, now)))


def _services(rows: Sequence[Row], query: HsdsQuery, now: Disclosed) -> Iterator[Json]:
    if query.minimal:
        return (_minimal(row) for row in rows)
    engine = current.lookup().engine
    found = selecting.programs(rows, engine)
    return (_with_organization(objects.service(listing, one, now, full=query.full), listing, now) for listing, one in found)


def _with_organization(service: Json, listing: Any, now: Disclosed) -> Json:
    return service if "organization" in service else service | {"organization": objects.organization(listing, now)}


def _minimal(row: Row) -> Json:
    made = {"id": uuid_of("service", row.key)}
    changed = objects.last_modified(row.modified)
    return made | ({"last_modified": changed, "modified_date": changed} if changed else {})


@interop.get("/hsds/services/<service_id>")
@holds_listings
def service(service_id: str) -> ResponseReturnValue:
    """Answer with one service and everything that hangs on it."""
    now = disclosed()
    row = _row_of(service_id, "service", now)
    listing, program = next(selecting.programs([row], current.lookup().engine))
    return _json(objects.service(listing, program, now, full=True))


def _row_of(asked: str, entity: str, now: Disclosed) -> Row:
    """Return the program that a UUID stands for. Raises ListingNotFound."""
    row = selecting.rows_by_uuid(catalogue(), entity).get(asked.casefold())
    if row is None or row.listing in now.withdrawn:
        raise ListingNotFound(asked)
    return row


@interop.get("/hsds/organizations")
@holds_listings
def organizations() -> ResponseReturnValue:
    """Answer with a page of organizations; with `full` or `full_service` their services and place too."""
    query, now = _query(), disclosed()
    rows = selecting.one_each(selecting.selected(query, catalogue(), now))
    return _json(selecting.page_of(rows, query, lambda page: _organizations(page, query, now)))


def _organizations(rows: Sequence[Row], query: HsdsQuery, now: Disclosed) -> Iterator[Json]:
    for listing, _ in selecting.programs(rows, current.lookup().engine):
        yield _organization(listing, now) if query.full else objects.organization(listing, now)


def _organization(listing: Any, now: Disclosed) -> Json:
    made = objects.organization(listing, now)
    made["services"] = [objects.service(listing, one, now, full=True) for one in listing.programs]
    return made | ({"locations": [objects.location(listing, now)]} if objects.has_place(listing) else {})


@interop.get("/hsds/organizations/<organization_id>")
@holds_listings
def organization(organization_id: str) -> ResponseReturnValue:
    """Answer with one organization, its services and its place."""
    now = disclosed()
    row = _row_of(organization_id, selecting.ORGANIZATION, now)
    listing, _ = next(selecting.programs([row], current.lookup().engine))
    return _json(_organization(listing, now))


@interop.get("/hsds/service_at_locations")
@holds_listings
def service_at_locations() -> ResponseReturnValue:
    """Answer with a page of services at places; `postcode` with `proximity` (metres), or lat, lon and `radius` (miles)."""
    query, now = _query(), disclosed()
    rows = [row for row in selecting.selected(query, catalogue(), now) if row.kind is not Kind.HELPLINE]  # a line is nowhere
    return _json(selecting.page_of(rows, query, lambda page: _at_locations(page, query, now)))


def _at_locations(rows: Iterable[Row], query: HsdsQuery, now: Disclosed) -> Iterator[Json]:
    for listing, program in selecting.programs(list(rows), current.lookup().engine):
        made = objects.service_at_location(listing, program, now)
        yield made | {"service": objects.service(listing, program, now, full=query.full)}


@interop.get("/hsds/service_at_locations/<at_location_id>")
@holds_listings
def service_at_location(at_location_id: str) -> ResponseReturnValue:
    """Answer with one service at its place."""
    now = disclosed()
    row = _row_of(at_location_id, "service_at_location", now)
    listing, program = next(selecting.programs([row], current.lookup().engine))
    made = objects.service_at_location(listing, program, now)
    return _json(made | {"service": objects.service(listing, program, now, full=True)})


@interop.get("/hsds/taxonomies")
def taxonomies() -> ResponseReturnValue:
    """Answer with the one taxonomy."""
    return _json(selecting.page_of([taxonomy()], _query(), lambda page: page))


@interop.get("/hsds/taxonomies/<taxonomy_id>")
def one_taxonomy(taxonomy_id: str) -> ResponseReturnValue:
    """Answer with the taxonomy."""
    return _json(taxonomy()) if taxonomy_id == TAXONOMY_ID else abort(404)


@interop.get("/hsds/taxonomy_terms")
def taxonomy_terms() -> ResponseReturnValue:
    """Answer with a page of terms; `parent_id`: those below one; `top_only`: those below none."""
    query, lang = _query(), current.language()
    found = [one for one in terms() if _is_asked(one, query)]
    return _json(selecting.page_of(found, query, lambda page: [term(one.id, lang) for one in page]))


def _is_asked(concept: Concept, query: HsdsQuery) -> bool:
    name = f" {fold_words(concept.label)}"
    return (
        all(f" {word}" in name for word in query.words)
        and (not query.top_only or concept.parent is None)
        and (not query.parent or (concept.parent is not None and term(concept.parent)["id"] == query.parent))
    )


@interop.get("/hsds/taxonomy_terms/<term_id>")
def one_term(term_id: str) -> ResponseReturnValue:
    """Answer with one term."""
    concept = concept_of_term().get(term_id)
    return _json(term(concept, current.language())) if concept else abort(404)


# HSDS names POST beside GET for each list, with the same parameters and the same answer.
LISTS: Final[Mapping[str, Callable[[], ResponseReturnValue]]] = {
    "services": services,
    "organizations": organizations,
    "service_at_locations": service_at_locations,
    "taxonomies": taxonomies,
    "taxonomy_terms": taxonomy_terms,
}


def _asked_by_form(view: Callable[[], ResponseReturnValue]) -> Callable[[], ResponseReturnValue]:
    """Return the view for a POST: read-only too, and nobody keeps what was not asked by an address."""

    def answer() -> ResponseReturnValue:
        refuse_unread_bodies()
        return changes_by_the_minute(make_response(unwrap(view)()))

    return answer


for _name, _view in LISTS.items():
    interop.add_url_rule(f"/hsds/{_name}", f"{_name}_by_form", _asked_by_form(_view), methods=["POST"])


@interop.get("/hsds/<path:unknown>")
def unknown(unknown: str) -> ResponseReturnValue:
    """Answer any other address of this API with a problem, as JSON."""
    abort(404)
