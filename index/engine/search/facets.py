"""Counting listings by what their matching programs state, in one pass over the words that match."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

import numpy as np

from index.engine.arrays import Bits, Longs
from index.engine.search.bits import Frame, count_listings, listing_bits
from index.engine.search.catalogue import Catalogue
from index.engine.search.matching import Matching, id_bits
from index.listing import ConceptId, Kind
from index.request import SearchRequest
from index.results import Facet, FacetCount

_BLOCK_WORDS: Final = 32_768  # of bits counted at a time: a quarter of a megabyte, which stays in the cache
_KINDS: Final = tuple(Kind)
_FREQUENCY: Final = attrgetter("count")


@dataclass
class Counts:
    """Counts of listings, added up over the segments of a generation.

    `rows` are those of the catalogue. The rows of a selected group ignore its own selections, and so does its total in
    `group_totals`; the rows of kinds ignore the kinds asked for.
    """

    rows: Longs
    total: int = 0
    group_totals: Counter[str] = field(default_factory=Counter)
    tallies: Counter[str] = field(default_factory=Counter)


def count(matching: Matching, request: SearchRequest, places: Longs, into: Counts) -> None:
    """Add a segment's counts; `places` are its rows' in the catalogue."""
    frame = matching.frame
    full = matching.full
    into.total += count_listings(full, frame.ends())
    for name, ids in request.tallies.items():
        into.tallies[name] += count_listings(full & id_bits(frame.segment, ids)[frame.words], frame.ends())
    for group in matching.groups:
        into.group_totals[group] += count_listings(matching.without_group(group), frame.ends())
    into.rows[places] += _row_counts(matching, full, all_rows=request.facets)


def _row_counts(matching: Matching, full: Bits, *, all_rows: bool) -> Longs:
    """Return the counts of the facet rows, or only of the last of them: states and kinds."""
    segment = matching.frame.segment
    counts = np.zeros(segment.facet_rows, np.int64)
    first = 0 if all_rows else segment.first_state_row
    counts[first:] = listings_by_row(matching.frame, full, first, segment.facet_rows)
    for group in matching.groups if all_rows else ():
        rows = segment.meta.group_rows.get(group)
        if rows is not None:
            mask = matching.without_group(group)
            counts[rows.first : rows.last] = listings_by_row(matching.frame, mask, rows.first, rows.last)
            if rows.whole >= rows.last:
                counts[rows.whole] = listings_by_row(matching.frame, mask, rows.whole, rows.whole + 1)[0]
    if matching.kinds is not None:
        first = segment.first_kind_row
        counts[first:] = listings_by_row(matching.frame, matching.any_kind(), first, segment.facet_rows)
    return counts


def listings_by_row(frame: Frame, mask: Bits, first: int, last: int) -> Longs:
    """Return, for each row of bits, how many listings have a program that is in the mask and in the row.

    Programs are counted word by word; where listings stand with several matching programs, those words are counted again by
    listing.
    """
    words, mask, ends = _touched(frame, mask)
    rows = frame.segment.arrays.bitmaps.rows[first:last]
    several = (np.bitwise_count(mask) != np.bitwise_count(listing_bits(mask, ends))).nonzero()[0]
    counts = np.empty(last - first, np.int64)
    step = max(1, _BLOCK_WORDS // max(1, len(mask)))
    for start in range(0, last - first, step):
        block = rows[start : start + step]
        bits = (block if isinstance(words, slice) else block.take(words, axis=1)) & mask
        counts[start : start + step] = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
        if several.size:
            counts[start : start + step] -= _repeats(bits.take(several, axis=1), ends[several])
    return counts


def _repeats(bits: Bits, ends: Bits) -> Longs:
    """Return, for each row, how many programs are not the only one counted of their listing."""
    extra = np.bitwise_count(bits) - np.bitwise_count(listing_bits(bits, ends))
    repeats: Longs = extra.sum(axis=1, dtype=np.int64)
    return repeats


def _touched(frame: Frame, mask: Bits) -> tuple[Longs | slice, Bits, Bits]:
    """Return the words of the mask that are not empty, as few as pays: word numbers, mask and ends."""
    ends = frame.ends()
    used = mask.nonzero()[0]
    if len(used) == len(mask) or (isinstance(frame.words, slice) and len(used) * 2 > len(mask)):
        return frame.words, mask, ends
    return (used if isinstance(frame.words, slice) else frame.words[used]), mask[used], ends[used]


def facets_of(counts: Counts, request: SearchRequest, catalogue: Catalogue) -> tuple[Facet, ...]:
    """Return the facets of every group, by name; a selected concept is shown even when nothing states it.

    Most groups have one concept and no selection: these need no sorting, and this loop is a third of a small search.
    """
    chosen: dict[str, set[ConceptId]] = {}
    for selection in request.selections:
        chosen.setdefault(selection.group, set()).update(selection.any_of)
    numbers, total = counts.rows.tolist(), counts.total
    facets = []
    for group, first, last, whole in catalogue.outline:
        if group in chosen:
            facet = _chosen_facet(group, _frequencies(first, last, numbers, catalogue), counts, catalogue, chosen[group])
        elif last - first == 1:
            number = numbers[first]
            shown = (FacetCount(catalogue.keys[first], number),) if number else ()
            facet = Facet(group, shown, total - numbers[whole])
        elif last == first:
            facet = Facet(group, (), total)
        else:
            facet = Facet(group, _frequencies(first, last, numbers, catalogue), total - numbers[whole])
        facets.append(facet)
    return tuple(facets)


def _frequencies(first: int, last: int, numbers: list[int], catalogue: Catalogue) -> tuple[FacetCount, ...]:
    """Return the stated concepts of a range of rows, most frequent first, then by id."""
    pairs = zip(catalogue.keys[first:last], numbers[first:last], strict=True)
    shown = [FacetCount(concept, number) for concept, number in pairs if number]
    shown.sort(key=_FREQUENCY, reverse=True)  # stable: rows come by id
    return tuple(shown)


def _chosen_facet(
    group: str, stated: tuple[FacetCount, ...], counts: Counts, catalogue: Catalogue, chosen: set[ConceptId]
) -> Facet:
    """Return the facet of a group with selections, which its counts ignore."""
    unstated = (chosen & catalogue.members[group]) - {one.concept for one in stated}
    zeros = tuple(FacetCount(concept, 0) for concept in sorted(unstated))
    rows = catalogue.groups.get(group)
    stating = 0 if rows is None else int(counts.rows[rows.whole])
    return Facet(group, stated + zeros, counts.group_totals[group] - stating)


def states_of(counts: Counts, catalogue: Catalogue) -> dict[str, int]:
    """Return how many listings have their address in each state, by state."""
    first, last = catalogue.states
    pairs = zip(catalogue.keys[first:last], counts.rows[first:last].tolist(), strict=True)
    return {state: number for state, number in pairs if number}


def kinds_of(counts: Counts, catalogue: Catalogue) -> dict[Kind, int]:
    """Return how many listings there are of each kind."""
    rows = catalogue.kinds
    return {kind: int(counts.rows[rows[kind]]) if kind in rows else 0 for kind in _KINDS}
