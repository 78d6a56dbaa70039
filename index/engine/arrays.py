"""The arrays of a segment: what is compiled from a Whoosh index, and how it lies in one mapped file.

A *slot* is the place of one program in every slot array; the programs of a listing stand in neighbouring slots, and never cross a
64-slot word, so that a word of bits holds whole listings (a few slots stay empty for that; a listing of more than 64 programs
begins with a word and is counted apart). Listings stand in
geographic order: by latitude band, then by longitude; those without a point come last.

Every array is read-only and backed by the page cache: workers share one copy, and any number of threads may read it.
"""

from __future__ import annotations

import dataclasses
import mmap
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar, get_type_hints

import msgspec
import numpy as np
import numpy.typing as npt

from index.errors import GenerationCorrupt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint64]
Array = npt.NDArray[Any]
T = TypeVar("T")

WORD_BITS: Final = 64
BAND_DEGREES: Final = 0.1  # of latitude; narrow enough that a 10-mile circle reads few rows outside itself
BAND_STRIDE: Final = 1000.0  # between the keys of two bands; more than the 360 degrees inside one
NOWHERE: Final = 9.0  # each coordinate of a slot without a point: farther than any chord
EVERYTHING: Final = "all:"  # the row of bits that has every program
UNCOUNTED: Final = 3  # the class, as `facet_place` sorts, of the rows that no facet counts
ARRAYS_FILE: Final = "arrays.bin"
DOCUMENTS_FILE: Final = "documents.bin"
CHANGES_FILE: Final = "changes.bin"
META_FILE: Final = "segment.json"
_ALIGNMENT: Final = 64


@dataclass(frozen=True)
class Strings:
    """Many strings in UTF-8: `blob` (bytes), `offsets` (n + 1). Look-ups need them sorted by code point."""

    blob: npt.NDArray[np.uint8]
    offsets: Longs

    @cached_property
    def _view(self) -> memoryview:
        return memoryview(self.blob.data)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, position: int) -> bytes:
        return bytes(self._view[self.offsets[position] : self.offsets[position + 1]])

    def text(self, position: int) -> str:
        """Return one string."""
        return self[position].decode()

    def __iter__(self) -> Iterator[bytes]:
        return (self[position] for position in range(len(self)))

    def place(self, text: str) -> int:
        """Return how many strings stand before this one."""
        return bisect_left(self, text.encode())

    def find(self, text: str) -> int | None:
        """Return the position of a string, None when it is not among them."""
        wanted = text.encode()
        position = bisect_left(self, wanted)
        return position if position < len(self) and self[position] == wanted else None

    def starting_with(self, prefix: str) -> tuple[int, int]:
        """Return the half-open range of the strings that begin so."""
        start = prefix.encode()
        return bisect_left(self, start), bisect_left(self, start + b"\xff")


@dataclass(frozen=True)
class Lists:
    """Sorted keys, each with a list of numbers: those of key i are `values[starts[i]:starts[i + 1]]`, ascending."""

    keys: Strings
    starts: Longs
    values: Ints

    def at(self, position: int) -> Ints:
        """Return the numbers of the key at a position."""
        return self.values[self.starts[position] : self.starts[position + 1]]

    def of(self, key: str) -> Ints:
        """Return the numbers of a key, none for an unknown one."""
        position = self.keys.find(key)
        return self.values[:0] if position is None else self.at(position)


@dataclass(frozen=True)
class Slots:
    """One row for each slot: geographic sort key, unit vectors (3, n), its listing (-1: empty), day of the check."""

    key: Floats
    xyz: Floats
    listing: Ints
    checked: Ints


@dataclass(frozen=True)
class Listings:
    """One row for each listing: its slots, ordering facts, id (fixed-width bytes) and where its JSON lies.

    `by_id` holds the positions in id order. `name_rank` is even for names of the base; a delta's fall between.
    """

    first_slot: Ints
    slot_count: Ints
    tie: Bits
    name_rank: Floats
    coarse: npt.NDArray[np.bool_]
    precision: npt.NDArray[np.uint8]
    ids: npt.NDArray[np.bytes_]
    by_id: Ints
    document: Longs


@dataclass(frozen=True)
class Bitmaps:
    """Bit s of row r (word s >> 6) says that slot s has what row r names; `ends` marks each listing's last slot.

    `profiles` holds the same turned upright, for the rows that facets count: bit r of slot s (word r >> 6).
    """

    rows: Bits
    ends: Bits
    profiles: Bits


@dataclass(frozen=True)
class Text:
    """Postings: the slots of term i and its BM25F impact there, summed over the fields, are `[starts[i]:starts[i + 1]]`.

    `frequencies` (terms, fields) are document frequencies; a delta scores with its base's.
    """

    terms: Strings
    starts: Longs
    slots: Ints
    impacts: Floats
    frequencies: Ints


@dataclass(frozen=True)
class Deletes:
    """Spelling: sorted hashes of terms with up to two letters deleted, and the term of each."""

    hashes: npt.NDArray[np.uint32]
    terms: Ints


@dataclass(frozen=True)
class Names:
    """Names of listings and organizations, most borne first, then by code point; `lengths` counts their plain words (to 255).

    `words` lead to names, `folded` (plain words, joined) too; the bearers of name i are `bearers[starts[i]:starts[i + 1]]`.
    """

    texts: Strings
    lengths: npt.NDArray[np.uint8]
    words: Lists
    folded: Lists
    starts: Longs
    bearers: Ints


@dataclass(frozen=True)
class Sessions:
    """Meeting starts sorted by zone, then by minute of the week; those of zone z are `[starts[z]:starts[z + 1]]`."""

    starts: Longs
    minutes: Ints
    slots: Ints


