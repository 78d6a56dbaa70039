"""`/feeds/…`: every meeting, and every listing, for whoever wants all of them at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec
from flask import request
from flask.typing import ResponseReturnValue

from directory import current
from directory.exporting import csv_rows, json_rows
from directory.http import holds_listings
from directory.interop.blueprint import interop
from directory.interop.feeds.meeting_rows import meeting_rows
from directory.interop.feeds.streaming import array_of, streamed
from directory.interop.locator.views import disclosed
from index.errors import InvalidRequest

FELLOWSHIPS = "fellowship"  # the vocabulary's facet group
encode = msgspec.json.Encoder().encode


@interop.get("/feeds/meetings.json")
@holds_listings
def meetings() -> ResponseReturnValue:
    """Answer with every meeting as a Meeting Guide feed; `fellowship=group.aa` keeps one fellowship's."""
    lookup, now = current.lookup(), disclosed()
    fellowship = _fellowship(request.args.get("fellowship", ""))
    sources = {info.name: info for info in lookup.store.sources()}
    rows = meeting_rows(lookup.engine.all_listings(), now, sources, fellowship)
    return streamed(array_of(map(encode, rows)), "application/json")


def _fellowship(asked: str) -> str:
    found = current.lookup().vocabulary.by_id.get(asked) if asked else None
    if asked and (found is None or found.group != FELLOWSHIPS):
        known = tuple(one.id for one in current.lookup().vocabulary.concepts if one.group == FELLOWSHIPS)
        raise InvalidRequest("fellowship", f"names no fellowship: {asked!r}", known[:10])
    return asked


@interop.get("/feeds/listings.geojson")
@holds_listings
def listings_geojson() -> ResponseReturnValue:
    """Answer with every listing as a GeoJSON feature collection (RFC 7946)."""
    now = disclosed()
    features = map(_feature, json_rows(now.public(current.lookup().engine.all_listings()), now.records))
    head = b'{"type":"FeatureCollection","features":['
    return streamed(array_of(features, head, b"]}"), "application/geo+json", "listings.geojson")


def _feature(row: dict[str, object]) -> bytes:
    lat, lon = row.pop("lat", None), row.pop("lon", None)
    point = None if lat is None else {"type": "Point", "coordinates": (lon, lat)}
    return encode({"type": "Feature", "id": row["id"], "geometry": point, "properties": row})


@interop.get("/feeds/listings.csv")
@holds_listings
def listings_csv() -> ResponseReturnValue:
    """Answer with every listing as a table (RFC 4180)."""
    now = disclosed()
    rows = csv_rows(now.public(current.lookup().engine.all_listings()), now.records)
    return streamed(_written(rows), "text/csv; charset=utf-8", "listings.csv")


def _written(rows: Iterable[tuple[str, ...]]) -> Iterator[bytes]:
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue().encode()
