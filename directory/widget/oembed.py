"""`/oembed`: pasting the address of a search into WordPress and the like shows the search there (oembed.com, version 1.0)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue
from markupsafe import escape
from werkzeug.datastructures import MultiDict

from directory.asking.query import SearchQuery, parse_query
from directory.web import current
from directory.web.current import site_address
from directory.widget.page_words import PAGE_WORDS
from directory.widget.snippets import FRAME_HEIGHT, FRAME_WIDTH, frame_tag, may_be_framed
from index.errors import InvalidRequest

PATHS: Final = ("/search", "/embed")
CACHE_SECONDS: Final = 86_400  # of the frame's address alone; the results in it are as fresh as any


def oembed() -> ResponseReturnValue:
    """Answer with a frame for the address of a search of this site; 404 for any other, 501 for XML (as the standard says)."""
    if request.args.get("format", "json") != "json":
        abort(HTTPStatus.NOT_IMPLEMENTED)
    query = _search_of(request.args.get("url", ""))
    width, height = _size("maxwidth", FRAME_WIDTH), _size("maxheight", FRAME_HEIGHT)
    owner = current.lookup().settings.operator.owner or PAGE_WORDS[query.lang]["this"]
    return jsonify(
        version="1.0",
        type="rich",
        provider_name=owner,
        provider_url=f"{site_address()}/",
        title=str(escape(PAGE_WORDS[query.lang]["preview_link"])),
        html=frame_tag(query, width, height),
        width=width,
        height=height,
        cache_age=CACHE_SECONDS,
    )


def _search_of(address: str) -> SearchQuery:
    """Return the search that an address of this site asks; anything else is not found."""
    try:
        parts = urlsplit(address)
        ours = parts.netloc == urlsplit(site_address()).netloc and parts.path in PATHS
        if not ours or not may_be_framed():
            abort(HTTPStatus.NOT_FOUND)
        return parse_query(MultiDict(parse_qsl(parts.query)), current.lookup().vocabulary, strict=False)
    except (ValueError, InvalidRequest):
        abort(HTTPStatus.NOT_FOUND)


def _size(name: str, usual: int) -> int:
    """Return the usual size, or the smaller one that the caller allows."""
    asked = request.args.get(name, "")
    return min(usual, int(asked[:6])) if asked.isascii() and asked.isdigit() else usual
