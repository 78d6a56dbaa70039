"""The blueprint of everything for other programs: readable from anywhere, no cookie, problems as problem+json."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import msgspec
from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from directory.disclosure import LANGUAGES
from directory.interop.catalogue import Catalogues
from directory.web import current
from directory.web.http import PREFLIGHT, READABLE_FROM_ANYWHERE
from directory.web.problems import PROBLEM_JSON, problem_of

interop: Final = Blueprint("interop", __name__)
CATALOGUES: Final = "directory.interop.catalogues"
METHODS: Final = "GET, HEAD, POST, OPTIONS"


@interop.record
def _keep_catalogues(state: object) -> None:
    """Give each application its own catalogues."""
    state.app.extensions[CATALOGUES] = Catalogues()  # type: ignore[attr-defined]  # Flask's setup state


@interop.before_request
def _language_of_the_address() -> None:
    """Answer in the language that the address names, else in English: a program's browser settings mean nothing."""
    asked = request.values.get("lang")
    g.language = next((known for known in LANGUAGES if known == asked), "en")


@interop.after_request
def _readable_from_anywhere(response: Response) -> Response:
    response.headers.extend(header for header in READABLE_FROM_ANYWHERE if header[0] not in response.headers)
    if request.method == "OPTIONS":
        response.headers.extend({**dict(PREFLIGHT), "Access-Control-Allow-Methods": METHODS})
    return response


@interop.errorhandler(Exception)
def _problem(error: Exception) -> ResponseReturnValue:
    """Answer an error as problem+json (RFC 9457), whatever the client would prefer."""
    problem = problem_of(error)
    response = Response(msgspec.json.encode(problem.as_json(current.language())), content_type=PROBLEM_JSON)
    response.status_code = HTTPStatus(problem.kind.status)
    response.headers.extend({"Cache-Control": "no-store", **problem.headers})
    return response
