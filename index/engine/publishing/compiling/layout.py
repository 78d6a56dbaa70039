"""Where each program stands: slots, listings and everything that hangs on one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from index.engine.analysis import index_terms, name_key, plain_terms
from index.engine.arrays import (
    NOWHERE,
    WORD_BITS,
    Array,
    Bits,
    Floats,
    Ints,
    Listings,
    Lists,
    Longs,
    Names,
    Sessions,
    Slots,
    Strings,
)
from index.engine.publishing.compiling.census import Census
from index.engine.publishing.compiling.index_writer import geographic_key
from index.engine.ranking import tie_numbers
from index.engine.schema import phone_numbers
from index.geo.distance import unit_vectors
from index.listing import Listing, Precision, decode_listing

PRECISIONS: Final = tuple(Precision)
_COARSE: Final = (Precision.ZIP, Precision.CITY)


@dataclass
class Gathered:
    """What one pass over an index's documents collects, listing by listing."""

    slot_of_document: list[int] = field(default_factory=list)
    first_slot: list[int] = field(default_factory=list)
    slot_count: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)
    precision: list[int] = field(default_factory=list)
    name_keys: list[str] = field(default_factory=list)
    document_ends: list[int] = field(default_factory=lambda: [0])
    checked: list[int] = field(default_factory=list)
    sessions: list[tuple[str, int, int]] = field(default_factory=list)
    bearers: dict[str, list[int]] = field(default_factory=dict)
    phones: dict[str, list[int]] = field(default_factory=dict)
    census: Census = field(default_factory=Census)

    @property
    def words(self) -> int:
        """How many 64-slot words the slots fill."""
        used = self.first_slot[-1] + self.slot_count[-1] if self.first_slot else 0
        return -(-used // WORD_BITS)

    def add(self, listing: Listing, document_bytes: int) -> None:
        """Give a listing its slots and note what it says."""
        position = len(self.ids)
        first = self._next_slot(len(listing.programs))
        self.first_slot.append(first)
        self.slot_count.append(len(listing.programs))
        self.slot_of_document.extend(range(first, first + len(listing.programs)))
        self.ids.append(listing.id)
        self.points.append((np.nan if listing.lat is None else listing.lat, np.nan if listing.lon is None else listing.lon))
        self.precision.append(PRECISIONS.index(listing.precision))
        self.name_keys.append(name_key(listing.name))
        self.document_ends.append(self.document_ends[-1] + document_bytes)
        self._note_sessions(listing, first)
        for name in names_of(listing):
            self.bearers.setdefault(name, []).append(position)
        for number in phone_numbers(listing):
            self.phones.setdefault(number, []).append(position)
        self.census.add(listing)

    def _next_slot(self, programs: int) -> int:
        """Return the first slot of a listing, which must not cross a word if it fits in one."""
        free = self.first_slot[-1] + self.slot_count[-1] if self.first_slot else 0
        return free if free % WORD_BITS + programs <= WORD_BITS else -(-free // WORD_BITS) * WORD_BITS

    def _note_sessions(self, listing: Listing, first: int) -> None:
        for position, program in enumerate(listing.programs):
            for session in program.schedule:
                minute = session.weekday * 1440 + session.start_minute
                self.sessions.append((listing.time_zone, minute, first + position))


def gather(reader: Any, documents: Path) -> Gathered:
    """Read an index's stored fields in order, and write the listings' JSON one after another; `reader` is Whoosh's."""
    gathered = Gathered()
    with documents.open("wb") as file:
        for number in range(reader.doc_count_all()):
            document = reader.stored_fields(number).get("document")
            if document is not None:
                gathered.add(decode_listing(document), file.write(document))
    if reader.doc_count_all():
        gathered.checked = list(reader.column_reader("checked"))
    return gathered


def names_of(listing: Listing) -> frozenset[str]:
    """Return the names under which a listing may be looked up."""
    return frozenset(name for name in (listing.name, listing.organization) if name)


def lay_slots(gathered: Gathered) -> Slots:
    """Return the slot arrays; empty slots repeat the key before them, so that the keys stay sorted."""
    size = gathered.words * WORD_BITS
    used = np.array(gathered.slot_of_document, np.int64)
    listing_of = np.repeat(np.arange(len(gathered.ids), dtype=np.int32), gathered.slot_count)
    points = np.array(gathered.points, np.float64).reshape(-1, 2)
    keys = np.array([geographic_key(*_known(point)) for point in gathered.points])
    vectors = unit_vectors(points[:, 0], points[:, 1])
    vectors[np.isnan(vectors)] = NOWHERE
    slots = Slots(
        key=np.zeros(size), xyz=np.full((3, size), NOWHERE), listing=np.full(size, -1, np.int32), checked=np.zeros(size, np.int32)
    )
    if used.size:
        slots.key[used], slots.xyz[:, used], slots.listing[used] = keys[listing_of], vectors[listing_of].T, listing_of
        slots.checked[used] = gathered.checked
        slots.key[:] = np.maximum.accumulate(slots.key)
    return slots


def lay_listings(gathered: Gathered, salt: str, name_rank: Floats) -> Listings:
    """Return the listing arrays."""
    precision = np.array(gathered.precision, np.uint8)
    ids = np.array([one.encode() for one in gathered.ids], dtype=np.bytes_)
    return Listings(
        first_slot=np.array(gathered.first_slot, np.int32),
        slot_count=np.array(gathered.slot_count, np.int32),
        tie=tie_numbers(gathered.ids, salt),
        name_rank=name_rank,
        coarse=np.isin(precision, [PRECISIONS.index(one) for one in _COARSE]),
        precision=precision,
        ids=ids,
        by_id=np.argsort(ids, kind="stable").astype(np.int32),
        document=np.array(gathered.document_ends, np.int64),
    )


def lay_names(gathered: Gathered) -> Names:
    """Return the dictionary of names, most borne first."""
    names = sorted(gathered.bearers, key=lambda name: (-len(gathered.bearers[name]), name))
    words: dict[str, list[int]] = {}
    folded: dict[str, list[int]] = {}
    for position, name in enumerate(names):
        folded.setdefault(name_key(name), []).append(position)
        for word in dict.fromkeys(index_terms(name)):
            words.setdefault(word, []).append(position)
    bearers = [gathered.bearers[name] for name in names]
    lengths = np.array([min(len(plain_terms(name)), 255) for name in names], np.uint8)
    return Names(pack_strings(names), lengths, pack_lists(words), pack_lists(folded), starts_of(bearers), _joined(bearers))


def lay_sessions(gathered: Gathered) -> tuple[tuple[str, ...], Sessions]:
    """Return the time zones that have sessions, sorted, and the sessions; those of unknown zone can't be asked for."""
    known = sorted(session for session in gathered.sessions if session[0])
    zones = sorted({zone for zone, _, _ in known})
    counts = np.searchsorted([zone for zone, _, _ in known], [*zones, "\U0010ffff"]) if known else np.zeros(1)
    minutes = np.array([minute for _, minute, _ in known], np.int32)
    return tuple(zones), Sessions(counts.astype(np.int64), minutes, np.array([slot for _, _, slot in known], np.int32))


def lay_ends(gathered: Gathered) -> Bits:
    """Return the bits that mark the last slot of each listing, and every empty slot."""
    ends = np.ones(gathered.words * WORD_BITS, np.uint8)
    ends[np.array(gathered.slot_of_document, np.int64)] = 0
    last = np.array(gathered.first_slot, np.int64) + np.array(gathered.slot_count, np.int64) - 1
    ends[last] = 1
    return pack_bits(ends)


def pack_bits(flags: Array) -> Bits:
    """Return flags (a multiple of 64 of them) as words of bits, the first flag lowest."""
    return np.packbits(flags, bitorder="little").view(np.uint64)


def pack_strings(texts: Iterable[str]) -> Strings:
    """Return strings in their given order as one blob."""
    encoded = [text.encode() for text in texts]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(one) for one in encoded], out=offsets[1:])
    return Strings(np.frombuffer(b"".join(encoded), np.uint8), offsets)


def pack_lists(table: dict[str, list[int]]) -> Lists:
    """Return a table as arrays, its keys sorted."""
    keys = sorted(table)
    lists = [table[key] for key in keys]
    return Lists(pack_strings(keys), starts_of(lists), _joined(lists))


def starts_of(lists: list[list[int]]) -> Longs:
    """Return where each list begins when all are joined, and the total at the end."""
    starts = np.zeros(len(lists) + 1, np.int64)
    np.cumsum([len(one) for one in lists], out=starts[1:])
    return starts


def _joined(lists: list[list[int]]) -> Ints:
    return np.array([number for one in lists for number in one], np.int32)


def _known(point: tuple[float, float]) -> tuple[float | None, float | None]:
    return (None, None) if np.isnan(point[0]) else point
