"""Errors as a reader sees them: each becomes a status, a title and what to do next.

The API answers RFC 9457 problem+json; pages answer `error.html`, with the crisis strip and the lines. A person sees what to do
next; the log sees the type and the lines of code, never a word that somebody searched for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import escape
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from directory.asking.query import TextTooLong
from directory.disclosure import Language
from directory.errors import ListingMoved, StoreUnavailable
from directory.safety import CallLine, lines_for
from directory.web import current
from directory.web.bodies import UnreadBody
from directory.web.error_log import ErrorLog
from directory.web.problem_kinds import BY_ERROR, BY_STATUS, KINDS, TEXT_TOO_LONG, UNEXPECTED, ProblemKind
from directory.web.ratelimit import RETRY_AFTER_SECONDS, TooManyRequests
from index.errors import EngineUnavailable, InvalidRequest, PageNotFound
from index.geo.distance import InvalidCoordinates
from index.geo.places import UnknownPlace

ERROR_LOG: Final = "directory.web.error_log"
PROBLEM_JSON: Final = "application/problem+json"
MACHINE_PATHS: Final = ("/api/", "/healthz", "/readyz", "/problems/", "/hsds", "/feeds/", "/locator/", "/oembed")
ALWAYS_ANSWERING: Final = ("help.911", "help.988", "help.samhsa", "help.poison")
LINES_FROM_STATUS: Final = 429  # whoever cannot be answered for want of capacity or health gets the lines instead

problems: Final = Blueprint("problems", __name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """One error on its way out. `detail` is for a program's author, in English; `suggestions` are values that would work."""

    kind: ProblemKind
    detail: str = ""
    parameter: str = ""
    suggestions: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    read: Mapping[str, Any] = field(default_factory=dict)  # the reading of a text, as the API shows it

    def as_json(self, lang: Language) -> dict[str, Any]:
        """Return the members of problem+json (RFC 9457); those that say nothing are left out."""
        kind = self.kind
        members = {
            "type": kind.type,
            "title": kind.title[lang],
            "status": kind.status,
            "detail": self.detail or kind.message[lang],
            "parameter": self.parameter,
            "suggestions": self.suggestions,
            "crisis": self.read.get("crisis"),
            "notices": self.read.get("notices"),
            "lines": self.lines(lang),
        }
        return {name: value for name, value in members.items() if value}

    def lines(self, lang: Language) -> tuple[CallLine, ...]:
        """Return the lines to call instead: those of a crisis, and the general ones where this service cannot answer."""
        crisis = self.read.get("crisis") or {}
        general = ALWAYS_ANSWERING if self.kind.status >= LINES_FROM_STATUS else ()
        return lines_for(dict.fromkeys((*crisis.get("lines", ()), *general)), lang)


def install(app: Flask) -> None:
    """Answer every error of an application from the table in `directory.web.problem_kinds`."""
    for error in (*BY_ERROR, ListingMoved, HTTPException, Exception):
        app.register_error_handler(error, answer_error)
    app.extensions[ERROR_LOG] = ErrorLog()
    app.register_blueprint(problems)


@problems.get("/problems/<name>")
def explain(name: str) -> ResponseReturnValue:
    """Explain a kind of problem: what its `type` points to."""
    kind = KINDS.get(name)
    if kind is None:
        return respond(Problem(BY_STATUS[404]))
    body = {"type": kind.type, "status": kind.status, "title": kind.title, "what_to_do": kind.message}
    return Response(msgspec.json.encode(body), content_type="application/json")


def answer_error(error: Exception) -> ResponseReturnValue:
    """Return what a reader sees of an error."""
    if isinstance(error, ListingMoved):
        return _moved(error)
    return respond(problem_of(error))


def problem_of(error: Exception) -> Problem:
    """Return the problem that an error is; one that nobody expected is logged without its message, which may hold a search."""
    if isinstance(error, HTTPException):
        return _http_problem(error)
    kind = next((BY_ERROR[base] for base in type(error).__mro__ if base in BY_ERROR), None)
    if kind is None:
        _log(error)
        return Problem(UNEXPECTED)
    if kind.status >= 500:
        _log(error)
        return Problem(kind)
    return _refused(kind, error)


