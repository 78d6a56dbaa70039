"""Counting listings by row: how many have a program that is chosen and in the row.

Two ways, chosen by cost. Few programs: the *profile* of each (a bit for each facet row) is fetched, and the bits are counted
upright, row by row of facets. Many: each row of bits is cut with the chosen ones and counted along. Either way a listing with
several chosen programs counts once.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from index.engine.arrays import Bits, Longs
from index.engine.search.bits import BIT, listing_bits, slots_of
from index.engine.search.kernels import kernels
from index.engine.search.kernels.plain import firsts
from index.engine.segment import Segment

_BLOCK_WORDS: Final = 32_768  # of bits counted at a time: a quarter of a megabyte, which stays in the cache


def count_slot_listings(segment: Segment, slots: Longs) -> int:
    """Return how many listings the slots (ascending) belong to."""
    if not segment.shares_listings:
        return len(slots)
    return int(np.count_nonzero(firsts(segment.arrays.slots.listing[slots])))


def count_bit_listings(segment: Segment, bits: Bits) -> int:
    """Return how many listings have any of the bits."""
    if not segment.shares_listings:
        return int(np.bitwise_count(bits).sum(dtype=np.int64))
    large, bits = _large_apart(segment, bits)
    return int(np.bitwise_count(listing_bits(bits, segment.arrays.bitmaps.ends)).sum()) + count_slot_listings(segment, large)


def count_slot_rows(segment: Segment, slots: Longs, first: int, last: int) -> Longs:
    """Return the counts of the facet rows from `first` to before `last` over slots (ascending)."""
    if _is_cheap(segment, len(slots), first, last):
        return count_profiles(segment, slots, first, last)
    return count_along(segment, segment.bits_of_slots(slots), first, last)


def count_bit_rows(segment: Segment, bits: Bits, first: int, last: int) -> Longs:
    """Return the counts of the facet rows from `first` to before `last` over the slots of bits."""
    if _is_cheap(segment, int(np.bitwise_count(bits).sum(dtype=np.int64)), first, last):
        return count_profiles(segment, slots_of(bits), first, last)
    return count_along(segment, bits, first, last)


def _is_cheap(segment: Segment, programs: int, first: int, last: int) -> bool:
    """Tell whether fetching profiles costs less than counting along whole rows."""
    wide = (last + 63 >> 6) - (first >> 6)
    return programs * wide * kernels.PROFILE_COST < segment.word_count * (last - first)


def count_profiles(segment: Segment, slots: Longs, first: int, last: int) -> Longs:
    """Count upright: the programs' profiles, those of one listing united, added up bit by bit."""
    start, end = first >> 6, last + 63 >> 6
    sums = kernels.profile_sums(segment.arrays.bitmaps.profiles, slots, segment.arrays.slots.listing[slots], start, end)
    return sums[first - (start << 6) : last - (start << 6)]


def count_along(segment: Segment, mask: Bits, first: int, last: int) -> Longs:
    """Count along rows of bits, some rows at a time; words where listings stand with several programs are counted again."""
    large, mask = _large_apart(segment, mask)
    rows, ends = segment.arrays.bitmaps.rows[first:last], segment.arrays.bitmaps.ends
    several = _words_with_several(segment, mask)
    counts: Longs = np.empty(last - first, np.int64)
    step = max(1, _BLOCK_WORDS // max(1, len(mask)))
    for start in range(0, last - first, step):
        bits = rows[start : start + step] & mask
        counts[start : start + step] = np.bitwise_count(bits).sum(axis=1, dtype=np.uint32)
        if several.size:
            counts[start : start + step] -= _repeats(bits.take(several, axis=1), ends[several])
    if large.size:
        counts += count_profiles(segment, large, first, last)
    return counts


def _words_with_several(segment: Segment, mask: Bits) -> Longs:
    """Return the numbers of the words in which some listing has several programs."""
    if not segment.shares_listings:
        return np.zeros(0, np.int64)
    listings = listing_bits(mask, segment.arrays.bitmaps.ends)
    numbers: Longs = (np.bitwise_count(mask) != np.bitwise_count(listings)).nonzero()[0]
    return numbers


def _repeats(bits: Bits, ends: Bits) -> Longs:
    """Return, for each row, how many programs are not the only one counted of their listing."""
    extra = np.bitwise_count(bits) - np.bitwise_count(listing_bits(bits, ends))
    repeats: Longs = extra.sum(axis=1, dtype=np.int64)
    return repeats


def _large_apart(segment: Segment, bits: Bits) -> tuple[Longs, Bits]:
    """Return the slots of listings too large for one word, and the bits without them."""
    slots = segment.large_slots
    if slots.size:
        slots = slots[(bits[slots >> 6] & BIT[slots & 63]) != 0]
    return (slots, bits & ~segment.bits_of_slots(slots)) if slots.size else (slots, bits)