@dataclass(frozen=True)
class SegmentArrays:
    """All arrays of a segment."""

    slots: Slots
    listings: Listings
    bitmaps: Bitmaps
    text: Text
    deletes: Deletes
    names: Names
    sessions: Sessions
    counties: Lists
    phones: Lists


@dataclass(frozen=True)
class BaseChanges:
    """What a delta takes from its base: the bits of the slots that still count, the positions of the listings that no longer
    do, and how many bearers each of the base's names has lost (`names` ascending, `lost` beside).
    """

    alive: Bits
    gone: Ints
    names: Ints
    lost: Ints


class Layout(msgspec.Struct, frozen=True):
    """Where one array lies in the file."""

    dtype: str
    shape: tuple[int, ...]
    offset: int


class GroupRows(msgspec.Struct, frozen=True):
    """The rows of bits of one facet group: its concepts `[first, last)`, and `whole`, the programs that state any of them.

    `whole` comes right after the concepts; a group that has one concept in the vocabulary needs no row of its own: `whole` is
    the concept's.
    """

    first: int
    last: int
    whole: int


class SegmentMeta(msgspec.Struct, frozen=True):
    """What a segment's arrays need to be read: names of rows and zones, statistics of scoring, layout of the file.

    `programs` and `field_lengths` (total terms of each text field) are the statistics that BM25F scores with; a delta repeats
    its base's. `changes` lays out a delta's `BaseChanges`.
    """

    rows: tuple[str, ...]
    group_rows: dict[str, GroupRows]
    zones: tuple[str, ...]
    programs: int
    field_lengths: dict[str, int]
    layout: dict[str, Layout]
    changes: dict[str, Layout] = {}


def facet_place(row: str, groups: Mapping[str, str]) -> tuple[int, str, str]:
    """Return the sort key of a row's name: each group's concepts and then the group, states, kinds, then what no facet counts."""
    prefix, _, key = row.partition(":")
    if prefix == "concept":
        group = groups.get(key)
        return (UNCOUNTED, "", row) if group is None else (0, group, row)
    if prefix == "group":
        return (0, key, row)  # "group:" sorts after "concept:"
    return ({"state": 1, "kind": 2}.get(prefix, UNCOUNTED), "", row)


def group_rows(names: Sequence[str], groups: Mapping[str, str]) -> dict[str, GroupRows]:
    """Return where each group's rows stand among the named ones."""
    concepts: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        group = groups.get(name.removeprefix("concept:")) if name.startswith("concept:") else None
        if group is not None:
            concepts.setdefault(group, []).append(row)
    wholes = {name.removeprefix("group:"): row for row, name in enumerate(names) if name.startswith("group:")}
    return {group: GroupRows(rows[0], rows[-1] + 1, wholes.get(group, rows[0])) for group, rows in sorted(concepts.items())}


def write_arrays(path: Path, arrays: object) -> dict[str, Layout]:
    """Write all arrays of a part into one file, each aligned to a cache line, and return where they lie."""
    layout = {}
    with path.open("wb") as file:
        for name, array in flatten(arrays):
            file.write(bytes(-file.tell() % _ALIGNMENT))
            layout[name] = Layout(array.dtype.str, array.shape, file.tell())
            file.write(np.ascontiguousarray(array).data if array.size else b"")
    return layout


def flatten(part: object, prefix: str = "") -> Iterator[tuple[str, Array]]:
    """Yield every array below a part with its dotted name."""
    for field in dataclasses.fields(part):  # type: ignore[arg-type]  # parts are dataclasses
        value = getattr(part, field.name)
        if isinstance(value, np.ndarray):
            yield prefix + field.name, value
        else:
            yield from flatten(value, f"{prefix}{field.name}.")


def map_arrays(part: type[T], path: Path, layout: dict[str, Layout]) -> T:
    """Return a part whose arrays are views of a file, unread. Raises GenerationCorrupt when the file is too short."""
    buffer = map_file(path)
    try:
        arrays = {name: _array_at(buffer, place) for name, place in layout.items()}
        return _assemble(part, arrays, "")
    except (ValueError, KeyError, TypeError) as error:
        raise GenerationCorrupt(f"{path.name} does not hold the arrays it should: {error}") from error


def map_file(path: Path) -> memoryview:
    """Return a file's bytes, mapped read-only; the map lives as long as something refers to it."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def join_ranges(starts: Array, ends: Array) -> Longs:
    """Return all numbers of half-open ranges, one range after the other."""
    lengths = ends - starts
    total = int(lengths.sum())
    shifts = starts - np.concatenate(([0], np.cumsum(lengths)[:-1]))
    numbers: Longs = np.arange(total) + np.repeat(shifts, lengths)
    return numbers


def _array_at(buffer: memoryview, place: Layout) -> Array:
    count = int(np.prod(place.shape, dtype=np.int64))
    dtype = np.dtype(place.dtype)
    return np.frombuffer(buffer, dtype, count, place.offset if count else 0).reshape(place.shape)


def _assemble(part: type[T], arrays: dict[str, Array], prefix: str) -> T:
    """Return a part filled with the arrays whose names begin with the prefix."""
    values: dict[str, object] = {}
    for name, hint in _hints(part).items():
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            values[name] = _assemble(hint, arrays, f"{prefix}{name}.")
        else:
            values[name] = arrays[prefix + name]
    return part(**values)


_known_hints: dict[type, dict[str, Any]] = {}


def _hints(part: type) -> dict[str, Any]:
    """Return the annotations of a part, resolved once: resolving costs more than mapping."""
    if part not in _known_hints:
        _known_hints[part] = get_type_hints(part)
    return _known_hints[part]
