"""A tabular data package of HSDS 3.1: a ZIP of CSV tables and their `datapackage.json`, written while services are read.

The largest table, the attributes, goes out as it is made; the others wait on disk until every service was read.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import lru_cache
from tempfile import TemporaryFile
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec

from directory.interop.hsds.terms import Json, taxonomy
from directory.sources.hsds.own_facts import MEMBER

VERSION: Final = "3.1"
_STREAMED: Final = "attributes"
_DISCLOSURE: Final = "disclosure"  # a column of our own, JSON: whoever shows a row shows its label
# The file of each table, and the columns that we can state, in HSDS's order; ours stand last.
TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "organizations": ("id", "name", "alternate_name", "description", "email", "website", "uri", _DISCLOSURE),
    "services": (
        *("id", "organization_id", "name", "description", "url", "email", "status", "accreditations", "assured_date"),
        *("licenses", "alert", "last_modified", _DISCLOSURE, MEMBER),
    ),
    "service_at_location": ("id", "service_id", "location_id"),
    "locations": ("id", "location_type", "url", "organization_id", "name", "latitude", "longitude"),
    "addresses": (
        *("id", "location_id", "address_1", "address_2", "city", "region", "state_province", "postal_code", "country"),
        "address_type",
    ),
    "phones": ("id", "service_id", "number", "extension", "type", "description", "answered_by", "label"),
    "schedules": ("id", "service_id", "description"),
    "service_areas": ("id", "service_id", "name", "extent", "extent_type"),
    "languages": ("id", "service_id", "name"),
    "accessibility": ("id", "location_id", "description"),
    "attributes": ("id", "link_id", "taxonomy_term_id", "link_entity"),
    "taxonomy_terms": ("id", "code", "name", "description", "parent_id", "taxonomy", "language", "taxonomy_id"),
    "taxonomies": ("id", "name", "description", "version"),
}
_NUMBERS: Final = frozenset({"latitude", "longitude", "extension"})
_ONCE: Final = frozenset({"organizations", "locations", "addresses", "accessibility", "taxonomy_terms"})


class _Sink(io.RawIOBase):
    """What the ZIP is written to: nothing is kept but what nobody has taken yet."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # Any: whatever has bytes
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def package(services: Iterable[Json]) -> Iterator[bytes]:
    """Yield the bytes of the package; `services` are full HSDS services, each with its organization and place."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as packed, ExitStack() as stack:
        waiting = {name: stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline="")) for name in TABLES}
        tables = {name: _writer(name, waiting[name]) for name in TABLES if name != _STREAMED}
        seen: dict[str, set[str]] = {name: set() for name in _ONCE}
        tables["taxonomies"].writerow(taxonomy())
        with packed.open(f"{_STREAMED}.csv", "w") as entry:
            streamed = io.TextIOWrapper(entry, encoding="utf-8", newline="")
            tables[_STREAMED] = _writer(_STREAMED, streamed)
            for service in services:
                for table, row in _rows(service):
                    if table not in _ONCE or _is_new(row["id"], seen[table]):
                        tables[table].writerow(_cells(row))
                if part := sink.take():
                    yield part
            streamed.flush()
            streamed.detach()
        for name, file in waiting.items():
            if name != _STREAMED:
                yield from _entry(packed, f"{name}.csv", file, sink)
        packed.writestr("datapackage.json", json.dumps(_description(), indent=1))
    yield sink.take()


def _is_new(key: str, seen: set[str]) -> bool:
    if key in seen:
        return False
    seen.add(key)
    return True


def _writer(table: str, file: IO[str]) -> csv.DictWriter[str]:
    writer = csv.DictWriter(file, TABLES[table], extrasaction="ignore")
    writer.writeheader()
    return writer


def _entry(packed: ZipFile, name: str, file: IO[str], sink: _Sink) -> Iterator[bytes]:
    file.seek(0)
    with packed.open(name, "w") as entry:
        while text := file.read(1 << 18):
            entry.write(text.encode())
            yield sink.take()


def _cells(row: Json) -> Json:
    return {name: json.dumps(value) if isinstance(value, dict) else value for name, value in row.items()}


def _rows(service: Json) -> Iterator[tuple[str, Json]]:
    """Yield every row of a service with the table it belongs to."""
    yield "services", service
    yield "organizations", service["organization"]
    for table in ("phones", "schedules", "service_areas", "languages"):
        for row in service.get(table, ()):
            yield table, row
    for at_location in service.get("service_at_locations", ()):
        location = at_location["location"]
        yield "service_at_location", at_location
        yield "locations", location
        for table in ("addresses", "accessibility"):
            for row in location.get(table, ()):
                yield table, row
    for attribute in service.get("attributes", ()):
        yield "attributes", {**attribute, "link_id": service["id"], "link_entity": "service"}
        yield "taxonomy_terms", _term(attribute["taxonomy_term_id"], bytes(attribute["taxonomy_term"]))


@lru_cache(maxsize=2048)
def _term(term_id: str, written: bytes) -> Json:
    """Return a term, which services hold already written."""
    term: Json = msgspec.json.decode(written)
    return term


def _description() -> Json:
    return {
        "name": "treatment-directory",
        "title": "Treatment directory, as Human Services Data",
        "profile": "tabular-data-package",
        "version": VERSION,
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {
                    "primaryKey": "id",
                    "fields": [{"name": one, "type": "number" if one in _NUMBERS else "string"} for one in columns],
                },
            }
            for name, columns in TABLES.items()
        ],
    }
