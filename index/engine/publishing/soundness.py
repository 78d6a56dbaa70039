"""Checks that a segment's arrays fit each other, so that no search can read outside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from index.engine.arrays import WORD_BITS, Array, Lists
from index.engine.segment import Segment, open_segment
from index.errors import GenerationCorrupt


def check_segment(directory: Path) -> None:
    """Raise GenerationCorrupt, naming the rule, when the arrays of a segment contradict each other."""
    segment = open_segment(directory)
    for rule, holds in _rules(segment).items():
        if not holds:
            raise GenerationCorrupt(f"the segment {directory.name} is unsound: {rule}")


def _rules(segment: Segment) -> dict[str, bool]:
    arrays, slots = segment.arrays, len(segment.arrays.slots.key)
    listings, names, text = arrays.listings, arrays.names, arrays.text
    count = len(listings.ids)
    return {
        "slot keys ascend": _ascends(arrays.slots.key),
        "slots fill whole words": slots == WORD_BITS * segment.word_count,
        "slots belong to listings": _within(arrays.slots.listing, count, lowest=-1),
        "rows of bits are as many as named": arrays.bitmaps.rows.shape == (len(segment.meta.rows), segment.word_count),
        "every slot has a profile": arrays.bitmaps.profiles.shape == (slots, -(-segment.facet_rows // WORD_BITS)),
        "listings have slots": _within(listings.first_slot + listings.slot_count - 1, slots),
        "ids are sorted": _ascends(listings.ids[listings.by_id]),
        "documents lie in their file": _pointers(listings.document, len(segment.documents)),
        "postings lie in the slots": _pointers(text.starts, len(text.slots)) and _within(text.slots, slots),
        "postings have impacts": len(text.impacts) == len(text.slots) and len(text.starts) == len(text.terms) + 1,
        "spelling leads to terms": _within(arrays.deletes.terms, len(text.terms)) and _ascends(arrays.deletes.hashes),
        "names are borne by listings": len(names.texts) == len(names.lengths) == len(names.starts) - 1
        and _pointers(names.starts, len(names.bearers))
        and _within(names.bearers, count),
        "words lead to names": _list_holds(names.words, len(names.texts)) and _list_holds(names.folded, len(names.texts)),
        "sessions belong to slots": _within(arrays.sessions.slots, slots)
        and _pointers(arrays.sessions.starts, len(arrays.sessions.slots)),
        "counties and phones lead somewhere": _list_holds(arrays.counties, slots) and _list_holds(arrays.phones, count),
    }


def _ascends(array: Array) -> bool:
    return bool(np.all(array[1:] >= array[:-1]))


def _within(array: Array, limit: int, lowest: int = 0) -> bool:
    return not array.size or bool(array.min() >= lowest and array.max() < limit)


def _pointers(starts: Array, total: int) -> bool:
    return bool(starts.size and starts[0] == 0 and starts[-1] == total and _ascends(starts))


def _list_holds(lists: Lists, limit: int) -> bool:
    return _pointers(lists.starts, len(lists.values)) and _within(lists.values, limit)
