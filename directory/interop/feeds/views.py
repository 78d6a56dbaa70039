"""`/feeds/…`: all listings, or those of a search, for whoever wants them at once."""

from __future__ import annotations

from typing import Final

from flask import Response, request
from flask.typing import ResponseReturnValue

from directory.interop.blueprint import interop
from directory.interop.feeds.bodies import FORMATS
from directory.interop.feeds.chosen import chosen
from directory.interop.feeds.streaming import streamed
from directory.interop.locator.views import disclosed
from directory.web import current
from directory.web.http import changes_by_the_minute, holds_listings
from index.errors import InvalidRequest
from index.listing import ConceptId, Listing

FELLOWSHIPS: Final = "fellowship"  # the vocabulary's facet group
SHOWN_BY_BROWSERS: Final = frozenset({"meeting-guide", "hsds"})


@interop.get("/feeds/meetings.json")
@holds_listings
def meetings() -> ResponseReturnValue:
    """Answer with meetings as a Meeting Guide feed; `fellowship=group.aa` keeps one fellowship's, a search its own."""
    return _feed("meeting-guide", _fellowship(request.args.get("fellowship", "")))


def _fellowship(asked: str) -> str:
    found = current.lookup().vocabulary.by_id.get(asked) if asked else None
    if asked and (found is None or found.group != FELLOWSHIPS):
        known = tuple(one.id for one in current.lookup().vocabulary.concepts if one.group == FELLOWSHIPS)
        raise InvalidRequest("fellowship", f"names no fellowship: {asked!r}", known[:10])
    return asked


@interop.get("/feeds/listings.geojson")
@holds_listings
def listings_geojson() -> ResponseReturnValue:
    """Answer with listings as a GeoJSON feature collection."""
    return _feed("geojson")


@interop.get("/feeds/listings.csv")
@holds_listings
def listings_csv() -> ResponseReturnValue:
    """Answer with listings as a table."""
    return _feed("csv")


@interop.get("/feeds/hsds.json")
@holds_listings
def hsds_json() -> ResponseReturnValue:
    """Answer with every service in full, as one document that `directory import hsds` reads."""
    return _feed("hsds")


@interop.get("/feeds/hsds.zip")
@holds_listings
def hsds_package() -> ResponseReturnValue:
    """Answer with the same services as a tabular data package."""
    return _feed("hsds-package")


def _feed(name: str, fellowship: str = "") -> Response:
    lookup, now, form = current.lookup(), disclosed(), FORMATS[name]
    own = {"fellowship": fellowship} if name == "meeting-guide" else {}
    found = chosen(lookup, request.args, current.now(), own, form.kinds)
    listings = (one for one in found.listings() if not fellowship or _is_of(one, fellowship))
    body = form.body(listings, now, {info.name: info for info in lookup.store.sources()})
    response = streamed(body, form.content_type, "" if name in SHOWN_BY_BROWSERS else form.file_name)
    return changes_by_the_minute(response) if found.timely else response


def _is_of(listing: Listing, fellowship: str) -> bool:
    return any(ConceptId(fellowship) in program.offers for program in listing.programs)
