"""Listings into a Whoosh index: spooled to disk once, so that they can be written in geographic order in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
from whoosh.index import create_in

from index.engine.arrays import BAND_DEGREES, BAND_STRIDE
from index.engine.publishing.posting_pool import PooledCodec, TermPool
from index.engine.schema import Closure, make_schema, program_document
from index.listing import Listing, decode_listing, encode_listing

_AFTER_EVERY_BAND: Final = (180 / BAND_DEGREES + 2) * BAND_STRIDE


class Spool:
    """Listings in a file, to be read back in geographic order: by latitude band, longitude, id."""

    def __init__(self, path: Path, listings: Iterable[Listing]) -> None:
        self._path = path
        self._keys: list[float] = []
        self._ids: list[str] = []
        self._ends: list[int] = []
        self._write(listings)

    def _write(self, listings: Iterable[Listing]) -> None:
        end = 0
        with self._path.open("wb") as file:
            for listing in listings:
                end += file.write(encode_listing(listing))
                self._keys.append(geographic_key(listing.lat, listing.lon))
                self._ids.append(listing.id)
                self._ends.append(end)
        if len(set(self._ids)) != len(self._ids):
            raise ValueError("two listings bear one id")

    def __iter__(self) -> Iterator[tuple[Listing, bytes]]:
        """Yield each listing with its JSON."""
        order = np.lexsort((np.array(self._ids, dtype=np.str_), np.array(self._keys)))
        with self._path.open("rb") as file:
            for position in order.tolist():
                start = self._ends[position - 1] if position else 0
                file.seek(start)
                document = file.read(self._ends[position] - start)
                yield decode_listing(document), document


def geographic_key(lat: float | None, lon: float | None) -> float:
    """Return the number by which slots are sorted; places without a point come after all others."""
    if lat is None or lon is None:
        return _AFTER_EVERY_BAND
    return float(np.floor((lat + 90) / BAND_DEGREES) * BAND_STRIDE + (lon + 180))


def write_index(directory: Path, spool: Spool, closed_upward: Closure) -> None:
    """Write the spooled listings as a new Whoosh index of one segment, in one commit."""
    directory.mkdir(parents=True)
    index = create_in(str(directory), make_schema())
    writer = index.writer(codec=PooledCodec())
    writer.pool = TermPool()
    try:
        for listing, document in spool:
            for position in range(len(listing.programs)):
                fields = program_document(listing, position, closed_upward)
                writer.add_document(**fields, document=document if position == 0 else None)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    index.close()
