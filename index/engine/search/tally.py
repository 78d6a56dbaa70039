"""Counting listings by row: how many have a program that is chosen and in the row.

Two ways, chosen by cost. Along: each row of bits is cut with the chosen ones, in the words that hold any, and counted. Upright:
the *profile* of each chosen program (a bit for each facet row) is fetched, and the bits are added up by row. Where many of the
programs of a word are chosen the first is less work, where few are the second. Either way a listing with several chosen programs
counts once.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from index.engine.arrays import Bits, Longs
from index.engine.search.bits import BIT, listing_bits, slots_of
from index.engine.search.kernels import kernels
from index.engine.search.kernels.plain import firsts
from index.engine.segment import Segment

_PROFILE_COST: Final = 1  # of counting one word of a profile upright, in words counted along
_SHARING_COST: Final = 3  # of counting a word in which listings may stand with several programs


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
    words = slots >> 6
    starts = firsts(words).nonzero()[0]
    if not len(slots) or _upright_costs_less(segment, len(slots), len(starts), first, last):
        return count_profiles(segment, slots, first, last)
    return count_along(segment, words[starts], np.bitwise_or.reduceat(BIT[slots & 63], starts), first, last)


def count_bit_rows(segment: Segment, bits: Bits, first: int, last: int) -> Longs:
    """Return the counts of the facet rows from `first` to before `last` over the slots of bits."""
    words = bits.nonzero()[0]
    if _upright_costs_less(segment, int(np.bitwise_count(bits).sum(dtype=np.int64)), len(words), first, last):
        return count_profiles(segment, slots_of(bits), first, last)
    return count_along(segment, words, bits[words], first, last)


def _upright_costs_less(segment: Segment, programs: int, words: int, first: int, last: int) -> bool:
    """Tell whether fetching the profiles of programs costs less than counting along the words in which they stand."""
    wide = (last + 63 >> 6) - (first >> 6)
    along = words * (last - first) * (_SHARING_COST if segment.shares_listings else 1)
    return programs * wide * _PROFILE_COST < along


def count_profiles(segment: Segment, slots: Longs, first: int, last: int) -> Longs:
    """Count upright: the programs' profiles, those of one listing united, added up bit by bit."""
    start, end = first >> 6, last + 63 >> 6
    # Where each listing has one program, slots tell listings apart: what lies scattered need not be read.
    listings = segment.arrays.slots.listing[slots] if segment.shares_listings else slots.astype(np.int32)
    sums = kernels.profile_sums(segment.arrays.bitmaps.profiles, slots, listings, start, end)
    return sums[first - (start << 6) : last - (start << 6)]


def count_along(segment: Segment, words: Longs, masks: Bits, first: int, last: int) -> Longs:
    """Count along the rows, in words (by number, ascending) that hold the chosen programs of `masks`."""
    rows, ends = segment.arrays.bitmaps.rows, segment.arrays.bitmaps.ends
    if not segment.large_slots.size:
        return kernels.row_sums(rows, words, masks, ends, first, last)
    bits = np.zeros(segment.word_count, np.uint64)
    bits[words] = masks
    large, bits = _large_apart(segment, bits)
    words = bits.nonzero()[0]
    return kernels.row_sums(rows, words, bits[words], ends, first, last) + count_profiles(segment, large, first, last)


def _large_apart(segment: Segment, bits: Bits) -> tuple[Longs, Bits]:
    """Return the slots of listings too large for one word, and the bits without them."""
    slots = segment.large_slots
    if slots.size:
        slots = slots[(bits[slots >> 6] & BIT[slots & 63]) != 0]
    return (slots, bits & ~segment.bits_of_slots(slots)) if slots.size else (slots, bits)