def _refused(kind: ProblemKind, error: Exception) -> Problem:
    match error:
        case TextTooLong():
            return _too_long(error)
        case InvalidRequest():
            return Problem(kind, str(error), error.field, error.suggestions)
        case InvalidCoordinates():
            return Problem(kind, str(error), error.field)
        case UnknownPlace():
            return Problem(kind, str(error), _place_parameter(), tuple(place.label for place in error.suggestions))
        case PageNotFound():
            return Problem(kind, str(error), "page")
        case UnreadBody():
            return Problem(kind, str(error), headers={"Accept": ", ".join(error.accepted)})  # RFC 9110, 15.5.16
        case TooManyRequests():
            return Problem(kind, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
        case _:
            return Problem(kind, str(error))


def _place_parameter() -> str:
    """Return where the place stood: in the place box, or in the words when the box was empty."""
    return "q" if request.values.get("q") and not request.values.get("near") else "near"


def _too_long(error: TextTooLong) -> Problem:
    """Return the problem of too much text, whose danger is read all the same."""
    try:
        read = current.lookup().understand(error.text, current.language(), today=current.now().date())
    except (EngineUnavailable, StoreUnavailable) as unavailable:
        return problem_of(unavailable)
    return Problem(TEXT_TOO_LONG, str(error), error.field, read=read)


def _http_problem(error: HTTPException) -> Problem:
    status = error.code or 500
    kind = BY_STATUS.get(status) or _unnamed_kind(status)
    headers = {"Allow": ", ".join(sorted(error.valid_methods or ()))} if status == 405 else {}  # type: ignore[attr-defined]
    return Problem(kind, headers=headers)


def _unnamed_kind(status: int) -> ProblemKind:
    """Return a kind for a status that this service never sets itself; its type says no more than the status (RFC 9457, 4.2.1)."""
    phrase = HTTP_STATUS_CODES.get(status, "Error")
    nearest = BY_STATUS[500 if status >= 500 else 400]
    return ProblemKind(nearest.name, status, {"en": phrase, "es": nearest.title["es"]}, nearest.message)


def _moved(error: ListingMoved) -> ResponseReturnValue:
    address = request.path.replace(error.listing_id, error.target)
    asked = request.query_string.decode("ascii", "replace")
    return redirect(f"{address}?{asked}" if asked else address, 301)


def respond(problem: Problem) -> Response:
    """Return a problem as the reader's channel shows it; nobody keeps it."""
    if problem.kind is TEXT_TOO_LONG:
        request.form = ImmutableMultiDict()  # what was refused is not read again for the language that it may name
    lang = current.language()
    if request.path.startswith(MACHINE_PATHS):
        response = Response(msgspec.json.encode(problem.as_json(lang)), content_type=PROBLEM_JSON)
    else:
        response = Response(_page(problem, lang), content_type="text/html; charset=utf-8")
    response.status_code = problem.kind.status
    response.headers.extend({"Cache-Control": "no-store", **problem.headers})
    return response


def _page(problem: Problem, lang: Language) -> str:
    kind = problem.kind
    try:
        return render_template(
            "error.html",
            status=kind.status,
            title=kind.title[lang],
            message=_message(problem, lang),
            suggestions=problem.suggestions,
        )
    except Exception as error:  # noqa: BLE001 - whatever broke the page, the lines must still reach the reader
        _log(error)
        return _bare_page(problem, lang)


def _message(problem: Problem, lang: Language) -> str:
    """Return what to do next; in English with the reason, which names the part of the search to change."""
    kind = problem.kind
    reason = f"{problem.detail[:1].upper()}{problem.detail[1:]}. " if problem.parameter and lang == "en" else ""
    return f"{reason}{kind.message[lang]}"


def _bare_page(problem: Problem, lang: Language) -> str:
    """Return a page that needs nothing but memory."""
    title, message = escape(problem.kind.title[lang]), escape(problem.kind.message[lang])
    numbers = lines_for(ALWAYS_ANSWERING, lang)
    lines = "".join(f'<li>{escape(line.name)}: <a href="tel:{line.call}">{line.call}</a></li>' for line in numbers)
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><h1>{title}</h1><p>{message}</p><ul>{lines}</ul></html>"
    )


def _log(error: Exception) -> None:
    errors: ErrorLog = current_app.extensions[ERROR_LOG]
    errors.report(error, request.endpoint or "none")
