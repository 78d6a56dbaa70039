"""`/locator/listing` and `/locator/exportsAsJson/v2`: the federal locator's two addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import msgspec
from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from directory.interop.blueprint import CATALOGUES, interop
from directory.interop.catalogue import Catalogue, Catalogues
from directory.interop.handed_on import Disclosed
from directory.interop.locator.answers import answer
from directory.interop.locator.codes import LocatorCodes
from directory.interop.locator.query import parse_locator_query
from directory.web import current
from directory.web.bodies import refuse_unread_bodies
from directory.web.http import changes_by_the_minute, holds_listings
from index.errors import InvalidRequest

JSON = "application/json"


def catalogue() -> Catalogue:
    """Return this application's catalogue of now."""
    return cast("Catalogues", current_app.extensions[CATALOGUES]).of(current.lookup().engine)


def disclosed() -> Disclosed:
    """Return the disclosures of this request."""
    lookup = current.lookup()
    site = current.site_address()
    return Disclosed.now(lookup, current.now().date(), current.language(), site)


@interop.get("/locator/listing")
@interop.get("/locator/exportsAsJson/v2")
@holds_listings
def locator() -> ResponseReturnValue:
    """Answer as the federal locator does, its parameters in the address."""
    return _answer(request.args)


@interop.post("/locator/listing")
def locator_form() -> ResponseReturnValue:
    """Answer a form or a JSON object with the same parameters; nobody keeps what was not asked by an address."""
    return changes_by_the_minute(_answer({**request.args, **_posted()}))


def _posted() -> Mapping[str, str]:
    if not request.is_json:
        refuse_unread_bodies(JSON)
        return request.form
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise InvalidRequest("body", "must be a form or a JSON object")
    return {str(name): str(value) for name, value in body.items() if isinstance(value, str | int | float)}


def _answer(given: Mapping[str, str]) -> Response:
    lookup = current.lookup()
    query = parse_locator_query(given, lookup.places)
    page = answer(query, catalogue(), lookup.engine, disclosed(), LocatorCodes.load())
    return Response(msgspec.json.encode(page), content_type=JSON)
