"""A segment opened for reading: its arrays, its rows of bits by name, and its documents."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from index.engine.arrays import (
    ARRAYS_FILE,
    CHANGES_FILE,
    DOCUMENTS_FILE,
    EVERYTHING,
    META_FILE,
    WORD_BITS,
    Array,
    BaseChanges,
    Bits,
    Longs,
    SegmentArrays,
    SegmentMeta,
    join_ranges,
    map_arrays,
    map_file,
)
from index.errors import GenerationCorrupt
from index.listing import ListingId
from index.word_memory import remembers

_REMEMBERED_TERMS: Final = 4096
_REMEMBERED: Final = 32


@dataclass(frozen=True)
class Segment:
    """The arrays of a base or a delta. `changes` are a delta's; `alive` is None where every slot still counts."""

    arrays: SegmentArrays
    meta: SegmentMeta
    documents: memoryview
    changes: BaseChanges | None = None
    alive: Bits | None = None
    _derived: dict[Hashable, Array] = field(default_factory=dict)

    @cached_property
    def row_numbers(self) -> dict[str, int]:
        """Rows of bits by name."""
        return {name: row for row, name in enumerate(self.meta.rows)}

    @cached_property
    def first_state_row(self) -> int:
        """How many rows stand before those of the states: the concepts with a group, and the groups of several."""
        return sum(rows.last - rows.first + (rows.whole >= rows.last) for rows in self.meta.group_rows.values())

    @cached_property
    def first_kind_row(self) -> int:
        """How many rows stand before those of the kinds."""
        return self.first_state_row + sum(name.startswith("state:") for name in self.meta.rows)

    @cached_property
    def facet_rows(self) -> int:
        """How many rows, from the first, are counted as facets."""
        return self.first_kind_row + sum(name.startswith("kind:") for name in self.meta.rows)

    @cached_property
    def word_count(self) -> int:
        """How many words of bits a row has."""
        return len(self.arrays.bitmaps.ends)

    @cached_property
    def shares_listings(self) -> bool:
        """Whether any listing has several programs here."""
        return bool((self.arrays.listings.slot_count > 1).any())

    @cached_property
    def large_slots(self) -> Longs:
        """The slots, ascending, of listings with more programs than a word has bits; hardly ever any."""
        return self.slots_of((self.arrays.listings.slot_count > WORD_BITS).nonzero()[0])

    @cached_property
    def everything(self) -> Bits:
        """The bits of all slots that count, shape (word_count,)."""
        return self.arrays.bitmaps.rows[self.row_numbers[EVERYTHING]] if self.alive is None else self.alive

    @cached_property
    def term(self) -> Callable[[str], int | None]:
        """Look up the position of a term, remembering the last ones asked: people ask for the same words."""
        return remembers(_REMEMBERED_TERMS)(self.arrays.text.terms.find)

    def derived(self, key: Hashable, make: Callable[[], Array]) -> Array:
        """Return what is made for all slots, remembering the last few: many requests ask for the same."""
        made = self._derived.get(key)
        if made is None:
            made = make()
            while len(self._derived) >= _REMEMBERED:
                self._derived.pop(next(iter(self._derived), None), None)
            self._derived[key] = made
        return made

    def bits_of_slots(self, slots: Array) -> Bits:
        """Return the bits of some slots, shape (word_count,)."""
        flags = np.zeros(self.word_count * 64, np.uint8)
        flags[slots] = 1
        return np.packbits(flags, bitorder="little").view(np.uint64)

    def slots_of(self, listings: Longs) -> Longs:
        """Return all slots of some listings."""
        first = self.arrays.listings.first_slot[listings].astype(np.int64)
        return join_ranges(first, first + self.arrays.listings.slot_count[listings])

    def row(self, name: str) -> Bits | None:
        """Return a row of bits, shape (word_count,), None when no program has what it names."""
        number = self.row_numbers.get(name)
        return None if number is None else self.arrays.bitmaps.rows[number]

    def document(self, listing: int) -> bytes:
        """Return the JSON of the listing at a position."""
        start, end = self.arrays.listings.document[listing : listing + 2].tolist()
        return bytes(self.documents[start:end])

    def id_of(self, listing: int) -> ListingId:
        """Return the id of the listing at a position."""
        return ListingId(self.arrays.listings.ids[listing].decode())

    def counts_listing(self, listing: int) -> bool:
        """Tell whether a listing has not been replaced or removed."""
        slot = int(self.arrays.listings.first_slot[listing])
        return bool((int(self.everything[slot >> 6]) >> (slot & 63)) & 1)

    def positions(self, ids: list[ListingId]) -> Longs:
        """Return the positions of those listings that stand here and count, in the order asked."""
        listings = self.arrays.listings
        if not len(listings.ids) or not ids:
            return np.zeros(0, np.int64)
        wanted = np.array([one.encode() for one in ids], dtype=np.bytes_)
        places = np.searchsorted(listings.ids, wanted, sorter=listings.by_id)
        found = listings.by_id[np.minimum(places, len(listings.ids) - 1)]
        known: Longs = found[listings.ids[found] == wanted].astype(np.int64)
        return known if self.alive is None else known[[self.counts_listing(one) for one in known.tolist()]]


def open_segment(directory: Path, alive: Bits | None = None) -> Segment:
    """Map a segment. Raises GenerationCorrupt when a file is missing or can't be read."""
    try:
        meta = msgspec.json.decode((directory / META_FILE).read_bytes(), type=SegmentMeta)
        arrays = map_arrays(SegmentArrays, directory / ARRAYS_FILE, meta.layout)
        changes = map_arrays(BaseChanges, directory / CHANGES_FILE, meta.changes) if meta.changes else None
        return Segment(arrays, meta, map_file(directory / DOCUMENTS_FILE), changes, alive)
    except (OSError, msgspec.MsgspecError) as error:
        raise GenerationCorrupt(f"the segment {directory.parent.name}/{directory.name} can't be read: {error}") from error
