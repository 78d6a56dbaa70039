"""Counting listings by what their matching programs state, in one pass over the words that match."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from index.engine.arrays import Bits, Longs
from index.engine.search.bits import Frame, count_listings, listing_bits
from index.engine.search.matching import Matching, id_bits
from index.listing import ConceptId, Kind
from index.request import SearchRequest
from index.results import Facet, FacetCount

_BLOCK_WORDS: Final = 32_768  # of bits counted at a time: a quarter of a megabyte, which stays in the cache


@dataclass
class Counts:
    """Counts of listings, added up over the segments of a generation.

    `concepts` and `stated` (by group: listings that state any of it) ignore a selected group's own selection, and so do the
    `totals` beside them; the total of an unselected group is that of the match set, under the key "".
    """

    concepts: Counter[str] = field(default_factory=Counter)
    stated: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    tallies: Counter[str] = field(default_factory=Counter)


def count(matching: Matching, request: SearchRequest, into: Counts) -> None:
    """Add a segment's counts."""
    frame = matching.frame
    full = matching.without_group(None)
    into.totals[""] += count_listings(full, frame.ends())
    for name, ids in request.tallies.items():
        into.tallies[name] += count_listings(full & id_bits(frame.segment, ids)[frame.words], frame.ends())
    _count_kinds(matching, into)
    _count_rows(matching, full, into, all_rows=request.facets)


def _count_kinds(matching: Matching, into: Counts) -> None:
    bits, frame = matching.any_kind(), matching.frame
    for kind in Kind:
        into.kinds[kind] += count_listings(bits & frame.row(f"kind:{kind}"), frame.ends())


def _count_rows(matching: Matching, full: Bits, into: Counts, *, all_rows: bool) -> None:
    """Count the facet rows, or only the last of them, the states."""
    segment = matching.frame.segment
    counts = np.zeros(segment.facet_rows, np.int64)
    first = 0 if all_rows else segment.first_state_row
    counts[first:] = listings_by_row(matching.frame, full, first, segment.facet_rows)
    for group in matching.groups if all_rows else ():
        mask = matching.without_group(group)
        into.totals[group] += count_listings(mask, matching.frame.ends())
        rows = segment.meta.group_rows.get(group)
        if rows is not None:
            for first, last in ((rows.first, rows.last), (rows.whole, rows.whole + 1)):
                counts[first:last] = listings_by_row(matching.frame, mask, first, last)
    for row in np.flatnonzero(counts).tolist():
        prefix, _, key = segment.meta.rows[row].partition(":")
        {"concept": into.concepts, "group": into.stated, "state": into.states}[prefix][key] += int(counts[row])


def listings_by_row(frame: Frame, mask: Bits, first: int, last: int) -> Longs:
    """Return, for each row of bits, how many listings have a program that is in the mask and in the row.

    Programs are counted word by word; where listings stand with several matching programs, those words are counted again by
    listing.
    """
    words, mask, ends = _touched(frame, mask)
    rows = frame.segment.arrays.bitmaps.rows[first:last]
    several = np.flatnonzero(np.bitwise_count(mask) != np.bitwise_count(listing_bits(mask, ends)))
    counts = np.empty(last - first, np.int64)
    step = max(1, _BLOCK_WORDS // max(1, len(mask)))
    for start in range(0, last - first, step):
        block = rows[start : start + step]
        bits = (block if isinstance(words, slice) else np.take(block, words, axis=1)) & mask
        counts[start : start + step] = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
        if several.size:
            counts[start : start + step] -= _repeats(np.take(bits, several, axis=1), ends[several])
    return counts


def _repeats(bits: Bits, ends: Bits) -> Longs:
    """Return, for each row, how many programs are not the only one counted of their listing."""
    extra = np.bitwise_count(bits) - np.bitwise_count(listing_bits(bits, ends))
    repeats: Longs = extra.sum(axis=1, dtype=np.int64)
    return repeats


def _touched(frame: Frame, mask: Bits) -> tuple[Longs | slice, Bits, Bits]:
    """Return the words of the mask that are not empty, as few as pays: word numbers, mask and ends."""
    ends = frame.ends()
    used = np.flatnonzero(mask)
    if len(used) == len(mask) or (isinstance(frame.words, slice) and len(used) * 2 > len(mask)):
        return frame.words, mask, ends
    return (used if isinstance(frame.words, slice) else frame.words[used]), mask[used], ends[used]


def facets_of(counts: Counts, request: SearchRequest, groups: dict[str, tuple[ConceptId, ...]]) -> tuple[Facet, ...]:
    """Return the facets of every group, by name; a selected concept is shown even when nothing states it."""
    chosen: dict[str, set[ConceptId]] = {}
    for selection in request.selections:
        chosen.setdefault(selection.group, set()).update(selection.any_of)
    return tuple(_facet(group, members, counts, chosen.get(group)) for group, members in groups.items())


def _facet(group: str, members: tuple[ConceptId, ...], counts: Counts, chosen: set[ConceptId] | None) -> Facet:
    numbers = counts.concepts
    shown = [FacetCount(one, numbers[one]) for one in members if numbers[one] or (chosen and one in chosen)]
    shown.sort(key=lambda one: (-one.count, one.concept))
    total = counts.totals["" if chosen is None else group]
    return Facet(group, tuple(shown), total - counts.stated[group])
