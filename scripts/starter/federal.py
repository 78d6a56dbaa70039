"""The federal directory as places: its rows, joined where two of them describe one place."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from directory.sources.federal.samhsa import SamhsaReader, edition_in_name
from directory.sources.reading import GazetteerLocalities, Reject, VocabularyCodes
from directory.sources.records import ListingRecord
from index.geo.places import Gazetteer
from index.language.vocabulary import Vocabulary
from index.listing import Precision
from scripts.starter.facts import COMPILED_ON

_BEST_POINT_FIRST: Final = tuple(Precision)  # rooftop, street, zip, city, none


def read_directory(path: Path, gazetteer: Gazetteer) -> SamhsaReader:
    """Return a reader of the directory at `path` (CSV, also gzipped), whose name states its edition."""
    content = path.read_bytes()
    return SamhsaReader(
        (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines(keepends=True),
        edition=edition_in_name(path.name),
        codes=VocabularyCodes(Vocabulary.load()),
        localities=GazetteerLocalities(gazetteer),
        retrieved_on=COMPILED_ON,
    )


def places(rows: Iterable[ListingRecord | Reject]) -> list[ListingRecord]:
    """Return one record a place, with all its programs in file order; rejected rows and withheld streets are left out."""
    found: dict[str, ListingRecord] = {}
    for row in rows:
        if isinstance(row, ListingRecord) and not row.address.withheld:
            known = found.get(row.match_key)
            found[row.match_key] = _joined(known, row) if known else row
    return list(found.values())


def _joined(known: ListingRecord, row: ListingRecord) -> ListingRecord:
    """Return `known` with the programs of `row`, at the better of the two points."""
    nearer = min(known, row, key=lambda record: _BEST_POINT_FIRST.index(record.precision))
    return msgspec.structs.replace(
        known,
        programs=known.programs + row.programs,
        lat=nearer.lat,
        lon=nearer.lon,
        precision=nearer.precision,
    )
