"""The service's own JSON: a file of exactly the values in `directory.sources.records`, so it needs no translation.

The file's head is decoded at once, its listings one by one: a bad one is rejected with the path of the field and what was
expected there, and the others go in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from typing import Any, Final

import msgspec

from directory.errors import ImportRefused
from directory.sources.reading import Reject
from directory.sources.records import PROVIDERS_SCHEMA, ListingRecord, ProvidersFile

_WHERE: Final = " - at `$"
_UNREADABLE: Final = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_WEB: Final = ("https://", "http://")


class ProvidersReader:
    """Reads one file of our own schema.

    Raises ImportRefused when the file is no such file: not JSON, another schema, or a head that cannot be decoded.
    """

    def __init__(self, content: bytes, known_concepts: Container[str]) -> None:
        try:
            file = msgspec.json.decode(content, type=ProvidersFile)
        except msgspec.DecodeError as error:
            raise ImportRefused(f"this is not a providers file: {error}") from error
        if file.schema != PROVIDERS_SCHEMA:
            raise ImportRefused(f"schema must be {PROVIDERS_SCHEMA!r}, got {file.schema!r}")
        self.sources, self.answered_by = file.sources, file.answered_by
        self._listings, self._known_concepts = file.listings, known_concepts
        self._source_names = frozenset(source.name for source in file.sources)
        self._decoder = msgspec.json.Decoder(ListingRecord)
        self.rows_read = self.rows_merged = 0
        self.repairs: Counter[str] = Counter()
        self.unknown_codes: Counter[str] = Counter()

    def __iter__(self) -> Iterator[ListingRecord | Reject]:
        """Yield the listings in the file's order; records are numbered from 1."""
        for raw in self._listings:
            self.rows_read += 1
            try:
                record = self._decoder.decode(raw)
            except msgspec.ValidationError as error:
                yield self._reject(raw, *_field_and_reason(error))
                continue
            problem = self._problem(record)
            yield self._reject(raw, *problem) if problem else record

    def _problem(self, record: ListingRecord) -> tuple[str, str] | None:
        """Return the field and reason why a well-formed record cannot be stored, if there is one."""
        if not record.name.strip():
            return "name", "expected a name, got nothing"
        if _UNREADABLE.search(record.name):
            return "name", "expected one line of text, got control characters or marks that turn the direction of writing"
        for field, address in _addresses(record):
            if not address.startswith(_WEB):
                return field, f"expected an address that begins with https:// or http://, got {address!r}"
        if not record.programs:
            return "programs", "expected at least one program"
        if (record.lat is None) != (record.lon is None) or (record.lat is None) != (record.precision == "none"):
            return "lat", "expected lat, lon and precision together"
        for number, program in enumerate(record.programs):
            if program.source not in self._source_names:
                return f"programs[{number}].source", f"expected a source of this file, got {program.source!r}"
            if not program.key:
                return f"programs[{number}].key", "expected the source's own key, got nothing"
            for concept in (*program.offers, *program.denies):
                if concept not in self._known_concepts:
                    return f"programs[{number}].offers", f"expected ids of the vocabulary, got {concept!r}"
        return None

    def _reject(self, raw: msgspec.Raw, field: str, reason: str) -> Reject:
        read: Any = msgspec.json.decode(raw)  # any JSON at all: this record is the one that failed its type
        record = read if isinstance(read, dict) else {}
        name = record.get("name")
        programs = record.get("programs")
        keys = tuple(
            (program["source"], program["key"])
            for program in (programs if isinstance(programs, list) else ())
            if isinstance(program, dict) and isinstance(program.get("source"), str) and isinstance(program.get("key"), str)
        )
        return Reject(self.rows_read, field, reason, keys, name if isinstance(name, str) else "")


def _addresses(record: ListingRecord) -> Iterator[tuple[str, str]]:
    """Yield each address that readers may be led to, with its field: "javascript:…" must not reach a client that makes links."""
    stated = [("website", record.website), ("conference_url", record.conference_url)]
    for number, program in enumerate(record.programs):
        stated += [(f"programs[{number}].website", program.website), (f"programs[{number}].url", program.url)]
    yield from ((field, address) for field, address in stated if address)


def _field_and_reason(error: msgspec.ValidationError) -> tuple[str, str]:
    """Split "Expected `float` <= 90 - at `$.lat`" into the field's path and the expectation."""
    reason, _, path = str(error).partition(_WHERE)
    return path.rstrip("`").lstrip(".") or "record", reason
