"""A segment: a Whoosh index and the arrays compiled from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from whoosh.index import open_dir

from index.engine.arrays import (
    ARRAYS_FILE,
    DOCUMENTS_FILE,
    META_FILE,
    Floats,
    Lists,
    SegmentArrays,
    SegmentMeta,
    group_rows,
    write_arrays,
)
from index.engine.publishing.compiling.bitmaps import compile_bitmaps
from index.engine.publishing.compiling.census import Census
from index.engine.publishing.compiling.index_writer import Spool, write_index
from index.engine.publishing.compiling.layout import (
    Gathered,
    gather,
    lay_listings,
    lay_names,
    lay_sessions,
    lay_slots,
    pack_lists,
)
from index.engine.publishing.compiling.postings import read_postings
from index.engine.publishing.compiling.text_arrays import compile_deletes, compile_text
from index.engine.schema import Closure
from index.listing import Listing

INDEX_DIRECTORY = "index"
Base = tuple[SegmentArrays, SegmentMeta]


@dataclass(frozen=True)
class Recipe:
    """What a segment is built with besides its listings.

    `closed_upward` adds to concepts their ancestors; `groups` is the facet group of each concept that has one; `salt` orders
    equals; `base` is there when the segment is a delta.
    """

    closed_upward: Closure
    groups: Mapping[str, str]
    salt: str
    base: Base | None = None


def build_segment(directory: Path, listings: Iterable[Listing], recipe: Recipe) -> Census:
    """Write a segment into a new directory: Whoosh's index, the arrays and the documents. Return what it holds."""
    directory.mkdir(parents=True)
    spool_file = directory / "spool"
    spool = Spool(spool_file, listings)
    write_index(directory / INDEX_DIRECTORY, spool, recipe.closed_upward)
    spool_file.unlink()
    return compile_segment(directory, recipe)


def compile_segment(directory: Path, recipe: Recipe) -> Census:
    """Compile the arrays of a segment from its Whoosh index, beside it."""
    index = open_dir(str(directory / INDEX_DIRECTORY))
    reader = index.reader()
    try:
        gathered = gather(reader, directory / DOCUMENTS_FILE)
        arrays, meta = _compile(reader, gathered, recipe)
    finally:
        reader.close()
        index.close()
    layout = write_arrays(directory / ARRAYS_FILE, arrays)
    write_meta(directory, msgspec.structs.replace(meta, layout=layout))
    return gathered.census


def write_meta(directory: Path, meta: SegmentMeta) -> None:
    """Write what the arrays need to be read."""
    (directory / META_FILE).write_bytes(msgspec.json.encode(meta))


def _compile(reader: Any, gathered: Gathered, recipe: Recipe) -> tuple[SegmentArrays, SegmentMeta]:
    slot_of_document = np.array(gathered.slot_of_document, np.int64)
    text, statistics = compile_text(reader, slot_of_document, recipe.base)
    rows, bitmaps = compile_bitmaps(reader, gathered, recipe.groups)
    zones, sessions = lay_sessions(gathered)
    names = lay_names(gathered)
    arrays = SegmentArrays(
        slots=lay_slots(gathered),
        listings=lay_listings(gathered, recipe.salt, _name_ranks(gathered, names.folded, recipe.base)),
        bitmaps=bitmaps,
        text=text,
        deletes=compile_deletes(text),
        names=names,
        sessions=sessions,
        counties=_counties(reader, gathered),
        phones=pack_lists(gathered.phones),
    )
    grouped = group_rows(rows, recipe.groups)
    return arrays, SegmentMeta(rows, grouped, zones, statistics.programs, statistics.field_lengths, {})


def _counties(reader: Any, gathered: Gathered) -> Lists:
    """Return the slots of each county."""
    if not reader.doc_count_all():
        return pack_lists({})
    slots = np.array(gathered.slot_of_document, np.int64)
    terms = list(reader.lexicon("county"))
    return pack_lists({term.decode(): slots[read_postings(reader, "county", term)[0]].tolist() for term in terms})


def _name_ranks(gathered: Gathered, folded: Lists, base: Base | None) -> Floats:
    """Return each listing's place in name order: even numbers in a base, a delta's new names between them."""
    own = {key.decode(): position for position, key in enumerate(folded.keys)}
    if base is None:
        return np.array([2.0 * own[key] for key in gathered.name_keys])
    ranks = _ranks_between(sorted(own), base[0].names.folded)
    return np.array([ranks[key] for key in gathered.name_keys])


def _ranks_between(keys: list[str], others: Lists) -> dict[str, float]:
    """Return ranks that interleave sorted keys with the even ranks of the base's."""
    gaps: dict[int, list[str]] = {}
    ranks: dict[str, float] = {}
    for key in keys:
        found = others.keys.find(key)
        if found is None:
            gaps.setdefault(others.keys.place(key), []).append(key)
        else:
            ranks[key] = 2.0 * found
    for place, between in gaps.items():
        for step, key in enumerate(between, start=1):
            ranks[key] = 2.0 * place - 2 + 2 * step / (len(between) + 1)
    return ranks
