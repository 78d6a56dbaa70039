"""The loops compiled by numba: the same functions as in `plain`, each one pass over its arrays without anything in between.

They hold no Python object while they run, so that threads search at the same time. Signatures are stated, so that everything is
compiled at the first import and read from numba's cache afterwards; arrays of the index are read-only.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from llvmlite import ir
from numba import boolean, float64, int32, int64, njit, types, uint64
from numba.extending import intrinsic

from index.engine.arrays import BAND_DEGREES, BAND_STRIDE

_DEGREE: Final = math.pi / 180
_AT_A_POLE: Final = 1e-9
_SLACK_DEGREES: Final = 1e-7
_AHEAD: Final = 24  # programs whose profiles are on their way from the memory while others are counted
_PLANES: Final = 32  # of a counter that stands upright: more than any count needs
_GALLOP: Final = 16  # a list this many times longer is skipped through, not walked


def _read(item: Any, dimensions: int = 1) -> Any:
    return types.Array(item, dimensions, "C", readonly=True)


_Longs, _Ints, _Floats, _Bits = _read(int64), _read(int32), _read(float64), _read(uint64)
_compiled = {"cache": True, "nogil": True, "error_model": "numpy"}
_pair = types.UniTuple


@njit(int64(_Floats, float64, int64), **_compiled)
def _place(keys, wanted, low):
    """Return the first place from `low` whose key is not below the wanted one."""
    high = len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@njit(float64(float64, float64, float64), **_compiled)
def _half_width(lat, angle, south):
    """Return half the circle's width, in degrees of longitude, in the latitude band that begins at `south`: an upper bound."""
    away = max(south - lat, lat - BAND_DEGREES - south, 0.0)
    spare = math.sin(angle / 2) ** 2 - math.sin(away * _DEGREE / 2) ** 2
    polar = min(max(abs(south), abs(south + BAND_DEGREES)), 90.0)
    room = math.cos(lat * _DEGREE) * math.cos(polar * _DEGREE)
    if room < _AT_A_POLE:
        return 180.0
    share = min(max(spare, 0.0) / room, 1.0)
    return min(2 * math.asin(math.sqrt(share)) / _DEGREE + _SLACK_DEGREES, 180.0)


@njit(
    types.Tuple((int64[::1], float64[::1]))(_Floats, _read(float64, 2), float64, float64, float64, _Floats, float64), **_compiled
)
def circle(keys, xyz, lat, lon, angle, centre, limit):
    """Walk the longitudes in reach of each latitude band in reach, and measure."""
    reach = angle / _DEGREE + _SLACK_DEGREES
    lowest = math.floor((max(lat - reach, -90.0) + 90) / BAND_DEGREES)
    highest = math.floor((min(lat + reach, 90.0) + 90) / BAND_DEGREES)
    place = _place(keys, lowest * BAND_STRIDE, 0)
    room = _place(keys, (highest + 1) * BAND_STRIDE, place) - place
    slots, squares = np.empty(room, np.int64), np.empty(room, np.float64)
    count = 0
    for band in range(lowest, highest + 1):
        width = _half_width(lat, angle, band * BAND_DEGREES - 90)
        base, west, east = band * BAND_STRIDE, lon + 180 - width, lon + 180 + width
        # Over the antimeridian the circle has two parts in a band: one at each end.
        first_end, second_start = (east, 400.0) if west >= 0 and east <= 360 else (east - 360, west)
        if west < 0:
            first_end, second_start = east, west + 360
        starts = (max(west, 0.0) if second_start > 360 else 0.0, second_start)
        ends = (first_end, 360.0)
        for part in range(2):
            place = _place(keys, base + starts[part], place)
            last = base + ends[part]
            while place < len(keys) and keys[place] <= last:
                x, y, z = xyz[0, place] - centre[0], xyz[1, place] - centre[1], xyz[2, place] - centre[2]
                square = x * x + y * y + z * z
                if square <= limit:
                    slots[count] = place
                    squares[count] = square
                    count += 1
                place += 1
    return slots[:count], squares[:count]


@njit(float64[::1](_Floats, _read(float64, 2), _Longs), **_compiled)
def chords(centre, xyz, slots):
    """Measure each slot."""
    squares = np.empty(len(slots), np.float64)
    for at in range(len(slots)):
        slot = slots[at]
        x, y, z = xyz[0, slot] - centre[0], xyz[1, slot] - centre[1], xyz[2, slot] - centre[2]
        squares[at] = x * x + y * y + z * z
    return squares


@njit(boolean[::1](_Bits, _Longs, _Bits), **_compiled)
def marked(bits, words, bit):
    """Look at each bit."""
    marks = np.empty(len(words), np.bool_)
    for at in range(len(words)):
        marks[at] = bits[words[at]] & bit[at] != 0
    return marks


