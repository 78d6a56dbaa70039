"""The map of a page, with streets under its pins where the operator named a tile server and the reader asked for them here."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request
from markupsafe import Markup

from directory.maps.placed import area_map
from directory.maps.tiles import Streets
from directory.page import ListingPage, ResultPage
from directory.web import current
from directory.web.http import STREETS_ASKED


def page_map(page: ResultPage | ListingPage) -> Markup:
    """Return the map of a page. Streets are asked for by its address, page by page; an answer without one never shows them."""
    server = current.lookup().settings.tiles
    if server is None or request.method not in {"GET", "HEAD"}:
        return area_map(page)
    name, value = STREETS_ASKED
    shown = request.args.get(name) == value
    others = [pair for pair in request.args.items(multi=True) if pair[0] != name]
    pairs = others if shown else [*others, STREETS_ASKED]
    return area_map(page, Streets(server, shown, f"{request.path}?{urlencode(pairs)}" if pairs else request.path))
