"""What a caller of the API may pass: known parameters only, each with a value that can be used."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import request

from directory.api.selection import near_misses
from directory.asking.query import MAX_TEXT, SearchQuery, TextTooLong, parse_query
from directory.disclosure import LANGUAGES, Language
from directory.web import current
from index.errors import InvalidRequest

MOST_SUGGESTIONS: Final = 20
DEFAULT_SUGGESTIONS: Final = 8


def search_query() -> SearchQuery:
    """Return the search that address and form ask, for a program that is not ours. Raises InvalidRequest naming the parameter."""
    return replace(parse_query(request.values, current.lookup().vocabulary, strict=True), leaves_here=True)


def only(*known: str) -> None:
    """Refuse parameters other than these. Raises InvalidRequest with near misses."""
    for name in request.args:
        if name not in known:
            raise InvalidRequest(
                name, f"is not a parameter here; known are {', '.join(known) or 'none'}", near_misses(name, known)
            )


def text() -> str:
    """Return `q`. Raises TextTooLong."""
    typed = request.args.get("q", "").strip()
    if len(typed) > MAX_TEXT:
        raise TextTooLong(typed)
    return typed


def lang() -> Language:
    """Return the language asked for, English by default. Raises InvalidRequest for one that we do not have."""
    asked = request.args.get("lang") or "en"
    for known in LANGUAGES:
        if asked == known:
            return known
    raise InvalidRequest("lang", f"must be en or es, got {asked!r}")


def limit() -> int:
    """Return how many suggestions are wanted. Raises InvalidRequest."""
    asked = request.args.get("limit") or str(DEFAULT_SUGGESTIONS)
    if not (asked.isascii() and asked.isdigit()) or not 1 <= int(asked[:4]) <= MOST_SUGGESTIONS:
        raise InvalidRequest("limit", f"must be a whole number between 1 and {MOST_SUGGESTIONS}, got {asked!r}")
    return int(asked)


def fields() -> tuple[str, ...]:
    """Return the members asked for, none when all are wanted."""
    return tuple(part for value in request.args.getlist("fields") for part in value.split(",") if part)