@njit([int64(_Ints, int64, int64), int64(_Longs, int64, int64)], **_compiled)
def _skip(numbers, wanted, low):
    """Return the first place from `low` whose number is not below the wanted one, looking 1, 2, 4 ... places ahead."""
    step = 1
    while low + step < len(numbers) and numbers[low + step] < wanted:
        low += step
        step <<= 1
    high = min(low + step, len(numbers))
    while low < high:
        middle = (low + high) >> 1
        if numbers[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@njit(_pair(int64[::1], 2)(_Longs, _Ints), **_compiled)
def common(wanted, among):
    """Walk through both lists, skipping through one that is much longer."""
    room = min(len(wanted), len(among))
    held, places = np.empty(room, np.int64), np.empty(room, np.int64)
    skip_wanted, skip_among = len(wanted) > _GALLOP * len(among), len(among) > _GALLOP * len(wanted)
    count = at = place = 0
    while at < len(wanted) and place < len(among):
        if wanted[at] == among[place]:
            held[count], places[count] = at, place
            count += 1
            at += 1
            place += 1
        elif wanted[at] < among[place]:
            at = _skip(wanted, among[place], at) if skip_wanted else at + 1
        else:
            place = _skip(among, wanted[at], place) if skip_among else place + 1
    return held[:count], places[:count]


@intrinsic
def _population(typing_context, word):
    """Count the set bits of a word by the processor's own instruction."""

    def generate(context, builder, signature, arguments):
        return builder.ctpop(arguments[0])

    return word(word), generate


@intrinsic
def _fetch(typing_context, address):
    """Have the memory at an address brought to the processor while other work goes on."""

    def generate(context, builder, signature, arguments):
        kind = ir.FunctionType(ir.VoidType(), [ir.PointerType(ir.IntType(8)), *[ir.IntType(32)] * 3])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", [ir.PointerType(ir.IntType(8))], kind)
        place = builder.inttoptr(arguments[0], ir.PointerType(ir.IntType(8)))
        builder.call(prefetch, [place, *(ir.Constant(ir.IntType(32), number) for number in (0, 3, 1))])  # to read, keep, data
        return context.get_dummy_value()

    return types.void(address), generate


@njit(int64[::1](_read(uint64, 2), _Longs, _Bits, _Bits, int64, int64), **_compiled)
def row_sums(rows, words, masks, ends, first, last):
    """Cut each row and count its listings; adding ones to all bits of a listing but its last carries into the last."""
    sums = np.zeros(last - first, np.int64)
    for row in range(first, last):
        count = uint64(0)
        for at in range(len(words)):
            bits = rows[row, words[at]] & masks[at]
            last_slots = ends[words[at]]
            count += _population((((bits & ~last_slots) + ~last_slots) | bits) & last_slots)
        sums[row - first] = count
    return sums


@njit(_pair(uint64, 2)(uint64, uint64, uint64), inline="always", **_compiled)
def _add(a, b, c):
    """Add three bits in each place: the sum, and what is carried."""
    either = a ^ b
    return either ^ c, (a & b) | (either & c)


@njit(types.void(types.Array(uint64, 2, "C"), types.Array(uint64, 2, "C"), uint64[::1]), **_compiled)
def _count_eight(planes, rows, carry):
    """Add eight rows of bits to counters that stand upright: bit b of plane p is worth 2 ** p of the count of b."""
    for word in range(rows.shape[1]):
        ones, first = _add(planes[0, word], rows[0, word], rows[1, word])
        ones, second = _add(ones, rows[2, word], rows[3, word])
        twos, fours_first = _add(planes[1, word], first, second)
        ones, first = _add(ones, rows[4, word], rows[5, word])
        ones, second = _add(ones, rows[6, word], rows[7, word])
        twos, fours_second = _add(twos, first, second)
        fours, carry[word] = _add(planes[2, word], fours_first, fours_second)
        planes[0, word], planes[1, word], planes[2, word] = ones, twos, fours
    plane, some = 3, uint64(1)
    while some:  # for all words at once: one branch, not one for each
        some = uint64(0)
        for word in range(rows.shape[1]):
            over = planes[plane, word] & carry[word]
            planes[plane, word] ^= carry[word]
            carry[word] = over
            some |= over
        plane += 1


@njit(int64[::1](types.Array(uint64, 2, "C")), **_compiled)
def _laid_flat(planes):
    """Return the counts that upright counters stand at."""
    words = planes.shape[1]
    sums = np.zeros(64 * words, np.int64)
    for plane in range(_PLANES):
        for word in range(words):
            bits = planes[plane, word]
            if bits:
                for bit in range(64):
                    sums[64 * word + bit] += int64((bits >> uint64(bit)) & uint64(1)) << plane
    return sums


@njit(int64[::1](_read(uint64, 2), _Longs, _Ints, int64, int64), **_compiled)
def profile_sums(profiles, slots, listings, start, end):
    """Unite the profiles of each listing, and add them up eight at a time."""
    words = end - start
    planes, rows, carry = np.zeros((_PLANES, words), np.uint64), np.zeros((8, words), np.uint64), np.empty(words, np.uint64)
    row = -1
    origin, stride = profiles.ctypes.data + 8 * start, 8 * profiles.shape[1]
    for at in range(len(slots)):
        if at + _AHEAD < len(slots):
            _fetch(origin + stride * slots[at + _AHEAD])
            _fetch(origin + stride * slots[at + _AHEAD] + 8 * words - 8)
        if at and listings[at] == listings[at - 1]:
            for word in range(words):
                rows[row, word] |= profiles[slots[at], start + word]
            continue
        row += 1
        if row == 8:
            _count_eight(planes, rows, carry)
            row = 0
        for word in range(words):
            rows[row, word] = profiles[slots[at], start + word]
    rows[row + 1 :] = 0
    _count_eight(planes, rows, carry)
    return _laid_flat(planes)
