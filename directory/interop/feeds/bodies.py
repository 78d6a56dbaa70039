"""The bodies of feeds and exports: the same bytes whether a browser, a program or the command line asks for them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from directory.interop.catalogue import KINDS
from directory.interop.feeds.meeting_rows import meeting_rows
from directory.interop.feeds.streaming import array_of
from directory.interop.handed_on import Disclosed
from directory.interop.hsds import objects
from directory.interop.hsds.package import package
from directory.interop.hsds.terms import Json
from directory.sources.records import SourceInfo
from directory.upkeep.exporting import csv_rows, json_rows
from index.listing import Kind, Listing

HSDS_VERSION: Final = "3.1"
encode: Final = msgspec.json.Encoder().encode

Sources = Mapping[str, SourceInfo]
Body = Callable[[Iterable[Listing], Disclosed, Sources], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format in which listings are handed on: its content type, the name of its file, and what writes it."""

    content_type: str
    file_name: str
    body: Body
    kinds: tuple[Kind, ...] = ()  # what a search means that names no kind


def as_csv(listings: Iterable[Listing], disclosed: Disclosed, sources: Sources) -> Iterator[bytes]:
    """Yield a table (RFC 4180), a listing a row."""
    for row in csv_rows(disclosed.public(listings), disclosed.records):
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue().encode()


def as_geojson(listings: Iterable[Listing], disclosed: Disclosed, sources: Sources) -> Iterator[bytes]:
    """Yield a GeoJSON feature collection (RFC 7946)."""
    features = map(_feature, json_rows(disclosed.public(listings), disclosed.records))
    return array_of(features, b'{"type":"FeatureCollection","features":[', b"]}")


def _feature(row: dict[str, object]) -> bytes:
    lat, lon = row.pop("lat", None), row.pop("lon", None)
    point = None if lat is None else {"type": "Point", "coordinates": (lon, lat)}
    return encode({"type": "Feature", "id": row["id"], "geometry": point, "properties": row})


def as_meeting_guide(listings: Iterable[Listing], disclosed: Disclosed, sources: Sources) -> Iterator[bytes]:
    """Yield a Meeting Guide feed of the meetings among the listings."""
    return array_of(map(encode, meeting_rows(listings, disclosed, sources)))


def as_hsds(listings: Iterable[Listing], disclosed: Disclosed, sources: Sources) -> Iterator[bytes]:
    """Yield one JSON document of every service in full, as `directory import hsds` reads it."""
    head = b'{"version":"%b","contents":[' % HSDS_VERSION.encode()
    return array_of(map(encode, services(listings, disclosed)), head, b"]}")


def as_hsds_package(listings: Iterable[Listing], disclosed: Disclosed, sources: Sources) -> Iterator[bytes]:
    """Yield a tabular data package (ZIP) of the same services."""
    return package(services(listings, disclosed))


def services(listings: Iterable[Listing], disclosed: Disclosed) -> Iterator[Json]:
    """Yield every program of places and lines as a full HSDS service; meetings have a feed of their own."""
    for listing in disclosed.public(listings):
        if listing.kind in KINDS:
            for program in listing.programs:
                made = objects.service(listing, program, disclosed, full=True)
                yield made if "organization" in made else made | {"organization": objects.organization(listing, disclosed)}


FORMATS: Final[Mapping[str, Format]] = {
    "csv": Format("text/csv; charset=utf-8", "listings.csv", as_csv),
    "geojson": Format("application/geo+json", "listings.geojson", as_geojson),
    "meeting-guide": Format("application/json", "meetings.json", as_meeting_guide, (Kind.MEETING,)),
    "hsds": Format("application/json", "hsds.json", as_hsds),
    "hsds-package": Format("application/zip", "hsds.zip", as_hsds_package),
}
