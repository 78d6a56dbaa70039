"""Words of bits: which of them a search touches, which listings they hold, how many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.engine.arrays import Bits, Longs
from index.engine.search.area import Candidates
from index.engine.segment import Segment

ONE = np.uint64(1)
BIT = ONE << np.arange(64, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Frame:
    """The words of bits that a search touches, and the candidates' bits in them.

    `words` are word numbers, ascending, or a slice of all. `place` is, for each candidate, the position of its word in
    the frame; None for a search without candidates.
    """

    segment: Segment
    words: Longs | slice
    bits: Bits
    place: Longs | None

    def row(self, name: str) -> Bits:
        """Return the bits of a row in this frame, none for a row that does not exist."""
        row = self.segment.row(name)
        return np.zeros(len(self.bits), np.uint64) if row is None else row[self.words]

    def any_of(self, names: list[str]) -> Bits:
        """Return the bits that any of the rows has."""
        rows = [self.row(name) for name in names]
        bits = rows[0]
        for row in rows[1:]:
            bits = bits | row
        return bits

    def ends(self) -> Bits:
        """Return the bits that mark each listing's last slot."""
        return self.segment.arrays.bitmaps.ends[self.words]

    def slots(self, bits: Bits) -> Longs:
        """Return the slots of set bits, ascending."""
        used = bits.nonzero()[0]
        flags = np.unpackbits(bits[used].view(np.uint8), bitorder="little").view(np.bool_)
        positions = flags.nonzero()[0]
        words = used if isinstance(self.words, slice) else self.words[used]
        slots: Longs = (words[positions >> 6] << 6) + (positions & 63)
        return slots


def frame_of(segment: Segment, candidates: Candidates | None) -> Frame:
    """Return the frame of some candidates, or of every program that counts."""
    if candidates is None:
        return Frame(segment, slice(None), segment.everything, None)
    words = candidates.slots >> 6
    new = np.empty(len(words), bool)
    new[:1] = True
    np.not_equal(words[1:], words[:-1], out=new[1:])
    first = np.flatnonzero(new)
    bits = np.bitwise_or.reduceat(BIT[candidates.slots & 63], first) if first.size else np.zeros(0, np.uint64)
    touched = words[first]
    if segment.alive is not None:
        bits &= segment.alive[touched]
    return Frame(segment, touched, bits, np.cumsum(new) - 1)


def listing_bits(bits: Bits, ends: Bits) -> Bits:
    """Return one bit, at its last slot, for each listing that has any bit.

    `bits` may be a matrix of rows. Inside a word, adding ones to all places but a listing's last carries into its last place
    exactly when one of the others is set; no carry leaves the listing.
    """
    inner = ~ends
    carried = bits & inner
    carried += inner
    carried |= bits
    carried &= ends
    return carried


def count_listings(bits: Bits, ends: Bits) -> int:
    """Return how many listings have any bit."""
    return int(np.bitwise_count(listing_bits(bits, ends)).sum())
