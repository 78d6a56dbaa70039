"""The loops in NumPy."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from index.engine.arrays import BAND_DEGREES, BAND_STRIDE, Array, Bits, Floats, Longs, join_ranges
from index.engine.search.bits import listing_bits

_BLOCK_WORDS: Final = 32_768  # of bits counted at a time: a quarter of a megabyte, which stays in the cache
_HALF_RADIAN: Final = math.pi / 360  # half a degree
_AT_A_POLE: Final = 1e-9  # less than this divides only there, where every longitude is in reach
_SOUTH: Final = np.arange(round(180 / BAND_DEGREES) + 1) * BAND_DEGREES - 90  # the southern edge of each band
_POLAR_COSINE: Final = np.cos(np.radians(np.minimum(np.maximum(np.abs(_SOUTH), np.abs(_SOUTH + BAND_DEGREES)), 90)))
_MEASURED_AT_ONCE: Final = 6_000  # slots between two latitudes; so few are measured sooner than longitudes are searched
_SLACK_DEGREES: Final = 1e-7  # added to every search range: candidates are checked exactly afterwards
_PROBE_RATIO: Final = 8  # a list this many times shorter is looked up in the longer one
_MANY: Final = 4096  # numbers; as many are looked up faster in a table of all slots than by halving
_SPREAD_RATIO: Final = 12  # unless the list is this much longer
_PROFILES_AT_ONCE: Final = 255  # whose bits are added up in bytes
_ADDED_FROM: Final = 150  # profiles in a seventh of all


def circle(keys: Floats, xyz: Floats, lat: float, lon: float, angle: float, centre: Floats, limit: float) -> tuple[Longs, Floats]:
    """Return the slots whose squared chord from the centre is at most `limit`, ascending, and the squared chords.

    `keys` and `xyz` are those of the slots; `centre` is the unit vector of `lat`, `lon` (degrees), `angle` the radius in radians.
    """
    reach = math.degrees(angle) + _SLACK_DEGREES
    lowest = math.floor((max(lat - reach, -90) + 90) / BAND_DEGREES)
    highest = math.floor((min(lat + reach, 90) + 90) / BAND_DEGREES)
    first, last = keys.searchsorted((lowest * BAND_STRIDE, (highest + 1) * BAND_STRIDE)).tolist()
    if last - first <= _MEASURED_AT_ONCE:
        squares = _chords(centre, xyz[:, first:last])
        near = (squares <= limit).nonzero()[0]
        return near + first, squares[near]
    slots = _near_slots(keys, lat, lon, angle, lowest, highest)
    squares = chords(centre, xyz, slots)
    near = (squares <= limit).nonzero()[0]
    return slots[near], squares[near]


def chords(centre: Floats, xyz: Floats, slots: Longs) -> Floats:
    """Return the squared chord from a unit vector to each of some slots; `xyz` are those of all, shape (3, n)."""
    return _chords(centre, xyz.take(slots, axis=1))


def _chords(centre: Floats, points: Floats) -> Floats:
    differences = points - centre[:, np.newaxis]
    differences *= differences
    squares: Floats = np.add.reduce(differences, axis=0)
    return squares


def _near_slots(keys: Floats, lat: float, lon: float, angle: float, lowest: int, highest: int) -> Longs:
    """Return the slots of each latitude band whose longitude may lie in the circle, ascending; a superset."""
    bands = slice(lowest, highest + 1)
    base, widths = np.arange(lowest, highest + 1, dtype=np.float64) * BAND_STRIDE, _half_widths(lat, angle, bands)
    east, widest = lon + 180, float(widths.max())
    if east - widest >= 0 and east + widest <= 360:
        bounds = keys.searchsorted(np.concatenate((base + (east - widths), base + (east + widths))))
        return join_ranges(bounds[: len(base)], bounds[len(base) :])
    low, high = east - widths, east + widths  # over the antimeridian: the rest stands at the other end of its band
    starts = keys.searchsorted(np.concatenate((base + np.maximum(low, 0), base + (low + 360), base)))
    ends = keys.searchsorted(np.concatenate((base + np.minimum(high, 360), base + 360, base + (high - 360))), "right")
    return np.unique(join_ranges(starts, np.maximum(ends, starts)))


def _half_widths(lat: float, angle: float, bands: slice) -> Floats:
    """Return half the circle's width in degrees of longitude in each latitude band.

    By the haversine formula, at the latitude of the band nearest the centre and the one nearest a pole: an upper bound.
    """
    south = _SOUTH[bands]
    away = np.maximum(np.maximum(south - lat, lat - BAND_DEGREES - south), 0)
    spare = math.sin(angle / 2) ** 2 - np.sin(away * _HALF_RADIAN) ** 2
    room = math.cos(math.radians(lat)) * _POLAR_COSINE[bands]
    share = np.maximum(spare, 0) / np.maximum(room, _AT_A_POLE)
    share[room < _AT_A_POLE] = 1
    widths: Floats = np.arcsin(np.sqrt(np.minimum(share, 1))) / _HALF_RADIAN + _SLACK_DEGREES
    return np.minimum(widths, 180)


def marked(bits: Bits, words: Longs, bit: Bits) -> Array:
    """Return whether each `bit` is set in its word; `words` are their numbers."""
    marks: Array = (bits[words] & bit) != 0
    return marks


def common(wanted: Longs, among: Array) -> tuple[Longs, Longs]:
    """Return where the numbers that two ascending lists have in common stand in the one and in the other."""
    if len(wanted) > _PROBE_RATIO * len(among):
        places, held = _find(wanted, among)
        return held, places
    if len(wanted) > _MANY and len(wanted) * _SPREAD_RATIO > len(among):
        spread = np.full(max(int(among[-1]), int(wanted[-1])) + 1, -1, np.int32)
        spread[among] = np.arange(len(among), dtype=np.int32)
        found = spread[wanted]
        held = (found >= 0).nonzero()[0]
        return held, found[held].astype(np.int64)
    return _find(among, wanted)


def _find(sorted_numbers: Array, wanted: Array) -> tuple[Longs, Longs]:
    """Return the positions of the wanted numbers that stand among the sorted ones, and where each of them stands there."""
    if not len(sorted_numbers):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    places = sorted_numbers.searchsorted(wanted.astype(sorted_numbers.dtype))  # of one type, or the sorted ones are copied
    np.minimum(places, len(sorted_numbers) - 1, out=places)
    held = (sorted_numbers[places] == wanted).nonzero()[0]
    return held, places[held]


def row_sums(rows: Bits, words: Longs, masks: Bits, ends: Bits, first: int, last: int) -> Longs:
    """Return how many listings have a bit in each row from `first` to before `last`, in some words cut with `masks`.

    `words` are the numbers of those that hold any, `ends` the bits of each listing's last slot.
    """
    ends = ends[words]
    alone = np.bitwise_count(masks).sum() == np.bitwise_count(listing_bits(masks, ends)).sum()
    counts: Longs = np.empty(last - first, np.int64)
    step = max(1, _BLOCK_WORDS // max(1, len(words)))
    for start in range(first, last, step):
        bits = rows[start : min(start + step, last)].take(words, axis=1)
        bits &= masks
        counts[start - first : start - first + step] = _listings_in(bits, ends, alone=bool(alone))
    return counts


def _listings_in(bits: Bits, ends: Bits, *, alone: bool) -> Longs:
    """Return how many listings have a bit in each row; `alone` says that each has one program here."""
    listings = bits if alone else listing_bits(bits, ends)
    counts: Longs = np.bitwise_count(listings).sum(axis=1, dtype=np.uint32).astype(np.int64)
    return counts


def profile_sums(profiles: Bits, slots: Longs, listings: Array, start: int, end: int) -> Longs:
    """Return how many listings have each bit of the words from `start` to before `end` in a profile of one of the slots.

    `listings` are those of the slots, ascending; shape (64 * (end - start),).
    """
    taken = profiles.take(slots, axis=0)[:, start:end]  # in this order: taking from a part copies it
    if len(slots) > 1:
        new = firsts(listings)
        if not new.all():
            taken = np.bitwise_or.reduceat(taken, new.nonzero()[0], axis=0)
    return upright_sums(taken)


def firsts(listings: Array) -> Array:
    """Mark where another listing begins."""
    new = np.ones(len(listings), np.bool_)
    np.not_equal(listings[1:], listings[:-1], out=new[1:])
    return new


def upright_sums(words: Bits) -> Longs:
    """Return how often each bit is set in some rows of words, shape (64 * words in a row,).

    Of many rows, each seven are added to three whose bits count 1, 2 and 4, as a carry-save adder does: half as much is left.
    """
    size = len(words) // 7
    if size < _ADDED_FROM:
        return _flag_sums(words)
    a, b, c, d, e, f, g = words[: 7 * size].reshape(7, size, -1)
    ones, twos = _full_add(a, b, c)
    more, others = _full_add(d, e, f)
    ones, last = _full_add(ones, more, g)
    twos, fours = _full_add(twos, others, last)
    return _flag_sums(ones) + 2 * _flag_sums(twos) + 4 * _flag_sums(fours) + _flag_sums(words[7 * size :])


def _full_add(a: Bits, b: Bits, c: Bits) -> tuple[Bits, Bits]:
    """Return the sum of three bits in each place, and the carry."""
    either = a ^ b
    return either ^ c, a & b | either & c


def _flag_sums(words: Bits) -> Longs:
    """Return how often each bit is set, one byte for each bit."""
    flags = np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")
    whole = len(flags) // _PROFILES_AT_ONCE
    sums: Longs = np.add.reduce(flags[whole * _PROFILES_AT_ONCE :], axis=0, dtype=np.uint8).astype(np.int64)
    if whole:
        blocks = flags[: whole * _PROFILES_AT_ONCE].reshape(whole, _PROFILES_AT_ONCE, -1)
        sums += np.add.reduce(np.add.reduce(blocks, axis=1, dtype=np.uint8), axis=0, dtype=np.int64)
    return sums
