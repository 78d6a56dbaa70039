"""One row of bits for everything that a program or its listing may be asked to have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from index.engine.arrays import EVERYTHING, UNCOUNTED, WORD_BITS, Bitmaps, Bits, Longs, facet_place
from index.engine.publishing.compiling.layout import Gathered, lay_ends, pack_bits
from index.engine.publishing.compiling.postings import read_postings

# Key fields of the schema and what their rows' names begin with.
_PREFIXES: Final = {"concepts": "concept:", "kind": "kind:", "reach": "reach:", "state": "state:", "serves": "serves:"}


def compile_bitmaps(reader: Any, gathered: Gathered, groups: Mapping[str, str]) -> tuple[tuple[str, ...], Bitmaps]:
    """Return the names of the rows and the bits.

    Rows that facets count come first: the concepts of each group together, with a row "group:" after those of a group of
    several concepts (programs that state any of them), the states, the kinds. `reader` is Whoosh's; `groups` leaves out concepts
    without a facet.
    """
    rows = _key_rows(reader, gathered)
    sizes = Counter(groups.values())
    for name in [name for name in rows if name.startswith("concept:")]:
        group = groups.get(name.removeprefix("concept:"), "")
        if sizes[group] > 1:
            rows[f"group:{group}"] = rows.get(f"group:{group}", np.uint64(0)) | rows[name]
    rows[EVERYTHING] = _row(gathered, np.array(gathered.slot_of_document, np.int64))
    names = tuple(sorted(rows, key=lambda name: facet_place(name, groups)))
    bits = np.array([rows[name] for name in names], np.uint64)
    counted = sum(facet_place(name, groups)[0] < UNCOUNTED for name in names)
    return names, Bitmaps(bits, lay_ends(gathered), _profiles(bits[:counted]))


def _profiles(rows: Bits) -> Bits:
    """Return rows of bits turned upright: for each slot the bits of all rows, in as many words as they need."""
    count, words = rows.shape
    flags = np.zeros((-(-count // WORD_BITS) * WORD_BITS, 8), np.uint8)
    profiles = np.empty((words * WORD_BITS, len(flags) // WORD_BITS), np.uint64)
    for word, column in enumerate(rows.T):
        flags[:count] = np.ascontiguousarray(column).view(np.uint8).reshape(count, 8)
        upright = np.unpackbits(flags, axis=1, bitorder="little")
        slots = slice(word * WORD_BITS, (word + 1) * WORD_BITS)
        profiles[slots] = np.packbits(np.ascontiguousarray(upright.T), axis=1, bitorder="little").view(np.uint64)
    return profiles


def _key_rows(reader: Any, gathered: Gathered) -> dict[str, Any]:
    if not reader.doc_count_all():
        return {}
    slots = np.array(gathered.slot_of_document, np.int64)
    return {
        prefix + term.decode(): _row(gathered, slots[read_postings(reader, field, term)[0]])
        for field, prefix in _PREFIXES.items()
        for term in reader.lexicon(field)
    }


def _row(gathered: Gathered, slots: Longs) -> Bits:
    flags = np.zeros(gathered.words * WORD_BITS, np.uint8)
    flags[slots] = 1
    return pack_bits(flags)
